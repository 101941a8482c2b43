"""Signed tokens of devices: strict parsing and verification of compact JWS (RFC 7515 §7.1), nothing more.

The payload is looked at only after the signature is verified with the key that is stored for the device.
What a token is *for* is decided by `purposes`.
"""

from __future__ import annotations

import binascii
import json
import math
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authenticators.push.keys import PublicKey, SignatureRefused

LONGEST = 8192
"""Characters of a token; more is refused before anything is decoded."""
SKEW = 120
"""Seconds a device's clock may be wrong; the server's own deadlines rule."""
LONGEST_LIFE = 900
"""Seconds `exp` may lie ahead: apps use five and ten minutes, and clocks differ."""
_MILLISECONDS = 1e11
"""An `exp` above this is in milliseconds, as one app in use sends it (push-protocol.md 0.1)."""

_HEADER_NAMES = frozenset({"alg", "typ", "deviceId"})
_SEGMENT = re.compile(r"[A-Za-z0-9_-]+")


class Malformed(Exception):
    """Not a token at all, or one with parts that are not allowed."""


class NotAuthentic(Exception):
    """Not signed by the device's key, or no longer (or not yet) valid."""


@dataclass(frozen=True, slots=True)
class Token:
    """A parsed token whose signature is not verified yet.  device_id: what the header claims, if anything."""

    algorithm: str
    device_id: str | None
    _signed: bytes
    _payload: bytes
    _signature: bytes

    def claims(self, key: PublicKey, now: float) -> Mapping[str, Any]:
        """The claims, after the signature and the times were checked.

        Raises NotAuthentic, and Malformed for a payload that is not one JSON object.
        """
        try:
            key.verify(self.algorithm, self._signed, signature=self._signature)
        except SignatureRefused as error:
            raise NotAuthentic(str(error)) from None
        claims = _json_object(self._payload)
        _check_times(claims, now)
        return claims


def parse(text: str) -> Token:
    """The token in *text*.  Raises Malformed."""
    if len(text) > LONGEST:
        raise Malformed("too long")
    segments = text.split(".", 3)
    if len(segments) != 3:
        raise Malformed("a token has three segments")
    header, payload, signature = (_decoded(segment) for segment in segments)
    algorithm, device_id = _header(_json_object(header))
    return Token(algorithm, device_id, f"{segments[0]}.{segments[1]}".encode(), payload, signature)


def expiry(claims: Mapping[str, Any]) -> float:
    """`exp` in seconds since the epoch.  Raises NotAuthentic if there is none that is a number."""
    found = _time(claims, "exp")
    if found is None:
        raise NotAuthentic("exp is missing")
    return found


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    expires_at = expiry(claims)
    if expires_at < now - SKEW:
        raise NotAuthentic("expired")
    if expires_at > now + LONGEST_LIFE:
        raise NotAuthentic("exp is too far ahead")
    for name in ("nbf", "iat"):
        begins = _time(claims, name)
        if begins is not None and begins > now + SKEW:
            raise NotAuthentic(f"{name} is ahead")


def _time(claims: Mapping[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if name not in claims:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotAuthentic(f"{name} is not a number")
    try:
        seconds = float(value)
    except OverflowError:
        raise NotAuthentic(f"{name} is out of range") from None
    if not math.isfinite(seconds) or seconds <= 0:
        raise NotAuthentic(f"{name} is out of range")
    return seconds / 1000 if seconds > _MILLISECONDS else seconds


def _header(header: Mapping[str, Any]) -> tuple[str, str | None]:
    if unknown := header.keys() - _HEADER_NAMES:
        raise Malformed(f"header names not allowed: {len(unknown)}")
    if any(not isinstance(value, str) for value in header.values()):
        raise Malformed("header values are texts")
    if "alg" not in header or header.get("typ", "JWT").upper() != "JWT":
        raise Malformed("alg is missing or typ is not JWT")
    return header["alg"], header.get("deviceId")


def _decoded(segment: str) -> bytes:
    """Canonical base64url without padding (RFC 7515 §2)."""
    if _SEGMENT.fullmatch(segment) is None:
        raise Malformed("not base64url")
    try:
        raw = urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    except (binascii.Error, ValueError):
        raise Malformed("not base64url") from None
    if urlsafe_b64encode(raw).rstrip(b"=").decode() != segment:
        raise Malformed("not canonical base64url")
    return raw


def _json_object(raw: bytes) -> Mapping[str, Any]:
    """One JSON object in UTF-8, without duplicate names, NaN or infinities."""
    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None
    if not isinstance(value, dict):
        raise Malformed("not a JSON object")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise ValueError("duplicate name")
    return names


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
