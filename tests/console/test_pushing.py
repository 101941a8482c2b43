"""Push settings and providers at the console."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.console.conftest import Admin
from tests.journeys.living import House
from tests.management.callers import Caller

Somebody = Callable[[str], Admin]


def push(house: House) -> dict[str, Any]:
    """The settings that hold."""
    found: dict[str, Any] = Caller(house)("GET", "/settings").json()["push"]
    return found


def test_settings_are_changed_and_all_else_stays(admin: Somebody, house: House) -> None:
    """Minutes there are seconds here."""
    olga, before = admin("olga"), push(house)
    typed = {"resend_interval": "2", "resend_attempts": "5", "number_challenge": "yes"}
    assert "Saved." in olga.post("/connections", **typed).text
    assert push(house) == before | {"resend_interval": 120, "resend_attempts": 5, "number_challenge": True}


WRONG = [("resend_interval", "0"), ("resend_interval", "1e3"), ("max_devices", "11"), ("max_devices", "")]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_what_is_out_of_its_limits_is_told_at_the_field(admin: Somebody, house: House, name: str, value: str) -> None:
    """And nothing is changed."""
    before = push(house)
    refused = admin("olga").post("/connections", **{name: value})
    assert (refused.status, refused.alerts) == (422, ["console.refused"])
    assert f'id="{name}-wrong"' in refused.text
    assert push(house) == before


def test_a_provider_is_added_and_removed(admin: Somebody, house: House) -> None:
    """By an owner, who types its name to remove it."""
    olga = admin("olga")
    assert "Added." in olga.post("/channels", name="WebPush", provider="webpush").text
    assert olga.post("/channels", "/channels/WebPush/remove", confirm="no").status == 422
    assert "Removed." in olga.post("/channels", "/channels/WebPush/remove", confirm="WebPush").text
    assert Caller(house)("GET", "/push-providers").json()["items"] == []


def test_admin_13_a_key_that_is_refused_is_not_shown_again(admin: Somebody) -> None:
    """ADMIN-08, ADMIN-13: garbage is refused, and never comes back."""
    refused = admin("olga").post("/channels", name="FCM", provider="fcm", service_account='{"private_key": "canary"')
    assert refused.status == 422
    assert "canary" not in refused.text


def test_admin_02_only_an_owner_changes_push(admin: Somebody, house: House) -> None:
    """ADMIN-02: publishers, editors and viewers look."""
    before = push(house)
    for name in ("vera", "edda"):
        assert admin(name).post("/connections", resend_interval="9").status == 403
        browser = admin(name).at("/channels")
        assert browser.post(f"{house.url}/console/channels", {"name": "x", "provider": "webpush"}).status == 403
    assert push(house) == before
