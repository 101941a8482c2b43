"""The capturing groups of a pattern, counted and named before the parser needs to know them (ECMA-262 §22.2.1)."""

from __future__ import annotations

from dsl.library.regexp_escapes import Cursor, group_name
from dsl.library.regexp_syntax import Flags

Place = dict[int, int]
"""Where a group stands: for each bracket around it, by its number, in which alternative."""


def groups_of(source: str, flags: Flags) -> tuple[int, dict[str, tuple[int, ...]]]:
    """How many groups there are, and the indices of those of each name.

    Groups may share a name if they stand in different alternatives, so that only one of them takes part (ES2025).
    """
    scan = _Scan(source, flags)
    while scan.cursor.peek():
        scan.step()
    return scan.count, {name: tuple(index for index, _ in found) for name, found in scan.names.items()}


class _Scan:
    """One pass over the brackets of a pattern."""

    def __init__(self, source: str, flags: Flags) -> None:
        self.cursor = Cursor(source, flags)
        self.nested_classes = flags.unicode_sets
        self.count = 0
        self.names: dict[str, list[tuple[int, Place]]] = {}
        self.class_depth = 0
        self.brackets = 0
        self.open = [0]
        self.alternative = {0: 0}

    def step(self) -> None:
        """Look at one character, or an escaped one, or the beginning of a group."""
        cursor = self.cursor
        letter = cursor.peek()
        cursor.at += 2 if letter == "\\" else 1
        if letter == "[":
            self.class_depth = self.class_depth + 1 if self.nested_classes else 1
        elif letter == "]":
            self.class_depth = max(self.class_depth - 1, 0)
        elif self.class_depth:
            return
        elif letter == "|":
            self.alternative[self.open[-1]] += 1
        elif letter == ")" and len(self.open) > 1:
            self.open.pop()
        elif letter == "(":
            self._group()

    def _group(self) -> None:
        cursor = self.cursor
        if cursor.peek() != "?":
            self.count += 1
        elif cursor.peek(1) == "<" and cursor.peek(2) not in ("=", "!", ""):
            cursor.at += 2
            self.count += 1
            self._name(group_name(cursor))
        self.brackets += 1
        self.open.append(self.brackets)
        self.alternative[self.brackets] = 0

    def _name(self, name: str) -> None:
        place = {bracket: self.alternative[bracket] for bracket in self.open}
        others = self.names.setdefault(name, [])
        if any(_may_both_take_part(place, other) for _, other in others):
            raise self.cursor.error("Duplicate capture group name")
        others.append((self.count, place))


def _may_both_take_part(one: Place, other: Place) -> bool:
    """Whether no alternative tells the two apart."""
    return all(one.get(bracket, number) == number for bracket, number in other.items())
