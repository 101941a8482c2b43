"""Date (ECMA-262 §21.4).  The time zone is always UTC, so local methods equal their UTC counterparts.

toLocaleString and its kin give one fixed form (`1/31/2026, 10:00:00 AM`) whatever locale is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from dsl.library import date_time
from dsl.library.building import add_methods, charge_text, constructor, describe
from dsl.library.date_parser import LONGEST, parse_date
from dsl.library.date_time import MS_PER_DAY, NAN, Fields, Number, make_date, make_day, make_time, time_clip
from dsl.operators import arg, call_method, prototype_for, to_integer, to_number, to_object, to_primitive, to_string
from dsl.values import DATE_PROTO, NULL, OBJECT_BYTES, Date, NativeCall, Obj, Value, throw_range_error, throw_type_error

if TYPE_CHECKING:
    from dsl.run import Run


def _now(run: Run) -> Number:
    return time_clip(math.floor(run.clock()))


def _full_text(time: Number) -> str:
    return f"{date_time.date_text(time)} {date_time.time_text(time)}"


def _call(run: Run, this: Value, args: list[Value]) -> Value:
    return _full_text(_now(run))


def _construct(run: Run, args: list[Value], new_target: Obj) -> Value:
    run.charge_fuel(2)
    time = _now(run) if not args else _time_of(run, args[0]) if len(args) == 1 else time_clip(_from_parts(run, args))
    run.charge_memory(OBJECT_BYTES)
    return Date(time, prototype_for(run, new_target, DATE_PROTO))


def _time_of(run: Run, value: Value) -> Number:
    """The time that one argument of the constructor means."""
    if isinstance(value, Date):
        return value.time
    primitive = to_primitive(run, value)
    if isinstance(primitive, str):
        return _parsed(run, primitive)
    return time_clip(to_number(run, primitive))


def _parsed(run: Run, text: str) -> Number:
    run.charge_fuel(1 + (min(len(text), LONGEST) >> 3) + (len(text) >> 9))
    return parse_date(text)


def _from_parts(run: Run, args: list[Value]) -> Number:
    """The time of year, month, day ...; years 0 to 99 mean 1900 to 1999."""
    parts = [to_number(run, value) for value in args[:7]] + [NAN, 0, 1, 0, 0, 0, 0][len(args[:7]) :]
    return make_date(make_day(_full_year(parts[0]), parts[1], parts[2]), make_time(*parts[3:]))


def _full_year(year: Number) -> Number:
    """Years 0 to 99 as those of the twentieth century (§21.4.1.30 MakeFullYear)."""
    if not math.isfinite(year):
        return year
    whole = math.trunc(year)
    return 1900 + whole if 0 <= whole <= 99 else whole


def _utc(run: Run, this: Value, args: list[Value]) -> Value:
    return time_clip(_from_parts(run, args))


def _parse(run: Run, this: Value, args: list[Value]) -> Value:
    return _parsed(run, to_string(run, arg(args, 0)))


def _static_now(run: Run, this: Value, args: list[Value]) -> Value:
    return _now(run)


def _date(run: Run, this: Value) -> Date:
    if isinstance(this, Date):
        return this
    throw_type_error(run, f"this is not a Date object but {describe(this)}")


def _getter(read: Callable[[Fields], int]) -> NativeCall:
    def call(run: Run, this: Value, args: list[Value]) -> Value:
        time = _date(run, this).time
        return read(date_time.fields(time)) if time == time else NAN

    return call


def _get_time(run: Run, this: Value, args: list[Value]) -> Value:
    return _date(run, this).time


def _get_timezone_offset(run: Run, this: Value, args: list[Value]) -> Value:
    time = _date(run, this).time
    return 0 if time == time else NAN


def _set_time(run: Run, this: Value, args: list[Value]) -> Value:
    date = _date(run, this)
    date.time = time_clip(to_number(run, arg(args, 0)))
    return date.time


CLOCK = ("hour", "minute", "second", "millisecond")
CALENDAR = ("year", "month", "day")


def _setter(names: tuple[str, ...], first: int, most: int) -> NativeCall:
    """A setter of up to *most* of *names*, from the one at *first* on; what is not given stays."""

    def call(run: Run, this: Value, args: list[Value]) -> Value:
        date = _date(run, this)
        time = date.time
        given = [to_number(run, value) for value in (args[:most] or [None])]
        if time != time:
            if names[first] != "year":
                return NAN
            time = 0
        run.charge_fuel(1)
        now = date_time.fields(time)
        parts: list[Number] = [field_named(now, name) for name in names]
        parts[first : first + len(given)] = given
        date.time = time_clip(_with_parts(time, parts))
        return date.time

    return call


def field_named(fields: Fields, name: str) -> int:
    """One of the fields that setters name; the names are ours, never a script's."""
    table = {
        "year": fields.year, "month": fields.month, "day": fields.day, "hour": fields.hour,
        "minute": fields.minute, "second": fields.second, "millisecond": fields.millisecond,
    }  # fmt: skip
    return table[name]


def _with_parts(time: Number, parts: list[Number]) -> Number:
    """*time* with another date (three parts) or another time of day (four parts)."""
    if len(parts) == len(CALENDAR):
        return make_date(make_day(*parts), time % MS_PER_DAY)
    return make_date(time // MS_PER_DAY, make_time(*parts))


def _set_year(run: Run, this: Value, args: list[Value]) -> Value:
    date = _date(run, this)
    time = date.time
    year = to_number(run, arg(args, 0))
    if year != year:
        date.time = NAN
        return NAN
    fields = date_time.fields(time if time == time else 0)
    whole = to_integer(run, year)
    full = whole + 1900 if 0 <= whole <= 99 else year
    date.time = time_clip(_with_parts(time if time == time else 0, [full, fields.month, fields.day]))
    return date.time


def _text_of(form: Callable[[Number], str]) -> NativeCall:
    def call(run: Run, this: Value, args: list[Value]) -> Value:
        time = _date(run, this).time
        charge_text(run, 64)
        run.charge_fuel(2)
        return form(time) if time == time else "Invalid Date"

    return call


def _to_iso_string(run: Run, this: Value, args: list[Value]) -> Value:
    time = _date(run, this).time
    if time != time:
        throw_range_error(run, "Invalid time value")
    charge_text(run, 64)
    run.charge_fuel(1)
    return date_time.iso_text(time)


def _to_json(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    primitive = to_primitive(run, target, "number")
    if isinstance(primitive, float) and not math.isfinite(primitive):
        return NULL
    return call_method(run, target, "toISOString", [])


def _locale_text(time: Number) -> str:
    return f"{date_time.locale_date_text(time)}, {date_time.locale_time_text(time)}"


DATE = constructor("Date", 7, call=_call, construct=_construct, prototype=DATE_PROTO)
add_methods(DATE, (("UTC", 7, _utc), ("now", 0, _static_now), ("parse", 1, _parse)))
_READERS: tuple[tuple[str, Callable[[Fields], int]], ...] = (
    ("Date", lambda fields: fields.day),
    ("Day", lambda fields: fields.weekday),
    ("FullYear", lambda fields: fields.year),
    ("Hours", lambda fields: fields.hour),
    ("Milliseconds", lambda fields: fields.millisecond),
    ("Minutes", lambda fields: fields.minute),
    ("Month", lambda fields: fields.month),
    ("Seconds", lambda fields: fields.second),
)
_WRITERS = (
    ("Date", CALENDAR, 2, 1),
    ("FullYear", CALENDAR, 0, 3),
    ("Hours", CLOCK, 0, 4),
    ("Milliseconds", CLOCK, 3, 1),
    ("Minutes", CLOCK, 1, 3),
    ("Month", CALENDAR, 1, 2),
    ("Seconds", CLOCK, 2, 2),
)
for _zone in ("", "UTC"):
    add_methods(DATE_PROTO, [(f"get{_zone}{name}", 0, _getter(read)) for name, read in _READERS])
    add_methods(
        DATE_PROTO, [(f"set{_zone}{name}", most, _setter(names, first, most)) for name, names, first, most in _WRITERS]
    )
add_methods(
    DATE_PROTO,
    (
        ("getTime", 0, _get_time),
        ("getTimezoneOffset", 0, _get_timezone_offset),
        ("getYear", 0, _getter(lambda fields: fields.year - 1900)),
        ("setTime", 1, _set_time),
        ("setYear", 1, _set_year),
        ("toDateString", 0, _text_of(date_time.date_text)),
        ("toISOString", 0, _to_iso_string),
        ("toJSON", 1, _to_json),
        ("toLocaleDateString", 0, _text_of(date_time.locale_date_text)),
        ("toLocaleString", 0, _text_of(_locale_text)),
        ("toLocaleTimeString", 0, _text_of(date_time.locale_time_text)),
        ("toString", 0, _text_of(_full_text)),
        ("toTimeString", 0, _text_of(date_time.time_text)),
        ("toUTCString", 0, _text_of(date_time.utc_text)),
        ("valueOf", 0, _get_time),
    ),
)
DATE_PROTO.props["toGMTString"] = DATE_PROTO.props["toUTCString"]
