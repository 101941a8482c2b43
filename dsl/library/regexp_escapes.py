"""Reads what stands after a backslash in a pattern, and group names (ECMA-262 §22.2.1, Annex B §B.1.2).

Works on a cursor over the pattern; knows nothing of groups' nesting or of matching.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dsl.library.regexp_properties import property_set
from dsl.library.regexp_sets import DIGITS, WHITE_SPACE, WORD, WORD_FOLDED, CharSet, closed_over_case
from dsl.library.regexp_syntax import Flags, PatternError
from dsl.name_characters import begins_name, continues_name
from dsl.units import units

CONTROLS = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13}
SYNTAX_CHARACTERS = frozenset("^$\\.*+?()[]{}|/")
HEX = frozenset("0123456789abcdefABCDEF")


@dataclass(slots=True)
class Cursor:
    """A place in a pattern (UTF-16 code units) and what is known of the whole of it."""

    source: str
    flags: Flags
    group_count: int = 0
    names: dict[str, tuple[int, ...]] = field(default_factory=dict)
    at: int = 0

    def peek(self, ahead: int = 0) -> str:
        """The code unit *ahead* of the place, or an empty string behind the end."""
        index = self.at + ahead
        return self.source[index] if index < len(self.source) else ""

    def take(self, expected: str) -> bool:
        """Step over *expected* if it stands here."""
        if self.source.startswith(expected, self.at):
            self.at += len(expected)
            return True
        return False

    def character(self) -> int:
        """Step over one character: a code unit, or a code point under the `u` flag."""
        return self.code_point() if self.flags.by_points else self.unit()

    def unit(self) -> int:
        """Step over one code unit."""
        unit = ord(self.source[self.at])
        self.at += 1
        return unit

    def code_point(self) -> int:
        """Step over one code point; a surrogate without its other half is one by itself."""
        lead = self.unit()
        if 0xD800 <= lead < 0xDC00 and self.peek() and 0xDC00 <= ord(self.peek()) < 0xE000:
            return 0x10000 + ((lead - 0xD800) << 10) + self.unit() - 0xDC00
        return lead

    def digits(self) -> str:
        """Step over decimal digits, perhaps none."""
        start = self.at
        while self.peek() and self.peek() in "0123456789":
            self.at += 1
        return self.source[start : self.at]

    def hex(self, count: int) -> int | None:
        """Step over exactly *count* hexadecimal digits, or stay and answer None."""
        text = self.source[self.at : self.at + count]
        if len(text) < count or not HEX.issuperset(text):
            return None
        self.at += count
        return int(text, 16)

    def error(self, message: str) -> PatternError:
        """What is wrong here, to be raised."""
        return PatternError(f"Invalid regular expression: /{shortened(self.source)}/: {message}", self.at)


def shortened(source: str) -> str:
    """*source* as an error message can show it."""
    return source if len(source) <= 200 else source[:200] + "..."


def class_escape(cursor: Cursor) -> CharSet | None:
    """Step over the letter of `\\d \\D \\s \\S \\w \\W \\p{..} \\P{..}` and give its set; None if it is another."""
    letter = cursor.peek()
    flags = cursor.flags
    if letter and letter in "pP" and flags.by_points:
        cursor.at += 1
        chars = _property(cursor)
        if letter == "p":
            return chars
        closed = flags.unicode_sets and flags.ignore_case
        return (closed_over_case(chars, unicode=True) if closed else chars).inverted()
    word = WORD_FOLDED if flags.by_points and flags.ignore_case else WORD
    plain = {"d": DIGITS, "s": WHITE_SPACE, "w": word}.get(letter.lower())
    if plain is None:
        return None
    cursor.at += 1
    return plain.inverted() if letter.isupper() else plain


def _property(cursor: Cursor) -> CharSet:
    end = cursor.source.find("}", cursor.at)
    if cursor.peek() != "{" or end < 0:
        raise cursor.error("Invalid property name")
    chars = property_set(cursor.source[cursor.at + 1 : end])
    if chars is None:
        raise cursor.error("Invalid property name")
    cursor.at = end + 1
    return chars


def character_escape(cursor: Cursor, in_class: bool) -> int:
    """Step over what follows a backslash and stands for one character."""
    letter = cursor.peek()
    if not letter:
        raise cursor.error("\\ at end of pattern")
    if letter in CONTROLS:
        cursor.at += 1
        return CONTROLS[letter]
    if letter == "c":
        return _control(cursor, in_class)
    if letter in "xu":
        return _hexadecimal(cursor)
    if letter in "0123456789":
        return _octal(cursor)
    return _identity(cursor, in_class)


def _control(cursor: Cursor, in_class: bool) -> int:
    letter = cursor.peek(1)
    if letter.isascii() and letter.isalpha():
        cursor.at += 2
        return ord(letter) % 32
    if cursor.flags.by_points:
        raise cursor.error("Invalid unicode escape")
    if in_class and letter and letter in "0123456789_":
        cursor.at += 2
        return ord(letter) % 32
    return ord("\\")


def _hexadecimal(cursor: Cursor) -> int:
    letter = cursor.peek()
    cursor.at += 1
    code = cursor.hex(2) if letter == "x" else unicode_escape(cursor, cursor.flags.by_points)
    if code is not None:
        return code
    if cursor.flags.by_points:
        raise cursor.error("Invalid Unicode escape" if letter == "u" else "Invalid escape")
    return ord(letter)


def unicode_escape(cursor: Cursor, whole_points: bool) -> int | None:
    """Step over what follows `\\u`; with *whole_points* also `{...}` and a pair of escapes for one code point."""
    if whole_points and cursor.peek() == "{":
        end = cursor.source.find("}", cursor.at)
        text = cursor.source[cursor.at + 1 : end] if end > 0 else ""
        if not text or not HEX.issuperset(text) or int(text, 16) > 0x10FFFF:
            raise cursor.error("Invalid Unicode escape")
        cursor.at = end + 1
        return int(text, 16)
    lead = cursor.hex(4)
    if whole_points and lead is not None and 0xD800 <= lead < 0xDC00:
        start = cursor.at
        trail = cursor.hex(4) if cursor.take("\\u") else None
        if trail is not None and 0xDC00 <= trail < 0xE000:
            return 0x10000 + ((lead - 0xD800) << 10) + trail - 0xDC00
        cursor.at = start
    return lead


def _octal(cursor: Cursor) -> int:
    if cursor.flags.by_points:
        if cursor.peek() == "0" and not cursor.peek(1).isdigit():
            cursor.at += 1
            return 0
        raise cursor.error("Invalid decimal escape")
    if cursor.peek() in "89":
        return cursor.unit()
    value = 0
    for _ in range(3):
        digit = cursor.peek()
        if not digit or digit not in "01234567" or value * 8 + int(digit) > 0o377:
            break
        value = value * 8 + int(digit)
        cursor.at += 1
    return value


def _identity(cursor: Cursor, in_class: bool) -> int:
    letter = cursor.peek()
    if cursor.flags.by_points and letter not in SYNTAX_CHARACTERS and not (in_class and letter == "-"):
        raise cursor.error("Invalid escape")
    if letter == "k" and cursor.names:
        raise cursor.error("Invalid named reference")
    return cursor.character()


def group_name(cursor: Cursor) -> str:
    """Step over `name>` and give the name in UTF-16 code units."""
    name: list[str] = []
    while not cursor.take(">"):
        if not cursor.peek():
            raise cursor.error("Invalid capture group name")
        code: int | None
        if cursor.take("\\"):
            code = unicode_escape(cursor, whole_points=True) if cursor.take("u") else None
        else:
            code = cursor.code_point()
        if code is None or not (continues_name if name else begins_name)(chr(code)):
            raise cursor.error("Invalid capture group name")
        name.append(chr(code))
    if not name:
        raise cursor.error("Invalid capture group name")
    return units("".join(name))
