"""JSON text -> script values (ECMA-262 §25.5.1), with an own stack: depth of nesting cannot exhaust Python's.

Duplicate keys: the last one wins, at the place of the first.  `__proto__` is a key like any other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from dsl.operators import whole
from dsl.values import (
    ITEM_BYTES,
    NULL,
    OBJECT_BYTES,
    OBJECT_PROTO,
    PROPERTY_BYTES,
    STRING_BYTES,
    Arr,
    Obj,
    Value,
    throw_range_error,
    throw_syntax_error,
)

if TYPE_CHECKING:
    from dsl.run import Run

MAX_DEPTH = 5000
"""Deeper nesting is a RangeError, as where other engines run out of stack."""
_SPACE = re.compile("[ \t\n\r]*")
_NUMBER = re.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_PLAIN = re.compile('[^"\\\\\x00-\x1f]*')
_WORDS: dict[str, tuple[str, Value]] = {"t": ("true", True), "f": ("false", False), "n": ("null", NULL)}
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_HEX4 = re.compile("[0-9a-fA-F]{4}")


def parse_json(run: Run, text: str) -> Value:
    """The value that *text* (code units) writes; SyntaxError where it is not JSON.  Charges for all it builds."""
    run.charge_fuel(2 + (len(text) >> 1))
    return _Parser(run, text).document()


class _Parser:
    """One pass over one text."""

    def __init__(self, run: Run, text: str) -> None:
        self.run = run
        self.text = text
        self.at = 0
        self.open: list[Arr | Obj] = []
        self.keys: list[str] = []

    def document(self) -> Value:
        """The only value, with nothing behind it."""
        value = self._value()
        self._skip()
        if self.at < len(self.text):
            self._fail()
        return value

    def _value(self) -> Value:
        """Read one value with everything in it."""
        while True:
            value, complete = self._begin()
            while complete:
                if not self.open:
                    return value
                self._attach(value)
                value, complete = self._after_item()

    def _begin(self) -> tuple[Value, bool]:
        """Read a primitive or an empty container (complete), or open a container with something in it."""
        self._skip()
        char = self.text[self.at : self.at + 1]
        if char in ("[", "{"):
            return self._open(char)
        if char == '"':
            return self._string(), True
        if char in _WORDS:
            word, value = _WORDS[char]
            if not self.text.startswith(word, self.at):
                self._fail()
            self.at += len(word)
            return value, True
        return self._number(), True

    def _open(self, bracket: str) -> tuple[Value, bool]:
        self.run.charge_memory(OBJECT_BYTES)
        self.at += 1
        self._skip()
        container: Arr | Obj = Arr([]) if bracket == "[" else Obj(OBJECT_PROTO)
        if self._take("]" if bracket == "[" else "}"):
            return container, True
        if len(self.open) >= MAX_DEPTH:
            throw_range_error(self.run, f"JSON is nested deeper than {MAX_DEPTH}")
        self.open.append(container)
        if bracket == "{":
            self._key()
        return None, False

    def _attach(self, value: Value) -> None:
        container = self.open[-1]
        if isinstance(container, Arr):
            self.run.charge_memory(ITEM_BYTES)
            container.items.append(value)
        else:
            self.run.charge_memory(PROPERTY_BYTES)
            container.props[self.keys.pop()] = value

    def _after_item(self) -> tuple[Value, bool]:
        """Step over a comma, or close the container, which is then a complete value itself."""
        self._skip()
        container = self.open[-1]
        is_list = isinstance(container, Arr)
        if self._take(","):
            if not is_list:
                self._skip()
                self._key()
            return None, False
        if not self._take("]" if is_list else "}"):
            self._fail()
        return self.open.pop(), True

    def _key(self) -> None:
        if self.text[self.at : self.at + 1] != '"':
            self._fail()
        self.keys.append(self._string())
        self._skip()
        if not self._take(":"):
            self._fail()

    def _string(self) -> str:
        text = self.text
        self.at += 1
        end = _end(_PLAIN, text, self.at)
        if text[end : end + 1] == '"':
            found = text[self.at : end]
            self.at = end + 1
            self.run.charge_memory(STRING_BYTES + 2 * len(found))
            return found
        return self._escaped_string(end)

    def _escaped_string(self, end: int) -> str:
        text = self.text
        parts: list[str] = []
        while True:
            parts.append(text[self.at : end])
            self.run.charge_memory(2 * (end - self.at) + STRING_BYTES)
            self.at = end
            if self._take('"'):
                return "".join(parts)
            if not self._take("\\"):
                self._fail()
            parts.append(self._escape())
            end = _end(_PLAIN, text, self.at)

    def _escape(self) -> str:
        letter = self.text[self.at : self.at + 1]
        if letter in _ESCAPES:
            self.at += 1
            return _ESCAPES[letter]
        digits = _HEX4.match(self.text, self.at + 1) if letter == "u" else None
        if digits is None:
            self._fail()
        self.at += 5
        return chr(int(digits.group(), 16))

    def _number(self) -> int | float:
        found = _NUMBER.match(self.text, self.at)
        if found is None:
            self._fail()
        self.at = found.end()
        digits = found.group()
        if len(digits) < 16 and digits.isdigit():
            return int(digits)
        return whole(float(digits))

    def _skip(self) -> None:
        self.at = _end(_SPACE, self.text, self.at)

    def _take(self, char: str) -> bool:
        if self.text.startswith(char, self.at):
            self.at += 1
            return True
        return False

    def _fail(self) -> NoReturn:
        if self.at >= len(self.text):
            throw_syntax_error(self.run, "Unexpected end of JSON input")
        throw_syntax_error(self.run, f"Unexpected token '{self.text[self.at]}' in JSON at position {self.at}")


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where the match of *pattern*, which matches the empty text too, ends."""
    found = pattern.match(text, at)
    return at if found is None else found.end()
