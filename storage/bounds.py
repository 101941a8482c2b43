"""What a store takes and what it refuses to look at: lengths, text that every database can hold, deadlines.

Shared by all stores, so that they refuse the same things.  Names come from outside: a bad one names nothing.
"""

from __future__ import annotations

import hashlib
import math
import re

LONGEST_NAME = 512
"""Characters a key, an owner or an id may have."""
LARGEST_VALUE = 4 * 1024 * 1024
"""Bytes one record may have."""

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def is_name(text: str) -> bool:
    """Whether *text* can be a key, an owner or an id: not empty, bounded, Unicode text without NUL."""
    return 0 < len(text) <= LONGEST_NAME and is_text(text)


def is_text(text: str) -> bool:
    """Whether every database can hold *text* as it is: no NUL, no lone surrogate."""
    return _UNSTORABLE.search(text) is None


def as_text(text: str, *, longest: int) -> str:
    """*text* made storable: cut, with U+FFFD for what no database holds."""
    return _UNSTORABLE.sub("\ufffd", text[:longest])


def may_be_stored(key: str, value: bytes, *, expires_at: float, now: float, owner: str | None = None) -> bool:
    """Whether a record is one a store takes: good names, a bounded value, a finite deadline still to come."""
    return (
        is_name(key)
        and (owner is None or is_name(owner))
        and len(value) <= LARGEST_VALUE
        and math.isfinite(expires_at)
        and expires_at > now
    )


def window_end(now: float, window: float) -> float:
    """When a window of *window* seconds that begins now ends.  Raises ValueError unless it is finite and above 0."""
    if not (math.isfinite(window) and window > 0):
        raise ValueError(f"a window must be a positive number of seconds, not {window!r}")
    return now + window


def counter_digest(key: str) -> bytes:
    """The form in which a counter's key is kept: of one length, and telling nobody who was counted."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
