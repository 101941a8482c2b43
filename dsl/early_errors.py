"""What the language refuses before running (ECMA-262, the "Static Semantics: Early Errors")."""

from __future__ import annotations

from . import nodes
from .errors import ScriptSyntaxError


def check(program: nodes.Program, source: str, *, octals: list[tuple[int, str]]) -> None:
    """Raise ScriptSyntaxError (code "early") for the first rule that *program* breaks."""
    if program.strict and octals:
        raise ScriptSyntaxError(f"strict code can't contain {octals[0][1]}", 1, column=1, source=source, code="early")
