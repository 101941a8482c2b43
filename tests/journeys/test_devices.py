"""A phone's own view of things, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.browser import Browser
from tests.devices import Phone
from tests.journeys.living import House, configuration, living


def test_a_phone_may_ask_before_it_is_confirmed(house: House) -> None:
    """From its 201 on it is known, though there is nothing for it yet."""
    phone = Phone()
    browser = house.browser().open(house.authorize()).submit(username="mara")
    browser.press("INIT_PUSH_ENROLL").submit(password="mara-at-the-door")
    assert house.register(phone, browser.marked["data-enrollment"]).status_code == 201
    assert house.pending(phone) == []


@pytest.fixture
def numbered(tmp_path: Path) -> Iterator[House]:
    """A server that shows numbers."""
    document = configuration()
    document["settings"]["push"]["number_challenge"] = True
    with living(tmp_path, document) as house:
        yield house


def typed_in(house: House, browser: Browser, phone: Phone) -> None:
    """Enroll a phone on which the person types what the browser shows."""
    browser.open(house.authorize()).submit(username="mara")
    browser.press("INIT_PUSH_ENROLL").submit(password="mara-at-the-door")
    assert house.register(phone, browser.marked["data-enrollment"]).status_code == 201
    browser.press("PUSH_DEVICE_ENROLLMENT")
    (push,) = house.pending(phone, wait=10)
    assert house.respond(phone.answer(push, number=browser.marked["data-number"])).status_code == 200
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    house.redeem(browser)


def test_a_typed_number_is_asked_by_length_and_compared_here(numbered: House) -> None:
    """The push of a typing device has no number; the page has it; a wrong one ends the request."""
    house, phone = numbered, Phone("ec", typed=True)
    typed_in(house, house.browser(), phone)
    browser = house.browser().open(house.authorize()).submit(username="mara")
    (push,) = house.pending(phone, wait=10)
    assert push["numberChallengeLength"] == "2"
    assert "numberChallenge" not in push
    number = browser.marked["data-number"]
    assert house.respond(phone.answer(push, number=number)).status_code == 200
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    assert house.redeem(browser)["amr"] == ["swk"]

    browser = house.browser().open(house.authorize()).submit(username="mara")
    (push,) = house.pending(phone, wait=10)
    wrong = f"{(int(browser.marked['data-number']) + 1) % 100:02d}"
    assert house.respond(phone.answer(push, number=wrong)).status_code == 400
    assert house.pending(phone) == []
    assert house.respond(phone.answer(push, number=browser.marked["data-number"])).status_code in (400, 410)


def test_the_paths_answer_under_every_prefix(house: House) -> None:
    """None, tenant, organisation, both; other names are not found."""
    for prefix, found in (("", True), ("/t/carbon.super", True), ("/o/Doorstep", True), ("/t/elsewhere", False)):
        answer = httpx2.post(f"{house.url}{prefix}/push-auth/authenticate", json={"authResponse": "x.y.z"})
        assert answer.status_code == (400 if found else 404), prefix
