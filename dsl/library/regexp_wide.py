"""Wide character classes: sets of so many ranges that Python's `re` would take milliseconds to compile them.

They offer what the matcher uses of a compiled `re.Pattern`, character by character, so that they cost more to apply
and nothing to make.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from dsl.library.regexp_sets import CharSet, compiled

MANY = 48
"""A set of more ranges than this is wide."""
REMEMBERED = 2048
"""Of so many characters a wide class remembers whether they are in it."""


class Found(Protocol):
    """Where something matched."""

    def start(self) -> int: ...

    def end(self) -> int: ...


class Scanner(Protocol):
    """A class of characters, once or repeated, as the matcher applies it: a `re.Pattern` or a WideScanner."""

    def match(self, string: str, pos: int = ..., endpos: int = ..., /) -> Found | None: ...

    def search(self, string: str, pos: int = ..., endpos: int = ..., /) -> Found | None: ...


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text."""

    first: int
    last: int

    def start(self) -> int:
        return self.first

    def end(self) -> int:
        return self.last


@dataclass(frozen=True, slots=True, eq=False)
class WideClass:
    """A set of characters that remembers what it was asked."""

    chars: CharSet
    known: dict[str, bool] = field(default_factory=dict)

    def has(self, char: str) -> bool:
        """Whether *char* is in the set."""
        known = self.known.get(char)
        if known is None:
            known = ord(char) in self.chars
            if len(self.known) < REMEMBERED:
                self.known[char] = known
        return known


@dataclass(frozen=True, slots=True, eq=False)
class WideScanner:
    """From *least* to *most* characters of a wide class, as many as there are."""

    of: WideClass
    least: int
    most: int

    def match(self, string: str, pos: int = 0, endpos: int = 2**62, /) -> Span | None:
        """The stretch that begins at *pos*, or None."""
        limit = min(len(string), endpos, pos + self.most)
        at = pos
        has = self.of.has
        while at < limit and has(string[at]):
            at += 1
        return Span(pos, at) if at - pos >= self.least else None

    def search(self, string: str, pos: int = 0, endpos: int = 2**62, /) -> Span | None:
        """The next character of the class, as a stretch of one."""
        has = self.of.has
        for at in range(pos, min(len(string), endpos)):
            if has(string[at]):
                return Span(at, at + 1)
        return None


def is_wide(chars: CharSet) -> bool:
    """Whether the set has too many ranges for `re`."""
    return len(chars.ranges) > MANY


@lru_cache(maxsize=128)
def _wide_class(chars: CharSet) -> WideClass:
    return WideClass(chars)


def scanner(chars: CharSet, least: int = 1, most: int = 1) -> Scanner:
    """What matches from *least* to *most* characters of the set."""
    if is_wide(chars):
        return WideScanner(_wide_class(chars), least, most)
    text = chars.class_text()
    return compiled(text if least == 1 == most else f"{text}{{{least},{most}}}")
