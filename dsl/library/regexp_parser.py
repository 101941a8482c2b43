"""Text of a regular expression -> tree (ECMA-262 §22.2.1 with Annex B §B.1.2 where the `u` flag is absent).

Keeps its own stack of open groups, so that no pattern, however deep, can exhaust Python's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from dsl.library.regexp_classes import class_of_sets
from dsl.library.regexp_escapes import Cursor, character_escape, class_escape, group_name
from dsl.library.regexp_groups import groups_of
from dsl.library.regexp_sets import LINE_ENDS, NOTHING, CharSet, Range, char_set
from dsl.library.regexp_syntax import (
    UNBOUNDED,
    Assertion,
    BackReference,
    Capture,
    Char,
    Chars,
    Choice,
    Flags,
    Look,
    Node,
    Pattern,
    PatternError,
    Repeat,
    Sequence,
    parse_flags,
)

GroupKind = Literal["whole", "plain", "capture", "ahead", "not-ahead", "behind", "not-behind"]
OPENERS: tuple[tuple[str, GroupKind], ...] = (
    ("?:", "plain"), ("?=", "ahead"), ("?!", "not-ahead"), ("?<=", "behind"), ("?<!", "not-behind"),
)  # fmt: skip


def parse_pattern(source: str, flags: str) -> tuple[Pattern, Flags]:
    """Read a pattern (UTF-16 code units) and its flags.  Raises PatternError."""
    read_flags = parse_flags(flags)
    return _Parser(source, read_flags).pattern(), read_flags


@dataclass(slots=True)
class _Group:
    """A group that is still open."""

    kind: GroupKind
    index: int = 0
    first_group: int = 1
    options: list[Node] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)

    def close_option(self) -> None:
        self.options.append(self.items[0] if len(self.items) == 1 else Sequence(tuple(self.items)))
        self.items = []

    def body(self) -> Node:
        self.close_option()
        return self.options[0] if len(self.options) == 1 else Choice(tuple(self.options))


class _Parser:
    """One pass over one pattern."""

    def __init__(self, source: str, flags: Flags) -> None:
        self.flags = flags
        self.cursor = Cursor(source, flags)
        self.cursor.group_count, self.cursor.names = groups_of(source, flags)
        self.open = [_Group("whole")]
        self.next_group = 1

    def pattern(self) -> Pattern:
        """The tree of the whole pattern."""
        while self.cursor.peek():
            self._term()
        if len(self.open) > 1:
            raise self.cursor.error("Unterminated group")
        return Pattern(self.open[0].body(), self.cursor.group_count, tuple(self.cursor.names.items()))

    def _term(self) -> None:
        cursor = self.cursor
        match cursor.peek():
            case "|":
                cursor.at += 1
                self.open[-1].close_option()
            case "(":
                cursor.at += 1
                self._open_group()
            case ")":
                cursor.at += 1
                self._close_group()
            case "^" | "$" as sign:
                cursor.at += 1
                self.open[-1].items.append(Assertion("start" if sign == "^" else "end"))
            case "\\":
                cursor.at += 1
                self._escape()
            case "[":
                cursor.at += 1
                self._quantified(self._class(), self.next_group)
            case ".":
                cursor.at += 1
                self._quantified(Chars(NOTHING if self.flags.dot_all else LINE_ENDS, negated=True), self.next_group)
            case "*" | "+" | "?":
                raise cursor.error("Nothing to repeat")
            case "{" | "}" | "]":
                self._bracket()
            case _:
                self._quantified(Char(cursor.character()), self.next_group)

    def _bracket(self) -> None:
        """A closing or curly bracket on its own: an ordinary character, but only without the `u` flag."""
        if self.flags.by_points:
            raise self.cursor.error("Lone quantifier brackets")
        if self.cursor.peek() == "{" and self._braces() is not None:
            raise self.cursor.error("Nothing to repeat")
        self._quantified(Char(self.cursor.unit()), self.next_group)

    def _open_group(self) -> None:
        cursor = self.cursor
        kind: GroupKind = "capture"
        if cursor.peek() == "?":
            kind = next((kind for text, kind in OPENERS if cursor.take(text)), "capture")
            if kind == "capture":
                if not cursor.take("?<"):
                    raise cursor.error("Invalid group")
                group_name(cursor)
        group = _Group(kind, first_group=self.next_group)
        if kind == "capture":
            group.index = self.next_group
            self.next_group += 1
        self.open.append(group)

    def _close_group(self) -> None:
        if len(self.open) == 1:
            raise self.cursor.error("Unmatched ')'")
        group = self.open.pop()
        body = group.body()
        match group.kind:
            case "capture":
                self._quantified(Capture(group.index, body), group.first_group)
            case "plain" | "whole":
                self._quantified(body, group.first_group)
            case "ahead" | "not-ahead":
                look = Look(body, behind=False, negated=group.kind == "not-ahead")
                if self.flags.by_points:
                    self.open[-1].items.append(look)
                else:
                    self._quantified(look, group.first_group)
            case "behind" | "not-behind":
                self.open[-1].items.append(Look(body, behind=True, negated=group.kind == "not-behind"))

    def _quantified(self, node: Node, first_group: int) -> None:
        """Add *node*, repeated as the quantifier after it says, if there is one."""
        cursor = self.cursor
        bounds = self._quantifier()
        if bounds is not None:
            least, most = bounds
            if least > most:
                raise cursor.error("numbers out of order in {} quantifier")
            greedy = not cursor.take("?")
            node = Repeat(node, least, most, greedy=greedy, first_group=first_group, end_group=self.next_group)
        self.open[-1].items.append(node)

    def _quantifier(self) -> tuple[int, float] | None:
        cursor = self.cursor
        sign = cursor.peek()
        if sign == "{":
            bounds = self._braces()
            if bounds is None and self.flags.by_points:
                raise cursor.error("Incomplete quantifier")
            return bounds
        simple: dict[str, tuple[int, float]] = {"*": (0, UNBOUNDED), "+": (1, UNBOUNDED), "?": (0, 1)}
        if sign in simple:
            cursor.at += 1
            return simple[sign]
        return None

    def _braces(self) -> tuple[int, float] | None:
        """Step over `{n}`, `{n,}` or `{n,m}`; stay and answer None if it is not one."""
        cursor = self.cursor
        start = cursor.at
        cursor.at += 1
        least = cursor.digits()
        most = least
        if least and cursor.take(","):
            most = cursor.digits()
        if not least or not cursor.take("}"):
            cursor.at = start
            return None
        return _count(least), _count(most) if most else UNBOUNDED

    def _escape(self) -> None:
        cursor = self.cursor
        letter = cursor.peek()
        if letter == "b" or letter == "B":
            cursor.at += 1
            self.open[-1].items.append(Assertion("word-boundary" if letter == "b" else "no-word-boundary"))
            return
        node = self._back_reference()
        if node is None:
            chars = class_escape(cursor)
            node = Chars(chars) if chars is not None else Char(character_escape(cursor, in_class=False))
        self._quantified(node, self.next_group)

    def _back_reference(self) -> Node | None:
        cursor = self.cursor
        if cursor.peek() == "k" and (cursor.names or self.flags.by_points):
            cursor.at += 1
            name = group_name(cursor) if cursor.take("<") else ""
            if name not in cursor.names:
                raise cursor.error("Invalid named capture referenced" if name else "Invalid named reference")
            return BackReference(cursor.names[name])
        if cursor.peek() and cursor.peek() in "123456789":
            start = cursor.at
            index = _count(cursor.digits())
            if index <= cursor.group_count:
                return BackReference((index,))
            cursor.at = start
        return None

    def _class(self) -> Node:
        return class_of_sets(self.cursor) if self.flags.unicode_sets else self._character_class()

    def _character_class(self) -> Node:
        cursor = self.cursor
        negated = cursor.take("^")
        ranges: list[Range] = []
        while not cursor.take("]"):
            low = self._class_atom()
            if cursor.peek() == "-" and cursor.peek(1) not in ("]", ""):
                cursor.at += 1
                self._add_range(ranges, low, self._class_atom())
            else:
                ranges += _as_ranges(low)
        return Chars(char_set(ranges), negated)

    def _add_range(self, ranges: list[Range], low: CharSet | int, high: CharSet | int) -> None:
        if isinstance(low, int) and isinstance(high, int):
            if low > high:
                raise self.cursor.error("Range out of order in character class")
            ranges.append((low, high))
            return
        if self.flags.by_points:
            raise self.cursor.error("Invalid character class")
        ranges += [*_as_ranges(low), (0x2D, 0x2D), *_as_ranges(high)]

    def _class_atom(self) -> CharSet | int:
        cursor = self.cursor
        if not cursor.peek():
            raise cursor.error("Unterminated character class")
        if not cursor.take("\\"):
            return cursor.character()
        if cursor.take("b"):
            return 8
        chars = class_escape(cursor)
        return chars if chars is not None else character_escape(cursor, in_class=True)


def _as_ranges(part: CharSet | int) -> list[Range]:
    return [(part, part)] if isinstance(part, int) else list(part.ranges)


def _count(digits: str) -> int:
    """The number in *digits*; beyond any text's length all numbers are alike."""
    return int(digits) if len(digits.lstrip("0")) < 16 else 10**16


__all__ = ["PatternError", "parse_pattern"]
