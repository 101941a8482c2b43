"""Contract, sections 3 and 3a, and the push protocol: enrollment, requests, answers, resends, budgets."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.browser import Browser
from tests.contract.house import (
    ENROLL,
    PASSWORD,
    PASSWORD_ONLY,
    PASSWORD_PUSH,
    PUSH_ONLY,
    House,
    crowd,
    document,
    let_in,
    person,
    told_by,
)
from tests.devices import Phone

DEVICES = "/api/users/v1/me/push/devices"
PREFIXES = ["", "/t/carbon.super", "/o/Doorstep", "/t/carbon.super/o/Doorstep"]
PUSH_SETTINGS = {"progressive_enrollment": True, "number_challenge": True}
FLOWS = [ENROLL, PUSH_ONLY, PASSWORD_PUSH, PASSWORD_ONLY]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server: enrollment in the middle of a login, with numbers."""
    house = House(Path(tmp_path_factory.mktemp("push")))
    house.apply(document(*FLOWS, people=[*crowd(160), person("mara")], push=PUSH_SETTINGS))
    with house.serving():
        yield house


def phone_of(house: House, *, typed: bool = True, **more: Any) -> tuple[str, Phone]:
    """Somebody new with an enrolled phone."""
    kind = more.pop("kind", "ec")
    name, phone = house.someone(), Phone(kind, typed=typed, clock=house.now, **more)
    house.with_phone(name, phone)
    return name, phone


def waiting(house: House, name: str, flow: str = "enroll") -> Browser:
    """A browser on the waiting page of that person."""
    browser = house.begin(flow).submit(username=name)
    assert browser.page == "push-wait", told_by(browser)
    return browser


def number_of(browser: Browser) -> str:
    """The number on the page."""
    return browser.marked["data-number"]


def another(number: str) -> str:
    """A number that is not this one."""
    return f"{(int(number) + 1) % 100:02}"


def proceed(browser: Browser) -> Browser:
    """What the page posts when an answer has come."""
    return browser.press("PROCEED_PUSH_AUTHENTICATION")


def at_the_code(house: House, name: str) -> Browser:
    """A browser on the page with the QR code."""
    browser = house.begin("enroll").submit(username=name).press("INIT_PUSH_ENROLL")
    browser.submit(password=PASSWORD.format(name))
    assert browser.page == "push-enroll", told_by(browser)
    return browser


# --- enrollment -------------------------------------------------------------------------------------------------------


def test_the_code_has_all_that_apps_need(house: House) -> None:
    """Raw JSON; deviceId, username, host, tenantDomain, challenge, none of them empty."""
    name = house.someone()
    scanned = json.loads(at_the_code(house, name).marked["data-enrollment"])
    assert scanned["username"] == name
    assert scanned["host"] == house.url
    assert scanned["tenantDomain"] == "carbon.super"
    assert scanned["deviceId"]
    assert scanned["challenge"]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_registration_answers_201_under_every_prefix(house: House, prefix: str) -> None:
    """Exactly 201, empty body; then the person confirms the device and approves on it."""
    name, phone = house.someone(), Phone("rsa", clock=house.now)
    browser = at_the_code(house, name)
    answer = house.register(phone, browser.marked["data-enrollment"], prefix=prefix)
    assert answer.status_code == 201
    assert answer.content == b""
    browser.press("PUSH_DEVICE_ENROLLMENT")
    while browser.page == "push-enroll" and "data-device" in browser.marked:
        browser.press("PUSH_DEVICE_ENROLLMENT")
    assert browser.page == "push-wait"
    (push,) = house.pending(phone, prefix=prefix)
    answered = house.answer(phone.answer(push), prefix=prefix)
    assert (answered.status_code, answered.content) == (200, b"")
    assert let_in(proceed(browser))


def test_the_page_names_the_device_that_continue_confirms(house: House) -> None:
    """The person sees which device registered before it counts."""
    name, phone = house.someone(), Phone("ec", typed=True, name="Somebody's tablet", clock=house.now)
    browser = at_the_code(house, name)
    house.register(phone, browser.marked["data-enrollment"])
    browser.open(browser.url)
    assert browser.response is not None
    assert "Somebody&#39;s tablet" in browser.response.text
    assert browser.press("PUSH_DEVICE_ENROLLMENT").page == "push-wait"


def test_continue_before_a_device_has_registered_shows_the_code_again(house: House) -> None:
    """No way on without a device."""
    browser = at_the_code(house, house.someone()).press("PUSH_DEVICE_ENROLLMENT")
    assert browser.page == "push-enroll"
    assert browser.marked["data-enrollment"]


def test_a_code_is_good_for_one_device(house: House) -> None:
    """The second registration with it is 400 PDH-15002."""
    name = house.someone()
    browser = at_the_code(house, name)
    code = browser.marked["data-enrollment"]
    assert house.register(Phone("ec", push_token="one", clock=house.now), code).status_code == 201
    again = house.register(Phone("ec", push_token="two", clock=house.now), code)
    assert (again.status_code, again.json()["code"]) == (400, "PDH-15002")


def test_a_code_is_good_for_180_seconds(house: House) -> None:
    """After that 400 PDH-15002."""
    browser = at_the_code(house, house.someone())
    house.pass_time(185)
    late = house.register(Phone("ec", clock=house.now), browser.marked["data-enrollment"])
    assert (late.status_code, late.json()["code"]) == (400, "PDH-15002")


def test_a_registration_that_was_refused_leaves_the_code_as_it_was(house: House) -> None:
    """A wrong signature is 400 PDH-15005; the right one still works."""
    browser = at_the_code(house, house.someone())
    phone = Phone("rsa", clock=house.now)
    body = phone.register_body(browser.marked["data-enrollment"])
    other = Phone("rsa").register_body(browser.marked["data-enrollment"])
    refused = house.api(DEVICES, body | {"signature": other["signature"]})
    assert (refused.status_code, refused.json()["code"]) == (400, "PDH-15005")
    assert house.api(DEVICES, body).status_code == 201


@pytest.mark.parametrize(
    "change",
    [
        {"publicKey": "AAAA"},
        {"publicKey": ""},
        {"publicKey": None},
        {"signature": "not base64!"},
        {"signature": ""},
        {"deviceId": "unknown"},
        {"deviceId": None},
        {"deviceId": 7},
        {"deviceToken": ""},
        {"deviceToken": ["a"]},
        {"name": {"a": 1}},
        {"provider": "builtin"},
        {"provider": {"name": "no-such-provider"}},
        {"provider": {"name": "builtin", "metadata": ["typed"]}},
    ],
)
def test_a_malformed_registration_is_400_with_a_code(house: House, change: dict[str, Any]) -> None:
    """`{"code", "message", "traceId"}`; never 500; nothing changes."""
    browser = at_the_code(house, house.someone())
    phone = Phone("ec", typed=True, clock=house.now)
    body = phone.register_body(browser.marked["data-enrollment"])
    answer = house.api(DEVICES, body | change)
    assert answer.status_code == 400
    assert {"code", "message", "traceId"} <= set(answer.json())
    assert house.api(DEVICES, body).status_code == 201


@pytest.mark.parametrize("bits", [1024])
def test_a_weak_key_is_refused(house: House, bits: int) -> None:
    """RSA below 2048 bits."""
    browser = at_the_code(house, house.someone())
    answer = house.register(Phone("rsa", bits=bits, clock=house.now), browser.marked["data-enrollment"])
    assert answer.status_code == 400


@pytest.mark.parametrize(("kind", "bits"), [("rsa", 2048), ("rsa", 3072), ("ec", 0), ("ed25519", 0)])
def test_every_kind_of_key_works_to_the_end(house: House, kind: Any, bits: int) -> None:
    """RSA, P-256, Ed25519; compat and typed."""
    for typed in (False, True):
        name, phone = house.someone(), Phone(kind, bits=bits, typed=typed, clock=house.now)
        house.with_phone(name, phone)


def test_a_key_that_is_registered_already_is_refused(house: House) -> None:
    """One key is one device: it never becomes another person's, and the page says why."""
    _, phone = phone_of(house)
    name, before = house.someone(), phone.device_id
    browser = at_the_code(house, name)
    answer = house.register(phone, browser.marked["data-enrollment"])
    if answer.status_code == 201:
        browser.press("PUSH_DEVICE_ENROLLMENT")
        assert browser.page == "push-enroll"
        assert browser.alerts == ["push.device_known"]
    assert house.begin("enroll").submit(username=name).page == "push-enroll-consent"
    phone.device_id = before
    assert house.nothing_pending(phone)


def test_a_long_name_of_a_device_is_no_reason_to_refuse_it(house: House) -> None:
    """It is cut."""
    name, phone = house.someone(), Phone("ec", typed=True, name="x" * 500, clock=house.now)
    house.with_phone(name, phone)
    assert "x" * 500 not in house.run("device", "list").stdout


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'{"deviceId": "a", "deviceId": "b"}', b"\xff", b"1" * 99]
)
@pytest.mark.parametrize("path", [DEVICES, f"{DEVICES}/x/pending", f"{DEVICES}/x/remove", "/push-auth/authenticate"])
def test_bodies_that_are_not_what_apps_send_are_400(house: House, path: str, content: bytes) -> None:
    """Broken JSON, duplicate keys, lists: 400 with a code."""
    answer = httpx2.post(f"{house.url}{path}", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["code"]


def test_the_code_is_shown_only_after_a_fresh_factor(house: House) -> None:
    """INIT leads to the password; a wrong password shows no code."""
    name = house.someone()
    browser = house.begin("enroll").submit(username=name).press("INIT_PUSH_ENROLL")
    assert browser.page == "password"
    browser.submit(password="wrong-at-the-door")
    assert "data-enrollment" not in browser.marked


ENROLLMENT_WORDS = ["INIT_PUSH_ENROLL", "CANCEL_PUSH_ENROLL", "PUSH_DEVICE_ENROLLMENT", "CANCEL_PUSH_DEVICE_ENROLLMENT"]
OTHER_WORDS = [
    *("PUSH_DEVICE_ENROLLMENT", "PROCEED_PUSH_AUTHENTICATION", "RESEND_PUSH_NOTIFICATION", "SEND_PUSH_NOTIFICATION"),
    *("MULTIPLE_DEVICE_PROGRESSIVE_ENROLLMENT", "CANCEL_PUSH_DEVICE_ENROLLMENT", "init_push_enroll", "ANYTHING"),
]


@pytest.mark.parametrize("scenario", OTHER_WORDS)
def test_scenarios_that_the_consent_page_does_not_offer_change_nothing(house: House, scenario: str) -> None:
    """400 for enrollment words out of place; no code is shown, and consent can still be given."""
    browser = house.begin("enroll").submit(username=house.someone())
    url, form = browser.url, browser.forms[0]
    browser.post(url, {**form.fields, "scenario": scenario})
    assert browser.status in (200, 400, 409), told_by(browser)
    assert "data-enrollment" not in browser.marked
    assert browser.open(url).page == "push-enroll-consent"
    assert browser.press("INIT_PUSH_ENROLL").page == "password"


@pytest.mark.parametrize("scenario", ENROLLMENT_WORDS)
def test_enrollment_words_on_the_waiting_page_are_400_and_never_reach_onfail(house: House, scenario: str) -> None:
    """With a phone enrolled, nobody can talk the login into the password path."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    url, form = browser.url, browser.forms[0]
    browser.post(url, {**form.fields, "scenario": scenario})
    assert browser.status == 400
    assert browser.open(url).page == "push-wait"
    (push,) = house.pending(phone)
    house.answer(phone.answer(push, number=number_of(browser)))
    assert let_in(proceed(browser))


def test_declining_enrollment_ends_the_login(house: House) -> None:
    """CANCEL_PUSH_ENROLL: the default script does nothing more."""
    browser = house.begin("enroll").submit(username=house.someone()).press("CANCEL_PUSH_ENROLL")
    assert browser.page == "error"
    assert not let_in(browser)


def test_password_first_then_enrollment_needs_no_consent_page(house: House) -> None:
    """State 16: the factor is proven, the code is shown."""
    name, phone = house.someone(), Phone("ec", typed=True, clock=house.now)
    browser = house.begin("password-push").submit(username=name, password=PASSWORD.format(name))
    if browser.page == "push-enroll-consent":
        browser.press("INIT_PUSH_ENROLL")
    assert browser.page == "push-enroll", told_by(browser)
    assert house.register(phone, browser.marked["data-enrollment"]).status_code == 201
    while browser.page == "push-enroll":
        browser.press("PUSH_DEVICE_ENROLLMENT")
    (push,) = house.pending(phone)
    house.answer(phone.answer(push, number=number_of(browser)))
    claims = house.claims(proceed(browser), "password-push")
    assert sorted(claims["amr"]) == ["mfa", "pwd", "swk"]


def test_a_registered_device_that_nobody_confirmed_does_not_count(house: House) -> None:
    """Without Continue there is no push and no way in with it."""
    name, phone = house.someone(), Phone("ec", typed=True, clock=house.now)
    browser = at_the_code(house, name)
    assert house.register(phone, browser.marked["data-enrollment"]).status_code == 201
    assert house.begin("enroll").submit(username=name).page == "push-enroll-consent"
    assert house.nothing_pending(phone)


# --- the request ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", PREFIXES)
def test_pending_has_the_push_data_map(house: House, prefix: str) -> None:
    """The keys of the protocol, all texts."""
    name, phone = phone_of(house, typed=False, kind="rsa")
    browser = waiting(house, name)
    (push,) = house.pending(phone, prefix=prefix)
    assert all(isinstance(value, str) for value in push.values())
    assert push["username"] == name
    assert push["applicationName"] == "Enroll"
    assert push["notificationScenario"] == "AUTHENTICATION"
    assert push["deviceId"] == phone.device_id
    assert push["tenantDomain"] == "carbon.super"
    assert "relativePath" in push
    assert push["pushId"]
    assert push["challenge"]
    assert push["numberChallenge"] == number_of(browser)
    assert "deviceToken" not in push


@pytest.mark.parametrize("prefix", ["/t/other.tenant", "/o/other", "/t/carbon.super/o/other", "/t/x/o/Doorstep", "/x"])
@pytest.mark.parametrize("path", [DEVICES, f"{DEVICES}/x/pending", "/push-auth/authenticate"])
def test_names_that_are_not_ours_are_404(house: House, prefix: str, path: str) -> None:
    """`carbon.super` and the organisation's name, anything else is 404."""
    assert house.api(path, {}, prefix=prefix).status_code == 404


def test_a_typed_device_gets_only_the_length_of_the_number(house: House) -> None:
    """`numberChallengeLength`, and the number nowhere."""
    name, phone = phone_of(house, typed=True)
    browser = waiting(house, name)
    (push,) = house.pending(phone)
    assert push["numberChallengeLength"] == "2"
    assert "numberChallenge" not in push
    number = number_of(browser)
    assert len(number) == 2
    assert number.isdigit()
    assert number not in [push[key] for key in ("numberChallengeLength", "pushId", "challenge")]


def test_pending_lists_the_oldest_first(house: House) -> None:
    """Several logins of one person wait in their order."""
    name, phone = phone_of(house)
    numbers = []
    for _ in range(3):
        numbers.append(number_of(waiting(house, name)))
        house.pass_time(1)
    pushes = house.pending(phone, count=3)
    assert len(pushes) == 3
    for push, number in zip(pushes, numbers, strict=True):
        assert house.answer(phone.answer(push, number=number)).status_code == 200


def test_a_pull_token_may_be_used_until_it_expires(house: House) -> None:
    """Twice is fine; after `exp` it is 400."""
    _, phone = phone_of(house)
    path, token = f"{DEVICES}/{phone.device_id}/pending", {"token": phone.pull_token()}
    assert house.api(path, token).status_code == 200
    assert house.api(path, token).status_code == 200
    house.pass_time(1000)
    assert house.api(path, token).status_code == 400


def test_a_device_pulls_only_its_own_requests(house: House) -> None:
    """Another device's id in the path, or in the header, is refused."""
    _, mine = phone_of(house)
    name, theirs = phone_of(house)
    waiting(house, name)
    assert house.api(f"{DEVICES}/{theirs.device_id}/pending", {"token": mine.pull_token()}).status_code == 400
    claims = {"exp": mine.expiry(300), "purpose": "pull"}
    header = {"alg": "ES256", "typ": "JWT", "deviceId": theirs.device_id}
    forged = mine.token(claims, header=header)
    for device in (mine, theirs):
        assert house.api(f"{DEVICES}/{device.device_id}/pending", {"token": forged}).status_code == 400


@pytest.mark.parametrize("purpose", ["remove", "update", "", None, "PULL", ["pull"]])
def test_a_token_of_another_purpose_does_not_pull(house: House, purpose: Any) -> None:
    """Only `pull`."""
    _, phone = phone_of(house)
    claims = {"exp": phone.expiry(300)} | ({} if purpose is None else {"purpose": purpose})
    answer = house.api(f"{DEVICES}/{phone.device_id}/pending", {"token": phone.token(claims)})
    assert answer.status_code == 400


# --- the answer -------------------------------------------------------------------------------------------------------


def test_an_approval_with_the_right_number_lets_in(house: House) -> None:
    """200, empty; then PROCEED goes to the application; amr is swk."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    (push,) = house.pending(phone)
    answer = house.answer(phone.answer(push, number=number_of(browser)))
    assert (answer.status_code, answer.content) == (200, b"")
    claims = house.claims(proceed(browser), "enroll")
    assert claims["amr"] == ["swk"]
    assert claims["preferred_username"] == name


def test_proceed_before_an_answer_costs_nothing(house: House) -> None:
    """The waiting page again, the same request, the same number; and it can still be approved."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    number = number_of(browser)
    (push,) = house.pending(phone)
    for _ in range(3):
        proceed(browser)
        assert (browser.page, browser.status) == ("push-wait", 200)
        assert number_of(browser) == number
    assert house.pending(phone) == [push]
    house.answer(phone.answer(push, number=number))
    assert let_in(proceed(browser))


@pytest.mark.parametrize("typed", [True, False])
def test_a_wrong_number_ends_the_request(house: House, typed: bool) -> None:
    """An authentic approval with another number; the right one afterwards comes too late."""
    name, phone = phone_of(house, typed=typed)
    browser = waiting(house, name)
    number = number_of(browser)
    (push,) = house.pending(phone)
    house.answer(phone.answer(push, number=another(number)))
    assert house.nothing_pending(phone)
    assert house.answer(phone.answer(push, number=number)).status_code in (400, 410)
    assert not let_in(proceed(browser))
    assert browser.page == "error"


def test_an_approval_without_a_number_does_not_let_in(house: House) -> None:
    """Where a number is asked, it must be there."""
    name, phone = phone_of(house, typed=True)
    browser = waiting(house, name)
    (push,) = house.pending(phone)
    house.answer(phone.answer(push))
    assert not let_in(proceed(browser))


def test_the_number_is_compared_as_text(house: House) -> None:
    """An integer, a padded or signed text is not the number."""
    name, phone = phone_of(house, typed=True)
    browser = waiting(house, name)
    number = number_of(browser)
    (push,) = house.pending(phone)
    claims = {"pushAuthId": push["pushId"], "challenge": push["challenge"], "response": "APPROVED"}
    for wrong in (int(number), f" {number}", f"+{number}", [number], True, None):
        sent = phone.token(claims | {"exp": phone.expiry(300), "numberChallenge": wrong})
        house.answer(sent)
        assert not let_in(browser.open(browser.url))
    assert not let_in(proceed(browser))


def test_a_denial_ends_the_step(house: House) -> None:
    """The reason is on the page; there is no code."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    (push,) = house.pending(phone)
    assert house.answer(phone.answer(push, "DENIED")).status_code == 200
    assert not let_in(proceed(browser))
    assert browser.alerts == ["push.denied"], told_by(browser)


def test_a_denial_turns_an_approval_around_until_the_browser_goes_on(house: House) -> None:
    """The first answer is taken, but a denial wins before PROCEED."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    (push,) = house.pending(phone)
    assert house.answer(phone.answer(push, number=number_of(browser))).status_code == 200
    assert house.answer(phone.answer(push, "DENIED")).status_code == 200
    assert not let_in(proceed(browser))


def test_nothing_turns_a_denial_into_an_approval(house: House) -> None:
    """An approval after a denial is refused, and changes nothing."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    (push,) = house.pending(phone)
    assert house.answer(phone.answer(push, "DENIED")).status_code == 200
    assert house.answer(phone.answer(push, number=number_of(browser))).status_code == 410
    assert not let_in(proceed(browser))


def test_an_answer_is_taken_once(house: House) -> None:
    """The same approval again is 410 PBA-15011, before and after the login has ended."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    (push,) = house.pending(phone)
    token = phone.answer(push, number=number_of(browser))
    assert house.answer(token).status_code == 200
    again = house.answer(token)
    assert (again.status_code, again.json()["code"]) == (410, "PBA-15011")
    assert let_in(proceed(browser))
    assert house.answer(token).status_code in (400, 410)


@pytest.mark.parametrize(
    "word", ["approved", "Approved", "APPROVED ", "YES", "", None, True, 1, ["APPROVED"], {"a": "APPROVED"}, "DENIED "]
)
def test_an_answer_that_is_not_one_of_the_two_words_changes_nothing(house: House, word: Any) -> None:
    """400, and the right answer is still taken."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    (push,) = house.pending(phone)
    claims: dict[str, Any] = {"pushAuthId": push["pushId"], "challenge": push["challenge"], "exp": phone.expiry(300)}
    claims |= {"numberChallenge": number_of(browser), "response": word}
    assert house.answer(phone.token(claims)).status_code == 400
    assert house.pending(phone) == [push]
    assert house.answer(phone.answer(push, number=number_of(browser))).status_code == 200
    assert let_in(proceed(browser))


def altered(phone: Phone, push: dict[str, str], number: str) -> dict[str, str]:
    """Answers that are not authentic, by what is wrong with them."""
    claims: dict[str, Any] = {"pushAuthId": push["pushId"], "challenge": push["challenge"], "response": "APPROVED"}
    claims |= {"numberChallenge": number, "exp": phone.expiry(300)}
    header = {"alg": "ES256", "typ": "JWT", "deviceId": phone.device_id}
    stranger = Phone("ec", typed=True)
    good = phone.token(claims)
    return {
        "another key": stranger.token(claims, header=header),
        "no algorithm": phone.token(claims, header=header | {"alg": "none"}),
        "no signature": good.rsplit(".", 1)[0] + ".",
        "another algorithm": phone.token(claims, header=header | {"alg": "HS256"}),
        "the key in the header": stranger.token(claims, header=header | {"jwk": {"kty": "EC"}}),
        "a critical header": phone.token(claims, header=header | {"crit": ["exp"]}),
        "no device": phone.token(claims, header={"alg": "ES256", "typ": "JWT"}),
        "an unknown device": phone.token(claims, header=header | {"deviceId": "unknown"}),
        "another challenge": phone.token(claims | {"challenge": "x" * 40}),
        "no challenge": phone.token({k: v for k, v in claims.items() if k != "challenge"}),
        "an expired one": phone.token(claims | {"exp": phone.expiry(-600)}),
        "no expiry": phone.token({k: v for k, v in claims.items() if k != "exp"}),
        "an expiry in words": phone.token(claims | {"exp": "tomorrow"}),
        "a far expiry": phone.token(claims | {"exp": phone.expiry(86_400)}),
        "a purpose": phone.token(claims | {"purpose": "pull"}),
        "another request": phone.token(claims | {"pushAuthId": "unknown"}),
        "a request that is no text": phone.token(claims | {"pushAuthId": 7}),
        "a token of two parts": good.rsplit(".", 1)[0],
        "a token of four parts": good + ".a",
        "padding": good + "=",
        "rubbish": "a.b.c",
        "nothing": "",
        "too much": "a" * 100_000,
    }


def test_an_answer_that_is_not_authentic_is_400_and_changes_nothing(house: House) -> None:
    """Each of them, on one request; then the right one is taken."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    (push,) = house.pending(phone)
    for what, token in altered(phone, push, number_of(browser)).items():
        answer = house.answer(token)
        assert answer.status_code in (400, 413), f"{what}: {answer.status_code} {answer.text}"
        assert answer.json()["code"], what
        assert house.pending(phone) == [push], what
    assert house.answer(phone.answer(push, number=number_of(browser))).status_code == 200
    assert let_in(proceed(browser))


@pytest.mark.parametrize("body", [{}, {"authResponse": None}, {"authResponse": 7}, {"authResponse": ["a"]}, []])
def test_a_body_without_an_answer_is_400(house: House, body: Any) -> None:
    """Never 500."""
    assert house.api("/push-auth/authenticate", body).status_code == 400


def test_another_persons_device_cannot_answer(house: House) -> None:
    """A device that was not asked."""
    name, phone = phone_of(house)
    _, other = phone_of(house)
    browser = waiting(house, name)
    (push,) = house.pending(phone)
    assert house.answer(other.answer(push, number=number_of(browser))).status_code == 400
    assert house.pending(phone) == [push]


@pytest.mark.parametrize("milliseconds", [True, False])
def test_exp_is_taken_in_seconds_and_in_milliseconds(house: House, milliseconds: bool) -> None:
    """Today's app sends milliseconds."""
    phone_of(house, milliseconds=milliseconds, typed=False, kind="rsa")


def test_a_request_lives_resend_interval_plus_grace(house: House) -> None:
    """60 + 30 seconds: a moment before it is taken, a moment after it is gone."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    house.pass_time(86)
    (push,) = house.pending(phone)
    house.pass_time(6)
    assert house.nothing_pending(phone)
    assert house.answer(phone.answer(push, number=number_of(browser))).status_code in (400, 410)
    assert not let_in(proceed(browser))


def test_an_approval_that_came_in_time_still_counts_a_little_later(house: House) -> None:
    """Approved, then the browser goes on at once."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    house.pass_time(80)
    (push,) = house.pending(phone)
    house.answer(phone.answer(push, number=number_of(browser)))
    assert let_in(proceed(browser))


# --- resend and budget ------------------------------------------------------------------------------------------------


def test_a_resend_before_the_interval_sends_nothing(house: House) -> None:
    """The waiting page again, the same request."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    before, number = house.pending(phone), number_of(browser)
    form = browser.forms[0]
    browser.post(browser.url, {**form.fields, "scenario": "RESEND_PUSH_NOTIFICATION"})
    assert browser.page == "push-wait"
    assert number_of(browser) == number
    assert house.pending(phone) == before


def test_a_resend_after_the_interval_supersedes_the_request(house: House) -> None:
    """A new request; an answer to the old one is refused."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    (old,) = house.pending(phone)
    old_number = number_of(browser)
    house.pass_time(61)
    browser.press("RESEND_PUSH_NOTIFICATION")
    assert browser.page == "push-wait"
    (new,) = house.pending(phone, after=old["pushId"])
    assert new["pushId"] != old["pushId"]
    assert house.answer(phone.answer(old, number=old_number)).status_code in (400, 410)
    assert house.answer(phone.answer(new, number=number_of(browser))).status_code == 200
    assert let_in(proceed(browser))


def test_three_resends_are_allowed_and_no_fourth(house: House) -> None:
    """`resend_attempts: 3`; the fourth ends the step."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    sent = [house.pending(phone)[0]["pushId"]]
    for _ in range(3):
        house.pass_time(61)
        browser.press("RESEND_PUSH_NOTIFICATION")
        sent.append(house.pending(phone, after=sent[-1])[0]["pushId"])
    house.pass_time(61)
    browser.post(browser.url, {**browser.forms[0].fields, "scenario": "RESEND_PUSH_NOTIFICATION"})
    assert {push["pushId"] for push in house.pull(phone)} <= set(sent)
    assert not let_in(browser)


def test_over_the_budget_the_page_looks_the_same_and_nothing_is_sent(house: House) -> None:
    """Five in ten minutes; the sixth login waits like the others, with no request at the phone."""
    name, phone = phone_of(house)
    for count in range(1, 6):
        shown = waiting(house, name)
        assert len(house.pending(phone, count=count)) == count
    over = waiting(house, name)
    time.sleep(0.5)  # what must not happen has had its time
    assert len(house.pull(phone)) == 5
    assert [form.buttons for form in over.forms] == [form.buttons for form in shown.forms]
    assert number_of(over).isdigit()


def test_a_success_gives_the_budget_back(house: House) -> None:
    """Budgets count pushes since the last success."""
    name, phone = phone_of(house)
    for _ in range(12):
        browser = waiting(house, name)
        (push,) = house.pending(phone)
        house.answer(phone.answer(push, number=number_of(browser)))
        assert let_in(proceed(browser))


def test_after_a_denial_nothing_is_sent_for_a_while(house: House) -> None:
    """`cooldown_after_denial: 60`: the page looks the same; afterwards requests arrive again."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    (push,) = house.pending(phone)
    house.answer(phone.answer(push, "DENIED"))
    proceed(browser)
    waiting(house, name)
    assert house.nothing_pending(phone)
    house.pass_time(61)
    waiting(house, name)
    assert len(house.pending(phone)) == 1


# --- removing and changing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_device_removes_itself_with_exactly_204(house: House, prefix: str) -> None:
    """Under every prefix; afterwards it is nobody's device."""
    name, phone = phone_of(house, typed=False, kind="rsa")
    path = f"{DEVICES}/{phone.device_id}/remove"
    answer = house.api(path, {"token": phone.remove_token()}, prefix=prefix)
    assert (answer.status_code, answer.content) == (204, b"")
    assert house.begin("enroll").submit(username=name).page == "push-enroll-consent"


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_device_changes_itself_with_exactly_204(house: House, prefix: str) -> None:
    """Its name and its token."""
    _, phone = phone_of(house)
    path = f"{DEVICES}/{phone.device_id}/update"
    answer = house.api(path, {"token": phone.update_token(name="New name", push_token="new")}, prefix=prefix)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "New name" in house.run("device", "list").stdout


def test_a_token_of_an_older_app_that_answers_a_login_removes_nothing(house: House) -> None:
    """Only `exp`, and no claim of a login answer."""
    name, phone = phone_of(house, typed=False, kind="rsa")
    waiting(house, name)
    (push,) = house.pending(phone)
    for token in (phone.answer(push), phone.answer(push, "DENIED"), phone.pull_token()):
        assert house.api(f"{DEVICES}/{phone.device_id}/remove", {"token": token}).status_code == 400
    assert house.pending(phone) == [push]


def test_only_the_device_itself_removes_it(house: House) -> None:
    """Another device's token, another path."""
    _, mine = phone_of(house)
    name, theirs = phone_of(house)
    assert house.api(f"{DEVICES}/{theirs.device_id}/remove", {"token": mine.remove_token()}).status_code == 400
    assert house.api(f"{DEVICES}/{mine.device_id}/remove", {"token": theirs.remove_token()}).status_code == 400
    assert waiting(house, name)
    unknown = house.api(f"{DEVICES}/unknown/remove", {"token": mine.remove_token()})
    assert unknown.status_code == 400


def test_a_removed_device_can_no_longer_approve(house: House) -> None:
    """Also a request that it was asked before."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    (push,) = house.pending(phone)
    assert house.api(f"{DEVICES}/{phone.device_id}/remove", {"token": phone.remove_token()}).status_code == 204
    assert house.answer(phone.answer(push, number=number_of(browser))).status_code == 400
    assert not let_in(proceed(browser))


def test_an_approval_of_a_device_removed_before_the_browser_goes_on_does_not_count(house: House) -> None:
    """The device is looked at in the last moment."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    house.answer(phone.answer(house.pending(phone)[0], number=number_of(browser)))
    assert house.api(f"{DEVICES}/{phone.device_id}/remove", {"token": phone.remove_token()}).status_code == 204
    assert not let_in(proceed(browser))


# --- being woken ------------------------------------------------------------------------------------------------------


def test_the_waiting_page_is_woken_by_an_event(house: House) -> None:
    """`/login/{flow}/events`: `event: changed` when the answer has come."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    (push,) = house.pending(phone)
    token = phone.answer(push, number=number_of(browser))
    with browser.http.stream("GET", f"{browser.url}/events", timeout=20) as stream:
        assert stream.status_code == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        answering = threading.Timer(0.3, house.answer, (token,))
        answering.start()
        assert any(line.strip() == "event: changed" for line in stream.iter_lines())
        answering.join()
    assert let_in(proceed(browser))


def test_events_and_status_are_for_the_browser_of_the_login_only(house: House) -> None:
    """Without the flow's cookie nothing is told."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    (push,) = house.pending(phone)
    stranger = httpx2.get(f"{browser.url}/events")
    assert stranger.status_code in (403, 410)
    answers = set()
    for push_id in (push["pushId"], "unknown", ""):
        answer = httpx2.get(f"{house.url}/push-auth/check-status", params={"pushAuthId": push_id})
        assert "PENDING" not in answer.text
        assert "COMPLETED" not in answer.text
        answers.add(answer.status_code)
    assert answers <= {400, 401, 403, 404}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_check_status_tells_the_flows_browser(house: House, prefix: str) -> None:
    """PENDING, then COMPLETED, as often as it is asked."""
    name, phone = phone_of(house)
    browser = waiting(house, name)
    (push,) = house.pending(phone)
    path = f"{house.url}{prefix}/push-auth/check-status"

    def status() -> str:
        answer = browser.http.get(path, params={"pushAuthId": push["pushId"]})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["status"])

    assert [status(), status()] == ["PENDING", "PENDING"]
    house.answer(phone.answer(push, number=number_of(browser)))
    assert [status(), status()] == ["COMPLETED", "COMPLETED"]
