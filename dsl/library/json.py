"""JSON.parse with reviver and JSON.stringify (ECMA-262 §25.5)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dsl.library.building import (
    Nested,
    add_methods,
    charge_pieces,
    charge_text,
    element,
    is_array,
    length_of,
    new_object,
    walk,
)
from dsl.library.json_parser import MAX_DEPTH, parse_json
from dsl.library.object import enumerable_keys
from dsl.library.realm import BUILT_INS, TAGS
from dsl.operators import arg, call, number_to_string, to_integer, to_number, to_string
from dsl.values import (
    ITEM_BYTES,
    NULL,
    OBJECT_PROTO,
    Obj,
    Value,
    Wrapper,
    throw_range_error,
    throw_type_error,
)

if TYPE_CHECKING:
    from dsl.run import Run

_QUOTED = re.compile('["\\\\\x00-\x1f]|[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _parse(run: Run, this: Value, args: list[Value]) -> Value:
    value = parse_json(run, to_string(run, arg(args, 0)))
    reviver = arg(args, 1)
    if not (isinstance(reviver, Obj) and reviver.is_callable):
        return value
    return walk(_revive(run, new_object(run, {"": value}), "", reviver))


def _revive(run: Run, holder: Obj, key: str, reviver: Obj) -> Nested[Value]:
    """Replace *key* of *holder*, after everything in it, by what *reviver* says (§25.5.1.1)."""
    value = holder.get(run, key)
    run.charge_fuel(1)
    if isinstance(value, Obj):
        keys = map(str, range(length_of(run, value))) if is_array(value) else iter(list(enumerable_keys(run, value)))
        for each in keys:
            revived = yield _revive(run, value, each, reviver)
            if revived is None:
                value.delete(run, each, False)
            else:
                _create(run, value, each, revived)
    return call(run, reviver, holder, [key, value])


def _create(run: Run, target: Obj, key: str, value: Value) -> None:
    """Define an own property where the object allows it; a refusal is silent (§7.3.5 CreateDataProperty)."""
    if target.level == 0:
        target.define(run, key, value)
    elif target.has_own(key):
        target.put(run, key, value, False)


@dataclass(slots=True)
class _Writer:
    """What one call of stringify knows all the way down."""

    run: Run
    replacer: Obj | None
    allowed: list[str] | None
    gap: str
    indent: str = ""
    open: set[Obj] = field(default_factory=set)


def _stringify(run: Run, this: Value, args: list[Value]) -> Value:
    replacer = arg(args, 1)
    allowed = _allowed_keys(run, replacer) if isinstance(replacer, Obj) and not replacer.is_callable else None
    function = replacer if isinstance(replacer, Obj) and replacer.is_callable else None
    writer = _Writer(run, function, allowed, _gap(run, arg(args, 2)))
    parts: list[str] = []
    value = _prepared(writer, new_object(run, {"": arg(args, 0)}), "")
    if not _has_form(value):
        return None
    walk(_written(writer, value, parts))
    charge_text(run, sum(map(len, parts)))
    return "".join(parts)


def _allowed_keys(run: Run, replacer: Obj) -> list[str] | None:
    if not is_array(replacer):
        return None
    keys: dict[str, None] = {}
    for index in range(length_of(run, replacer)):
        run.charge_fuel(1)
        value = element(run, replacer, index)
        inner = value.value if isinstance(value, Wrapper) else value
        if isinstance(inner, str | int | float) and not isinstance(inner, bool):
            keys[to_string(run, value)] = None
    return list(keys)


def _gap(run: Run, space: Value) -> str:
    if isinstance(space, Wrapper):
        if isinstance(space.value, str):
            space = to_string(run, space)
        elif not isinstance(space.value, bool):
            space = to_number(run, space)
    if isinstance(space, str):
        return space[:10]
    if isinstance(space, int | float) and not isinstance(space, bool):
        return " " * int(max(0, min(10, to_integer(run, space))))
    return ""


def _prepared(writer: _Writer, holder: Obj, key: str) -> Value:
    """holder[key] after toJSON and the replacer, wrappers opened (§25.5.2.2 SerializeJSONProperty, first half)."""
    run = writer.run
    run.charge_fuel(1)
    value = holder.get(run, key)
    if isinstance(value, Obj):
        to_json = value.get(run, "toJSON")
        if isinstance(to_json, Obj) and to_json.is_callable:
            value = call(run, to_json, value, [key])
    if writer.replacer is not None:
        value = call(run, writer.replacer, holder, [key, value])
    return _unwrapped(run, value) if isinstance(value, Wrapper) else value


def _has_form(value: Value) -> bool:
    """Whether *value* can be written at all: undefined and functions cannot."""
    return value is not None and not (isinstance(value, Obj) and value.is_callable)


def _written(writer: _Writer, value: Value, parts: list[str]) -> Nested[None]:
    """Write a prepared value that has a form (second half)."""
    if isinstance(value, Obj):
        yield _container(writer, value, parts)
    else:
        _add(writer.run, parts, _primitive(writer.run, value))


def _add(run: Run, parts: list[str], text: str) -> None:
    run.charge_memory(ITEM_BYTES + len(text))
    parts.append(text)


def _unwrapped(run: Run, value: Wrapper) -> Value:
    if isinstance(value.value, bool):
        return value.value
    return to_string(run, value) if isinstance(value.value, str) else to_number(run, value)


def _primitive(run: Run, value: Value) -> str:
    """The JSON of a primitive."""
    if isinstance(value, str):
        return quote(run, value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float) and math.isfinite(value):
        return number_to_string(value)
    return "null"


def quote(run: Run, text: str) -> str:
    """*text* as a JSON string; surrogates without their other half are escaped (§25.5.2.3 QuoteJSONString)."""
    run.charge_fuel(len(text) >> 6)
    if not _QUOTED.search(text):
        return f'"{text}"'
    charge_text(run, 6 * len(text))
    charge_pieces(run, len(text))
    return f'"{_QUOTED.sub(_escaped, text)}"'


def _escaped(found: re.Match[str]) -> str:
    text = found.group()
    if len(text) == 2:
        return text
    return _SHORT.get(text) or f"\\u{ord(text):04x}"


def _container(writer: _Writer, value: Obj, parts: list[str]) -> Nested[None]:
    run = writer.run
    if value in writer.open:
        throw_type_error(run, "Converting circular structure to JSON")
    if len(writer.open) >= MAX_DEPTH:
        throw_range_error(run, f"Value is nested deeper than {MAX_DEPTH}")
    writer.open.add(value)
    outer = writer.indent
    writer.indent += writer.gap
    run.charge_memory(2 * len(writer.indent))
    yield _array(writer, value, parts, outer) if is_array(value) else _object(writer, value, parts, outer)
    writer.indent = outer
    writer.open.remove(value)


def _array(writer: _Writer, value: Obj, parts: list[str], outer: str) -> Nested[None]:
    run = writer.run
    length = length_of(run, value)
    separator = f",\n{writer.indent}" if writer.gap else ","
    for index in range(length):
        _add(run, parts, separator if index else f"[\n{writer.indent}" if writer.gap else "[")
        item = _prepared(writer, value, str(index))
        if isinstance(item, Obj) and not item.is_callable:
            yield _container(writer, item, parts)
        else:
            _add(run, parts, _primitive(run, item if _has_form(item) else NULL))
    _add(run, parts, "[]" if not length else f"\n{outer}]" if writer.gap else "]")


def _object(writer: _Writer, value: Obj, parts: list[str], outer: str) -> Nested[None]:
    run = writer.run
    keys = list(enumerable_keys(run, value)) if writer.allowed is None else writer.allowed
    between = f"{{\n{writer.indent}" if writer.gap else "{"
    colon = ": " if writer.gap else ":"
    is_empty = True
    for key in keys:
        item = _prepared(writer, value, key)
        if not _has_form(item):
            continue
        _add(run, parts, f"{between}{quote(run, key)}{colon}")
        if isinstance(item, Obj):
            yield _container(writer, item, parts)
        else:
            _add(run, parts, _primitive(run, item))
        if is_empty:
            is_empty, between = False, f",\n{writer.indent}" if writer.gap else ","
    _add(run, parts, "{}" if is_empty else f"\n{outer}}}" if writer.gap else "}")


JSON = BUILT_INS.object("JSON", OBJECT_PROTO)
TAGS[JSON] = "JSON"
add_methods(JSON, (("parse", 2, _parse), ("stringify", 3, _stringify)))
