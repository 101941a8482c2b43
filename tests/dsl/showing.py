"""What a program of a case file gives, written as case files write it."""

from __future__ import annotations

import json
import re

from dsl import Run, ScriptError, ScriptLimitError, ScriptSyntaxError, compile_script
from dsl.arrays import Arguments, Arr
from dsl.base import HOLE, MISSING, NULL, ErrorObject, Obj, Value
from dsl.conversions import number_to_string
from dsl.errors import DslError
from dsl.exotics import Date, GlobalObject, MapObject, RegExp, SetObject, Wrapper
from dsl.library.building import joined
from dsl.library.date_time import iso_text
from dsl.units import text
from tests.dsl.casefiles import Outcome

_UNSEEN = re.compile("[\x7f-\xa0\xad\u180e\u200b-\u200f\u2028-\u202f\ud800-\udfff\ufeff\ufffe\uffff]")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_$]+")
_DEEPEST = 12


def outcome_of(source: str, limits: tuple[tuple[str, int], ...] = ()) -> Outcome:
    """Run a program in a fresh realm."""
    try:
        run = Run(compile_script(source), **dict(limits))  # type: ignore[arg-type]  # names are those of Run
        return Outcome(shown(run, run.start()))
    except ScriptSyntaxError as error:
        return Outcome(f"{error.code} error", _place(error), error.message)
    except ScriptError as error:
        return Outcome(f"throws {error.name}", _place(error), error.message)
    except ScriptLimitError as error:
        return Outcome("limit", _place(error), error.message)


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
