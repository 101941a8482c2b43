"""The main job, over plain HTTP without JavaScript, with a phone written from the wire protocol alone."""

from __future__ import annotations

import json

from tests.browser import Browser
from tests.devices import Phone
from tests.journeys.living import House


def enroll(house: House, browser: Browser, phone: Phone, name: str = "mara") -> None:
    """From the application to the end of the enrollment login."""
    browser.open(house.authorize())
    assert browser.page == "identifier"
    browser.submit(username=name)
    assert browser.page == "push-enroll-consent"
    browser.press("INIT_PUSH_ENROLL")
    assert browser.page == "password"
    browser.submit(password=f"{name}-at-the-door")
    assert browser.page == "push-enroll"
    answer = house.register(phone, browser.marked["data-enrollment"])
    assert (answer.status_code, answer.content) == (201, b"")
    browser.press("PUSH_DEVICE_ENROLLMENT")
    assert browser.page == "push-wait"
    house.approve(phone)
    browser.press("PROCEED_PUSH_AUTHENTICATION")


def test_enroll_and_log_in_then_log_in_again(house: House) -> None:
    """Name, consent, password, code, registration, push, approval, code; and the second time name and approval."""
    phone, browser = Phone(), house.browser()
    enroll(house, browser, phone)
    claims = house.redeem(browser)
    assert claims["preferred_username"] == "mara"
    assert claims["amr"] == ["pwd", "swk", "mfa"]

    second = house.browser().open(house.authorize())
    second.submit(username="mara")
    assert second.page == "push-wait"
    house.approve(phone)
    second.press("PROCEED_PUSH_AUTHENTICATION")
    again = house.redeem(second)
    assert again["sub"] == claims["sub"]
    assert again["amr"] == ["swk"]


def test_the_enrollment_data_is_what_apps_need(house: House) -> None:
    """Raw JSON with all five fields; no path in the host (push-protocol.md 1.1)."""
    browser = house.browser().open(house.authorize())
    browser.submit(username="mara").press("INIT_PUSH_ENROLL").submit(password="mara-at-the-door")
    scanned = json.loads(browser.marked["data-enrollment"])
    assert {"deviceId", "username", "host", "tenantDomain", "challenge"} <= scanned.keys()
    assert (scanned["host"], scanned["username"], scanned["tenantDomain"]) == (house.url, "mara", "carbon.super")


def test_continuing_before_there_is_an_answer_costs_nothing(house: House) -> None:
    """The waiting page comes again; the login goes on."""
    phone = Phone()
    enroll(house, house.browser(), phone)
    browser = house.browser().open(house.authorize()).submit(username="mara")
    for _ in range(3):
        browser.press("PROCEED_PUSH_AUTHENTICATION")
        assert (browser.status, browser.page) == (200, "push-wait")
    house.approve(phone)
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    assert house.redeem(browser)["preferred_username"] == "mara"


def test_a_denial_ends_the_login_at_the_application(house: House) -> None:
    """The page says so, and its button leads back with access_denied."""
    phone = Phone()
    enroll(house, house.browser(), phone)
    browser = house.browser().open(house.authorize()).submit(username="mara")
    (push,) = house.pending(phone, wait=10)
    assert house.respond(phone.answer(push, "DENIED")).status_code == 200
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    assert browser.page == "error"


def test_declining_to_enroll_ends_the_login(house: House) -> None:
    """Not now: back to the application without a code."""
    browser = house.browser().open(house.authorize()).submit(username="mara")
    browser.press("CANCEL_PUSH_ENROLL")
    assert browser.page == "error"


def test_the_audit_tells_the_story(house: House) -> None:
    """One record a transition."""
    enroll(house, house.browser(), Phone())
    told = house.events()
    expected = {"login_started", "step_succeeded", "device_registered", "push_sent", "push_approved", "login_succeeded"}
    assert expected <= set(told), told
