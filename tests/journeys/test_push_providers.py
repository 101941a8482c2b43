"""Logins while FCM fails: the person is told, nobody gets in, nothing is lost, and no other login waits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from storage.sql.configuration import FRESH
from tests.devices import Phone
from tests.journeys.living import House
from tests.journeys.push_providers import Row, audited, device, document, provider, row_of, served, waiting, with_phone
from tests.standins.fcm import ERRORS, Fcm, fcm


@pytest.fixture
def google() -> Iterator[Fcm]:
    """A project of FCM's."""
    with fcm() as project:
        yield project


@pytest.fixture
def house(tmp_path: Path, google: Fcm) -> Iterator[House]:
    """A server that sends through it."""
    with served(tmp_path, google) as house:
        yield house


@pytest.mark.parametrize(
    "row",
    [
        Row("UNREGISTERED", 1, "not reached", "token.unregistered", "-", "dead", "push-wait", "signed in"),
        Row("UNAVAILABLE", 4, "not reached", "provider.unavailable", "-", "-", "push-wait", "signed in"),
        Row("PERMISSION_DENIED", 1, "not reached", *["provider.project"] * 2, "-", "push-wait", "signed in"),
        Row("no answer", 4, "not reached", "provider.unavailable", "-", "-", "push-wait", "signed in"),
    ],
    ids=lambda row: row.error,
)
def test_a_lost_push_is_told_and_not_fatal(row: Row, tmp_path: Path) -> None:
    """The page says that the phone may not have been reached; Continue waits on; the phone pulls, approves, and is in.

    All errors of the table: `python -m tests.journeys.push_providers`, docs/evidence/push-providers.txt.
    """
    assert row_of(row.error, tmp_path) == row


def test_the_push_tells_what_the_app_needs(house: House, google: Fcm) -> None:
    """The data map of the protocol, in a message that FCM takes; the phone answers to it without pulling."""
    phone = with_phone(house, push_token="token-of-mara", provider="FCM")
    browser = waiting(house)
    audited(house, "push_sent", 2)
    message = google.sent[-1]
    assert message["token"] == "token-of-mara"
    assert message["data"]["notificationScenario"] == "AUTHENTICATION"
    assert house.respond(phone.answer(message["data"])).status_code == 200
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    assert house.redeem(browser, "vault")["amr"] == ["pwd", "swk", "mfa"]
    assert google.refused == []


def test_a_phone_that_opens_its_app_again_is_reached_again(house: House, google: Fcm) -> None:
    """Its token was dead; the app tells a new one, and the next push arrives."""
    phone = with_phone(house)
    google.answer = lambda message: ERRORS["UNREGISTERED"] if message["token"] == phone.push_token else None
    waiting(house)
    audited(house, "push_token_dead")
    assert device(house).unreachable_since is not None
    path = f"{house.url}/api/users/v1/me/push/devices/{phone.device_id}/update"
    assert httpx2.post(path, json={"token": phone.update_token(push_token="fresh")}).status_code == 204
    waiting(house)
    audited(house, "push_sent", 3)
    assert (google.sent[-1]["token"], device(house).unreachable_since) == ("fresh", None)


def test_a_slow_provider_delays_no_page(house: House, google: Fcm) -> None:
    """The answer to the browser never waits for FCM, which has not even begun to answer."""
    with_phone(house)
    google.answer = lambda _: ERRORS["slow"]
    browsers = [waiting(house) for _ in range(10)]
    assert google.calls > 1
    assert not google.ended.is_set()
    assert [browser.page for browser in browsers] == ["push-wait"] * 10
    assert house.events("push_sent") == ["push_sent"]


def test_credentials_change_while_a_hundred_logins_wait(house: House, google: Fcm) -> None:
    """Every push leaves once, with the old key or the new one; every login that is approved succeeds, no other."""
    phone = with_phone(house)
    before = len(google.sent)
    google.answer = lambda _: time.sleep(0.2)
    with ThreadPoolExecutor(4) as pool:  # more at once are as many wrong passwords, until they are checked
        begun = [pool.submit(waiting, house) for _ in range(100)]
        begun[20].result()
        house.apply({"settings": {"push_providers": [provider(google)]}})
        browsers = [each.result() for each in begun]
    audited(house, "push_sent", 101)
    pushes = [message["data"] for message in google.sent[before:]]
    assert len({push["pushId"] for push in pushes}) == len(pushes) == 100
    assert {event.details["taken"] for event in audited(house, "push_sent", 101)} == {"1"}
    assert google.grants >= 2
    for push in pushes[:50]:
        assert house.respond(phone.answer(push)).status_code == 200
    ends = [browser.press("PROCEED_PUSH_AUTHENTICATION") for browser in browsers]
    assert sum("code" in browser.query for browser in ends) == 50
    assert sum(browser.page == "push-wait" for browser in ends) == 50


def test_credentials_that_were_revoked_let_nobody_in(house: House, google: Fcm) -> None:
    """The admin is told once; the person can still pull; a new key mends it without a restart."""
    phone = with_phone(house)
    google.revoke_keys()
    browser = waiting(house)
    [event] = audited(house, "push_provider_trouble")
    assert (event.why, event.details) == ("provider.credentials", {"provider": "main"})
    assert browser.press("PROCEED_PUSH_AUTHENTICATION").page == "push-wait"
    house.apply({"settings": {"push_providers": [provider(google)]}})
    time.sleep(FRESH + 0.1)
    waiting(house)
    audited(house, "push_sent", 3)
    assert google.sent[-1]["token"] == phone.push_token


def test_a_removed_provider_is_not_used(house: House, google: Fcm) -> None:
    """Its devices pull; the audit says why nothing was sent."""
    with_phone(house)
    whole = document(google)
    del whole["settings"]["push_providers"]
    house.apply(whole, prune=True)
    time.sleep(FRESH + 0.1)
    sent = len(google.sent)
    waiting(house)
    newest, *_ = audited(house, "push_sent", 2)
    assert (newest.details["not_taken"], len(google.sent)) == ("provider.unknown", sent)


def test_a_phone_of_another_provider_is_refused_at_registration(house: House) -> None:
    """A provider that nobody configured: the code stays as it was."""
    browser = house.browser().open(house.authorize())
    browser.submit(username="mara").press("INIT_PUSH_ENROLL").submit(password="mara-at-the-door")
    answer = house.register(Phone(provider="AmazonSNS"), browser.marked["data-enrollment"])
    assert (answer.status_code, answer.json()["code"]) == (400, "PDH-15013")
    assert house.register(Phone(provider="fcm"), browser.marked["data-enrollment"]).status_code == 201
