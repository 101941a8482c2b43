"""`prompt`: leaves a page of questions in the queue (adaptive-scripts.md d)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dsl.hostapi import HostFunction, Parameter
from dsl.plain import to_plain
from dsl.values import Obj
from engine.context import scene_of
from engine.functions.handlers import handler_names, line_of_call
from engine.model import Call

if TYPE_CHECKING:
    from dsl import Run


def prompt(run: Run, args: list[Any]) -> None:
    """Leave a prompt behind: `prompt(template, handlers)` or `prompt(template, data, handlers)`.

    A template that does not exist ends the login when its turn comes; no script can catch that.
    """
    template, rest = args[0], args[1:]
    data, handlers = (rest[0], rest[1]) if len(rest) == 2 else (None, rest[0] if rest else None)
    plain = to_plain(run, data) if isinstance(data, Obj) else {}
    call = Call(
        "prompt",
        name=template,
        options={"data": plain if isinstance(plain, dict) else {}},
        handlers=handler_names(run, handlers),
        line=line_of_call(),
    )
    scene_of(run).add(call, handlers)


def prompt_identifier_for_step(run: Run, args: list[Any]) -> None:
    """Ask for the name: `(step, handlers)` or `(step, validators, handlers)`; validators say what a name may be.

    With a live session of this browser nothing is asked and `onSkip` runs.
    """
    handlers = args[-1] if len(args) > 1 else None
    names = handler_names(run, handlers)
    call = Call("prompt", name="username", options={"skip": True}, handlers=names, line=line_of_call())
    scene_of(run).add(call, handlers)


FUNCTIONS = (
    HostFunction(
        "prompt",
        (Parameter("template", "string"), Parameter("data and handlers", rest=True)),
        prompt,
        doc="Shows a page with fields; what the person enters is in context.request.params of the handler.",
        events=("onSuccess", "onFail", "onTimeout", "on<Action>"),
        fails="a template that does not exist, and an answer without its handler, end the login as failed",
    ),
    HostFunction(
        "promptIdentifierForStep",
        (Parameter("step"), Parameter("validators and handlers", rest=True)),
        prompt_identifier_for_step,
        doc="Asks the person's name, unless this browser has a session or the login knows it; proves nothing.",
        events=("onSuccess", "onSkip"),
        fails="a session without onSkip ends the login as failed",
    ),
)
