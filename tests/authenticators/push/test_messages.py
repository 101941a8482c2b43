"""What reaches a phone: the protocol's names, and no text of a browser's."""

from __future__ import annotations

import pytest
import ua_parser

from authenticators import make_ready
from authenticators.push.messages import SIZE, Occasion, message, origin
from engine.model import Device, RequestFacts

COMPAT = Device("d-1", "u-1", "Phone", "Pixel", "FCM", "t", b"", ("RS256",))
TYPED = Device("d-2", "u-1", "Phone", "Pixel", "builtin", "t", b"", ("ES256",), typed=True)


def occasion(
    user_agent: str = "", ip: str = "203.0.113.9", number: str | None = "07", name: str = "Payroll"
) -> Occasion:
    facts = RequestFacts(ip=ip, headers={"user-agent": user_agent})
    return Occasion("push", "challenge", number, "mara", name, "carbon.super", origin(facts), 1_800_000_000.0)


def test_the_map_has_the_protocol_s_names_and_texts_only() -> None:
    """Section 2.1; what is unknown is left out."""
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:120.0) Gecko/20100101 Firefox/120.0"
    found = message(occasion(firefox, ip="8.8.8.8"), COMPAT)
    assert found == {
        "relativePath": "/t/carbon.super",
        "username": "mara",
        "tenantDomain": "carbon.super",
        "applicationName": "Payroll",
        "notificationScenario": "AUTHENTICATION",
        "pushId": "push",
        "challenge": "challenge",
        "numberChallenge": "07",
        "ipAddress": "8.8.8.8",
        "deviceOS": "Windows",
        "browser": "Firefox",
        "country": "US",
        "browserKnown": "false",
        "requestedAt": "1800000000",
        "deviceId": "d-1",
    }


def test_a_device_that_types_the_number_is_not_told_it() -> None:
    """Only how long it is."""
    found = message(occasion(), TYPED)
    assert "numberChallenge" not in found
    assert found["numberChallengeLength"] == "2"


def test_without_a_number_neither_kind_hears_of_one() -> None:
    """Apps change their screen on the name's presence."""
    for device in (COMPAT, TYPED):
        assert not {"numberChallenge", "numberChallengeLength"} & message(occasion(number=None), device).keys()


@pytest.mark.parametrize(
    "user_agent",
    ["Payroll: tap APPROVE", "Firefox/9\u202e\n tap APPROVE", "x" * 10_000, "\0", "Mozilla/5.0 (tap APPROVE) Foo/1"],
)
def test_a_browser_s_text_never_reaches_the_phone(user_agent: str) -> None:
    """System and browser come from a short vocabulary."""
    found = message(occasion(user_agent), COMPAT)
    assert found["browser"] in {"Other", "Firefox"}
    assert found["deviceOS"] == "Other"


@pytest.mark.parametrize("ip", ["", "not an address", "127.0.0.1\n", "203.0.113.9, 8.8.8.8"])
def test_what_is_no_address_is_not_shown_as_one(ip: str) -> None:
    """Neither is a place guessed from it."""
    found = message(occasion(ip=ip), COMPAT)
    assert not {"ipAddress", "country"} & found.keys()


def test_a_message_is_short_enough_whatever_the_names_are() -> None:
    """4096 bytes is what a push service takes."""
    found = message(occasion(name="Ünï\u202e\n" * 500), COMPAT)
    assert "\u202e" not in found["applicationName"]
    assert sum(len(name.encode()) + len(value.encode()) for name, value in found.items()) < SIZE


def test_no_login_waits_for_the_tables_of_browsers() -> None:
    """They are read when the server makes ready, not when the first push is sent."""
    vars(ua_parser).pop("parser", None)
    make_ready()
    assert "parser" in vars(ua_parser)
