"""Names to bindings: which scope a name belongs to, what is captured, which reads may come before initialisation; and
the names that nobody defines.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Final

from . import nodes
from .bindings import Analysis
from .scope_walk import ScopeWalk

MAX_HINTS: Final = 20


def analyse(program: nodes.Program) -> Analysis:
    """Resolve every name of *program*."""
    return ScopeWalk(program).analysis


def unknown_names(program: nodes.Program, known: Iterable[str]) -> list[tuple[int, int, str, str | None]]:
    """The names that nobody defines: (line, column, name, a known name that was perhaps meant).

    known: the names of built-ins and of the host.  A name that the script assigns somewhere in sloppy code is defined;
    `typeof name` asks whether it is.  Only the first MAX_HINTS get a suggestion, because looking for one is slow.
    """
    analysis = analyse(program)
    defined = set(known) | set(analysis.declared)
    defined |= {identifier.name for identifier, use in analysis.unresolved if use == "write"}
    candidates = sorted(defined | {name for scope in analysis.scopes.values() for name in scope.bindings})
    unknown = sorted(
        (identifier.line, identifier.column, identifier.name)
        for identifier, use in analysis.unresolved
        if use != "typeof" and identifier.name not in defined
    )
    return [
        (line, column, name, did_you_mean(name, candidates) if count < MAX_HINTS else None)
        for count, (line, column, name) in enumerate(unknown)
    ]


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """The known name most like *name*, if one is like it at all."""
    lowered = {candidate.lower(): candidate for candidate in known}
    close = difflib.get_close_matches(name.lower()[:100], lowered, n=1, cutoff=0.75)
    return lowered[close[0]] if close else None
