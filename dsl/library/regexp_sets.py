"""Sets of characters for regular expressions: ranges, their algebra, and equality without regard to case.

Knows nothing of patterns or matching.  A character is a number: a UTF-16 code unit, or a code point under the `u` flag.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from dsl.library.letter_case import CASED_BLOCKS, lower_case, upper_case

MAX_CODE = 0x10FFFF
SMALL = 512
"""Sets (or complements) up to this size are looked up in a frozenset, larger ones by a compiled class."""

CASED_UNITS = sum(first < 0x10000 for first, _ in CASED_BLOCKS)
"""So many of the blocks hold single code units."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CharSet:
    """Characters as sorted, disjoint, closed ranges that do not touch."""

    ranges: tuple[Range, ...]

    def __contains__(self, code: int) -> bool:
        at = bisect_right(self.ranges, (code, MAX_CODE)) - 1
        return at >= 0 and code <= self.ranges[at][1]

    def __or__(self, other: CharSet) -> CharSet:
        return char_set([*self.ranges, *other.ranges])

    def inverted(self) -> CharSet:
        """Every character that is not in this set."""
        gaps: list[Range] = []
        start = 0
        for low, high in self.ranges:
            if low > start:
                gaps.append((start, low - 1))
            start = high + 1
        if start <= MAX_CODE:
            gaps.append((start, MAX_CODE))
        return CharSet(tuple(gaps))

    def without(self, other: CharSet) -> CharSet:
        """The members that are not in *other*."""
        return (self.inverted() | other).inverted()

    def differing(self, other: CharSet) -> CharSet:
        """What is in one of the two sets, but not in both."""
        return self.without(other) | other.without(self)

    def size(self) -> int:
        """How many characters are in the set."""
        return sum(high - low + 1 for low, high in self.ranges)

    def members(self) -> frozenset[str]:
        """All members as one-character strings; only for small sets."""
        return frozenset(chr(code) for low, high in self.ranges for code in range(low, high + 1))

    def class_text(self) -> str:
        """The set as a character class of Python's `re`."""
        if not self.ranges:
            return r"[^\x00-\U0010ffff]"
        return "[" + "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in self.ranges) + "]"


def char_set(ranges: list[Range]) -> CharSet:
    """The set that covers *ranges*, given in any order and overlapping."""
    merged: list[Range] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            if high > merged[-1][1]:
                merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    return CharSet(tuple(merged))


def of_chars(chars: str) -> CharSet:
    """The set of the characters of *chars*."""
    return char_set([(ord(char), ord(char)) for char in chars])


EVERYTHING = CharSet(((0, MAX_CODE),))
NOTHING = CharSet(())
DIGITS = char_set([(0x30, 0x39)])
WORD = char_set([(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)])
LINE_ENDS = of_chars("\n\r\u2028\u2029")
WHITE_SPACE = of_chars("\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff") | char_set([(0x2000, 0x200A)])
WORD_FOLDED = WORD | of_chars("\u017f\u212a")
"""What `\\w` means under both `i` and `u`: the long s and the Kelvin sign fold to letters (ECMA-262 §22.2.2.7.3)."""


@lru_cache(maxsize=256)
def compiled(class_text: str) -> re.Pattern[str]:
    """The compiled form of one class, or of one class repeated: always linear, never a capture."""
    return re.compile(class_text)


def canonical(char: str, unicode: bool) -> str:
    """The representative of *char* when case is ignored (ECMA-262 §22.2.2.7.3 Canonicalize)."""
    if unicode:
        return simple_fold(char)
    upper = upper_case(char)
    if len(upper) != 1 or (ord(char) >= 128 > ord(upper)):
        return char
    return upper


def simple_fold(char: str) -> str:
    """Unicode's simple case folding of one character (kinds C and S of CaseFolding.txt)."""
    if char in _LATER_FOLDS:
        return _LATER_FOLDS[char]
    folded = char.casefold()
    if len(folded) == 1 and folded != char:
        return folded
    lower = lower_case(char)
    return lower if len(lower) == 1 else char


_LATER_FOLDS = {"\u1fd3": "\u0390", "\u1fe3": "\u03b0", "\ufb05": "\ufb06"}
"""Pairs of one letter with two code points, which Unicode folds since version 15.1."""


def canonical_text(text: str, unicode: bool) -> str:
    """*text* with every character replaced by its representative; the length stays."""
    return "".join([canonical(char, unicode) for char in text])


@dataclass(frozen=True, slots=True)
class _Equivalents:
    """The characters that have others equal to them but for case: sorted, and all those equal to each, itself too."""

    codes: tuple[int, ...]
    groups: dict[int, tuple[int, ...]]

    def within(self, chars: CharSet) -> set[int]:
        """Those that are in *chars*."""
        found: set[int] = set()
        for low, high in chars.ranges:
            found.update(self.codes[bisect_left(self.codes, low) : bisect_right(self.codes, high)])
        return found


@lru_cache(maxsize=2)
def _equivalents(unicode: bool) -> _Equivalents:
    groups: dict[str, list[int]] = {}
    for first, last in CASED_BLOCKS if unicode else CASED_BLOCKS[:CASED_UNITS]:
        for code in range(first, last + 1):
            representative = canonical(chr(code), unicode)
            if representative != chr(code):
                groups.setdefault(representative, [ord(representative)]).append(code)
    by_code = {code: tuple(group) for group in groups.values() for code in group}
    return _Equivalents(tuple(sorted(by_code)), by_code)


@lru_cache(maxsize=512)
def closed_over_case(chars: CharSet, unicode: bool) -> CharSet:
    """*chars* and everything that differs from a member only by case."""
    if chars.ranges and chars.ranges[-1][1] < 128:
        return _ascii_closed(chars, unicode)
    table = _equivalents(unicode)
    cased = table.within(chars)
    equal = set().union(*[table.groups[code] for code in cased])
    return char_set([*chars.ranges, *((code, code) for code in equal - cased)])


def _ascii_closed(chars: CharSet, unicode: bool) -> CharSet:
    extra = [ord(char.swapcase()) for char in chars.members() if char.isalpha()]
    if unicode:
        extra += [0x17F for _ in (1,) if 0x73 in chars or 0x53 in chars]
        extra += [0x212A for _ in (1,) if 0x6B in chars or 0x4B in chars]
    return char_set([*chars.ranges, *((code, code) for code in extra)])
