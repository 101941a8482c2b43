"""PASS: names and passwords, tries and their counts, and what an answer tells.

Elsewhere: PASS-02 and 03 as equal work in tests/authenticators/test_password.py and test_hashing.py (a test measures no
time); PASS-06 there in part; PASS-08 and 13 in tests/authenticators/test_throttle.py; PASS-23 in test_hashing.py.
PASS-27 waits for the pages on which a person changes a password.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from authenticators.hashing import hash_now, normalised
from configuration.problems import ConfigurationErrors
from storage.open import Stores
from tests.browser import Browser
from tests.security.town import Town, address, at_once, clean, document, hidden, password, post_as, town


@pytest.fixture(scope="module")
def whole_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Behind a proxy that says who the client is: each browser has an address, and tries, of its own."""
    with town(tmp_path_factory.mktemp("town"), trusted_proxies=("127.0.0.1", "::1")) as made:
        yield made


def answer_of(browser: Browser) -> httpx2.Response:
    """The answer at hand."""
    assert browser.response is not None
    return browser.response


def masked(browser: Browser, name: str) -> tuple[object, ...]:
    """SAME: status, header names, cookie names and the page without ids, tokens, names and moments."""
    answer = answer_of(browser)
    text = answer.text.replace(name, "NAME")
    for pattern, word in (
        (r"/login/[\w-]+", "/login/ID"),
        (r'name="_token" value="[^"]*"', "TOKEN"),
        (r"<code data-reference>[^<]*</code>", "REFERENCE"),
    ):
        text = re.sub(pattern, word, text)
    cookies = sorted(
        re.sub(r"flow-[\w-]{12}=[\w-]{43}", "flow-ID=SECRET", each) for each in answer.headers.get_list("set-cookie")
    )
    return answer.status_code, sorted(answer.headers), cookies, text


async def without_password(stores: Stores, name: str) -> None:
    """A person who has none."""
    user = await stores.directory.user_named(name)
    assert user is not None
    await stores.directory.set_password(user.id, "")


def kinds(place: Town) -> dict[str, str]:
    """A name of each kind of account, all of one length."""
    known, disabled, locked, bare = (place.person() for _ in range(4))
    place.set_enabled(disabled, False)
    place.stores(lambda stores: without_password(stores, bare))
    wrong = place.at("pass")
    for _ in range(5):
        wrong.submit(username=locked, password="wrong")
    return {"known": known, "unknown": "zzzz", "disabled": disabled, "locked": locked, "bare": bare}


@pytest.mark.parametrize("application", ["pass", "pass-push", "either"])
def test_pass_01_enumeration_by_content(place: Town, application: str) -> None:
    """A wrong password has one answer, whoever it is for; so has every page before it, and the end after five."""
    told: dict[str, list[object]] = {}
    for kind, name in kinds(place).items():
        browser = place.at(application)
        answers = told[kind] = []
        if application == "either":
            browser.submit(username=name).submit(authenticator="password")
            answers.append(masked(browser, name))
        for _ in range(5):
            fields = {"password": "wrong"} | ({"username": name} if application != "either" else {})
            browser.submit(**fields)
            answers.append(masked(browser, name))
        assert browser.page == "error"
    for kind, answers in told.items():
        assert answers == told["known"], kind


@pytest.mark.parametrize("kind", ["known", "unknown"])
def test_pass_04_a_lock_tells_nothing(place: Town, kind: str) -> None:
    """Names lock alike, and the answer of a locked one is that of a wrong password."""
    name = place.person() if kind == "known" else "zzzy"
    first = place.at("pass")
    first.submit(username=name, password="wrong")
    before = masked(first, name)
    for _ in range(4):
        first.submit(username=name, password="wrong")
    later = place.at("pass").submit(username=name, password="wrong")
    assert masked(later, name) == before


def test_pass_05_lockout_limit(place: Town) -> None:
    """After five wrong ones the right one is refused in the same words; after the pause it is taken."""
    name = place.person()
    browser = place.at("pass")
    for _ in range(5):
        browser.submit(username=name, password="wrong")
    with place.noauth(browser):
        place.at("pass", browser).submit(username=name, password=password(name))
        assert (browser.page, browser.alerts) == ("password", ["password.wrong"])
    assert place.audited("password_locked", name) == 1
    place.clock.ahead = 31
    assert "code" in place.at("pass", browser).submit(username=name, password=password(name)).query


def test_pass_06_parallel_guessing(place: Town) -> None:
    """Of a hundred guesses at once at most five are looked at, whatever they are spread over."""
    name = place.person()
    browsers = [place.at("pass", place.browser()) for _ in range(20)]
    posts = [
        post_as(each, address(each), {**hidden(each), "username": name, "password": f"guess {at}"})
        for at, each in enumerate(browsers)
    ]
    with place.noauth():
        at_once(60, lambda at: posts[at % 20](at))
    assert place.audited("password_wrong", name) <= 5
    assert place.audited("password_locked", name) > 0


def test_pass_10_no_other_door(place: Town) -> None:
    """Who is locked is locked at every application, for passwords, for a phone's approval and for enrolling."""
    name, bare = place.person(), place.person()
    phone = place.phone(name)
    for each in (name, bare):
        wrong = place.at("pass")
        for _ in range(5):
            wrong.submit(username=each, password="wrong")
    with place.noauth():
        for application in ("pass", "pass-push", "either"):
            browser = place.at(application)
            if application == "either":
                browser.submit(username=name).submit(authenticator="password").submit(password=password(name))
            else:
                browser.submit(username=name, password=password(name))
            assert browser.alerts == ["password.wrong"]
        waiting = place.waiting(name)
        assert place.house.pending(phone) == []
        waiting.press("PROCEED_PUSH_AUTHENTICATION")
        assert waiting.page == "push-wait"
        enrolling = place.at("payroll").submit(username=bare).press("INIT_PUSH_ENROLL")
        enrolling.submit(password=password(bare))
        assert enrolling.page == "password"
        form = {"grant_type": "password", "username": name, "password": password(name), "client_id": "pass"}
        clean(httpx2.post(f"{place.house.url}/oauth2/token", data=form))


def test_pass_11_lockout_as_denial_of_service(place: Town) -> None:
    """A stranger's guesses do not keep the owner out at an address where they signed in before."""
    name = place.person()
    home, stranger = ({"X-Forwarded-For": ip} for ip in ("192.0.2.10", "198.51.100.7"))
    place.signed_in(name, place.browser(**home))
    wrong = place.at("pass", place.browser(**stranger))
    for _ in range(5):
        wrong.submit(username=name, password="wrong")
    with place.noauth():
        again = place.at("pass", place.browser(**stranger)).submit(username=name, password=password(name))
        assert again.alerts == ["password.wrong"]
    place.signed_in(name, place.browser(**home))


def test_pass_12_stuffing_from_one_address(place: Town) -> None:
    """A hundred wrong ones in five minutes, then nothing is looked at; others go on."""
    attacker = place.browser(**{"X-Forwarded-For": "198.51.100.9"})
    victim = place.person()
    told = set()
    for at in range(26):
        place.at("pass", attacker)
        for name in range(4):
            attacker.submit(username=f"stuffed-{at}-{name}", password="wrong")
            told.add((attacker.status, attacker.page, *attacker.alerts))
    assert told == {(200, "password", "password.wrong")}
    with place.noauth():
        place.at("pass", attacker).submit(username=victim, password=password(victim))
        assert attacker.alerts == ["password.wrong"]
    place.signed_in(victim, place.browser(**{"X-Forwarded-For": "203.0.113.77"}))


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP", "True-Client-IP", "CF-Connecting-IP"]
)
def test_pass_14_no_address_of_ones_own(strict: Town, header: str) -> None:
    """A peer that is no proxy of ours says nothing about where it is."""
    name = strict.person()
    said = [f"for=192.0.2.{at}" if header == "Forwarded" else f"192.0.2.{at}" for at in range(1, 7)]
    for value in said:
        strict.at("pass", strict.browser(**{header: value})).submit(username=name, password="wrong")
    assert strict.audited("password_wrong", name) == 5
    assert strict.audited("password_locked", name) == 1
    assert strict.count("SELECT count(*) FROM audit WHERE ip LIKE '192.0.2.%'") == 0


@pytest.mark.parametrize(
    ("size", "status"), [(1024, 200), (1025, 400), (2049, 400), (65_536, 400), (1_000_000, 413), (3_000_000, 413)]
)
def test_pass_15_huge_passwords(place: Town, size: int, status: int) -> None:
    """Up to a kilobyte it is looked at; more is refused before any work, and not counted."""
    name = place.person()
    browser = place.at("pass")
    body = {**hidden(browser), "username": name, "password": "x" * size}
    answer = browser.http.post(address(browser), data=body, headers={"Origin": place.house.url})
    assert answer.status_code in {status, 413 if size > 60_000 else status}
    assert place.audited("password_wrong", name) == (1 if status == 200 else 0)


@pytest.mark.parametrize("written", ["%00", "x%00", "%ED%A0%80", "%FF", "%C0%80", "%"])
@pytest.mark.parametrize("field", ["username", "password"])
def test_pass_17_18_what_is_no_text(place: Town, field: str, written: str) -> None:
    """NUL, lone surrogates and broken encodings are 400 and count nothing."""
    name = place.person()
    browser = place.at("pass")
    values = {"username": name, "password": password(name)} | {field: written}
    body = f"_token={hidden(browser)['_token']}&username={values['username']}&password={values['password']}"
    headers = {"Origin": place.house.url, "Content-Type": "application/x-www-form-urlencoded"}
    counted = place.audited("password_wrong")
    with place.noauth(browser):
        answer = browser.http.post(address(browser), content=body, headers=headers)
        assert answer.status_code == 400
        clean(answer)
    assert place.audited("password_wrong") == counted


def test_pass_18_19_one_normalisation_and_nothing_else(place: Town) -> None:
    """Composed and decomposed letters are one; spaces and case are kept."""
    user = {"username": "normal", "password": " Pa\u0308sswo\u0308rd \u2602 "}
    place.house.apply({"users": [user]})
    for wrong in ("P\u00e4ssw\u00f6rd \u2602", " p\u00e4ssw\u00f6rd \u2602 ", " Password \u2602 "):
        assert place.at("pass").submit(username="normal", password=wrong).alerts == ["password.wrong"]
    assert "code" in place.at("pass").submit(username="normal", password=" P\u00e4ssw\u00f6rd \u2602 ").query


@pytest.mark.parametrize(
    "body", ["", "password=", "password[]=x", "password=null", "password=true", "password=0", "password={}"]
)
def test_pass_20_empty_or_of_another_kind(place: Town, body: str) -> None:
    """Nobody is let in by a password that is none."""
    bare = place.person()
    place.stores(lambda stores: without_password(stores, bare))
    for name in (bare, place.person()):
        browser = place.at("pass")
        sent = f"_token={hidden(browser)['_token']}&username={name}&{body}"
        headers = {"Origin": place.house.url, "Content-Type": "application/x-www-form-urlencoded"}
        with place.noauth(browser):
            answer = browser.http.post(address(browser), content=sent, headers=headers)
            assert answer.status_code == 200
            assert 'data-page="password"' in answer.text


def test_pass_22_a_password_leaks_nowhere(place: Town, caplog: pytest.LogCaptureFixture) -> None:
    """Right, wrong, or typed as the name: not in log, audit, database, page, address or script."""
    name = place.person()
    folder = Path(place.house.settings.database_url.removeprefix("sqlite:///")).parent
    canary = "canary-5f1c0a7e"

    async def change(stores: Stores) -> None:
        found = await stores.directory.user_named(name)
        assert found is not None
        cost = (await stores.configuration.settings()).argon2
        await stores.directory.set_password(found.id, hash_now(normalised(canary), cost))

    place.stores(change)
    said = []
    with caplog.at_level("DEBUG"):
        for application in ("pass", "seen", "pass-push", "payroll", "either"):
            for username, given in ((name, canary + "-wrong"), (canary, canary), (name, canary)):
                if application == "seen" and username == canary:
                    continue  # a script may read a name, and this one writes down all it reads
                browser = place.at(application)
                while "password" not in browser.page and browser.page in (
                    "identifier",
                    "choose",
                    "push-enroll-consent",
                ):
                    match browser.page:
                        case "identifier":
                            browser.submit(username=username)
                        case "choose":
                            browser.submit(authenticator="password")
                        case _:
                            browser.press("INIT_PUSH_ENROLL", password=canary)
                if browser.page == "password":
                    browser.submit(username=username, password=given)
                said.append(
                    answer_of(browser).text.replace(f'value="{canary}"', "").replace(f"<strong>{canary}</strong>", "")
                )
                said.append(browser.url + str(answer_of(browser).headers))
    said += [record.getMessage() for record in caplog.records if record.name.startswith(("doorstep", "uvicorn"))]
    assert not [text[:300] for text in said if canary in text]
    for path in folder.iterdir():
        assert canary.encode() not in path.read_bytes(), path.name


def test_pass_24_no_default_accounts(tmp_path: Path) -> None:
    """A server that was just set up has nobody."""
    whole = document() | {"users": []}
    with town(tmp_path, whole) as made, made.noauth():
        assert made.count("SELECT count(*) FROM users") == 0
        for name in ("admin", "root", "doorstep", "test", "demo"):
            assert made.at("pass").submit(username=name, password=name).alerts == ["password.wrong"]


@pytest.mark.parametrize("twin", ["{0}", "{1}", "{0} ", "{2}"])
def test_pass_26_duplicate_identities(place: Town, twin: str) -> None:
    """A name is unique in its canonical form, and one of mixed scripts is refused."""
    name = place.person()
    written = twin.format(name, name.upper(), "".join(chr(ord(c) + 0xFEE0) for c in name))
    people = place.count("SELECT count(*) FROM users")
    first = {"username": name, "password": password(name)}
    with pytest.raises(ConfigurationErrors):
        place.house.apply({"users": [first, {"username": written, "password": "another at the door"}]})
    with pytest.raises(ConfigurationErrors):
        place.house.apply({"users": [{"username": "аlice", "password": "another at the door"}]})
    assert place.count("SELECT count(*) FROM users") == people


@pytest.mark.parametrize(
    "field", ["new_username", "email", "displayName", "profile.name", "claims", "roles", "password_hash"]
)
def test_pass_28_nothing_is_written_before_the_proof(place: Town, field: str) -> None:
    """Fields that a profile could have change nobody, before and after the password."""
    name = place.person()

    def row() -> int:
        unchanged = "claims = '{}' AND roles = '[]' AND enabled AND credential_version = 1"
        return place.count(f"SELECT count(*) FROM users WHERE username = ? AND {unchanged}", name)

    assert row() == 1
    browser = place.at("pass-push").submit(**{"username": name, "password": "wrong", field: "evil"})
    browser.submit(**{"username": name, "password": password(name), field: "evil"})
    assert browser.page == "push-enroll"
    browser.submit(**{field: "evil"})
    assert row() == 1
