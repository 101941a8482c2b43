"""`prompt`: leaves a page of questions in the queue (adaptive-scripts.md d)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dsl.hostapi import HostFunction, Parameter
from dsl.plain import to_plain
from dsl.values import Obj
from engine.context import scene_of
from engine.functions.handlers import handler_names, line_of_call
from engine.model import Call
from engine.prompts import TEMPLATES

if TYPE_CHECKING:
    from dsl import Run


def prompt(run: Run, args: list[Any]) -> None:
    """Leave a prompt behind: `prompt(template, handlers)` or `prompt(template, data, handlers)`.

    A template that does not exist leaves the end of the login, which no script can catch.
    """
    template, rest = args[0], args[1:]
    if template not in TEMPLATES:
        scene_of(run).add(Call("end", options={"reason": "script.unknown_template"}, line=line_of_call()), None)
        return
    data, handlers = (rest[0], rest[1]) if len(rest) == 2 else (None, rest[0] if rest else None)
    plain = to_plain(run, data) if isinstance(data, Obj) else {}
    call = Call(
        "prompt",
        name=template,
        options={"data": plain if isinstance(plain, dict) else {}},
        handlers=handler_names(handlers),
        line=line_of_call(),
    )
    scene_of(run).add(call, handlers)


FUNCTIONS = (
    HostFunction(
        "prompt",
        (Parameter("template", "string"), Parameter("data and handlers", rest=True)),
        prompt,
        doc="Shows a page with fields; what the person enters is in context.request.params of the handler.",
    ),
)
