"""kill -9 of the server on every page of the enrollment login: start it again, go on, and the login completes."""

from __future__ import annotations

from pathlib import Path

from tests.devices import Phone
from tests.journeys.living import configuration
from tests.journeys.processes import killable


def test_a_server_killed_on_every_page_loses_no_login(tmp_path: Path) -> None:
    """Name, consent, password, code, registered, waiting, approved, back at the application: killed at each."""
    phone = Phone()
    with killable(tmp_path, configuration()) as server:
        house = server.house
        browser = house.browser().open(house.authorize())
        assert browser.page == "identifier"
        server.restart()
        assert browser.open(browser.url).page == "identifier"
        browser.submit(username="mara")
        assert browser.page == "push-enroll-consent"
        server.restart()
        browser.press("INIT_PUSH_ENROLL")
        assert browser.page == "password"
        server.restart()
        browser.submit(password="mara-at-the-door")
        assert browser.page == "push-enroll"
        server.restart()
        assert house.register(phone, browser.marked["data-enrollment"]).status_code == 201
        server.restart()
        browser.press("PUSH_DEVICE_ENROLLMENT")
        assert browser.page == "push-wait"
        server.restart()
        house.approve(phone)
        server.restart()
        browser.press("PROCEED_PUSH_AUTHENTICATION")
        server.restart()
        claims = house.redeem(browser)
        assert claims["preferred_username"] == "mara"
        assert claims["amr"] == ["pwd", "swk", "mfa"]
        assert house.events("login_succeeded") == ["login_succeeded"]
