"""Array.prototype methods that look for elements, copy or show them, and call nothing for each (ECMA-262 §23.1.3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dsl.library.array_parts import create_like, define_element, present
from dsl.library.building import (
    MethodTable,
    charge_text,
    clamped,
    element,
    length_of,
    new_array,
    put_length,
    relative_index,
    usual_items,
)
from dsl.library.iterator import iterator
from dsl.library.object import tag_of
from dsl.operators import (
    arg,
    call,
    call_method,
    same_value_zero,
    strict_equals,
    to_integer,
    to_object,
    to_string,
)
from dsl.values import (
    HOLE,
    ITEM_BYTES,
    NULL,
    Obj,
    Value,
)

if TYPE_CHECKING:
    from dsl.run import Run

_JOINING: set[tuple[int, int]] = set()
"""Runs and array-likes, by identity, whose join is under way."""


def _at(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    index = to_integer(run, arg(args, 0))
    index += length if index < 0 else 0
    return element(run, target, int(index)) if 0 <= index < length else None


def _includes(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    start = clamped(to_integer(run, args[1]), length) if length and len(args) > 1 else 0
    sought = args[0] if args else None
    items = _searchable(run, target, sought, range(start, length))
    if items is not None:
        return _place(items, sought, start) >= 0 or (sought is None and HOLE in items[start:])
    for index in range(start, length):
        run.charge_fuel(1)
        if same_value_zero(element(run, target, index), sought):
            return True
    return False


def _index_of(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    start = clamped(to_integer(run, args[1]), length) if length and len(args) > 1 else 0
    sought = arg(args, 0)
    items = _searchable(run, target, sought, range(start, length))
    if items is not None:
        return _place(items, sought, start)
    for index, value in present(run, target, range(start, length)):
        if strict_equals(value, sought):
            return index
    return -1


def _searchable(run: Run, target: Obj, sought: Value, where: range) -> list[Value] | None:
    """The list to look through for *sought*, paid for, if it ends as *where* does and Python's == is as good as ===.

    It is not for numbers and booleans: 1 and true are equal in Python, and NaN is found by identity.
    """
    items = usual_items(target)
    if items is None or len(items) != where.stop or isinstance(sought, bool | int | float):
        return None
    run.charge_fuel(len(where) >> 4)
    if isinstance(sought, str):
        run.charge_fuel(len(where) * (len(sought) >> 10))
    return items


def _place(items: list[Value], sought: Value, start: int) -> int:
    try:
        return items.index(sought, start)
    except ValueError:
        return -1


def _last_index_of(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    if not length:
        return -1
    last = to_integer(run, args[1]) if len(args) > 1 else length - 1
    start = min(last, length - 1) if last >= 0 else length + last
    sought = arg(args, 0)
    for index, value in present(run, target, range(int(max(start, -1)), -1, -1)):
        if strict_equals(value, sought):
            return index
    return -1


def _join(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    separator = "," if arg(args, 0) is None else to_string(run, args[0])
    return _once(run, target, lambda: _joined(run, target, length, separator))


def _once(run: Run, target: Obj, show: Callable[[], str]) -> str:
    """What *show* gives, or nothing while *target* is being shown: an array within itself is empty in all engines."""
    mark = (id(run), id(target))
    if mark in _JOINING:
        return ""
    _JOINING.add(mark)
    try:
        return show()
    finally:
        _JOINING.discard(mark)


def _joined(run: Run, target: Obj, length: int, separator: str) -> str:
    parts: list[str] = []
    for index in range(length):
        run.charge_fuel(1)
        value = element(run, target, index)
        text = "" if value is None or value is NULL else to_string(run, value)
        run.charge_memory(ITEM_BYTES)
        charge_text(run, len(text) + len(separator))
        parts.append(text)
    return separator.join(parts)


def _to_string(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    join = target.get(run, "join")
    if isinstance(join, Obj) and join.is_callable:
        return call(run, join, target, [])
    return f"[object {tag_of(run, target)}]"


def _to_locale_string(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    return _once(run, target, lambda: _localised(run, target, length))


def _localised(run: Run, target: Obj, length: int) -> str:
    parts: list[str] = []
    for index in range(length):
        run.charge_fuel(1)
        value = element(run, target, index)
        shown = "" if value is None or value is NULL else to_string(run, call_method(run, value, "toLocaleString", []))
        run.charge_memory(ITEM_BYTES)
        charge_text(run, len(shown) + 1)
        parts.append(shown)
    return ",".join(parts)


def _slice(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    start = relative_index(run, arg(args, 0), length, default=0)
    end = relative_index(run, arg(args, 1), length, default=length)
    items = usual_items(target)
    if items is not None and end <= len(items):
        create_like(run, target, 0)
        run.charge_fuel(max(end - start, 0) >> 4)
        return new_array(run, items[start:end])
    made = create_like(run, target, max(end - start, 0))
    for index, value in present(run, target, range(start, end)):
        define_element(run, made, index - start, value)
    put_length(run, made, max(end - start, 0))
    return made


def _entries(run: Run, this: Value, args: list[Value]) -> Value:
    return iterator(run, "array-entries", to_object(run, this))


def _keys(run: Run, this: Value, args: list[Value]) -> Value:
    return iterator(run, "array-keys", to_object(run, this))


def _values(run: Run, this: Value, args: list[Value]) -> Value:
    return iterator(run, "array-values", to_object(run, this))


METHODS: MethodTable = (
    ("at", 1, _at),
    ("entries", 0, _entries),
    ("includes", 1, _includes),
    ("indexOf", 1, _index_of),
    ("join", 1, _join),
    ("keys", 0, _keys),
    ("lastIndexOf", 1, _last_index_of),
    ("slice", 2, _slice),
    ("toLocaleString", 0, _to_locale_string),
    ("toString", 0, _to_string),
    ("values", 0, _values),
)
