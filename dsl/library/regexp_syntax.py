"""A regular expression as a tree (ECMA-262 §22.2.1).  Shapes only: the parser builds, the compiler reads."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from dsl.library.regexp_sets import CharSet

LETTERS = "dgimsuvy"


class PatternError(Exception):
    """A pattern or its flags are not valid; `message` says what, `at` where (index into the pattern)."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


@dataclass(frozen=True, slots=True, eq=False)
class Flags:
    """The flags of one regular expression, each by its name in the standard."""

    has_indices: bool = False
    global_: bool = False
    ignore_case: bool = False
    multiline: bool = False
    dot_all: bool = False
    unicode: bool = False
    unicode_sets: bool = False
    sticky: bool = False

    @property
    def by_points(self) -> bool:
        """Whether pattern and text are read by code points: under `u` and under `v`."""
        return self.unicode or self.unicode_sets

    def text(self) -> str:
        """The flags in the order of the `flags` property."""
        present = (
            self.has_indices, self.global_, self.ignore_case, self.multiline, self.dot_all, self.unicode,
            self.unicode_sets, self.sticky,
        )  # fmt: skip
        return "".join(letter for letter, is_set in zip(LETTERS, present, strict=True) if is_set)


def parse_flags(text: str) -> Flags:
    """Read the letters after the closing slash.  Raises PatternError for an unknown or repeated one, or u with v."""
    if len(set(text)) != len(text) or not set(text) <= set(LETTERS) or set(text) >= {"u", "v"}:
        raise PatternError(f"Invalid regular expression flags '{text}'")
    return Flags(
        has_indices="d" in text, global_="g" in text, ignore_case="i" in text, multiline="m" in text,
        dot_all="s" in text, unicode="u" in text, unicode_sets="v" in text, sticky="y" in text,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Char:
    """One character, to be matched with regard to the `i` flag."""

    code: int


@dataclass(frozen=True, slots=True, eq=False)
class Chars:
    """One character out of a set: a class, an escape like `\\d`, or the dot."""

    chars: CharSet
    negated: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """Terms one after the other; none at all is the empty pattern."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Alternatives, tried from left to right."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Capture:
    """A capturing group; `index` counts opening parentheses from 1."""

    index: int
    body: Node


@dataclass(frozen=True, slots=True, eq=False)
class BackReference:
    """The text of an earlier (or later) group again: of that one of several of one name that took part."""

    indices: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Assertion:
    """A place rather than a character."""

    kind: Literal["start", "end", "word-boundary", "no-word-boundary"]


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What must, or must not, follow or come before."""

    body: Node
    behind: bool
    negated: bool


@dataclass(frozen=True, slots=True, eq=False)
class Repeat:
    """A quantified term; the groups `first_group` up to, not including, `end_group` are inside it."""

    body: Node
    least: int
    most: float
    greedy: bool
    first_group: int
    end_group: int


Node = Char | Chars | Sequence | Choice | Capture | BackReference | Assertion | Look | Repeat
UNBOUNDED = math.inf


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A whole parsed pattern: its tree, the number of groups, and the names, each with the indices of its groups."""

    root: Node
    group_count: int
    names: tuple[tuple[str, tuple[int, ...]], ...]
