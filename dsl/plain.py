"""The border between script values and plain Python data: everything that crosses it is copied, once, and bounded."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from .arrays import ITEM_BYTES, Arr
from .base import (
    HOLE,
    MAX_SAFE,
    MISSING,
    NULL,
    OBJECT_BYTES,
    OBJECT_PROTO,
    PROPERTY_BYTES,
    STRING_BYTES,
    ErrorObject,
    Null,
    Obj,
    Value,
    throw_range_error,
    throw_type_error,
)
from .conversions import whole
from .exotics import Date, MapObject, RegExp, SetObject, Wrapper
from .sparse import Sparse
from .units import text, units

if TYPE_CHECKING:
    from .run import Run

Plain: TypeAlias = bool | int | float | str | list[Any] | dict[str, Any] | None
MAX_NESTING: Final = 100
TEXT_OF_A_STEP: Final = 32
"""Characters of a text that one step of fuel pays for at the border."""


def to_plain(run: Run, value: Value) -> Plain:
    """*value* as plain data, copied.

    Undefined and null become None; in objects, undefined and functions are left out, as in JSON; a Date becomes its
    ISO text, a Map a list of pairs, a Set a list.  A cycle, or nesting beyond MAX_NESTING, throws a TypeError.
    """
    return _to_plain(run, value, MAX_NESTING)


def _to_plain(run: Run, value: Value, room: int) -> Plain:
    run.charge_fuel(1)
    if isinstance(value, str):
        run.charge_memory(2 * len(value))
        run.charge_fuel(len(value) // TEXT_OF_A_STEP)
        return text(value)
    if value is None or isinstance(value, Null | bool | int):
        return None if isinstance(value, Null) else value
    if isinstance(value, float):
        return whole(value)
    if room == 0:
        throw_type_error(run, "A cyclic or too deeply nested value cannot leave the script")
    return _object_to_plain(run, value, room - 1)


def _object_to_plain(run: Run, value: Obj, room: int) -> Plain:
    run.charge_memory(OBJECT_BYTES)
    match value:
        case Sparse():
            run.charge_memory(ITEM_BYTES * value.length())
            return [_to_plain(run, value.get(run, str(at)), room) for at in range(value.length())]
        case Arr():
            return [None if item is HOLE else _to_plain(run, item, room) for item in list(value.items)]
        case MapObject():
            return [[_to_plain(run, part, room) for part in entry] for entry in value.table.entries()]
        case SetObject():
            return [_to_plain(run, entry[0], room) for entry in value.table.entries()]
        case Wrapper():
            return _to_plain(run, value.value, room)
        case Date():
            return iso_text(value.time)
        case RegExp():
            return f"/{text(value.source)}/{value.flags}"
        case ErrorObject():
            return {key: _to_plain(run, value.get(run, key), room) for key in ("name", "message")}
    if value.is_callable:
        return None
    return _properties_to_plain(run, value, room)


def _properties_to_plain(run: Run, value: Obj, room: int) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key in value.own_keys():
        if value.enumerable(key):
            item = value.get_own(key)
            if item is not None and item is not MISSING and not (isinstance(item, Obj) and item.is_callable):
                plain[text(key)] = _to_plain(run, item, room)
    return plain


def from_plain(run: Run, plain: object) -> Value:
    """Plain data as a script value; None becomes null; script values pass as they are.

    Nesting beyond MAX_NESTING throws a RangeError; what is not plain data is a TypeError of the host's programmer.
    """
    return _from_plain(run, plain, MAX_NESTING)


def _from_plain(run: Run, plain: object, room: int) -> Value:
    if type(plain) is str:
        run.charge_memory(STRING_BYTES + 2 * len(plain))
        return plain if plain.isascii() else units(plain)
    if room and type(plain) is dict:
        return _object_from(run, plain, room)
    if room and type(plain) is list:
        return _array_from(run, plain, room)
    match plain:
        case None:
            return NULL
        case bool() | Obj() | Null():
            return plain
        case int():
            return plain if -MAX_SAFE <= plain <= MAX_SAFE else _big(plain)
        case float():
            return whole(plain)
        case str():
            run.charge_memory(STRING_BYTES + 2 * len(plain))
            return units(str(plain))
    if room == 0:
        throw_range_error(run, "The data is nested too deeply")
    if isinstance(plain, list | tuple):
        return _array_from(run, plain, room)
    if isinstance(plain, dict):
        return _object_from(run, plain, room)
    raise TypeError(f"the host gave a {type(plain).__name__}, which is not plain data")


def _array_from(run: Run, plain: list[Any] | tuple[Any, ...], room: int) -> Arr:
    run.charge(1 + len(plain), OBJECT_BYTES + ITEM_BYTES * len(plain))
    return Arr([_from_plain(run, item, room - 1) for item in plain])


def _object_from(run: Run, plain: dict[Any, Any], room: int) -> Obj:
    count = len(plain)
    run.fuel -= 1 + count
    run.memory -= OBJECT_BYTES + PROPERTY_BYTES * count
    if run.fuel < 0 or run.memory < 0:
        run.charge(0, 0)
    props: dict[str, Value] = {}
    texts = 0
    for key, item in plain.items():
        name = key if type(key) is str and key.isascii() else units(str(key))
        kind = type(item)
        if kind is str:
            texts += STRING_BYTES + 2 * len(item)
            props[name] = item if item.isascii() else units(item)
        elif kind is dict and room > 1:
            props[name] = _object_from(run, item, room - 1)
        else:
            props[name] = _from_plain(run, item, room - 1)
    run.memory -= texts
    if run.memory < 0:
        run.charge_memory(0)
    return Obj(OBJECT_PROTO, props)


def _big(number: int) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def iso_text(time: float) -> str | None:
    """Milliseconds since the epoch as ISO 8601 text in UTC, or None if it is no time or out of Python's years."""
    if not math.isfinite(time):
        return None
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=time)
    except OverflowError:
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
