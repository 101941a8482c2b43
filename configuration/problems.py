"""What is wrong with a configuration file, said so that a person finds the place: file, line, path, reason.

Problems never quote a value that may be a secret.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Key = str | int
Where = tuple[Key, ...]
"""A place inside a document, e.g. `("applications", 0, "flow")`."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where something stands in a text.  line, column: from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.  file: as the person named it; where: the place in the document, empty for the whole.

    closes: whether the publish gate of console and API refuses it where a file is only warned of.
    """

    file: str
    text: str
    where: Where = ()
    position: Position | None = None
    closes: bool = False

    def __str__(self) -> str:
        """`file:line:column: path: text`, as editors and people know it."""
        at = f":{self.position.line}:{self.position.column}" if self.position else ""
        path = f" {dotted(self.where)}:" if self.where else ""
        return shown(f"{self.file}{at}:{path} {self.text}")


class ConfigurationErrors(Exception):
    """The configuration is refused and nothing was changed.  problems: all that were found, never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def shown(text: str) -> str:
    """Text fit for a terminal: what does not print, or would control it, as its escape.

    >>> shown("a\\x1b[2J")
    'a\\\\x1b[2J'
    """
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def dotted(where: Where) -> str:
    """The place as a person writes it.

    >>> dotted(("applications", 0, "redirect_uris", 1))
    'applications[0].redirect_uris[1]'
    """
    text = ""
    for key in where:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
    return text


def position_of(where: Where, positions: Mapping[Where, Position]) -> Position | None:
    """Where that place stands, or the nearest thing around it that has a position."""
    while where and where not in positions:
        where = where[:-1]
    return positions.get(where)


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """` (did you mean X?)` if one of *known* is close to *name*, else nothing.

    >>> did_you_mean("redirect_uri", ["redirect_uris", "flow"])
    ' (did you mean redirect_uris?)'
    """
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f" (did you mean {close[0]}?)" if close else ""
