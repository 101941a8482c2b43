"""Upper and lower case of texts as Unicode 17 has them, whatever version Python's own tables are of.

Texts are code points here.  Case without regard to languages; equality but for case is in regexp_sets.
"""

from __future__ import annotations

import re

CASED_BLOCKS = (
    (0x41, 0x58F), (0x10A0, 0x10FF), (0x13A0, 0x13FF), (0x1C80, 0x1CBF), (0x1D00, 0x2DFF), (0xA640, 0xABBF),
    (0xFB00, 0xFB17), (0xFF21, 0xFF5A), (0x10400, 0x10D8F), (0x118A0, 0x118DF), (0x16E40, 0x16EDF), (0x1E900, 0x1E943),
)  # fmt: skip
"""No character outside of these has a case."""

_RANGES = ((0x10D50, 0x10D65, 0x20), (0x16EA0, 0x16EB8, 0x1B))
_PAIRS = (
    (0x1C89, 0x1C8A), (0xA7CB, 0x264), (0xA7CC, 0xA7CD), (0xA7CE, 0xA7CF), (0xA7D2, 0xA7D3), (0xA7D4, 0xA7D5),
    (0xA7DA, 0xA7DB), (0xA7DC, 0x19B),
)  # fmt: skip
"""Letters of Unicode 15 to 17: (capital, small), and (first capital, last capital, distance to the small letter)."""

_LOWER = {chr(upper): chr(lower) for upper, lower in _PAIRS} | {
    chr(upper): chr(upper + distance) for first, last, distance in _RANGES for upper in range(first, last + 1)
}
_UPPER = {lower: upper for upper, lower in _LOWER.items()}
_LATER = re.compile(f"[{''.join(_LOWER)}{''.join(_UPPER)}]")


def lower_case(text: str) -> str:
    """*text* in small letters."""
    lowered = text.lower()
    return lowered if lowered.isascii() else _LATER.sub(lambda found: _LOWER.get(found.group(), found.group()), lowered)


def upper_case(text: str) -> str:
    """*text* in capitals."""
    raised = text.upper()
    return raised if raised.isascii() else _LATER.sub(lambda found: _UPPER.get(found.group(), found.group()), raised)
