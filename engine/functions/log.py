"""`Log`: what a script wants to be read later.  Bounded, one line an entry, never a stored secret."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from dsl.conversions import to_string
from dsl.hostapi import HostFunction, Parameter
from dsl.values import Value
from engine.context import scene_of
from engine.functions.given import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from dsl import Run

MAX_LENGTH = 1000
"""Characters of one entry that are kept."""


def _at(level: int) -> Callable[[Run, list[Any]], None]:
    def write(run: Run, args: list[Value]) -> None:
        scene = scene_of(run)
        line = scene.turn.masked(" ".join(text_of(run, to_string(run, value)) for value in args))[:MAX_LENGTH]
        if len(scene.log) < scene.turn.settings.scripts.log:
            scene.log.append((level, line.replace("\n", " ").replace("\r", " ")))

    return write


FUNCTIONS = tuple(
    HostFunction(name, (Parameter("values", rest=True),), _at(level), doc=f"Writes to the log as {level_name}.")
    for name, level, level_name in (
        ("info", logging.INFO, "information"),
        ("debug", logging.DEBUG, "detail for finding faults"),
        ("error", logging.ERROR, "an error"),
        ("log", logging.DEBUG, "detail for finding faults"),
    )
)
"""There is no `Log.warn`."""
