"""Iteration.  There are no symbols, so what can be iterated is a closed list: strings, arrays, arguments, Map, Set and
iterators: theirs, and what inherits from their common prototype and has a `next`."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator as PythonIterator
from typing import TYPE_CHECKING, Final

from .arrays import ARRAY_PROTO, ITEM_BYTES, Arguments, Arr
from .base import HOLE, MISSING, NULL, STRING_BYTES, Obj, Value, throw_type_error
from .calls import call
from .conversions import to_length, to_string, truthy
from .exotics import ITERATOR_PROTO, ITERATOR_PROTOS, MAP_PROTO, SET_PROTO, STRING_PROTO, Iterator, MapObject, SetObject
from .tables import Cursor
from .units import code_points

if TYPE_CHECKING:
    from .run import Run

PAIR_BYTES: Final = 200
_ITERABLE: Final = frozenset((ARRAY_PROTO, STRING_PROTO, MAP_PROTO, SET_PROTO, ITERATOR_PROTO))


def iterate(run: Run, value: Value, what: str = "value") -> PythonIterator[Value]:
    """Walk *value* as for-of does, seeing changes made on the way; a TypeError if it cannot be iterated."""
    if type(value) is Arr and value.proto is ARRAY_PROTO:
        return _items(value)
    if isinstance(value, str):
        return _points(run, value)
    way = iterable_as(run, value)
    if isinstance(value, Obj):
        if way is ARRAY_PROTO:
            return _by_index(run, value)
        if way is STRING_PROTO:
            return _points(run, to_string(run, value))
        if way is MAP_PROTO and isinstance(value, MapObject):
            return _entries(run, Cursor(value.table))
        if way is SET_PROTO and isinstance(value, SetObject):
            return _keys(Cursor(value.table))
        if way is ITERATOR_PROTO:
            return _steps(run, value, value.get(run, "next"))
    throw_type_error(run, f"{_described(value, what)} is not iterable")


def iterable_as(run: Run, value: Value) -> Obj | None:
    """The built-in prototype from which *value* has its way of being iterated; None if it has none.

    It is inherited like any property: what inherits from Array.prototype is walked by index, and an array that does
    not is not iterable.  An arguments object has that of arrays as its own (10.4.4.7).
    """
    if isinstance(value, str) or type(value) is Arguments:
        return STRING_PROTO if isinstance(value, str) else ARRAY_PROTO
    link = value if isinstance(value, Obj) else None
    while link is not None:
        if link in _ITERABLE:
            return link
        run.fuel -= 1
        link = link.proto
    return None


def spread(run: Run, value: Value, what: str = "value") -> list[Value]:
    """The iterated values as a new list, paid for."""
    if type(value) is Arr and value.proto is ARRAY_PROTO:
        run.charge_memory(ITEM_BYTES * len(value.items))
        run.charge_fuel(len(value.items) >> 4)
        return [None if item is HOLE else item for item in value.items]
    values: list[Value] = []
    for item in iterate(run, value, what):
        run.charge_fuel(1)
        run.charge_memory(ITEM_BYTES)
        values.append(item)
    return values


def step(run: Run, iterator: Iterator) -> Value:
    """The next value, or MISSING at the end, after which the iterator stays at its end."""
    if iterator.source is None:
        return MISSING
    value = _STEPS[iterator.kind](run, iterator)
    if value is MISSING:
        iterator.source = iterator.cursor = None
    return value


def _described(value: Value, what: str) -> str:
    return "undefined" if value is None else "null" if value is NULL else what


def _items(array: Arr) -> PythonIterator[Value]:
    for item in array.items:
        yield None if item is HOLE else item


def _by_index(run: Run, array: Obj) -> PythonIterator[Value]:
    at = 0
    while at < _length(run, array):
        yield array.get(run, str(at))
        at += 1


_POINTS_AT_ONCE: Final = 1024


def _points(run: Run, string: str) -> PythonIterator[Value]:
    """The code points of a string; a long one is walked in parts, so that not all are there at once."""
    begin = 0
    while begin < len(string):
        end = begin + _POINTS_AT_ONCE
        if "\ud800" <= string[end - 1 : end] <= "\udbff":
            end += 1
        run.charge_fuel(_POINTS_AT_ONCE >> 6)
        part = string[begin:end]
        if not part.isascii():
            run.charge_memory(STRING_BYTES * len(part))
        yield from code_points(part)
        begin = end


def _steps(run: Run, iterator: Obj, following: Value) -> PythonIterator[Value]:
    """What an iterator gives; one whose `next` is not the built-in one of its kind is asked by calling *following*."""
    if isinstance(iterator, Iterator) and following is ITERATOR_PROTOS[iterator.kind].props["next"]:
        while (value := step(run, iterator)) is not MISSING:
            yield value
        return
    while True:
        result = call(run, following, iterator, [])
        if not isinstance(result, Obj):
            throw_type_error(run, "The result of an iterator's next is not an object")
        if truthy(result.get(run, "done")):
            return
        yield result.get(run, "value")


def _entries(run: Run, cursor: Cursor) -> PythonIterator[Value]:
    while (entry := cursor.step()) is not None:
        run.charge_memory(PAIR_BYTES)
        yield Arr([entry[0], entry[1]])


def _keys(cursor: Cursor) -> PythonIterator[Value]:
    while (entry := cursor.step()) is not None:
        yield entry[0]


def _length(run: Run, source: Value) -> int:
    if type(source) is Arr:
        return len(source.items)
    return to_length(run, source.get(run, "length")) if isinstance(source, Obj) else 0


def _step_array(run: Run, iterator: Iterator) -> Value:
    source = iterator.source
    at = iterator.position
    if not isinstance(source, Obj) or at >= _length(run, source):
        return MISSING
    iterator.position = at + 1
    if iterator.kind == "array-keys":
        return at
    value = source.get(run, str(at))
    if iterator.kind == "array-values":
        return value
    run.charge_memory(PAIR_BYTES)
    run.charge_fuel(1)
    return Arr([at, value])


def _step_string(run: Run, iterator: Iterator) -> Value:
    string = iterator.source
    at = iterator.position
    if not isinstance(string, str) or at >= len(string):
        return MISSING
    pair = "\ud800" <= string[at] <= "\udbff" and "\udc00" <= string[at + 1 : at + 2] <= "\udfff"
    iterator.position = at + 2 if pair else at + 1
    return string[at : iterator.position]


def _step_table(run: Run, iterator: Iterator) -> Value:
    entry = None if iterator.cursor is None else iterator.cursor.step()
    if entry is None:
        return MISSING
    match iterator.kind:
        case "map-keys" | "set-values":
            return entry[0]
        case "map-values":
            return entry[1]
        case "set-entries":
            run.charge_memory(PAIR_BYTES)
            return Arr([entry[0], entry[0]])
    run.charge_memory(PAIR_BYTES)
    return Arr([entry[0], entry[1]])


def _step_matches(run: Run, iterator: Iterator) -> Value:
    """The next of the matches that String.prototype.matchAll found."""
    matches, at = iterator.source, iterator.position
    if not isinstance(matches, Arr) or at >= len(matches.items):
        return MISSING
    iterator.position = at + 1
    return matches.items[at]


_STEPS: Final[dict[str, Callable[[Run, Iterator], Value]]] = {
    "array-keys": _step_array, "array-values": _step_array, "array-entries": _step_array, "string": _step_string,
    "map-keys": _step_table, "map-values": _step_table, "map-entries": _step_table,
    "set-values": _step_table, "set-entries": _step_table, "regexp": _step_matches,
}  # fmt: skip
"""How each kind of iterator steps."""
