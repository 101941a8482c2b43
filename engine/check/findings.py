"""What a check finds: errors, which are certain, and warnings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dsl.nodes import Node
from dsl.scopes import MAX_HINTS, did_you_mean


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about a script.

    line, column: 1-based.  code: syntax, early, name, entry, step, options, handler, arguments, member or condition.
    """

    line: int
    column: int
    code: str
    text: str


@dataclass(slots=True)
class Findings:
    """All there is to say, in the order of the script.  hints: names looked for so far that are like another."""

    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    hints: int = 0

    def error(self, at: Node, code: str, text: str) -> None:
        """The login would fail there."""
        self.errors.append(Finding(at.line, at.column, code, text))

    def warn(self, at: Node, code: str, text: str) -> None:
        """It may be meant otherwise."""
        self.warnings.append(Finding(at.line, at.column, code, text))

    def hint(self, name: str, known: Iterable[str]) -> str:
        """The same as `hint`, for the first names only: looking for them is slow."""
        self.hints += 1
        return hint(name, known) if self.hints <= MAX_HINTS else ""

    def sort(self) -> Findings:
        """The same, in the order of the script."""
        self.errors.sort(key=lambda finding: (finding.line, finding.column))
        self.warnings.sort(key=lambda finding: (finding.line, finding.column))
        return self


def hint(name: str, known: Iterable[str]) -> str:
    """` (did you mean ...?)` with the known name most like it, or nothing."""
    close = did_you_mean(name, known)
    return f" (did you mean {close}?)" if close is not None else ""
