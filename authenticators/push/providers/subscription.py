"""A browser's push subscription: what it registers as its token, read strictly.  Its address is hostile input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from authenticators.push.strict import Malformed, base64url, json_object
from engine.destinations import Destination, destination, may_call

SERVICES = (
    "fcm.googleapis.com",
    "*.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
)
"""The push services of the browsers there are; none of them is called in plain HTTP."""
_POINT, _SECRET = 65, 16


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where a browser's messages go, and what they are encrypted for (RFC 8291 §2).  address: of the push resource."""

    address: str
    to: Destination
    point: bytes
    secret: bytes


def read(text: str, services: Sequence[str]) -> Subscription:
    """What `JSON.stringify(subscription)` gives in a browser.  services: where it may point.  Raises ValueError."""
    try:
        found = json_object(text.encode())
    except ValueError:
        raise ValueError("it is no subscription in JSON") from None
    keys = found.get("keys")
    if not isinstance(keys, dict):
        raise ValueError("keys is missing")
    address = found.get("endpoint")
    if not isinstance(address, str):
        raise ValueError("endpoint is missing")
    to = destination(address)
    if not may_call(to, services):
        raise ValueError(f"endpoint is at {to}, which is no push service that this server calls")
    return Subscription(address, to, _point(keys.get("p256dh")), _bytes(keys.get("auth"), "auth", _SECRET))


def _point(value: object) -> bytes:
    point = _bytes(value, "p256dh", _POINT)
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except ValueError:
        raise ValueError("p256dh is no point of P-256") from None
    return point


def _bytes(value: object, name: str, length: int) -> bytes:
    """Base64url of exactly so many bytes."""
    try:
        decoded = base64url(value) if isinstance(value, str) else b""
    except Malformed as problem:
        raise ValueError(f"{name} is {problem}") from None
    if len(decoded) != length:
        raise ValueError(f"{name} has not {length} bytes")
    return decoded
