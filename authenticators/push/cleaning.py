"""Texts from outside: ids by their form, free text made fit to be shown and stored (one line, nothing invisible)."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_id(value: object) -> bool:
    """Whether *value* has the form of an id that we give: only then is it worth looking up.

    >>> is_id("4f0e6a52-6f5c-4a0e-9c33-0a4a5d3b7c11"), is_id("../x"), is_id(7)
    (True, False, False)
    """
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def plain(text: str, *, longest: int) -> str:
    """*text* without characters that are not seen, spaces joined, cut to *longest* characters.

    >>> plain("Mara's\\n phone\\u202e", longest=100)
    "Mara's phone"
    """
    seen = "".join(" " if char.isspace() else char for char in text[: 8 * longest] if _is_seen(char))
    return " ".join(seen.split())[:longest].rstrip()


def _is_seen(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in _UNSEEN
