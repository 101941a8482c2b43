"""Two nodes on a real PostgreSQL and a real Valkey: every request may reach another node, and a node may be killed."""

from __future__ import annotations

from pathlib import Path

from tests.devices import Phone
from tests.journeys.living import configuration
from tests.journeys.nodes import nodes


def test_a_login_goes_from_node_to_node(tmp_path: Path) -> None:
    """The enrollment login, each request at the next node; what one sends wakes the phone that waits at the other."""
    phone = Phone()
    with nodes(tmp_path, configuration()) as running:
        house = running.house
        browser = house.browser().open(house.authorize())
        browser.submit(username="mara").press("INIT_PUSH_ENROLL").submit(password="mara-at-the-door")
        assert house.register(phone, browser.marked["data-enrollment"]).status_code == 201
        assert browser.press("PUSH_DEVICE_ENROLLMENT").page == "push-wait"
        house.approve(phone)
        browser.press("PROCEED_PUSH_AUTHENTICATION")
        assert house.redeem(browser)["amr"] == ["pwd", "swk", "mfa"]


def test_a_node_that_is_killed_takes_no_login_with_it(tmp_path: Path) -> None:
    """The other goes on where it was; a code that was redeemed at one is used up at both."""
    phone = Phone()
    with nodes(tmp_path, configuration()) as running:
        house = running.house
        browser = house.browser()
        browser.http.headers["Connection"] = "close"  # the small balancer does not see that a node it was given is gone
        browser.open(house.authorize()).submit(username="mara").press("INIT_PUSH_ENROLL")
        running.each[0].kill()
        browser.submit(password="mara-at-the-door")
        assert house.register(phone, browser.marked["data-enrollment"]).status_code == 201
        running.each[0].start()
        running.each[1].kill()
        assert browser.press("PUSH_DEVICE_ENROLLMENT").page == "push-wait"
        running.each[1].start()
        house.approve(phone)
        browser.press("PROCEED_PUSH_AUTHENTICATION")
        code = browser.query["code"]
        assert house.redeem(browser)["preferred_username"] == "mara"
        assert [house.token(code).status_code for _ in range(4)] == [400] * 4
