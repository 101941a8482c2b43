"""What reaches a device (push-protocol.md 2.1): the data map, and the words in it about who asks and from where.

Nothing a browser sends is passed on as text: system, browser and country come from short fixed vocabularies.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from ipaddress import ip_address

import iptocc
import msgspec
import ua_parser

from authenticators.push.cleaning import plain
from engine.model import Device, RequestFacts
from engine.ports import PushMessage

SIZE = 4096
"""Bytes a message may have at most."""
_LONGEST_USER_AGENT = 512

_BROWSERS = {
    "Chrome": "Chrome",
    "Chrome Mobile": "Chrome",
    "Chrome Mobile iOS": "Chrome",
    "Chrome Mobile WebView": "Chrome",
    "Chromium": "Chromium",
    "Edge": "Edge",
    "Edge Mobile": "Edge",
    "Firefox": "Firefox",
    "Firefox iOS": "Firefox",
    "Firefox Mobile": "Firefox",
    "HeadlessChrome": "Chrome",
    "Mobile Safari": "Safari",
    "Opera": "Opera",
    "Opera Mobile": "Opera",
    "Safari": "Safari",
    "Samsung Internet": "Samsung Internet",
    "Vivaldi": "Vivaldi",
}
_SYSTEMS = {
    "Android": "Android",
    "Chrome OS": "ChromeOS",
    "Debian": "Linux",
    "Fedora": "Linux",
    "FreeBSD": "FreeBSD",
    "iOS": "iOS",
    "Linux": "Linux",
    "Mac OS X": "macOS",
    "Ubuntu": "Linux",
    "Windows": "Windows",
}
_UNKNOWN = "Other"


class Origin(msgspec.Struct, frozen=True):
    """Where a login is tried from, in words fit to be shown.  country: ISO 3166-1 alpha-2, or empty."""

    ip: str
    system: str
    browser: str
    country: str


class Occasion(msgspec.Struct, frozen=True):
    """What a push is about: the same for each device that is asked.  seen_before: the browser is the person's own."""

    push_id: str
    challenge: str
    number: str | None
    username: str
    application: str
    tenant: str
    origin: Origin
    asked_at: float
    seen_before: bool = False


def read_tables() -> None:
    """Read what browsers are known by.  The first time takes a tenth of a second; a login should not wait for it."""
    ua_parser.parse("")


def origin(request: RequestFacts) -> Origin:
    """What the request tells of its origin."""
    found = ua_parser.parse(request.user_agent[:_LONGEST_USER_AGENT])
    system = found.os.family if found.os else ""
    browser = found.user_agent.family if found.user_agent else ""
    ip = _address(request.ip)
    return Origin(
        ip=ip,
        system=_SYSTEMS.get(system, _UNKNOWN),
        browser=_BROWSERS.get(browser, _UNKNOWN),
        country=(iptocc.country_code(ip) or "") if ip else "",
    )


def message(occasion: Occasion, device: Device) -> dict[str, str]:
    """The data map for *device*: texts only.  A device of the typed kind never gets the number itself."""
    fields = {
        "relativePath": f"/t/{occasion.tenant}",
        "username": occasion.username,
        "tenantDomain": occasion.tenant,
        "applicationName": plain(occasion.application, longest=100),
        "notificationScenario": "AUTHENTICATION",
        "pushId": occasion.push_id,
        "challenge": occasion.challenge,
        "ipAddress": occasion.origin.ip,
        "deviceOS": occasion.origin.system,
        "browser": occasion.origin.browser,
        "country": occasion.origin.country,
        "browserKnown": "true" if occasion.seen_before else "false",
        "requestedAt": str(int(occasion.asked_at)),
        "deviceId": device.id,
    }
    if occasion.number is not None and device.typed:
        fields["numberChallengeLength"] = str(len(occasion.number))
    elif occasion.number is not None:
        fields["numberChallenge"] = occasion.number
    return {name: value for name, value in fields.items() if value}


def login_push(occasion: Occasion, device: Device, *, topic: str) -> PushMessage:
    """The question as a push.  Its words are short: they stand on a locked screen.  topic: one for each login."""
    application, username = plain(occasion.application, longest=100), plain(occasion.username, longest=100)
    body = f"{username} is signing in to {application}. Was it you?"
    return PushMessage(message(occasion, device), title="Sign-in request", body=body, topic=topic)


def topic_of(text: str) -> str:
    """What messages about the same thing have in common: 32 characters that tell nothing of *text*."""
    return urlsafe_b64encode(sha256(text.encode()).digest()[:24]).decode()


def size(message: PushMessage) -> int:
    """Bytes of the data map, as the bound counts them."""
    return sum(len(name.encode()) + len(value.encode()) for name, value in message.data.items())


def _address(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        return ""
