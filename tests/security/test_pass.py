"""PASS: who exists, tries and pauses, addresses, what a password may be, and where one must never appear.

Finer cases stand beside the code: tests/authenticators/test_throttle.py (05, 08, 11, 13), test_password.py and
test_hashing.py (03, 15, 18, 23).  PASS-25 and PASS-27 are about pages where people set passwords, which come later; for
commands and files they are in tests/commands and tests/configuration.
"""

from __future__ import annotations

import itertools
import logging
import statistics
import time
from pathlib import Path

import httpx2
import pytest

from authenticators import hashing
from authenticators.throttle import ADDRESS_WINDOW
from configuration.problems import ConfigurationErrors
from tests.browser import Browser
from tests.journeys.living import APPLICATION
from tests.security.sameness import masked
from tests.security.town import Town, address, at_once, document, hidden, password, post_as, town

CANARY = "canary-Kq7-in-the-coal-mine"


def guess(place: Town, name: str, tried: str, browser: Browser | None = None, application: str = "pass") -> Browser:
    """One try, in a login of its own."""
    return place.at(application, browser).submit(username=name, password=tried)


def locked(place: Town, name: str) -> None:
    """Five wrong tries."""
    for _ in range(5):
        guess(place, name, "wrong")


_times = itertools.count(1)


@pytest.fixture
def place(whole_place: Town) -> Town:
    """The server at a later time for each case, so that no count of tries of this one address reaches into it."""
    whole_place.clock.ahead = next(_times) * 20_000.0
    return whole_place


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """What passwords are compared with: the stored hash, None where any would do."""
    seen: list[str | None] = []
    check = hashing._check

    def counted(stored: str | None, *rest: object) -> hashing.Match:
        seen.append(stored)
        return check(stored, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(hashing, "_check", counted)
    return seen


# --- who exists -------------------------------------------------------------------------------------------------------


def kinds(place: Town) -> dict[str, str]:
    """Names of every kind, of one length."""
    made = {kind: place.person() for kind in ("known", "disabled", "locked", "enrolled")}
    place.set_enabled(made["disabled"], False)
    locked(place, made["locked"])
    place.phone(made["enrolled"])
    without = place.person()
    place.house.apply({"users": [{"username": "n000"}]})
    return made | {"another": without, "without a password": "n000", "unknown": "q999"}


def test_pass_01_and_04_a_wrong_password_is_answered_alike(place: Town) -> None:
    """Whoever is asked for: each try, the last one of the step, and those of a next login; every byte of them."""
    told: dict[str, list[object]] = {}
    for kind, name in kinds(place).items():
        seen = told.setdefault(kind, [])
        for _ in range(2):
            browser = place.at("pass")
            for _ in range(6):
                if browser.page == "password":
                    browser.submit(username=name, password="wrong one")
                assert browser.response is not None
                seen.append(masked(browser.response, name))
    for kind, seen in told.items():
        for at, (one, other) in enumerate(zip(seen, told["unknown"], strict=True)):
            assert one == other, (kind, at)


def test_pass_01_a_right_password_that_may_not_be_used(place: Town) -> None:
    """Disabled, or locked: the answer is that to a wrong one."""
    made = kinds(place)
    told = {}
    for kind in ("known", "disabled", "locked"):
        tried = "wrong" if kind == "known" else password(made[kind])
        browser = guess(place, made[kind], tried)
        assert browser.response is not None
        told[kind] = masked(browser.response, made[kind])
    assert len(set(map(str, told.values()))) == 1


def test_pass_02_and_03_every_try_is_the_same_work(place: Town, hashed: list[str | None]) -> None:
    """One comparison of one hash, at the same cost, whoever it is; time is a matter of benchmarks, work of tests."""
    for kind, name in kinds(place).items():
        hashed.clear()
        guess(place, name, "wrong one")
        assert len(hashed) == 1, kind
    spent = {kind: [] for kind in ("known", "unknown")}  # type: dict[str, list[float]]
    names = {"known": place.person(), "unknown": "q998"}
    for _ in range(40):
        for kind, name in names.items():
            place.clock.ahead += 1300
            begins = time.perf_counter()
            guess(place, name, "wrong one")
            spent[kind].append(time.perf_counter() - begins)
    medians = [statistics.median(times) for times in spent.values()]
    assert max(medians) < 2 * min(medians)


# --- tries ------------------------------------------------------------------------------------------------------------


def test_pass_05_the_right_password_after_too_many_wrong_ones(place: Town) -> None:
    """Refused with the same words, until the pause is over."""
    name = place.person()
    locked(place, name)
    with place.noauth():
        assert guess(place, name, password(name)).alerts == ["password.wrong"]
    assert place.audited("password_locked", name) == 1
    place.clock.ahead += 31
    with place.one():
        guess(place, name, password(name))


def test_pass_06_two_hundred_guesses_at_once(place: Town, hashed: list[str | None]) -> None:
    """Five are compared with the person's hash; the others cost the same and are compared with nothing."""
    name = place.person()
    browsers = [place.at("pass") for _ in range(40)]
    fields = {"username": name, "password": "wrong"}
    hands = [post_as(browser, address(browser), {**hidden(browser), **fields}) for browser in browsers]
    with place.noauth():
        answers = at_once(200, lambda n: hands[n % 40](n))
    assert {answer.status_code for answer in answers} <= {200, 409, 410, 503}  # so many may be too many to hash
    assert len([stored for stored in hashed if stored is not None]) == 5


@pytest.mark.parametrize("application", ["pass", "pass-push", "name-push", "either", "payroll"])
def test_pass_10_locked_at_every_door(place: Town, application: str) -> None:
    """By password, by push, in every application, and for a registration."""
    name = place.person()
    phone = place.phone(name)
    locked(place, name)
    with place.noauth():
        browser = place.at(application)
        if browser.page == "password":
            browser.submit(username=name, password=password(name))
            assert browser.alerts == ["password.wrong"]
        else:
            browser.submit(username=name)
            if browser.page == "choose":
                browser.submit(authenticator="push")
            assert browser.page == "push-wait"
            assert place.house.pending(phone) == []
            browser.press("PROCEED_PUSH_AUTHENTICATION")
            assert browser.page == "push-wait"


def test_pass_11_a_stranger_does_not_keep_the_owner_out(tmp_path: Path) -> None:
    """Where the person has signed in before, tries of strangers do not count; elsewhere a pause ends."""
    with town(tmp_path, trusted_proxies=["127.0.0.1"]) as made:
        name = made.person()
        home, away = {"X-Forwarded-For": "192.0.2.7"}, {"X-Forwarded-For": "198.51.100.9"}
        assert "code" in guess(made, name, password(name), made.browser(**home)).query
        for _ in range(8):
            guess(made, name, "wrong", made.browser(**away))
        assert guess(made, name, password(name), made.browser(**away)).page == "password"
        assert "code" in guess(made, name, password(name), made.browser(**home)).query


def test_pass_12_to_14_many_names_from_one_address(tmp_path: Path, hashed: list[str | None]) -> None:
    """A hundred wrong tries in five minutes, then none is looked at; a /64 is one address; others go on."""
    with town(tmp_path, trusted_proxies=["127.0.0.1"]) as made:
        made.clock.ahead += ADDRESS_WINDOW - made.clock() % ADDRESS_WINDOW  # all of it in one window
        for n in range(110):
            guess(made, f"x{n}", "wrong", made.browser(**{"X-Forwarded-For": f"2001:db8::{n:x}"}))
        name = made.person()
        hashed.clear()
        refused = guess(made, name, password(name), made.browser(**{"X-Forwarded-For": "2001:db8::ffff"}))
        assert refused.alerts == ["password.wrong"]
        assert hashed == [None]
        elsewhere = made.browser(**{"X-Forwarded-For": "2001:db8:0:1::1"})
        assert "code" in guess(made, name, password(name), elsewhere).query


def test_pass_14_an_address_is_not_what_the_browser_says(place: Town) -> None:
    """Without a proxy of ours, nothing in a header makes another address of it."""
    name = place.person()
    place.clock.ahead += 4000
    lies = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP", "True-Client-IP", "CF-Connecting-IP")
    for n, header in enumerate(lies):
        guess(place, name, "wrong", place.browser(**{header: f"198.51.100.{n}"}))
    assert place.count("SELECT count(*) FROM audit WHERE username = ? AND ip != '127.0.0.1'", name) == 0
    assert place.audited("password_locked", name) == 1


# --- what a password may be -------------------------------------------------------------------------------------------


def with_password(place: Town, name: str, wanted: str) -> None:
    """A person whose password is that."""
    place.house.apply({"users": [{"username": name, "password": wanted}]})


@pytest.mark.parametrize("size", [1025, 2049, 64_000, 1_000_000])
def test_pass_15_huge_passwords(place: Town, hashed: list[str | None], size: int) -> None:
    """Refused before any work."""
    browser = place.at("pass")
    answer = post_as(browser, address(browser), {**hidden(browser), "username": "x", "password": "x" * size})(0)
    assert answer.status_code in (400, 413)
    assert hashed == []


def test_pass_15_to_19_a_password_is_taken_as_it_is(place: Town) -> None:
    """Up to 1024 bytes, spaces and case kept, one Unicode form; nothing is cut off."""
    long = "p" * 1000 + " the end"
    for wanted, wrong in (
        (long, long[:-1]),
        (long, long[:72]),
        ("  spaced out  ", "spaced out"),
        ("CaseMatters!", "casematters!"),
        ("pässwörd-ünïcode", "password-unicode"),
        ("smile \U0001f600 מזל", "smile  מזל"),
    ):
        name = place.person()
        with_password(place, name, wanted)
        assert guess(place, name, wrong).alerts == ["password.wrong"]
        assert "code" in guess(place, name, wanted).query
    name = place.person()
    with_password(place, name, "p\u00e4ssword-form")
    assert "code" in guess(place, name, "pa\u0308ssword-form").query


def test_pass_17_nul_is_no_character(place: Town) -> None:
    """In the name and in the password: 400."""
    name = place.person()
    for fields in ({"username": f"{name}\0", "password": "x"}, {"username": name, "password": f"{password(name)}\0x"}):
        browser = place.at("pass")
        assert post_as(browser, address(browser), {**hidden(browser), **fields})(0).status_code == 400


@pytest.mark.parametrize("body", ["", "password=", "password=%20", "password[]=x", "password=null", "password=0"])
def test_pass_20_empty_and_odd_passwords(place: Town, body: str) -> None:
    """None of them is anybody's; a person who has no password has none."""
    place.house.apply({"users": [{"username": "n001"}]})
    for name in (place.person(), "n001"):
        browser = place.at("pass")
        text = f"username={name}&_token={hidden(browser)['_token']}&{body}"
        with place.noauth():
            kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": place.house.url}
            answer = browser.http.post(address(browser), content=text, headers=kind)
            assert answer.status_code == 200
            assert "location" not in answer.headers


# --- where a password must never appear -------------------------------------------------------------------------------


def test_pass_22_a_password_is_nowhere(place: Town, caplog: pytest.LogCaptureFixture) -> None:
    """Right, wrong, as a user name, at a page of another step, in an address: not in the log, the audit, the database
    or a script; a script that logs all it sees is part of it."""
    name = place.person()
    with_password(place, name, CANARY)
    with caplog.at_level(logging.DEBUG):
        guess(place, name, CANARY, application="seen")
        guess(place, name, CANARY + "-wrong", application="seen")
        guess(place, CANARY, "x")
        guess(place, CANARY, "x", application="pass-push")
        for application in ("payroll", "name-push", "either"):
            browser = place.at(application).submit(username=name, password=CANARY)
            target, token = address(browser), hidden(browser)
            for more in ({"scenario": "SEND_PUSH_NOTIFICATION"}, {"_action": "choose"}, {"_action": "abort"}):
                browser.post(target, {**token, "password": CANARY, **more})
            place.at(application).submit(username=CANARY)
        place.at("seen", password=CANARY)
        httpx2.get(f"{place.house.url}/login/{'x' * 22}", params={"password": CANARY})
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    told = [f"{record.name} {record.getMessage()}" for record in ours if CANARY in record.getMessage()]
    assert told == []
    path = Path(str(place.house.settings.database_url).removeprefix("sqlite:///"))
    assert place.count("SELECT count(*) FROM audit WHERE instr(details, ?) OR instr(username, ?)", CANARY, CANARY) == 0
    for file in path.parent.iterdir():
        assert CANARY.encode() not in file.read_bytes(), file.name


def test_pass_23_more_logins_than_the_pool_takes(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the limit 503 with Retry-After, and health is answered meanwhile; no try is lost or counted twice."""
    names = [place.person() for _ in range(30)]
    browsers = [place.at("pass") for _ in names]
    slow = hashing._check

    def slower(*given: object) -> hashing.Match:
        time.sleep(0.02)
        return slow(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(hashing, "_check", slower)
    hands = [
        post_as(browser, address(browser), {**hidden(browser), "username": name, "password": password(name)})
        for name, browser in zip(names, browsers, strict=True)
    ]

    def hand(n: int) -> int:
        return hands[n](n).status_code if n < 30 else httpx2.get(f"{place.house.url}/healthz").status_code

    seen = at_once(60, hand)
    assert set(seen[30:]) == {200}
    assert set(seen[:30]) <= {303, 503}


def test_pass_24_nobody_is_there_from_the_beginning(tmp_path: Path) -> None:
    """A server without a configuration of people lets nobody in."""
    empty = document() | {"users": []}
    with town(tmp_path, empty) as made:
        with made.noauth():
            for name in ("admin", "root", "doorstep", "test", "mara"):
                for tried in (name, "admin", "password", "doorstep", f"{name}-at-the-door"):
                    guess(made, name, tried)
        assert made.count("SELECT count(*) FROM users") == 0


@pytest.mark.parametrize("kind", ["same", "upper case", "outer space", "full width"])
def test_pass_26_two_people_of_one_name(place: Town, kind: str) -> None:
    """A name is unique in its canonical form; letters of two scripts make none."""
    name = place.person()
    full_width = "".join(chr(ord(letter) + 0xFEE0) for letter in name)
    twin = {"same": name, "upper case": name.upper(), "outer space": f"{name} ", "full width": full_width}[kind]
    people = place.count("SELECT count(*) FROM users")
    for pair in ((name, twin), ("\u0430lice",)):
        with pytest.raises(ConfigurationErrors):
            place.house.apply({"users": [{"username": each, "password": "somebody at the door"} for each in pair]})
    assert place.count("SELECT count(*) FROM users") == people
    with place.one():
        place.signed_in(name)


def test_pass_28_nothing_is_written_before_the_end(place: Town) -> None:
    """Fields that would change an account are no fields of any step."""
    name = place.person()
    before = place.count("SELECT count(*) FROM users WHERE username = 'renamed'")
    browser = place.at("pass-push")
    more = {
        "new_password": "x" * 12,
        "email": "evil@evil.test",
        "claims": "{}",
        "roles": "admin",
        "id": "1",
        "name": "renamed",
    }
    browser.submit(username=name, password=password(name), **more)
    assert place.count("SELECT count(*) FROM users WHERE username = 'renamed'") == before
    with place.one():
        assert "code" in guess(place, name, password(name)).query


TELLS = """function onLoginRequest(context) {
    executeStep(1, {onSuccess: function (context) { Log.info('told ' + JSON.stringify(context.request.params)); }});
}"""


def test_pass_22_a_password_in_the_form_of_another_step(place: Town, caplog: pytest.LogCaptureFixture) -> None:
    """Posted where a name is asked, it reaches no script, though other fields that nobody declared do."""
    steps = [{"id": 1, "options": [{"authenticator": "identifier"}]}]
    application = {"id": "tells", "name": "Tells", "redirect_uris": [APPLICATION], "flow": "tells"}
    flow = {"id": "tells", "steps": steps, "script": {"source": TELLS}}
    place.house.apply({"applications": [application], "flows": [flow]})
    place.until_authorize_answers("tells", 303)
    with caplog.at_level(logging.INFO, logger="doorstep.script"):
        place.at("tells").submit(username=place.person(), password=CANARY, extra="of-mine")
    (told,) = [line for line in caplog.messages if line.startswith("told ")]
    assert "of-mine" in told
    assert CANARY not in told
