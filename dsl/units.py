"""Strings as UTF-16 code units, one a character, and which of them are array indices."""

from __future__ import annotations

import re
from typing import Final

MAX_INDEX: Final = 2**32 - 2

_SURROGATE = re.compile("[\ud800-\udfff]")

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def units(text: str) -> str:
    """*text* as UTF-16 code units, one a character: what lies beyond U+FFFF becomes a surrogate pair."""
    if not text or text.isascii() or not _ASTRAL.search(text):
        return text
    return _ASTRAL.sub(lambda found: _split(found.group()), text)


def text(units: str) -> str:
    """Code units as ordinary text: pairs are joined, a lone surrogate becomes U+FFFD, so the result can be encoded."""
    if units.isascii() or not _SURROGATE.search(units):
        return units
    return _SURROGATE.sub("\ufffd", _PAIR.sub(lambda found: _join(found.group()), units))


def code_points(units: str) -> list[str]:
    """The code points of a string, each as one or two code units (ECMA-262 22.1.5.1)."""
    if units.isascii() or not _PAIR.search(units):
        return list(units)
    points: list[str] = []
    end = 0
    for found in _PAIR.finditer(units):
        points.extend(units[end : found.start()])
        points.append(found.group())
        end = found.end()
    points.extend(units[end:])
    return points


def _split(astral: str) -> str:
    offset = ord(astral) - 0x10000
    return chr(0xD800 + (offset >> 10)) + chr(0xDC00 + (offset & 0x3FF))


def _join(pair: str) -> str:
    return chr(0x10000 + ((ord(pair[0]) - 0xD800) << 10) + (ord(pair[1]) - 0xDC00))


def index_of(key: str) -> int:
    """The array index that *key* writes canonically ("0", "17"), or -1 (ECMA-262 6.1.7)."""
    if not key or len(key) > 10 or not key.isascii() or not key.isdigit() or (key[0] == "0" and key != "0"):
        return -1
    index = int(key)
    return index if index <= MAX_INDEX else -1


def brief(text: str) -> str:
    """*text* short enough for a message."""
    return text if len(text) <= 60 else text[:57] + "..."
