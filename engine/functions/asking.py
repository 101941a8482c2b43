"""How a function asks the world: in the middle of a run, or as a call whose handler hears of the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dsl.base import throw_range_error
from dsl.values import Value
from engine.context import scene_of
from engine.functions.handlers import handler_names, line_of_call
from engine.model import Call
from engine.questions import Question, Result

if TYPE_CHECKING:
    from dsl import Run

MOST_LATER = 20
"""Questions that one request may leave for the time after it."""


def ask(run: Run, name: str, **arguments: Any) -> Result:
    """What is so: the run stops until it is known, and starts again.  arguments: plain data."""
    return scene_of(run).ask(Question(name, arguments))


def do(run: Run, name: str, **arguments: Any) -> Result:
    """Have something done, once, and get its result: the run stops until it is done, and starts again."""
    return scene_of(run).ask(Question(name, arguments, effect=True))


def later(run: Run, name: str, **arguments: Any) -> None:
    """Have something done once the login is stored; nobody waits for it, and nobody hears if it failed."""
    waiting = scene_of(run).turn.later
    if len(waiting) >= MOST_LATER:
        throw_range_error(run, f"{name}: more than {MOST_LATER} at a time")
    waiting.append(Question(name, arguments, effect=True))


def leave(run: Run, name: str, handlers: Value, **arguments: Any) -> None:
    """Leave a question in the queue; when its turn comes it is asked once, and its outcome goes to its handler."""
    call = Call("question", name=name, options=arguments, handlers=handler_names(run, handlers), line=line_of_call())
    scene_of(run).add(call, handlers)
