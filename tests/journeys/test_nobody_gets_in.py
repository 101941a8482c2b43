"""Doors that must stay shut: no way around a step, an enrollment, a browser, a name or an approval gives a code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.browser import Browser
from tests.devices import Phone
from tests.journeys.living import APPLICATION, House, configuration, living
from tests.journeys.test_enrollment import enroll


def flow(id: str, *steps: str, script: str | None = None) -> dict[str, Any]:
    """A flow with these authenticators as steps 1, 2, ..."""
    made: dict[str, Any] = {
        "id": id,
        "steps": [{"id": at, "options": [{"authenticator": name}]} for at, name in enumerate(steps, 1)],
    }
    return made | ({"script": {"source": script}} if script else {})


def application(id: str, flow: str, **more: Any) -> dict[str, Any]:
    """An application with that flow."""
    return {"id": id, "name": id.title(), "redirect_uris": [APPLICATION], "flow": flow} | more


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[House]:
    """A server on which progressive enrollment is off, with flows of every kind."""
    document = configuration()
    document["settings"]["push"]["progressive_enrollment"] = False
    document["applications"] += [
        application("two", "two"),
        application("name-only", "name-only"),
        application("must-push", "password-only", require=["push"]),
    ]
    ends_early = "function onLoginRequest(context) { executeStep(1, {onSuccess: function () {}}); }"
    document["flows"] += [
        flow("two", "password", "push"),
        flow("name-only", "identifier", script=ends_early),
        flow("password-only", "password"),
    ]
    with living(tmp_path, document) as house:
        yield house


def shut(house: House, browser: Browser) -> None:
    """No code came out, here or anywhere."""
    assert not browser.url.startswith(APPLICATION) or "code" not in browser.query
    assert house.events("login_succeeded") == []


def here(browser: Browser) -> str:
    """Where the forms of the page at hand go."""
    return urljoin(browser.url, browser.forms[0].action)


def hidden(browser: Browser) -> dict[str, str]:
    """The hidden fields of the page's own form."""
    return {name: value for name, value in browser.forms[0].fields.items() if name.startswith("_")}


def test_skipping_a_step(strict: House) -> None:
    """Posting what the push page posts while the password is asked."""
    browser = strict.browser().open(strict.authorize("two"))
    assert browser.page == "password"
    token = hidden(browser)
    for scenario in ("PROCEED_PUSH_AUTHENTICATION", "PUSH_DEVICE_ENROLLMENT", "SEND_PUSH_NOTIFICATION"):
        browser.post(here(browser), {**token, "scenario": scenario, "username": "mara"})
        assert browser.page == "password"
    shut(strict, browser)


@pytest.mark.parametrize(
    "scenario", ["INIT_PUSH_ENROLL", "PUSH_DEVICE_ENROLLMENT", "MULTIPLE_DEVICE_PROGRESSIVE_ENROLLMENT"]
)
def test_asking_to_enroll_while_enrollment_is_off(strict: House, scenario: str) -> None:
    """400, nothing changed, and never an event of the script."""
    browser = strict.browser().open(strict.authorize())
    browser.submit(username="mara")
    assert browser.page == "push-wait"
    token, address, url = hidden(browser), here(browser), browser.url
    browser.post(address, {**token, "scenario": scenario})
    assert browser.status == 400
    browser.open(url)
    assert browser.page == "push-wait"
    assert strict.events("step_failed") == []
    shut(strict, browser)


def test_confirming_a_device_before_the_password(house: House) -> None:
    """PUSH_DEVICE_ENROLLMENT is offered on the page with the code only."""
    browser = house.browser().open(house.authorize()).submit(username="mara")
    assert browser.page == "push-enroll-consent"
    token, address, url = hidden(browser), here(browser), browser.url
    browser.post(address, {**token, "scenario": "PUSH_DEVICE_ENROLLMENT"})
    assert browser.status == 400
    browser.open(url).press("INIT_PUSH_ENROLL")
    assert browser.page == "password"
    browser.post(here(browser), {**hidden(browser), "scenario": "PUSH_DEVICE_ENROLLMENT"})
    assert browser.page == "password"
    shut(house, browser)


def test_finishing_from_another_browser(house: House) -> None:
    """The flow's address and form without its cookie: 403, and the first browser goes on."""
    phone = Phone()
    enroll(house, house.browser(), phone)
    browser = house.browser().open(house.authorize()).submit(username="mara")
    house.approve(phone)
    stranger = house.browser()
    stranger.post(here(browser), {**browser.forms[0].fields, "scenario": "PROCEED_PUSH_AUTHENTICATION"})
    assert stranger.status == 403
    stranger.open(browser.url)
    assert stranger.status == 403
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    assert house.redeem(browser)["preferred_username"] == "mara"
    assert house.events("login_succeeded") == ["login_succeeded"] * 2


def test_flow_17_changing_the_name_after_the_password(house: House) -> None:
    """A user name posted later changes nobody."""
    browser = house.browser().open(house.authorize()).submit(username="mara")
    browser.press("INIT_PUSH_ENROLL")
    browser.submit(password="noah-at-the-door", username="noah")
    assert browser.page != "push-enroll"
    shut(house, browser)
    browser = house.browser().open(house.authorize()).submit(username="mara")
    browser.press("INIT_PUSH_ENROLL").submit(password="mara-at-the-door", username="noah")
    assert browser.page == "push-enroll"
    phone = Phone()
    assert house.register(phone, browser.marked["data-enrollment"]).status_code == 201
    browser.press("PUSH_DEVICE_ENROLLMENT", username="noah")
    house.approve(phone)
    browser.press("PROCEED_PUSH_AUTHENTICATION", username="noah")
    assert house.redeem(browser)["preferred_username"] == "mara"


def test_replaying_an_approval(house: House) -> None:
    """The signed answer of one login is worth nothing for itself again, or for another."""
    phone = Phone()
    enroll(house, house.browser(), phone)
    first = house.browser().open(house.authorize()).submit(username="mara")
    (push,) = house.pending(phone, wait=10)
    answer = phone.answer(push)
    assert house.respond(answer).status_code == 200
    assert house.respond(answer).status_code in (400, 410)
    first.press("PROCEED_PUSH_AUTHENTICATION")
    house.redeem(first)
    second = house.browser().open(house.authorize()).submit(username="mara")
    assert house.respond(answer).status_code in (400, 410)
    second.press("PROCEED_PUSH_AUTHENTICATION")
    assert second.page == "push-wait"
    assert len(house.events("login_succeeded")) == 2


@pytest.mark.parametrize("word", ["approved", "Approved", "APPROVED ", "YES", "", "APPROVED\u0000", "ＡＰＰＲＯＶＥＤ"])
def test_an_approval_in_other_letters(house: House, word: str) -> None:
    """Exactly APPROVED or DENIED; anything else is 400 and the request still waits."""
    phone = Phone()
    enroll(house, house.browser(), phone)
    browser = house.browser().open(house.authorize()).submit(username="mara")
    (push,) = house.pending(phone, wait=10)
    assert house.respond(phone.answer(push, word)).status_code == 400
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    assert browser.page == "push-wait"
    house.approve(phone)
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    house.redeem(browser)


def test_a_script_that_ends_after_the_identifier(strict: House) -> None:
    """An empty queue is not success."""
    browser = strict.browser().open(strict.authorize("name-only"))
    browser.submit(username="mara")
    assert browser.page == "error"
    shut(strict, browser)


def test_a_factor_that_the_application_requires_is_missing(strict: House) -> None:
    """Whatever the flow does."""
    browser = strict.browser().open(strict.authorize("must-push"))
    browser.submit(username="mara", password="mara-at-the-door")
    assert browser.page == "error"
    shut(strict, browser)


def test_flow_30_registering_is_not_approving(house: House) -> None:
    """After the device is confirmed a push is still needed."""
    phone, browser = Phone(), house.browser()
    browser.open(house.authorize()).submit(username="mara")
    browser.press("INIT_PUSH_ENROLL").submit(password="mara-at-the-door")
    assert house.register(phone, browser.marked["data-enrollment"]).status_code == 201
    browser.press("PUSH_DEVICE_ENROLLMENT")
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    assert browser.page == "push-wait"
    shut(house, browser)


def test_a_user_who_does_not_exist(house: House) -> None:
    """Wait or consent, the same each time; no password gets further; no way to a code."""
    pages = set()
    for _ in range(3):
        browser = house.browser().open(house.authorize()).submit(username="nobody-at-all")
        pages.add(browser.page)
    assert len(pages) == 1
    assert pages <= {"push-wait", "push-enroll-consent"}
    if pages == {"push-enroll-consent"}:
        browser.press("INIT_PUSH_ENROLL").submit(password="mara-at-the-door")
        assert browser.page != "push-enroll"
    shut(house, browser)


def test_flow_33_safe_methods_change_nothing(house: House) -> None:
    """Everything a form posts, in the address of a GET."""
    browser = house.browser().open(house.authorize())
    browser.open(f"{here(browser)}?username=mara&scenario=INIT_PUSH_ENROLL&_token=x")
    assert browser.page == "identifier"
    shut(house, browser)


def test_a_form_without_its_token(house: House) -> None:
    """Login CSRF: 403, and nothing of it counts."""
    browser = house.browser().open(house.authorize())
    url = browser.url
    for token in ({}, {"_token": ""}, {"_token": "1.identifier.AAAAAAAAAAAAAAAAAAAAAA"}):
        browser.post(here(browser) if browser.forms else url, {"username": "mara", **token})
        assert browser.status in (400, 403)
        browser.open(url)
        assert browser.page == "identifier"


def test_a_code_is_redeemed_once(house: House) -> None:
    """The second redemption fails and takes the first one's tokens with it."""
    phone, browser = Phone(), house.browser()
    enroll(house, browser, phone)
    house.redeem(browser)
    assert house.token(browser.query["code"]).json()["error"] == "invalid_grant"


def test_asking_for_the_head_of_a_login_begins_none(house: House) -> None:
    """A link preview sends nothing and changes nothing (RFC 9110 §9.2.1)."""
    answer = house.browser().http.head(house.authorize())
    assert answer.status_code == 405
    assert "set-cookie" not in answer.headers
    assert house.events("login_started") == []


def test_flow_05_several_logins_at_once_in_one_browser(house: House) -> None:
    """Each tab ends in its own state; the form of one cannot be posted to the other."""
    phone = Phone()
    enroll(house, house.browser(), phone)
    browser = house.browser()
    first_url = browser.open(house.authorize(state="one")).url
    second_url = browser.open(house.authorize(state="two")).url
    foreign = hidden(browser)
    browser.open(first_url)
    browser.post(here(browser), {"username": "mara", **foreign})
    assert browser.status == 403
    for url, state in ((second_url, "two"), (first_url, "one")):
        browser.open(url).submit(username="mara")
        house.approve(phone)
        browser.press("PROCEED_PUSH_AUTHENTICATION")
        assert browser.query["state"] == state
