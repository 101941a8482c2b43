"""A browser as a phone, reached by Web Push: from the server's key to the answer, over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.browser import Browser
from tests.devices import Phone
from tests.journeys.living import House, configuration, living
from tests.journeys.push_providers import audited, device
from tests.standins.webpush import PushService, push_service

PUSH = "/api/users/v1/me/push"


@pytest.fixture
def service() -> Iterator[PushService]:
    """The push service of somebody's browser."""
    with push_service() as running:
        yield running


@pytest.fixture
def house(tmp_path: Path, service: PushService) -> Iterator[House]:
    """A server whose admin has named that push service."""
    whole = configuration()
    whole["settings"]["push_providers"] = [{"name": "webpush", "provider": "webpush", "services": [service.url]}]
    with living(tmp_path, whole) as house:
        yield house


def subscribed(house: House, service: PushService) -> Phone:
    """A page that has subscribed with the server's key."""
    key = httpx2.get(f"{house.url}{PUSH}/web-push-key").json()["publicKey"]
    return Phone("ec", provider="webpush", push_token=service.subscribe(key))


def at_the_code(house: House) -> Browser:
    """Mara's browser, where the code is shown."""
    browser = house.browser().open(house.authorize())
    return browser.submit(username="mara").press("INIT_PUSH_ENROLL").submit(password="mara-at-the-door")


def enrolled(house: House, service: PushService) -> tuple[Phone, Browser]:
    """Mara's browser as her phone, and the one she signs in with, which waits for it."""
    phone, browser = subscribed(house, service), at_the_code(house)
    assert house.register(phone, browser.marked["data-enrollment"]).status_code == 201
    browser.press("PUSH_DEVICE_ENROLLMENT")
    audited(house, "push_sent")
    return phone, browser


def test_a_request_arrives_encrypted_and_is_answered(house: House, service: PushService) -> None:
    """What the service worker gets is enough to answer with."""
    phone, browser = enrolled(house, service)
    [received] = service.received
    assert received.content["title"] == "Sign-in request"
    assert house.respond(phone.answer(received.content["data"])).status_code == 200
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    assert house.redeem(browser)["amr"] == ["pwd", "swk", "mfa"]
    assert service.refused == []


def test_a_subscription_that_is_gone_is_marked_and_a_new_one_lives(house: House, service: PushService) -> None:
    """The browser tells the new one; the next request arrives there."""
    phone, _ = enrolled(house, service)
    service.unsubscribe_all()
    house.browser().open(house.authorize()).submit(username="mara")
    assert audited(house, "push_token_dead")[0].why == "token.unregistered"
    token = phone.update_token(push_token=subscribed(house, service).push_token)
    assert httpx2.post(f"{house.url}{PUSH}/devices/{phone.device_id}/update", json={"token": token}).status_code == 204
    assert device(house).unreachable_since is None
    house.browser().open(house.authorize()).submit(username="mara")
    audited(house, "push_sent", 3)
    assert len(service.received) == 2


@pytest.mark.parametrize(
    "endpoint", ["http://localhost:1/x", "https://10.0.0.1/x", "https://attacker.test/x", "http://fcm.googleapis.com/x"]
)
def test_an_endpoint_elsewhere_registers_nothing(endpoint: str, house: House, service: PushService) -> None:
    """400 with a code; the code on the screen is as good as before, and nobody was called."""
    phone, browser = subscribed(house, service), at_the_code(house)
    good = phone.push_token
    phone.push_token = json.dumps({**json.loads(good), "endpoint": endpoint}, separators=(",", ":"))
    answer = house.register(phone, browser.marked["data-enrollment"])
    assert (answer.status_code, answer.json()["code"]) == (400, "PDH-15007")
    phone.push_token = good
    assert house.register(phone, browser.marked["data-enrollment"]).status_code == 201
    assert service.calls == 0


def test_the_key_is_the_same_under_each_prefix_and_for_everybody(house: House) -> None:
    """It is public, and stays."""
    prefixes = ("", "/t/carbon.super", "/o/Doorstep", "/t/carbon.super/o/Doorstep")
    answers: list[Any] = [httpx2.get(f"{house.url}{prefix}{PUSH}/web-push-key") for prefix in prefixes]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["publicKey"] for answer in answers}) == 1
