"""What is common to the functions that leave calls behind: their event handlers and their place in the script."""

from __future__ import annotations

import sys
from itertools import islice
from typing import TYPE_CHECKING

from dsl.program import SCRIPT_FILE
from dsl.values import Obj, Value, text
from engine.functions.given import keys_of

if TYPE_CHECKING:
    from dsl import Run

MAX_HANDLERS = 16
"""Event handlers one call may have."""


def handler_names(run: Run, events: Value) -> tuple[str, ...]:
    """The names in *events* that hold functions; everything else in it is ignored."""
    if not isinstance(events, Obj):
        return ()
    named = (text(key) for key in keys_of(run, events) if _is_function(events, key))
    return tuple(islice(named, MAX_HANDLERS))


def holds_functions(run: Run, value: Value) -> bool:
    """Whether the object has a function among its own properties."""
    return bool(handler_names(run, value))


def line_of_call() -> int:
    """The line of the script that is being run: where the function at hand was called."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename == SCRIPT_FILE:
            return frame.f_lineno or 0
        if frame.f_back is None:
            return 0
        frame = frame.f_back
    return 0


def _is_function(events: Obj, key: str) -> bool:
    value = events.get_own(key)
    return isinstance(value, Obj) and value.is_callable
