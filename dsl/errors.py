"""What goes wrong with a script, told to the person who wrote it: the place, the line of text, a caret, plain words.

Not here: `Throw` and `Abort`, the signals inside a run (values.py).
"""

from __future__ import annotations

import re
from typing import Literal

_LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")
_EXCERPT_WIDTH = 100  # characters shown of a long line, around the place


class DslError(Exception):
    """Something about a script; `line` and `column` are 1-based, or None where no place is known.

    `source` is kept so that `str()` can show the line; it is never written anywhere else.  `file`: the library it is
    about, "" for the script.
    """

    file = ""

    def __init__(
        self, message: str, line: int | None = None, *, column: int | None = None, source: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.source = source

    def __str__(self) -> str:
        inside = f"{self.file}:" if self.file else ""
        place = "" if self.line is None else f"{inside}{self.line}:{self.column or 1}  "
        shown = self.excerpt()
        return f"{place}{self._headline()}" + (f"\n{shown}" if shown else "")

    def _headline(self) -> str:
        return self.message

    def excerpt(self) -> str:
        """Return the line of the script with a caret below the place; empty where either is unknown."""
        if self.source is None or self.line is None:
            return ""
        return excerpt(self.source, self.line, column=self.column or 1)


class ScriptSyntaxError(DslError):
    """The text is not a script (`code` "syntax"), or breaks a rule that holds before running (`code` "early")."""

    def __init__(
        self,
        message: str,
        line: int | None = None,
        *,
        column: int | None = None,
        source: str | None = None,
        code: Literal["syntax", "early"] = "syntax",
    ) -> None:
        super().__init__(message, line, column=column, source=source)
        self.code: Literal["syntax", "early"] = code


class ScriptError(DslError):
    """An exception that the script did not catch; `name` is the error's, for example "TypeError"."""

    def __init__(
        self, name: str, message: str, *, line: int | None = None, column: int | None = None, source: str | None = None
    ) -> None:
        super().__init__(message, line, column=column, source=source)
        self.name = name

    def _headline(self) -> str:
        return f"{self.name}: {self.message}" if self.message else self.name


class ScriptLimitError(DslError):
    """The script used up its fuel, its memory or its depth of calls."""


def excerpt(source: str, line: int, *, column: int) -> str:
    """Return line *line* of *source* and a caret under *column*; both 1-based, in characters.

    A long line is cut to a window around the place; characters that a terminal would act on are shown as U+FFFD.
    """
    lines = _LINE_END.split(source)
    if not 1 <= line <= len(lines):
        return ""
    text = lines[line - 1]
    at = min(max(column - 1, 0), len(text))
    first = max(0, at - _EXCERPT_WIDTH // 2) if len(text) > _EXCERPT_WIDTH else 0
    window = text[first : first + _EXCERPT_WIDTH]
    shown = "".join(_visible(character) for character in window)
    prefix = f"{line:>5} | "
    return f"{prefix}{shown}\n{' ' * (len(prefix) + at - first)}^"


def _visible(character: str) -> str:
    if character == "\t":
        return " "
    return character if character.isprintable() else "\ufffd"
