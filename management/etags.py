"""Entity tags of what is managed, and what If-Match says of them (RFC 9110 §8.8.3, §13.1.1).

A tag is keyed: it changes with everything that is stored, secrets too, and tells nothing of it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Any

import msgspec

from management.problems import problem

_encoder = msgspec.json.Encoder(order="deterministic")
_TAGS = re.compile(r'\s*(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"\s*(?:,\s*(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"\s*)*')
_TAG = re.compile(r'(W/)?("[^"]*")')


@dataclass(frozen=True, slots=True)
class Tags:
    """key: 32 secret bytes, the same on all nodes."""

    key: bytes

    def of(self, *things: Any) -> str:
        """The strong tag of *things*, which are what msgspec can write."""
        return f'"{hmac.new(self.key, _encoder.encode(things), hashlib.sha256).hexdigest()[:32]}"'


def strong_tags(if_match: str | None) -> list[str] | None:
    """The strong tags of an If-Match; None for `*`, which is any.  Raises 428 without one, 400 for what is none."""
    if if_match is None:
        raise problem(428, "Send If-Match with the ETag that you have read, so that no change of others is lost.")
    if if_match.strip() == "*":
        return None
    if not _TAGS.fullmatch(if_match):
        raise problem(400, "If-Match is a list of entity tags in double quotes, or *.")
    return [match[2] for match in _TAG.finditer(if_match) if match[1] is None]
