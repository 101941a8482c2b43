"""Character classes under the `v` flag: nested, with `&&` and `--`, and with strings (ECMA-262 2024 §22.2.1).

Without regard to case, sets hold everything equal to a member from the start, so that their algebra is that of letters.
"""

from __future__ import annotations

from dataclasses import dataclass

from dsl.library.regexp_escapes import Cursor, character_escape, class_escape
from dsl.library.regexp_sets import NOTHING, CharSet, canonical_text, char_set, closed_over_case
from dsl.library.regexp_syntax import Char, Chars, Choice, Node, Sequence

DEEPEST = 100
"""Classes within one another."""
_SYNTAX = frozenset("()[]{}/-\\|")
_DOUBLE = frozenset(sign * 2 for sign in "&!#$%*+,.:;<=>?@^`~")
_PUNCTUATION = frozenset("&-!#%,:;<=>@`~")


@dataclass(frozen=True, slots=True)
class Operand:
    """Characters and strings of a class, or a part of one.

    strings: of code points, none of length one.  may_hold_strings: as it is written, whatever is left of them; code:
    of a single character, which may begin or end a range.
    """

    chars: CharSet
    strings: frozenset[str] = frozenset()
    may_hold_strings: bool = False
    code: int | None = None

    def union(self, other: Operand) -> Operand:
        """What is in either."""
        may = self.may_hold_strings or other.may_hold_strings
        return Operand(self.chars | other.chars, self.strings | other.strings, may)

    def intersection(self, other: Operand) -> Operand:
        """What is in both."""
        both = (self.chars.inverted() | other.chars.inverted()).inverted()
        return Operand(both, self.strings & other.strings, self.may_hold_strings and other.may_hold_strings)

    def without(self, other: Operand) -> Operand:
        """What is in this one only."""
        return Operand(self.chars.without(other.chars), self.strings - other.strings, self.may_hold_strings)


EMPTY = Operand(NOTHING)


def class_of_sets(cursor: Cursor) -> Node:
    """Step over a class behind its opening bracket; its longest strings are tried first."""
    held = _Reader(cursor).nested(0)
    if not held.strings:
        return Chars(held.chars)
    longest_first = sorted(held.strings, key=lambda text: (-len(text), text))
    options: list[Node] = [Sequence(tuple(Char(ord(char)) for char in text)) for text in longest_first]
    options.insert(len(options) - ("" in held.strings), Chars(held.chars))
    return Choice(tuple(options))


class _Reader:
    """Reads one class."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.fold = cursor.flags.ignore_case

    def nested(self, depth: int) -> Operand:
        """The rest of a class, its closing bracket included."""
        cursor = self.cursor
        if depth > DEEPEST:
            raise cursor.error("Character classes nested too deeply")
        negated = cursor.take("^")
        held = EMPTY if cursor.take("]") else self._contents(depth)
        if not negated:
            return Operand(held.chars, held.strings, held.may_hold_strings)
        if held.may_hold_strings:
            raise cursor.error("Negated character class may contain strings")
        return Operand(held.chars.inverted())

    def _contents(self, depth: int) -> Operand:
        cursor = self.cursor
        held = self._operand(depth)
        if cursor.peek() + cursor.peek(1) in ("&&", "--"):
            return self._operations(held, depth, sign=cursor.peek() * 2)
        held = self._ranged(held)
        while not cursor.take("]"):
            if cursor.peek() + cursor.peek(1) in ("&&", "--"):
                raise cursor.error("Invalid set operation in character class")
            held = held.union(self._ranged(self._operand(depth)))
        return held

    def _operations(self, held: Operand, depth: int, *, sign: str) -> Operand:
        """`a&&b&&c` or `a--b--c`."""
        cursor = self.cursor
        while cursor.take(sign):
            if sign == "&&" and cursor.peek() == "&":
                raise cursor.error("Invalid character in character class")
            operand = self._operand(depth)
            held = held.intersection(operand) if sign == "&&" else held.without(operand)
        if not cursor.take("]"):
            raise cursor.error("Invalid set operation in character class")
        return held

    def _ranged(self, low: Operand) -> Operand:
        """*low*, or the range that it begins."""
        cursor = self.cursor
        if cursor.peek() != "-" or cursor.peek(1) == "-":
            return low
        cursor.at += 1
        high = self._operand(DEEPEST)
        if low.code is None or high.code is None:
            raise cursor.error("Invalid character class")
        if low.code > high.code:
            raise cursor.error("Range out of order in character class")
        return Operand(self._closed(char_set([(low.code, high.code)])))

    def _operand(self, depth: int) -> Operand:
        cursor = self.cursor
        if not cursor.peek():
            raise cursor.error("Unterminated character class")
        if cursor.take("["):
            return self.nested(depth + 1)
        if cursor.take("\\q{"):
            return self._strings()
        at = cursor.at
        if cursor.take("\\"):
            chars = class_escape(cursor)
            if chars is not None:
                return Operand(self._closed(chars))
            cursor.at = at
        code = self._character()
        return Operand(self._closed(char_set([(code, code)])), code=code)

    def _character(self) -> int:
        cursor = self.cursor
        if cursor.take("\\"):
            if cursor.take("b"):
                return 8
            return cursor.unit() if cursor.peek() in _PUNCTUATION else character_escape(cursor, in_class=True)
        if not cursor.peek() or cursor.peek() in _SYNTAX or cursor.peek() + cursor.peek(1) in _DOUBLE:
            raise cursor.error("Invalid character in character class")
        return cursor.code_point()

    def _strings(self) -> Operand:
        """The rest of `\\q{abc|d|}`; those of one character are characters."""
        texts = [""]
        while not self.cursor.take("}"):
            if self.cursor.take("|"):
                texts.append("")
            else:
                texts[-1] += chr(self._character())
        singles = char_set([(ord(text), ord(text)) for text in texts if len(text) == 1])
        longer = [canonical_text(text, True) if self.fold else text for text in texts if len(text) != 1]
        return Operand(self._closed(singles), frozenset(longer), bool(longer))

    def _closed(self, chars: CharSet) -> CharSet:
        return closed_over_case(chars, unicode=True) if self.fold else chars
