"""What is common to the functions that leave calls behind: their event handlers and their place in the script."""

from __future__ import annotations

import sys

from dsl.program import SCRIPT_FILE
from dsl.values import Obj, Value, text

MAX_HANDLERS = 16
"""Event handlers one call may have."""


def handler_names(events: Value) -> tuple[str, ...]:
    """The names in *events* that hold functions; everything else in it is ignored."""
    if not isinstance(events, Obj):
        return ()
    named = (text(key) for key in events.own_keys() if _is_function(events, key))
    return tuple(named)[:MAX_HANDLERS]


def holds_functions(value: Value) -> bool:
    """Whether the object has a function among its own properties."""
    return bool(handler_names(value))


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
