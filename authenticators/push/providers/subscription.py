"""A browser's push subscription: what it registers as its token, read strictly.  Its address is hostile input."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

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
    found = _object(text)
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


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text, object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ValueError("it is no subscription in JSON")
    return found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _point(value: object) -> bytes:
    point = _bytes(value, "p256dh", _POINT)
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except ValueError:
        raise ValueError("p256dh is no point of P-256") from None
    return point


def _bytes(value: object, name: str, length: int) -> bytes:
    """Base64url without padding, of exactly so many bytes."""
    if not isinstance(value, str) or not value.isascii() or not set(value) <= _ALPHABET:
        raise ValueError(f"{name} is not base64url without padding")
    try:
        decoded = urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except binascii.Error:
        raise ValueError(f"{name} is not base64url without padding") from None
    if len(decoded) != length:
        raise ValueError(f"{name} has not {length} bytes")
    return decoded


_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
