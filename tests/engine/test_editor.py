"""The declarations for an editor are those of the run time."""

from __future__ import annotations

import re

from engine.editor import declarations
from engine.functions import FUNCTIONS, log


def test_every_function_is_declared_once_with_what_it_gives() -> None:
    """And every member of Log."""
    text = declarations(FUNCTIONS)
    declared = re.findall(r"^declare function (\w+)\(", text, re.MULTILINE)
    assert declared == [function.name for function in FUNCTIONS.declared]
    assert re.findall(r"^  function (\w+)\(", text, re.MULTILINE) == [function.name for function in log.FUNCTIONS]
    for function in FUNCTIONS.declared:
        assert function.doc in text
        assert f"): {function.returns};" in text


def test_every_kind_that_is_given_is_declared() -> None:
    """User, Session, Application."""
    declared = set(re.findall(r"^(?:interface|type) (\w+)", declarations(FUNCTIONS), re.MULTILINE))
    named = {name for function in FUNCTIONS.declared for name in re.findall(r"\b[A-Z]\w+", function.returns)}
    assert named
    assert named <= declared
