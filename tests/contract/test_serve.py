"""Contract, sections 1, 3a and 4: the server as a process: workers, restarts, cookies, proxies, a push's settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.browser import Browser
from tests.contract.house import (
    APPLICATION,
    ENROLL,
    PASSWORD,
    PASSWORD_FIRST,
    PASSWORD_ONLY,
    PUSH_ONLY,
    House,
    crowd,
    document,
    let_in,
    person,
    scripted,
)
from tests.devices import Phone

CAPTURES = """
function onLoginRequest(context) {
    var made = { at: new Date(0), list: [1, [2]], again: null };
    made.again = made;
    global = made;
    executeStep(1, {
        onFail: function (context) {
            made.list.push('failed');
            executeStep(1, {onSuccess: function (context) {
                var same = global === made && made.again.again === made && made.at instanceof Date;
                context.selectedAcr = same + ' ' + made.list.join();
            }});
        }
    });
}
"""


def test_a_login_outlives_a_restart_with_all_that_its_script_captured(house: House) -> None:
    """Real closures, identity and cycles, after the process is another."""
    house.apply(document(scripted("captures", [PASSWORD_FIRST], CAPTURES), people=[person("mara")]))
    with house.serving():
        browser = house.begin("captures").submit(username="mara", password="wrong-at-the-door")
        assert browser.page == "password"
    with house.serving():
        browser.submit(password=PASSWORD.format("mara"))
        assert house.claims(browser, "captures")["acr"] == "true 1,2,failed"


def test_a_waiting_push_and_a_code_outlive_a_restart(house: House) -> None:
    """The phone answers the new process; a code of the old one is redeemed there."""
    house.apply(document(ENROLL, people=[person("mara")], push={"progressive_enrollment": True}))
    phone = Phone("ec", typed=True)
    with house.serving():
        house.with_phone("mara", phone)
        browser = house.begin("enroll").submit(username="mara")
        (push,) = house.pending(phone)
    with house.serving():
        assert house.answer(phone.answer(push)).status_code == 200
        assert let_in(browser.press("PROCEED_PUSH_AUTHENTICATION"))
    with house.serving():
        assert house.claims(browser, "enroll")["amr"] == ["swk"]


def test_several_workers_are_one_server(house: House) -> None:
    """`--workers 2`: every request may meet another process."""
    house.apply(document(ENROLL, PASSWORD_ONLY, people=crowd(9), push={"progressive_enrollment": True}))
    with house.serving("--workers", "2"):
        phone = house.with_phone("person0", Phone("ec", typed=True))
        for number in range(1, 6):
            name = f"person{number}"
            browser = house.begin("password-only").submit(username=name, password=PASSWORD.format(name))
            assert house.claims(browser, "password-only")["preferred_username"] == name
            waiting = house.begin("enroll").submit(username="person0")
            house.approve(phone)
            assert let_in(waiting.press("PROCEED_PUSH_AUTHENTICATION"))


def test_cookies_on_loopback_are_plain_and_closed(house: House) -> None:
    """HttpOnly, SameSite=Lax, the whole site; no Secure, for plain clients would not send it."""
    house.apply(document(PASSWORD_ONLY, people=[person("mara")]))
    with house.serving():
        set_cookies = cookies_of(house, house.url, {})
        assert set_cookies
        for cookie in set_cookies:
            assert "httponly" in cookie
            assert "samesite=lax" in cookie
            assert "path=/" in cookie
            assert "domain" not in cookie
            assert "; secure" not in cookie


def test_cookies_of_an_https_issuer_are_host_cookies(house: House) -> None:
    """`__Host-`, Secure; and HSTS."""
    house.environment["DOORSTEP_ISSUER"] = "https://id.example.test"
    house.apply(document(PASSWORD_ONLY, people=[person("mara")]))
    with house.serving():
        headers = {"Host": "id.example.test"}
        set_cookies = cookies_of(house, f"http://127.0.0.1:{house.port}", headers)
        assert set_cookies
        for cookie in set_cookies:
            assert cookie.startswith("__host-")
            assert "; secure" in cookie
        found = httpx2.get(f"http://127.0.0.1:{house.port}/.well-known/openid-configuration", headers=headers)
        assert found.json()["issuer"] == "https://id.example.test"
        assert found.json()["token_endpoint"].startswith("https://id.example.test/")
        assert "max-age" in found.headers["strict-transport-security"]


def cookies_of(house: House, server: str, headers: dict[str, str]) -> list[str]:
    """What the first answer of a login sets, in lower case."""
    where = house.authorize("password-only").replace(house.url, server)
    answer = httpx2.get(where, headers=headers)
    return [value.lower() for value in answer.headers.get_list("set-cookie")]


def test_who_is_no_trusted_proxy_does_not_say_where_a_person_is(house: House) -> None:
    """X-Forwarded-For of anybody else is ignored."""
    source = "function onLoginRequest(c) { c.selectedAcr = c.request.ip; executeStep(1); }"
    house.apply(document(scripted("where", [PASSWORD_FIRST], source), people=[person("mara")]))
    with house.serving():
        browser = Browser(foreign=(APPLICATION,), headers={"X-Forwarded-For": "8.8.8.8", "Forwarded": "for=8.8.8.8"})
        browser.open(house.authorize("where")).submit(username="mara", password=PASSWORD.format("mara"))
        assert house.claims(browser, "where")["acr"] in ("127.0.0.1", "::1")


@pytest.fixture
def strict(tmp_path: Path) -> House:
    """Push settings other than the defaults."""
    house = House(tmp_path)
    push: dict[str, Any] = {
        "progressive_enrollment": True,
        "resend_interval": 90,
        "resend_attempts": 0,
        "grace": 0,
        "max_devices": 1,
        "budget": {"per_10_minutes": 1, "per_day": 2, "cooldown_after_denial": 0},
    }
    house.apply(document(ENROLL, PUSH_ONLY, people=crowd(9), push=push))
    return house


def test_push_settings_hold(strict: House) -> None:
    """No resend, no grace, one request in ten minutes and two a day, no cool-down."""
    with strict.serving():
        name, phone = "person0", Phone("ec", typed=True, clock=strict.now)
        strict.with_phone(name, phone)
        first = strict.begin("enroll").submit(username=name)
        (push,) = strict.pending(phone)
        assert strict.answer(phone.answer(push, "DENIED")).status_code == 200
        assert not let_in(first.press("PROCEED_PUSH_AUTHENTICATION"))
        strict.begin("enroll").submit(username=name)
        assert strict.nothing_pending(phone)
        strict.pass_time(601)
        second = strict.begin("enroll").submit(username=name)
        (push,) = strict.pending(phone)
        strict.pass_time(91)
        assert strict.answer(phone.answer(push)).status_code in (400, 410)
        second.post(second.url, {**second.forms[0].fields, "scenario": "RESEND_PUSH_NOTIFICATION"})
        assert not let_in(second)
        strict.pass_time(601)
        strict.begin("enroll").submit(username=name)
        assert strict.nothing_pending(phone)
        strict.pass_time(86_400)
        strict.begin("enroll").submit(username=name)
        assert len(strict.pending(phone)) == 1


def test_two_registrations_at_once_do_not_exceed_max_devices(strict: House) -> None:
    """Two codes of one person: one device."""
    with strict.serving():
        name = "person1"
        browsers = []
        for number in range(2):
            browser = strict.begin("enroll").submit(username=name).press("INIT_PUSH_ENROLL")
            browser.submit(password=PASSWORD.format(name))
            phone = Phone("ec", typed=True, push_token=f"token{number}", clock=strict.now)
            assert strict.register(phone, browser.marked["data-enrollment"]).status_code in (201, 400)
            browsers.append(browser)
        for browser in browsers:
            if browser.page == "push-enroll":
                browser.press("PUSH_DEVICE_ENROLLMENT")
        assert strict.run("device", "list").stdout.count(f" {name} ") == 1


def test_the_steps_own_form_comes_first(house: House) -> None:
    """On every page of the guide's story: what a plain client posts first is the step's own."""
    house.apply(document(ENROLL, PASSWORD_ONLY, people=crowd(2), push={"progressive_enrollment": True}))
    with house.serving():
        browser = house.begin("enroll")
        assert "username" in browser.forms[0].fields
        browser.submit(username="person0")
        offered = browser.forms[0].buttons + list(browser.forms[0].fields.items())
        assert ("scenario", "INIT_PUSH_ENROLL") in offered
        browser.press("INIT_PUSH_ENROLL")
        assert "password" in browser.forms[0].fields
        browser.submit(password=PASSWORD.format("person0"))
        offered = browser.forms[0].buttons + list(browser.forms[0].fields.items())
        assert ("scenario", "PUSH_DEVICE_ENROLLMENT") in offered
        phone = Phone("ec", typed=True)
        house.register(phone, browser.marked["data-enrollment"])
        browser.press("PUSH_DEVICE_ENROLLMENT")
        offered = browser.forms[0].buttons + list(browser.forms[0].fields.items())
        assert ("scenario", "PROCEED_PUSH_AUTHENTICATION") in offered
