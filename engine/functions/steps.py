"""`executeStep`: leaves a step in the queue (adaptive-scripts.md a.2, b)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dsl.hostapi import HostFunction, Parameter
from dsl.plain import to_plain
from dsl.values import Obj, Value
from engine.context import scene_of
from engine.functions.handlers import handler_names, holds_functions, line_of_call
from engine.model import Call

if TYPE_CHECKING:
    from dsl import Run

OPTION_KEYS = ("authenticationOptions", "authenticatorParams", "stepOptions")
"""The keys that make a second argument options."""
MAX_STEP = 1000
"""No flow has a step with a number this high."""


def execute_step(run: Run, args: list[Any]) -> None:
    """Leave step n behind.  What is no configured number leaves the end of the login, which no script can catch."""
    number, rest = args[0], args[1:]
    options, events = _told_apart(run, rest)
    scene = scene_of(run)
    step = _step_number(number)
    if step is None or scene.turn.login.flow.step(step) is None:
        scene.add(Call("end", options={"reason": "script.unknown_step"}, line=line_of_call()), None)
        return
    read = _read(run, options)
    scene.add(Call("step", step=step, options=read, handlers=handler_names(run, events), line=line_of_call()), events)


def _told_apart(run: Run, rest: list[Value]) -> tuple[Value, Value]:
    """Options and events.  Of two arguments both; one is events, unless it only holds options (section i.4)."""
    if len(rest) >= 2:
        return rest[0], rest[-1]
    only = rest[0] if rest else None
    has_options = isinstance(only, Obj) and any(only.has_own(key) for key in OPTION_KEYS)
    is_options = has_options and not holds_functions(run, only)
    return (only, None) if is_options else (None, only)


def _step_number(value: Value) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < MAX_STEP:
        return None
    return int(value) if int(value) == value else None


def _read(run: Run, options: Value) -> dict[str, Any]:
    """Options as the engine keeps them.  Unknown ones are ignored; a filter is kept even if it is empty."""
    if not isinstance(options, Obj):
        return {}
    plain = to_plain(run, options)
    assert isinstance(plain, dict)
    flags = plain.get("stepOptions")
    flags = flags if isinstance(flags, dict) else {}
    read: dict[str, Any] = {}
    if options.has_own("authenticationOptions"):
        read["filter"] = _filter(plain.get("authenticationOptions"))
    if isinstance(plain.get("authenticatorParams"), dict):
        read["params"] = _params(plain["authenticatorParams"])
    for key, flag in (
        ("force", "forceAuth"),
        ("subject", "markAsSubjectIdentifierStep"),
        ("attribute", "markAsSubjectAttributeStep"),
    ):
        if _is_true(flags.get(flag)):
            read[key] = True
    return read


def _filter(given: object) -> list[dict[str, str]]:
    """[{authenticator, idp}] from a list, or from an object with the keys 0, 1, ..."""
    entries = given.values() if isinstance(given, dict) else given if isinstance(given, list) else []
    return [
        {key: entry[key] for key in ("authenticator", "idp") if isinstance(entry.get(key), str)}
        for entry in entries
        if isinstance(entry, dict)
    ]


def _params(given: dict[str, Any]) -> dict[str, Any]:
    """authenticatorParams: `common`, and `local` by authenticator; only objects count."""
    local = given.get("local")
    return {
        "common": given["common"] if isinstance(given.get("common"), dict) else {},
        "local": {k: v for k, v in local.items() if isinstance(v, dict)} if isinstance(local, dict) else {},
    }


def _is_true(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.lower() == "true")


FUNCTIONS = (
    HostFunction(
        "executeStep",
        (Parameter("step"), Parameter("options and events", rest=True)),
        execute_step,
        doc="Asks the person to do a step of the flow; the events say what follows from its outcome.",
    ),
)
