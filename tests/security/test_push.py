"""PUSH: answers, numbers, resending, bombing, enumeration, registration, and what devices say of themselves.

Finer cases of many rows stand beside the code, in tests/authenticators/push: tokens (03-06, 11-13, 61, 62), keys (40,
41), receiver (14-16, 21, 23, 36, 48, 53, 68), authenticator (24-27, 44), budget (29, 30), providers (57, 58).  Races on
two nodes (23, 25, 48) are in tests/storms/push_races.py, budgets on two nodes (29) in tests/journeys/test_two_nodes.py.
"""

from __future__ import annotations

import json
import logging
import random
import socket
from base64 import b64encode, urlsafe_b64encode
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from hmac import digest
from pathlib import Path
from typing import Any

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from joserfc.jwk import ECKey

from authenticators.push import requests
from authenticators.push.keys import PublicKey
from engine.model import PushSettings
from tests.browser import Browser
from tests.devices import Phone
from tests.security.sameness import masked
from tests.security.town import Town, address, at_once, clean, hidden, password, post_as

PROCEED, RESEND = "PROCEED_PUSH_AUTHENTICATION", "RESEND_PUSH_NOTIFICATION"
DEVICES = "/api/users/v1/me/push/devices"
Push = dict[str, str]


def segment(value: object) -> str:
    """One part of a token."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def claims(phone: Phone, push: Push, **more: Any) -> dict[str, Any]:
    """A good answer, and what is changed in it; None leaves a claim out."""
    whole = {
        "pushAuthId": push["pushId"],
        "challenge": push["challenge"],
        "response": "APPROVED",
        "exp": phone.expiry(60),
    }
    return {name: value for name, value in (whole | more).items() if value is not None}


def still_waits(place: Town, browser: Browser, phone: Phone) -> None:
    """Nothing was accepted: the page waits, and the right answer still lets the person in."""
    browser.open(address(browser))
    browser.press(PROCEED)
    assert browser.page == "push-wait"
    with place.one():
        place.house.approve(phone)
        browser.press(PROCEED)
        assert "code" in browser.query


def test_push_19_the_number_cannot_be_foretold() -> None:
    """Two digits, a leading zero among them, all hundred alike, from the system's randomness."""
    drawn = Counter(requests._number(PushSettings(number_challenge=True)) for _ in range(10_000))
    assert set(drawn) == {f"{number:02}" for number in range(100)}
    series = []
    for _ in range(2):
        random.seed(7)
        series.append([requests._number(PushSettings(number_challenge=True)) for _ in range(20)])
    assert series[0] != series[1], "no seed of ours makes them"
    spread = sum((count - 100) ** 2 / 100 for count in drawn.values())
    assert 40 < spread < 190, "chi-square with 99 degrees of freedom: beyond once in a million"


# --- answers ----------------------------------------------------------------------------------------------------------


def test_push_01_the_same_answer_again(place: Town) -> None:
    """Once taken, then 4xx, one after the other and all at once; one success in the store."""
    name = place.person()
    phone = place.phone(name)
    browser = place.waiting(name)
    token = phone.answer(place.push(phone))
    taken = at_once(50, lambda _: place.house.respond(token).status_code)
    assert sorted(taken)[:1] == [200]
    assert taken.count(200) == 1
    assert set(taken) <= {200, 400, 410}
    assert place.house.respond(token).status_code == 410
    with place.one():
        browser.press(PROCEED)


def test_push_02_an_old_answer_for_a_new_login(place: Town) -> None:
    """Push id and challenge are those of one request, whatever stands beside the token."""
    name = place.person()
    phone = place.phone(name)
    first = place.waiting(name)
    old = phone.answer(place.push(phone))
    first.post(address(first), {**hidden(first), "_action": "abort"})
    browser = place.waiting(name)
    push = place.push(phone)
    body = {"authResponse": old, "pushAuthId": push["pushId"], "challenge": push["challenge"]}
    clean(httpx2.post(f"{place.house.url}/push-auth/authenticate", json=body))
    mixed = phone.token(claims(phone, push, challenge=json.loads(_payload(old))["challenge"]))
    assert place.house.respond(mixed).status_code == 400
    still_waits(place, browser, phone)


def _payload(token: str) -> bytes:
    from base64 import urlsafe_b64decode

    middle = token.split(".")[1]
    return urlsafe_b64decode(middle + "=" * (-len(middle) % 4))


def _bad_tokens(phone: Phone, other: Phone, push: Push, *, canary: str) -> dict[str, str]:
    """Everything that is no answer of this phone to this push."""
    good = phone.token(claims(phone, push))
    head, body, signature = good.split(".")
    header = {"alg": "ES256", "typ": "JWT", "deviceId": phone.device_id}

    def with_header(**more: Any) -> str:
        whole = {name: value for name, value in (header | more).items() if value != "absent"}
        return phone.token(claims(phone, push), header=whole)

    bad = {f"PUSH-03 alg {alg!r}": f"{segment(header | {'alg': alg})}.{body}." for alg in ("none", "None", "nOnE", "")}
    bad |= {"PUSH-03 no alg": with_header(alg="absent"), "PUSH-03 none signed": with_header(alg="none")}
    spki = phone._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pem = phone._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for kind, secret in {
        "der": spki,
        "text": b64encode(spki),
        "pem": pem,
        "crlf": pem.replace(b"\n", b"\r\n"),
        "pem without a last line end": pem.rstrip(b"\n"),
        "pem after a space": b" " + pem,
        "JWK": json.dumps(ECKey.import_key(pem).as_dict(private=False)).encode(),
        "point": phone._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint),
        "": b"",
    }.items():
        signed = f"{segment(header | {'alg': 'HS256'})}.{body}"
        bad[f"PUSH-04 HS256 by the {kind} key"] = f"{signed}.{segment(digest(secret, signed.encode(), sha256))}"
    jwk = {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}
    for more in (
        {"jwk": jwk},
        {"jku": canary},
        {"x5u": canary},
        {"x5c": ["AA"]},
        {"kid": "../../dev/null"},
    ):
        bad[f"PUSH-05 {more}"] = other.token(claims(phone, push), header=header | more)
    for more in ({"crit": ["x"]}, {"crit": []}, {"crit": "b64"}, {"b64": False}, {"zip": "DEF"}, {"p2c": 2**31}):
        bad[f"PUSH-06, PUSH-62 {more}"] = with_header(**more)
    bad["PUSH-08 another device's signature"] = other.token(claims(phone, push), header=header)
    for odd in ("absent", None, "null", "None", 7, [], {}, "x" * 6000, "'", "../", "\0", other.device_id):
        bad[f"PUSH-09 deviceId {str(odd)[:9]!r}"] = with_header(deviceId=odd)
    for odd in (None, "9999999999", True, -1, [1], {}, phone.expiry(-600), phone.expiry(10**9), 0):
        bad[f"PUSH-11, PUSH-12 exp {odd!r}"] = phone.token(claims(phone, push, exp=odd))
    for text in ("NaN", "Infinity", "1e400", "null", "1" * 5000):
        raw = json.dumps(claims(phone, push, exp="EXP")).replace('"EXP"', text).encode()
        signed = f"{head}.{segment(raw)}"
        bad[f"PUSH-11 exp {text[:9]}"] = f"{signed}.{segment(phone._sign(signed.encode()))}"
    bad["PUSH-13 nbf"] = phone.token(claims(phone, push, nbf=phone.expiry(600)))
    challenge = push["challenge"]
    for odd in ("x", "", None, challenge.swapcase(), [challenge], f" {challenge}", 7):
        bad[f"PUSH-14 challenge {str(odd)[:9]!r}"] = phone.token(claims(phone, push, challenge=odd))
    for purpose in ("pull", "remove", "update", ""):
        bad[f"PUSH-53 purpose {purpose}"] = phone.token(claims(phone, push, purpose=purpose))
    bad |= {"PUSH-53 removal": phone.remove_token(), "PUSH-53 pull": phone.pull_token(), "PUSH-61": "." * 8000}
    bad |= {
        "PUSH-62 five parts": f"{good}.a.b",
        "PUSH-61 none": "x",
        "PUSH-61 two": f"{head}.{body}",
        "PUSH-61 space": f" {good}",
        "PUSH-61 padded": f"{good}=",
        "PUSH-61 long": good + "A" * 9000,
        "PUSH-08 other signature": f"{head}.{body}.{signature[::-1]}",
    }
    return bad


@pytest.mark.parametrize(
    "row",
    [f"PUSH-{row}" for row in ("03", "04", "05", "06", "08", "09", "11", "12", "13", "14", "53", "61", "62")],
)
def test_push_03_04_05_06_08_09_11_12_13_14_53_61_62_an_answer_that_is_none(place: Town, row: str) -> None:
    """Each is 400 and says nothing; none moves the login, fetches anything, or keeps the right one from counting."""
    name = place.person()
    phone, other = place.phone(name), place.phone(place.person())
    browser = place.waiting(name)
    push = place.push(phone)
    with place.noauth(), socket.create_server(("127.0.0.1", 0)) as canary:
        bad = _bad_tokens(phone, other, push, canary=f"http://127.0.0.1:{canary.getsockname()[1]}/k")
        cases = {case: token for case, token in bad.items() if row in case}
        assert cases
        for case, token in cases.items():
            answer = place.house.respond(token)
            assert answer.status_code == 400, (case, answer.text)
            clean(answer)
        canary.setblocking(False)
        with pytest.raises(BlockingIOError):
            canary.accept()
    still_waits(place, browser, phone)


def test_push_04_an_rsa_key_is_no_shared_secret_in_its_older_form_either(place: Town) -> None:
    """PKCS#1, as DER and as PEM."""
    name = place.person()
    phone = Phone(clock=place.clock)
    place.enroll(phone, name)
    browser = place.waiting(name)
    header = segment({"alg": "HS256", "typ": "JWT", "deviceId": phone.device_id})
    signed = f"{header}.{segment(claims(phone, place.push(phone)))}"
    for encoding in (Encoding.DER, Encoding.PEM):
        secret = phone._key.public_key().public_bytes(encoding, PublicFormat.PKCS1)
        clean(place.house.respond(f"{signed}.{segment(digest(secret, signed.encode(), sha256))}"))
    still_waits(place, browser, phone)


def test_push_61_endless_answers_are_refused_before_they_are_read(place: Town) -> None:
    """Ten megabytes, a header of eight, a million dots: 413, and no work to speak of; a device id of 64 kB too."""
    phone = place.phone(place.person())
    long_id = phone.token({"exp": phone.expiry(60)}, header={"alg": "ES256", "deviceId": "x" * 65_536})
    for token in ("A" * 10_000_000, "A" * 8_000_000 + ".e30.AA", "." * 1_000_000, long_id):
        answer = place.house.respond(token)
        assert answer.status_code == 413
        clean(answer)


def test_push_13_a_clock_that_is_wrong_by_two_minutes(place: Town) -> None:
    """The server's own deadline rules."""
    for wrong in (-120.0, 119.0):
        name = place.person()
        phone = place.phone(name)
        browser = place.waiting(name)
        times = {"exp": phone.expiry(60 + wrong), "iat": phone.expiry(wrong), "nbf": phone.expiry(wrong)}
        assert place.house.respond(phone.token(claims(phone, place.push(phone), **times))).status_code == 200
        browser.press(PROCEED)
        assert "code" in browser.query


@pytest.mark.parametrize("number", [None, "", "absent", 12, ["12"]])
def test_push_15_an_approval_without_the_number(strict: Town, number: object) -> None:
    """It ends the request: the step has failed."""
    name = strict.person()
    phone = strict.phone(name)
    browser = strict.waiting(name)
    push = strict.push(phone)
    more = {} if number == "absent" else {"numberChallenge": number}
    with strict.noauth(browser):
        assert strict.house.respond(phone.token({**claims(phone, push), **more})).status_code == 400
        browser.press(PROCEED)
        assert browser.page in ("error", "push-error")
        assert strict.house.respond(phone.answer(push)).status_code == 410
    assert strict.audited("push_wrong_number", name) == 1


def test_push_16_guessing_the_number_one_after_another(strict: Town) -> None:
    """The first guess is the only one."""
    name = strict.person()
    phone = strict.phone(name)
    browser = strict.waiting(name)
    push = strict.push(phone)
    wrong = [f"{n:02}" for n in range(100) if f"{n:02}" != push["numberChallenge"]]
    with strict.noauth(browser):
        seen = [strict.house.respond(phone.answer(push, number=number)).status_code for number in wrong[:5]]
        assert seen == [400] + [410] * 4
        assert strict.house.respond(phone.answer(push)).status_code == 410


def test_push_16_guessing_the_number(strict: Town) -> None:
    """A hundred guesses at once are one guess."""
    name = strict.person()
    phone = strict.phone(name)
    browser = strict.waiting(name)
    push = strict.push(phone)
    assert push["numberChallenge"] == browser.marked["data-number"]
    wrong = [f"{n:02}" for n in range(100) if f"{n:02}" != push["numberChallenge"]]
    seen = at_once(99, lambda n: strict.house.respond(phone.answer(push, number=wrong[n])).status_code)
    assert set(seen) <= {400, 410}
    assert strict.audited("push_wrong_number") >= 1
    with strict.noauth(browser):
        assert strict.house.respond(phone.answer(push)).status_code == 410
        browser.press(PROCEED)
        assert browser.page in ("error", "push-error")


def test_push_21_an_approval_after_a_denial(place: Town) -> None:
    """By the same device and by another of the same person."""
    name = place.person()
    phone, second = place.phone(name), place.phone(name)
    browser = place.waiting(name)
    push = place.push(phone)
    with place.noauth(browser):
        assert place.house.respond(phone.answer(push, "DENIED")).status_code == 200
        for each in (phone, second):
            assert place.house.respond(each.answer(push)).status_code == 410
        browser.press(PROCEED)
        assert browser.page in ("error", "push-error")


def test_push_23_approving_and_denying_at_once(place: Town) -> None:
    """Whoever is first: a denial before the browser has gone on decides."""
    for _ in range(5):
        name = place.person()
        phone = place.phone(name)
        browser = place.waiting(name)
        push = place.push(phone)
        tokens = [phone.answer(push), phone.answer(push, "DENIED")]
        seen = at_once(2, lambda n: place.house.respond(tokens[n]).status_code)  # noqa: B023
        assert seen[1] == 200
        with place.noauth(browser):
            browser.press(PROCEED)


def test_push_24_the_old_push_after_sending_again(place: Town) -> None:
    """It is dead; the new one can be answered."""
    name = place.person()
    phone = place.phone(name)
    browser = place.waiting(name)
    old = place.push(phone)
    place.clock.ahead += 61
    browser.press(RESEND)
    assert place.house.respond(phone.answer(old)).status_code == 410
    assert place.push(phone)["pushId"] != old["pushId"]
    still_waits(place, browser, phone)


def test_push_25_sending_again_races_the_approval(place: Town) -> None:
    """The old approval counts only if it came first; a new push is never approved beforehand."""
    for _ in range(5):
        name = place.person()
        phone = place.phone(name)
        browser = place.waiting(name)
        old = place.push(phone)
        place.clock.ahead += 61
        resend = post_as(browser, address(browser), {**hidden(browser), "scenario": RESEND})
        race: list[Callable[[], object]] = [lambda: resend(0), lambda: place.house.respond(phone.answer(old))]  # noqa: B023
        at_once(2, lambda n: race[n]())  # noqa: B023
        browser.open(browser.url)
        if browser.page == "push-wait":
            with place.noauth(browser):
                browser.press(PROCEED)
                assert browser.page == "push-wait"
        else:
            assert place.audited("login_succeeded", name) == 1


@pytest.mark.parametrize("end", ["time", "cancel"])
def test_push_26_an_approval_that_comes_too_late(place: Town, end: str) -> None:
    """After the time is over, after the browser gave up: 410, and nobody gets in."""
    name = place.person()
    phone = place.phone(name)
    browser = place.waiting(name)
    push = place.push(phone)
    with place.noauth(browser):
        if end == "time":
            place.clock.ahead += 91
        else:
            browser.post(address(browser), {**hidden(browser), "_action": "abort"})
        assert place.house.respond(phone.answer(push)).status_code == 410
        if end == "time":
            browser.press(PROCEED)
            assert browser.page == "push-wait"


def test_push_27_sending_again_without_end(place: Town) -> None:
    """Four pushes, then the step has failed."""
    name = place.person()
    phone = place.phone(name)
    browser = place.waiting(name)
    seen = {place.push(phone)["pushId"]}
    with place.noauth(browser):
        for _ in range(3):
            place.clock.ahead += 61
            browser.press(RESEND)
            seen.add(place.push(phone)["pushId"])
        place.clock.ahead += 61
        browser.post(address(browser), {**hidden(browser), "scenario": RESEND})
        assert browser.page == "error"
    assert len(seen) == 4


def test_push_27_choosing_another_way_and_coming_back_sends_nothing(place: Town) -> None:
    """The same request waits, and sending again has to wait as long as before."""
    name = place.person()
    phone = place.phone(name)
    browser = place.at("either").submit(username=name)
    url, choose = address(browser), {"_action": "choose"}
    browser.post(url, {**hidden(browser), "authenticator": "push"})
    first = place.push(phone)
    for _ in range(3):
        browser.post(url, {**hidden(browser), **choose})
        browser.post(url, {**hidden(browser), "authenticator": "push"})
        assert browser.page == "push-wait"
        assert browser.press(RESEND).alerts == ["push.resend_too_early"]
    assert place.push(phone) == first
    assert place.audited("push_sent", name) == 1


def test_push_29_bombing_without_a_password(place: Town) -> None:
    """However many logins begin, a person's phone rings five times in ten minutes, and every page is the same."""
    name = place.person()
    phone = place.phone(name)
    answers = []
    for _ in range(12):
        browser = place.waiting(name)
        assert browser.response is not None
        answers.append(masked(browser.response, name))
    assert len(set(map(str, answers))) == 1
    assert len(place.pushes(phone, 5)) == 5
    assert place.audited("push_suppressed", name) == 7


def test_push_30_a_denial_is_followed_by_quiet(place: Town) -> None:
    """Nothing is sent for a while; the page does not say so."""
    name = place.person()
    phone = place.phone(name)
    place.waiting(name)
    assert place.house.respond(phone.answer(place.push(phone), "DENIED")).status_code == 200
    assert place.waiting(name).page == "push-wait"
    assert place.house.pending(phone) == []
    place.clock.ahead += 61
    place.waiting(name)
    assert len(place.pushes(phone, 1)) == 1
    assert place.audited("push_denied", name) == 1


def test_push_30_the_third_denial_tells_admins(place: Town) -> None:
    """A minute's quiet twice, then ten; an alert in the audit; the password and the own browser still work."""
    name = place.person()
    phone, own = place.phone(name), place.waiting(name)
    place.house.approve(phone)
    assert "code" in own.press(PROCEED).query
    for _ in range(3):
        place.clock.ahead += 61
        place.waiting(name)
        assert place.house.respond(phone.answer(place.push(phone), "DENIED")).status_code == 200
    place.clock.ahead += 61
    place.waiting(name)
    assert place.house.pending(phone) == []
    assert (place.audited("push_denied", name), place.audited("push_alert", name)) == (3, 1)
    place.signed_in(name)
    assert place.at("name-push", own, prompt="login").submit(username=name).page == "push-wait"
    assert len(place.pushes(phone, 1)) == 1


def test_push_30_the_third_denial_tells_the_person_and_leaves_wrong_passwords_counted(place: Town) -> None:
    """Their other device hears of it; guesses before and after are one series, and the account pauses as it would."""
    name = place.person()
    phone, second = place.phone(name), place.phone(name)
    wrong = [place.at("pass").submit(username=name, password="wrong") for _ in range(4)]
    assert place.audited("password_locked", name) == 0
    for _ in range(3):
        place.waiting(name)
        assert place.house.respond(phone.answer(place.push(phone), "DENIED")).status_code == 200
        place.clock.ahead += 61
    assert "LOGIN_DENIED" in [notice["notificationScenario"] for notice in place.notices(second)]
    wrong += [place.at("pass").submit(username=name, password="wrong") for _ in range(2)]
    assert place.audited("password_locked", name) == 1


# --- who exists -------------------------------------------------------------------------------------------------------


def kinds(strict: Town) -> dict[str, str]:
    """Names of every kind, of one length."""
    made = {kind: strict.person() for kind in ("enrolled", "without device", "disabled", "locked")}
    for kind in ("enrolled", "disabled", "locked"):
        strict.phone(made[kind])
    strict.set_enabled(made["disabled"], False)
    for _ in range(2):
        browser = strict.at("pass")
        for _ in range(4):
            browser.submit(username=made["locked"], password="wrong")
    return made | {"unknown": "q999"}


@pytest.mark.parametrize("application", ["payroll", "name-push"])
def test_push_31_and_32_every_name_is_answered_alike(strict: Town, application: str) -> None:
    """From the first page over polls and sending again to the end of its time: status, headers, cookies, every byte."""
    told: dict[str, list[object]] = {}
    for kind, name in kinds(strict).items():
        strict.clock.ahead = 0.0
        browser = strict.at(application).submit(username=name)
        seen = told.setdefault(kind, [])
        assert browser.page == "push-wait"
        for step in ("", PROCEED, RESEND, "later", RESEND, "over", PROCEED, "choose"):
            if step in ("later", "over"):
                strict.clock.ahead += 61 if step == "later" else 100
                browser.open(address(browser))
            elif step == "choose":
                browser.post(address(browser), {**hidden(browser), "_action": "abort"})
            elif step:
                browser.press(step)
            assert browser.response is not None
            seen.append(masked(browser.response, name))
            if step != "choose":
                poll = browser.http.get(
                    f"{strict.house.url}/push-auth/check-status?pushAuthId={browser.url.split('/')[-1]}"
                )
                seen.append(masked(poll, name))
    for kind, seen in told.items():
        for at, (one, other) in enumerate(zip(seen, told["unknown"], strict=True)):
            assert one == other, (kind, at)


def test_push_35_the_status_tells_strangers_nothing(place: Town) -> None:
    """By flow id, by push id, by anything: one answer before, while and after the phone answers."""
    name = place.person()
    phone = place.phone(name)
    browser = place.waiting(name)
    push = place.push(phone)
    ids = [browser.url.split("/")[-1], push["pushId"], "nothing", f"{browser.url.split('/')[-1]}.{'A' * 43}"]
    url = f"{place.house.url}/push-auth/check-status"

    def asked() -> set[str]:
        answers = [httpx2.get(url, params={"pushAuthId": one}) for one in ids]
        return {str(masked(answer, answer.json()["traceId"])) for answer in answers}

    seen = asked()
    assert place.house.respond(phone.answer(push)).status_code == 200
    seen |= asked()
    place.house.respond(phone.answer(push, "DENIED"))
    seen |= asked()
    assert len(seen) == 1
    assert browser.http.get(url, params={"pushAuthId": ids[0]}).json()["status"] == "COMPLETED"


def test_push_35_a_wrong_number_tells_strangers_nothing(strict: Town) -> None:
    """Neither before, nor when it has ended the request."""
    name = strict.person()
    phone = strict.phone(name)
    browser = strict.waiting(name)
    push = strict.push(phone)
    ids = [browser.url.split("/")[-1], push["pushId"], "nothing"]
    seen = set()
    for number in ("", "none"):
        if number:
            assert strict.house.respond(phone.answer(push, number=number)).status_code == 400
        for one in ids:
            answer = httpx2.get(f"{strict.house.url}/push-auth/check-status", params={"pushAuthId": one})
            seen.add(str(masked(answer, answer.json()["traceId"])))
    assert len(seen) == 1
    assert strict.audited("push_wrong_number", name) == 1


# --- registering ------------------------------------------------------------------------------------------------------


def to_code(place: Town, name: str) -> Browser:
    """A browser at the page with the code."""
    browser = place.at("payroll").submit(username=name)
    browser.press("INIT_PUSH_ENROLL").submit(password=password(name))
    assert browser.page == "push-enroll", browser.page
    return browser


def test_push_36_one_registration_fifty_times(place: Town) -> None:
    """One device, whoever came first; the same body again is refused."""
    name = place.person()
    browser = to_code(place, name)
    body = Phone("ec", clock=place.clock).register_body(browser.marked["data-enrollment"])
    before = place.count("SELECT count(*) FROM devices")
    seen = at_once(50, lambda _: httpx2.post(place.house.url + DEVICES, json=body, timeout=60).status_code)
    assert sorted(seen) == [201] + [400] * 49
    browser.press("PUSH_DEVICE_ENROLLMENT")
    assert httpx2.post(place.house.url + DEVICES, json=body).status_code == 400
    assert place.count("SELECT count(*) FROM devices") == before + 1


def test_push_38_and_39_a_device_id_that_is_not_this_codes(place: Town) -> None:
    """Self-made, another login's, an enrolled device's: refused, and that device keeps its key."""
    victim = place.person()
    phone = place.phone(victim)
    mine, theirs = to_code(place, place.person()), to_code(place, place.person())
    scanned, other = (json.loads(each.marked["data-enrollment"]) for each in (mine, theirs))
    before = place.count("SELECT count(*) FROM devices")
    for device_id in (
        "00000000-0000-4000-8000-000000000000",
        other["deviceId"],
        phone.device_id,
        "null",
        "None",
        "../x",
    ):
        evil = Phone("ec", clock=place.clock)
        clean(httpx2.post(place.house.url + DEVICES, json=evil.register_body(scanned | {"deviceId": device_id})))
    assert place.count("SELECT count(*) FROM devices") == before
    browser = place.waiting(victim)
    still_waits(place, browser, phone)


def test_push_40_41_and_42_keys_that_are_not_taken(place: Town, caplog: pytest.LogCaptureFixture) -> None:
    """Weak ones, other kinds, other encodings, a private one: 400, and nothing of it is kept."""
    browser = to_code(place, place.person())
    good = Phone("ec", clock=place.clock)
    body = good.register_body(browser.marked["data-enrollment"])
    small = rsa.generate_private_key(65537, 1024)
    p384 = ec.generate_private_key(ec.SECP384R1())
    der = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    secret = small.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    keys = {
        "weak": small.public_key().public_bytes(*der),
        "another curve": p384.public_key().public_bytes(*der),
        "private": secret,
        "PEM": small.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "trailing": good._key.public_key().public_bytes(*der) + b"x",
        "garbage": b"\x30\x82" + b"\xff" * 200,
    }
    with caplog.at_level(logging.DEBUG, "doorstep"):
        for case, key in keys.items():
            answer = httpx2.post(place.house.url + DEVICES, json=body | {"publicKey": b64encode(key).decode()})
            assert (answer.status_code, answer.json()["code"]) == (400, "PDH-15004"), case
    assert b64encode(secret).decode()[:40] not in caplog.text
    huge = httpx2.post(place.house.url + DEVICES, json=body | {"publicKey": "A" * 2_000_000})
    assert huge.status_code == 413
    kept = everything(place)
    assert b64encode(secret) not in kept
    assert secret[:64] not in kept
    assert httpx2.post(place.house.url + DEVICES, json=body).status_code == 201


def everything(place: Town) -> bytes:
    """Every byte of the database's files."""
    path = Path(str(place.house.settings.database_url).removeprefix("sqlite:///"))
    return b"".join(file.read_bytes() for file in path.parent.glob(path.name + "*"))


def test_push_43_one_key_for_two_people(place: Town) -> None:
    """The second does not get it; the first one's approvals serve the first alone."""
    phone, victim = Phone("ec", clock=place.clock), place.person()
    place.enroll(phone, victim)
    mallory = place.person()
    browser = to_code(place, mallory)
    first = phone.device_id
    refused = place.house.register(phone, browser.marked["data-enrollment"])
    assert (refused.status_code, refused.json()["code"]) == (400, "PDH-15020")
    browser.press("PUSH_DEVICE_ENROLLMENT")
    assert browser.page == "push-enroll"
    phone.device_id = first
    still_waits(place, place.waiting(victim), phone)


def test_push_44_no_way_to_a_second_phone(place: Town) -> None:
    """Somebody who knows the password alone adds none, by a page, by the device API, or by a token of the login."""
    name = place.person()
    phone = place.phone(name)
    browser = place.at("pass-push").submit(username=name, password=password(name))
    url = browser.url
    for word in ("INIT_PUSH_ENROLL", "PUSH_DEVICE_ENROLLMENT", "MULTIPLE_DEVICE_PROGRESSIVE_ENROLLMENT"):
        browser.post(address(browser), {**hidden(browser), "scenario": word})
        assert browser.status == 400
        browser.open(url)
    for application, refusal in (("pass", 403), ("own", 401)):
        tokens = place.tokens(place.signed_in(name, application=application), application)
        for bearer, status in ((tokens["access_token"], refusal), (tokens["id_token"], 401), ("x", 401)):
            for method, path in (("GET", "/discovery-data"), ("DELETE", f"/devices/{phone.device_id}")):
                assert place.devices_by(bearer, path, method).status_code == status
    assert place.count("SELECT count(*) FROM devices JOIN users ON users.id = user_id WHERE username = ?", name) == 1


def test_push_44_a_person_s_own_program_changes_devices_after_fresh_proof(place: Town) -> None:
    """An application with screens of its own: the first device by password; the next, and removing, by push as well."""
    name, phone = place.person(), Phone("ec", clock=place.clock)
    bearer = place.tokens(place.signed_in(name, application="own"), "own")["access_token"]
    assert place.devices_by(bearer, "/devices").json() == []
    code = place.devices_by(bearer, "/discovery-data")
    assert place.house.register(phone, code.text).status_code == 201
    (listed,) = place.devices_by(bearer, "/devices").json()
    assert listed == place.devices_by(bearer, f"/devices/{phone.device_id}").json()
    refused = place.devices_by(bearer, "/discovery-data")
    assert 'error="insufficient_user_authentication"' in refused.headers["www-authenticate"]
    browser = place.at("pass-push").submit(username=name, password=password(name))
    place.house.approve(phone)
    bearer = place.tokens(browser.press(PROCEED), "pass-push")["access_token"]
    assert place.devices_by(bearer, "/discovery-data").status_code == 200
    place.clock.ahead += 200
    assert place.devices_by(bearer, f"/devices/{phone.device_id}", "DELETE").status_code == 204
    assert place.devices_by(bearer, "/devices").json() == []
    assert place.audited("device_removed") > 0


def test_push_44_somebody_else_s_device_does_not_exist(place: Town) -> None:
    """Neither to be seen nor to be removed; a proof that is too old removes nothing."""
    name, other = place.person(), place.phone(place.person())
    phone, browser = place.phone(name), place.at("pass-push").submit(username=name, password=password(name))
    place.house.approve(phone)
    bearer = place.tokens(browser.press(PROCEED), "pass-push")["access_token"]
    for method in ("GET", "DELETE"):
        answer = place.devices_by(bearer, f"/devices/{other.device_id}", method)
        assert (answer.status_code, answer.json()["code"]) == (400, "PDH-15009")
    place.clock.ahead += 301
    assert place.devices_by(bearer, f"/devices/{phone.device_id}", "DELETE").status_code == 401
    assert place.house.pending(phone) == []


def test_push_45_a_code_that_somebody_else_scanned(place: Town) -> None:
    """The first phone has it, the page names it, and it counts only once the person says so."""
    name = place.person()
    browser = to_code(place, name)
    code = browser.marked["data-enrollment"]
    thief, own = Phone("ec", name="Thief's phone", clock=place.clock), Phone("ec", clock=place.clock)
    assert place.house.register(thief, code).status_code == 201
    assert place.house.register(own, code).status_code == 400
    browser.open(address(browser))
    assert browser.marked["data-device"] == "Thief's phone"
    assert place.house.pending(thief) == []
    assert place.count("SELECT count(*) FROM devices WHERE id = ?", thief.device_id) == 0
    place.clock.ahead += 601
    assert place.house.register(own, code).status_code == 400
    assert place.audited("device_awaits_confirmation") >= 1


def test_push_46_the_code_is_in_no_address(place: Town) -> None:
    """Neither where the browser is nor where it is sent; the page is not kept."""
    name = place.person()
    browser = place.at("payroll").submit(username=name)
    browser.press("INIT_PUSH_ENROLL").submit(password=password(name))
    challenge = json.loads(browser.marked["data-enrollment"])["challenge"]
    assert browser.response is not None
    assert challenge not in browser.url + str(browser.response.headers)
    assert browser.response.headers["cache-control"] == "no-store"
    assert browser.response.headers["referrer-policy"] == "same-origin"
    links = [link for link, _ in browser._reader.links if challenge in link]
    assert all(link.startswith("/phone#") for link in links)


@pytest.mark.parametrize("end", ["time", "cancel", "disabled", "finished"])
def test_push_47_registering_after_the_end(place: Town, end: str) -> None:
    """A code is worth what its login is worth."""
    name = place.person()
    browser = to_code(place, name)
    code = browser.marked["data-enrollment"]
    if end == "time":
        place.clock.ahead += 181
    elif end == "cancel":
        browser.post(address(browser), {**hidden(browser), "_action": "abort"})
    elif end == "disabled":
        place.set_enabled(name, False)
    else:
        phone = Phone("ec", clock=place.clock)
        assert place.house.register(phone, code).status_code == 201
        browser.press("PUSH_DEVICE_ENROLLMENT")
        place.house.approve(phone)
        assert "code" in browser.press(PROCEED).query
    answer = place.house.register(Phone("ec", clock=place.clock), code)
    clean(answer)
    assert answer.json()["code"] in ("PDH-15002", "PDH-15008")


def test_push_48_enrolling_in_many_browsers_at_once(place: Town) -> None:
    """A person without a device gets one by the password; the second would need the first one's approval."""
    name = place.person()
    browsers = [to_code(place, name) for _ in range(6)]
    for browser in browsers:
        phone = Phone("ec", clock=place.clock)
        assert place.house.register(phone, browser.marked["data-enrollment"]).status_code == 201
    posts = [
        post_as(browser, address(browser), {**hidden(browser), "scenario": "PUSH_DEVICE_ENROLLMENT"})
        for browser in browsers
    ]
    at_once(6, lambda n: posts[n](n))
    owned = "SELECT count(*) FROM devices JOIN users ON users.id = devices.user_id WHERE users.canonical = ?"
    assert 1 <= place.count(owned, name) <= 3


# --- what devices say of themselves -----------------------------------------------------------------------------------


def test_push_50_and_51_changing_a_device(place: Town) -> None:
    """Only by its own key, for that purpose, once; an address is one word of visible letters."""
    name = place.person()
    phone, other = place.phone(name), place.phone(place.person())
    browser = place.waiting(name)
    push = place.push(phone)
    url = f"{place.house.url}{DEVICES}/{phone.device_id}"
    once = phone.update_token(push_token="new-address")
    assert httpx2.post(f"{url}/update", json={"token": once}).status_code == 204
    bad = [
        once,
        phone.answer(push),
        phone.pull_token(),
        other.update_token(name="x"),
        phone.remove_token(),
        "x.y.z",
        "",
    ]
    bad += [phone.update_token(push_token=odd) for odd in ("a\r\nb", 'a b"}', "", "é", "x" * 5000)]
    bad += [phone.token({"exp": phone.expiry(60), "name": "x", "purpose": "remove"})]
    for token in bad:
        clean(httpx2.post(f"{url}/update", json={"token": token}))
    for method in ("PATCH", "PUT", "POST"):
        clean(httpx2.request(method, url, json={"path": "/device-token", "value": "x", "deviceToken": "x"}))
    for token in (phone.answer(push), phone.pull_token(), phone.update_token(name="x"), other.remove_token()):
        clean(httpx2.post(f"{url}/remove", json={"token": token}))
    assert place.count("SELECT count(*) FROM devices WHERE push_token = 'new-address'") == 1
    still_waits(place, browser, phone)


def test_push_55_a_device_that_was_not_asked(place: Town) -> None:
    """Enrolled after the push was sent: it is another's."""
    name = place.person()
    phone = place.phone(name)
    browser = place.waiting(name)
    push = place.push(phone)
    late = place.phone(name)
    assert place.house.respond(late.answer(push)).status_code == 400
    still_waits(place, browser, phone)


@pytest.mark.parametrize("how", ["locked", "disabled"])
def test_push_56_approving_for_somebody_who_may_not_sign_in(place: Town, how: str) -> None:
    """The approval is not taken, and the page is everybody's."""
    name = place.person()
    phone = place.phone(name)
    browser = place.waiting(name)
    push = place.push(phone)
    if how == "disabled":
        place.set_enabled(name, False)
    for _ in range(2 if how == "locked" else 0):
        guess = place.at("pass")
        for _ in range(4):
            guess.submit(username=name, password="wrong")
    with place.noauth(browser):
        assert place.house.respond(phone.answer(push)).status_code in (400, 410)
        browser.press(PROCEED)
        assert browser.page == "push-wait"


def test_push_59_and_60_what_the_phone_is_told_of_the_browser(place: Town) -> None:
    """Words of a fixed list and the socket's address, whatever the browser says."""
    name = place.person()
    phone = place.phone(name)
    lies = {"X-Forwarded-For": "127.0.0.2", "X-Real-IP": "198.51.100.1", "Forwarded": "for=198.51.100.1"}
    lies["User-Agent"] = "Payroll: tap APPROVE now " + "x" * 1500
    place.at("name-push", place.browser(**lies)).submit(username=name)
    push = place.push(phone)
    assert (push["browser"], push["deviceOS"], push["ipAddress"]) == ("Other", "Other", "127.0.0.1")
    assert "APPROVE" not in str(push)
    assert push["applicationName"] == "Name-Push"


RAISED = (ValueError, TypeError, KeyError, RuntimeError, TimeoutError, AssertionError, RecursionError, MemoryError)


@pytest.mark.parametrize("ends", [*RAISED, False, None, True, 1, b""], ids=lambda ends: getattr(ends, "__name__", ends))
def test_push_64_a_verifier_that_breaks(place: Town, monkeypatch: pytest.MonkeyPatch, ends: object) -> None:
    """Whatever it raises, and whatever it says instead of what was proven: the answer is not taken."""

    def broken(*_: object) -> object:
        if isinstance(ends, type):
            raise ends("x")
        return ends

    name = place.person()
    phone = place.phone(name)
    browser = place.waiting(name)
    push = place.push(phone)
    with monkeypatch.context() as patch, place.noauth():
        patch.setattr(PublicKey, "_verify", broken)
        clean(place.house.respond(phone.answer(push)))
    still_waits(place, browser, phone)


def test_push_65_how_an_answer_travels(place: Town) -> None:
    """One JSON object in UTF-8 by POST."""
    name = place.person()
    phone = place.phone(name)
    browser = place.waiting(name)
    token = phone.answer(place.push(phone))
    url, good = f"{place.house.url}/push-auth/authenticate", json.dumps({"authResponse": token})
    with place.noauth():
        assert httpx2.get(url, params={"authResponse": token}).status_code == 405
        assert httpx2.post(url, data={"authResponse": token}).status_code == 415
        assert httpx2.post(url, content=good, headers={"Content-Type": "text/plain"}).status_code == 415
        for body in (f"[{good}]", json.dumps(good), "\ufeff" + good, json.dumps({"authResponse": [token]})):
            kind = {"Content-Type": "application/json"}
            assert httpx2.post(url, content=body.encode(), headers=kind).status_code == 400
        assert httpx2.post(url, content=good.encode("utf-16"), headers=kind).status_code == 400
    still_waits(place, browser, phone)


def test_push_67_a_stranger_asks_at_the_same_moment(strict: Town) -> None:
    """Each login has its own push and its own number: the person's approval ends the person's login only."""
    name = strict.person()
    phone = strict.phone(name)
    stranger, own = strict.waiting(name), strict.waiting(name)
    number = own.marked["data-number"]
    mine = next(push for push in strict.pushes(phone, 2) if push["numberChallenge"] == number)
    with strict.one():
        assert strict.house.respond(phone.answer(mine)).status_code == 200
        stranger.press(PROCEED)
        own.press(PROCEED)
    if stranger.marked.get("data-number") != mine["numberChallenge"]:
        assert "code" in own.query
        assert "code" not in stranger.query


def test_push_68_one_answer_to_all_that_fits_nothing(place: Town) -> None:
    """Unknown push, other person's push, wrong signature, unknown device: the same bytes."""
    name = place.person()
    phone, other = place.phone(name), place.phone(place.person())
    place.waiting(name)
    push = place.push(phone)
    header = {"alg": "ES256", "typ": "JWT", "deviceId": phone.device_id}
    tokens = [
        phone.token(claims(phone, push, pushAuthId="A" * 32)),
        phone.token(claims(phone, push, challenge="x")),
        other.token(claims(phone, push), header=header),
        other.answer(push),
        phone.token(claims(phone, push), header=header | {"deviceId": "unknown"}),
        phone.token(claims(phone, push, exp=phone.expiry(-600))),
    ]
    answers = [place.house.respond(token) for token in tokens]
    assert len({str(masked(answer, answer.json()["traceId"])) for answer in answers}) == 1


def test_push_69_a_flood_of_bad_answers(place: Town) -> None:
    """ALIVE: others sign in meanwhile, and the person's own answer is still taken."""
    name, other = place.person(), place.person()
    phone, stranger = place.phone(name), place.phone(place.person())
    browser = place.waiting(name)
    bad = stranger.token(claims(phone, place.push(phone)), header={"alg": "ES256", "deviceId": phone.device_id})

    def hand(n: int) -> int:
        if n == 150:
            return 200 if "code" in place.signed_in(other).query else 0
        return place.house.respond(bad).status_code

    seen = at_once(300, hand)
    assert (seen.count(400), seen.count(200)) == (299, 1)
    still_waits(place, browser, phone)
