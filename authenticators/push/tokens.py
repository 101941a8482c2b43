"""Signed tokens of devices: strict parsing and verification of compact JWS (RFC 7515 §7.1), nothing more.

The payload is looked at only after the signature is verified with the key that is stored for the device.
What a token is *for* is decided by `purposes`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authenticators.push.keys import PublicKey, SignatureRefused
from authenticators.push.strict import Malformed as Malformed
from authenticators.push.strict import base64url, json_object

LONGEST = 8192
"""Characters of a token; more is refused before anything is decoded."""
SKEW = 120
"""Seconds a device's clock may be wrong; the server's own deadlines rule."""
LONGEST_LIFE = 900
"""Seconds `exp` may lie ahead: apps use five and ten minutes, and clocks differ."""
_MILLISECONDS = 1e11
"""An `exp` above this is in milliseconds, as one app in use sends it (push-protocol.md 0.1)."""

_HEADER_NAMES = frozenset({"alg", "typ", "deviceId"})


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
        claims = json_object(self._payload)
        _check_times(claims, now)
        return claims


def parse(text: str) -> Token:
    """The token in *text*.  Raises Malformed."""
    if len(text) > LONGEST:
        raise Malformed("too long")
    segments = text.split(".", 3)
    if len(segments) != 3:
        raise Malformed("a token has three segments")
    header, payload, signature = (base64url(segment) for segment in segments)
    algorithm, device_id = _header(json_object(header))
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
