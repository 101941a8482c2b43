"""Array.prototype methods that look at an array-like and leave it as it is (ECMA-262 §23.1.3).

All are generic over array-likes; plain arrays only get there faster.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dsl.library.building import (
    MethodTable,
    callback,
    charge_text,
    clamped,
    describe,
    element,
    has_element,
    is_array,
    length_of,
    new_array,
    put_element,
    put_length,
    relative_index,
)
from dsl.library.iterator import iterator
from dsl.library.object import tag_of
from dsl.operators import (
    arg,
    call,
    call_method,
    construct,
    same_value_zero,
    strict_equals,
    to_integer,
    to_object,
    to_string,
    truthy,
)
from dsl.values import (
    HOLE,
    ITEM_BYTES,
    NULL,
    Arr,
    Invocable,
    Obj,
    Value,
    throw_range_error,
    throw_type_error,
)

if TYPE_CHECKING:
    from dsl.run import Run

MAX_ARRAY = 2**32 - 1
_JOINING: set[tuple[int, int]] = set()
"""Runs and array-likes, by identity, whose join is under way."""


def create_like(run: Run, original: Obj, length: int) -> Obj:
    """The array that a method of *original* fills (§10.4.2.2 ArraySpeciesCreate; without symbols it is a plain one)."""
    if is_array(original):
        maker = original.get(run, "constructor")
        if maker is not None and not isinstance(maker, Obj):
            throw_type_error(run, f"object.constructor is {describe(maker)}, not a constructor")
    return create_array(run, length)


def create_array(run: Run, length: int) -> Arr:
    """An array of *length* holes; a RangeError if there can be no such array."""
    if length > MAX_ARRAY:
        throw_range_error(run, "Invalid array length")
    made = new_array(run, [])
    if length:
        put_length(run, made, length)
    return made


def define_element(run: Run, target: Obj, index: int, value: Value) -> None:
    """Make an own element of an array that a method is filling (CreateDataPropertyOrThrow)."""
    if type(target) is Arr and target.level == 0 and index == len(target.items):
        run.charge_memory(ITEM_BYTES)
        target.items.append(value)
    elif target.level == 0:
        target.define(run, str(index), value)
    else:
        put_element(run, target, index, value)


def construct_list(run: Run, maker: Value, length: int | None) -> Obj:
    """What Array.from and Array.of fill: made by *maker* if that can make objects, else an array."""
    if isinstance(maker, Invocable) and maker.is_constructor():
        made = construct(run, maker, [] if length is None else [length])
        if isinstance(made, Obj):
            return made
    return create_array(run, length or 0)


def present(run: Run, target: Obj, indices: Iterable[int]) -> Iterable[tuple[int, Value]]:
    """The elements that are there, each looked for when its turn comes."""
    for index in indices:
        run.charge_fuel(1)
        if type(target) is Arr and index < len(target.items) and target.items[index] is not HOLE:
            yield index, target.items[index]
        elif has_element(run, target, index):
            yield index, element(run, target, index)


def _at(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    index = to_integer(run, arg(args, 0))
    index += length if index < 0 else 0
    return element(run, target, int(index)) if 0 <= index < length else None


def _every(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    test = callback(run, arg(args, 0))
    for index, value in present(run, target, range(length)):
        if not truthy(call(run, test, arg(args, 1), [value, index, target])):
            return False
    return True


def _some(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    test = callback(run, arg(args, 0))
    for index, value in present(run, target, range(length)):
        if truthy(call(run, test, arg(args, 1), [value, index, target])):
            return True
    return False


def _for_each(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    function = callback(run, arg(args, 0))
    for index, value in present(run, target, range(length)):
        call(run, function, arg(args, 1), [value, index, target])
    return None


def _map(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    function = callback(run, arg(args, 0))
    made = create_like(run, target, length)
    for index, value in present(run, target, range(length)):
        define_element(run, made, index, call(run, function, arg(args, 1), [value, index, target]))
    return made


def _filter(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    test = callback(run, arg(args, 0))
    made = create_like(run, target, 0)
    kept = 0
    for index, value in present(run, target, range(length)):
        if truthy(call(run, test, arg(args, 1), [value, index, target])):
            define_element(run, made, kept, value)
            kept += 1
    return made


def _reduce_over(run: Run, this: Value, args: list[Value], *, backwards: bool) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    function = callback(run, arg(args, 0))
    elements = iter(present(run, target, range(length - 1, -1, -1) if backwards else range(length)))
    if len(args) >= 2:
        result = args[1]
    else:
        first = next(iter(elements), None)
        if first is None:
            throw_type_error(run, "Reduce of empty array with no initial value")
        result = first[1]
    for index, value in elements:
        result = call(run, function, None, [result, value, index, target])
    return result


def _reduce(run: Run, this: Value, args: list[Value]) -> Value:
    return _reduce_over(run, this, args, backwards=False)


def _reduce_right(run: Run, this: Value, args: list[Value]) -> Value:
    return _reduce_over(run, this, args, backwards=True)


def _found(run: Run, this: Value, args: list[Value], *, backwards: bool) -> tuple[int, Value]:
    """Index and value of the first element that passes, holes counted as undefined; -1 if none does."""
    target = to_object(run, this)
    length = length_of(run, target)
    test = callback(run, arg(args, 0))
    for index in range(length - 1, -1, -1) if backwards else range(length):
        run.charge_fuel(1)
        value = element(run, target, index)
        if truthy(call(run, test, arg(args, 1), [value, index, target])):
            return index, value
    return -1, None


def _find(run: Run, this: Value, args: list[Value]) -> Value:
    return _found(run, this, args, backwards=False)[1]


def _find_index(run: Run, this: Value, args: list[Value]) -> Value:
    return _found(run, this, args, backwards=False)[0]


def _find_last(run: Run, this: Value, args: list[Value]) -> Value:
    return _found(run, this, args, backwards=True)[1]


def _find_last_index(run: Run, this: Value, args: list[Value]) -> Value:
    return _found(run, this, args, backwards=True)[0]


def _includes(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    start = clamped(to_integer(run, arg(args, 1)), length) if length else 0
    sought = arg(args, 0)
    for index in range(start, length):
        run.charge_fuel(1)
        if same_value_zero(element(run, target, index), sought):
            return True
    return False


def _index_of(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    start = clamped(to_integer(run, arg(args, 1)), length) if length else 0
    sought = arg(args, 0)
    for index, value in present(run, target, range(start, length)):
        if strict_equals(value, sought):
            return index
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
    mark = (id(run), id(target))
    if mark in _JOINING:
        return ""  # an array within itself, as every engine shows it
    _JOINING.add(mark)
    try:
        return _joined(run, target, length, separator)
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
    return f"[object {tag_of(target)}]"


def _to_locale_string(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
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
    ("every", 1, _every),
    ("filter", 1, _filter),
    ("find", 1, _find),
    ("findIndex", 1, _find_index),
    ("findLast", 1, _find_last),
    ("findLastIndex", 1, _find_last_index),
    ("forEach", 1, _for_each),
    ("includes", 1, _includes),
    ("indexOf", 1, _index_of),
    ("join", 1, _join),
    ("keys", 0, _keys),
    ("lastIndexOf", 1, _last_index_of),
    ("map", 1, _map),
    ("reduce", 1, _reduce),
    ("reduceRight", 1, _reduce_right),
    ("slice", 2, _slice),
    ("some", 1, _some),
    ("toLocaleString", 0, _to_locale_string),
    ("toString", 0, _to_string),
    ("values", 0, _values),
)
