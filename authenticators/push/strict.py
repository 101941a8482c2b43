"""Formats from outside, read strictly: one JSON object, base64url."""

from __future__ import annotations

import binascii
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")


class Malformed(ValueError):
    """It is not what it should be.  Its text never quotes what came."""


def json_object(raw: bytes) -> dict[str, Any]:
    """One JSON object in UTF-8, without duplicate names, NaN or infinities.  Raises Malformed."""
    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None
    if not isinstance(value, dict):
        raise Malformed("not a JSON object")
    return value


def base64url(text: str) -> bytes:
    """Canonical base64url without padding (RFC 7515 §2).  Raises Malformed.

    >>> base64url("AQI")
    b'\\x01\\x02'
    """
    if _BASE64URL.fullmatch(text) is None:
        raise Malformed("not base64url")
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise Malformed("not base64url") from None
    if urlsafe_b64encode(raw).rstrip(b"=").decode() != text:
        raise Malformed("not canonical base64url")
    return raw


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise ValueError("duplicate name")
    return names


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
