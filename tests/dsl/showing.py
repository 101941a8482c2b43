"""What a program of a case file gives, written as case files write it."""

from __future__ import annotations

import json
import re

from dsl import (
    HostFunction,
    HostTable,
    Parameter,
    Program,
    Run,
    ScriptError,
    ScriptLimitError,
    ScriptSyntaxError,
    Suspend,
    compile_script,
)
from dsl.arrays import Arguments, Arr
from dsl.base import HOLE, MISSING, NULL, ErrorObject, Obj, Value, throw_type_error
from dsl.conversions import number_to_string
from dsl.errors import DslError
from dsl.exotics import Date, GlobalObject, MapObject, RegExp, SetObject, Wrapper
from dsl.hostapi import NO_HOST
from dsl.library.building import joined
from dsl.library.date_time import iso_text
from dsl.run import DEFAULT_DEPTH, DEFAULT_FUEL, DEFAULT_MEMORY
from dsl.units import text
from tests.dsl.casefiles import Outcome

_UNSEEN = re.compile("[\x7f-\xa0\xad\u180e\u200b-\u200f\u2028-\u202f\ud800-\udfff\ufeff\ufffe\uffff]")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_$]+")
_DEEPEST = 12


def outcome_of(source: str, settings: tuple[tuple[str, int], ...] = ()) -> Outcome:
    """Run a program in a fresh realm."""
    try:
        return Outcome(_run(compile_script(source, LIBRARIES if dict(settings).get("host") else None), dict(settings)))
    except ScriptSyntaxError as error:
        return Outcome(f"{error.code} error", _place(error), error.message)
    except ScriptError as error:
        return Outcome(f"throws {error.name}", _place(error), error.message)
    except ScriptLimitError as error:
        return Outcome("limit", _place(error), error.message)
    except Suspend:
        return Outcome("suspends")


def _run(program: Program, settings: dict[str, int]) -> str:
    clock, thousandths = settings.get("clock", 0), settings.get("random", 0)
    run = Run(
        program,
        host=HOST if settings.get("host") else NO_HOST,
        fuel=settings.get("fuel", DEFAULT_FUEL),
        memory=settings.get("memory", DEFAULT_MEMORY),
        depth=settings.get("depth", DEFAULT_DEPTH),
        clock=lambda: float(clock),
        random=lambda: thousandths / 1000,
    )
    value = run.start()
    if settings.get("restart"):
        run, (function,) = Run.load(program, run.dump([run.global_value("f")]), host=run.host)
        value = run.call(function, [])
    return shown(run, value)


def _refuse(run: Run, args: list[object]) -> object:
    throw_type_error(run, "the host says no")


def _wait(run: Run, args: list[object]) -> object:
    raise Suspend("an answer")


_GIFTS: dict[str, object] = {
    "none": None, "number": 1.5, "big": 2**60, "text": "é😀", "list": [1, [None]], "object": {"a": {"b": True}},
}  # fmt: skip
HOST = HostTable(
    functions=(
        HostFunction("told", (Parameter("value", "plain"),), lambda run, args: json.dumps(args[0], ensure_ascii=False)),
        HostFunction("given", (Parameter("name", "string"),), lambda run, args: _GIFTS[args[0]]),
        HostFunction("half", (Parameter("number", "number"),), lambda run, args: args[0] / 2),
        HostFunction("needs", (Parameter("object", "object"), Parameter("then", "function")), lambda run, args: True),
        HostFunction("refuse", (), _refuse),
        HostFunction("wait", (), _wait, waits=True),
        HostFunction("require", (Parameter("name", "string"),), lambda run, args: run.require(args[0])),
    ),
    namespaces={"Tools": (HostFunction("count", (Parameter("all", rest=True),), lambda run, args: len(args)),)},
)
"""What cases with `host=1` may call: told(value) is the value as the host gets it, as JSON; given(name) gives some."""
LIBRARIES = {
    "counter.js": "var n = 0; exports.next = function () { return ++n; };",
    "double.js": "module.exports = n => n * 2;",
    "names.js": "var own = 1; leaked = 2; exports.strict = function () { return this !== undefined; };",
    "first.js": "exports.x = 1; exports.seen = require('second.js').seen;",
    "second.js": "exports.seen = require('first.js').x;",
    "broken.js": "exports.x = 1;\nnull.x;",
}
"""What cases with `host=1` may require."""


def _place(error: DslError) -> str:
    return f"{error.line}:{error.column}"


def shown(run: Run, value: Value, room: int = _DEEPEST) -> str:
    """A value in a line of text; what lies deeper than *room* is `...`."""
    match value:
        case None:
            return "undefined"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return "-0" if value == 0 and str(value) == "-0.0" else number_to_string(value)
        case str():
            return quoted(value)
    if value is NULL:
        return "null"
    assert isinstance(value, Obj)
    return "..." if room == 0 else _object(run, value, room - 1)


def quoted(units: str) -> str:
    """A text as JSON has it, with escapes for what could not be seen."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(joined(units), ensure_ascii=False))


def _object(run: Run, value: Obj, room: int) -> str:
    match value:
        case Arr() if not isinstance(value, Arguments):
            parts = ["hole" if item is HOLE else shown(run, item, room) for item in value.items]
            return f"[{', '.join(parts)}]"
        case MapObject():
            entries = [f"{shown(run, key, room)} => {shown(run, each, room)}" for key, each in value.table.entries()]
            return f"Map({', '.join(entries)})"
        case SetObject():
            return f"Set({', '.join(shown(run, entry[0], room) for entry in value.table.entries())})"
        case Wrapper():
            return f"{value.class_name}({shown(run, value.value)})"
        case Date():
            return f"Date({iso_text(value.time) if value.time == value.time else 'NaN'})"
        case RegExp():
            return f"/{text(value.source)}/{value.flags}"
        case ErrorObject():
            return f"<{text(str(value.get(run, 'name')))}>"
        case GlobalObject():
            return "globalThis"
    if value.is_callable:
        return f"function {text(str(value.get(run, 'name')))}".strip()
    return _properties(run, value, room)


def _properties(run: Run, value: Obj, room: int) -> str:
    parts = []
    for key in value.own_keys():
        own = value.get_own(key)
        if value.enumerable(key) and own is not MISSING:
            name = text(key) if _PLAIN_KEY.fullmatch(key) else quoted(key)
            parts.append(f"{name}: {shown(run, own, room)}")
    return f"{{{', '.join(parts)}}}"
