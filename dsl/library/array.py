"""Array, and the Array.prototype methods that make new arrays (ECMA-262 §23.1).

array_search, array_visit and array_change hold the other methods.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dsl.library import array_change, array_search, array_visit
from dsl.library.array_change import comparator, sorted_values, splice_count
from dsl.library.array_parts import (
    MAX_ARRAY,
    construct_list,
    create_array,
    create_like,
    define_element,
    present,
)
from dsl.library.building import (
    MAX_LENGTH,
    Nested,
    add_methods,
    callback,
    constructor,
    describe,
    element,
    is_array,
    length_of,
    new_array,
    put_length,
    relative_index,
    usual_items,
    walk,
)
from dsl.operators import arg, call, iterable_as, iterate, prototype_for, to_integer, to_object
from dsl.values import (
    ARRAY_PROTO,
    ITEM_BYTES,
    NULL,
    OBJECT_BYTES,
    Arr,
    Obj,
    Value,
    throw_range_error,
    throw_type_error,
)

if TYPE_CHECKING:
    from dsl.run import Run


def _call(run: Run, this: Value, args: list[Value]) -> Value:
    return _construct(run, args, ARRAY)


def _construct(run: Run, args: list[Value], new_target: Obj) -> Value:
    proto = prototype_for(run, new_target, ARRAY_PROTO)
    first = arg(args, 0)
    run.charge_memory(OBJECT_BYTES + ITEM_BYTES * len(args))
    made = Arr([] if len(args) == 1 else list(args), proto)
    if len(args) == 1:
        if not isinstance(first, int | float) or isinstance(first, bool):
            made.items.append(first)
        elif not (0 <= first <= MAX_ARRAY and first == int(first)):
            throw_range_error(run, "Invalid array length")
        else:
            put_length(run, made, int(first))
    return made


def _is_array(run: Run, this: Value, args: list[Value]) -> Value:
    return is_array(arg(args, 0))


def _of(run: Run, this: Value, args: list[Value]) -> Value:
    made = construct_list(run, this, len(args))
    for index, value in enumerate(args):
        run.charge_fuel(1)
        define_element(run, made, index, value)
    put_length(run, made, len(args))
    return made


def _from(run: Run, this: Value, args: list[Value]) -> Value:
    source = arg(args, 0)
    function = None if arg(args, 1) is None else callback(run, args[1])
    if source is None or source is NULL:
        throw_type_error(run, f"{describe(source)} is not iterable")
    like = to_object(run, source) if iterable_as(run, source) is None else None
    length = None if like is None else length_of(run, like)
    made = construct_list(run, this, length)
    index = 0
    values = iterate(run, source) if like is None else (element(run, like, at) for at in range(length or 0))
    for value in values:
        run.charge_fuel(1)
        mapped = value if function is None else call(run, function, arg(args, 2), [value, index])
        define_element(run, made, index, mapped)
        index += 1
    put_length(run, made, index)
    return made


def _concat(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    made = create_like(run, target, 0)
    at = 0
    for item in (target, *args):
        if isinstance(item, Obj) and is_array(item):
            length = length_of(run, item)
            if at + length > MAX_LENGTH:
                throw_type_error(run, "The concatenated array is too long")
            if _append_all(run, made, item, at):
                at += length
                continue
            for index, value in present(run, item, range(length)):
                define_element(run, made, at + index, value)
            at += length
        else:
            run.charge_fuel(1)
            define_element(run, made, at, item)
            at += 1
    put_length(run, made, at)
    return made


def _append_all(run: Run, made: Arr, source: Obj, at: int) -> bool:
    """Add the list of an ordinary array, holes as they are, to one that is filled up to *at*; false if it is not so."""
    items = usual_items(source)
    if items is None or type(made) is not Arr or len(made.items) != at or at + len(items) > MAX_ARRAY:
        return False
    run.charge_fuel(len(items) >> 4)
    run.charge_memory(ITEM_BYTES * len(items))
    made.items.extend(items)
    return True


def _flat(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    depth = 1 if arg(args, 0) is None else max(to_integer(run, args[0]), 0)
    made = create_like(run, target, 0)
    walk(_flatten(run, made, target, length, depth=depth, at=0))
    return made


def _flatten(run: Run, made: Obj, source: Obj, length: int, *, depth: float, at: int) -> Nested[int]:
    """Append the elements of *source* to *made* at *at*, opening arrays *depth* levels down; gives the next place."""
    for _, value in present(run, source, range(length)):
        if depth > 0 and isinstance(value, Obj) and is_array(value):
            run.charge_memory(3 * OBJECT_BYTES)
            at = yield _flatten(run, made, value, length_of(run, value), depth=depth - 1, at=at)
        else:
            define_element(run, made, at, value)
            at += 1
    return at


def _flat_map(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    function = callback(run, arg(args, 0))
    made = create_like(run, target, 0)
    at = 0
    for index, value in present(run, target, range(length)):
        mapped = call(run, function, arg(args, 1), [value, index, target])
        if isinstance(mapped, Obj) and is_array(mapped):
            at = walk(_flatten(run, made, mapped, length_of(run, mapped), depth=0, at=at))
        else:
            define_element(run, made, at, mapped)
            at += 1
    return made


def _copied(run: Run, target: Obj, length: int) -> list[Value]:
    """All elements as a new list, holes as undefined; a RangeError if no array can hold them."""
    if length > MAX_ARRAY:
        throw_range_error(run, "Invalid array length")
    values: list[Value] = []
    for index in range(length):
        run.charge_fuel(1)
        run.charge_memory(ITEM_BYTES)
        values.append(element(run, target, index))
    return values


def _to_reversed(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    if length > MAX_ARRAY:
        throw_range_error(run, "Invalid array length")
    values: list[Value] = []
    for index in range(length - 1, -1, -1):
        run.charge_fuel(1)
        run.charge_memory(ITEM_BYTES)
        values.append(element(run, target, index))
    return new_array(run, values)


def _to_sorted(run: Run, this: Value, args: list[Value]) -> Value:
    compare = comparator(run, arg(args, 0))
    target = to_object(run, this)
    return new_array(run, sorted_values(run, _copied(run, target, length_of(run, target)), compare))


def _to_spliced(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    start = relative_index(run, arg(args, 0), length, default=0)
    removed = splice_count(run, args, length, start)
    total = length + len(args[2:]) - removed
    if total > MAX_LENGTH:
        throw_type_error(run, "The spliced array is too long")
    if total > MAX_ARRAY:
        throw_range_error(run, "Invalid array length")
    values: list[Value] = []
    for index in (*range(start), *range(-1, -1 - len(args[2:]), -1), *range(start + removed, length)):
        run.charge_fuel(1)
        run.charge_memory(ITEM_BYTES)
        values.append(element(run, target, index) if index >= 0 else args[1 - index])
    return new_array(run, values)


def _with(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    relative = to_integer(run, arg(args, 0))
    index = relative if relative >= 0 else length + relative
    if not 0 <= index < length or index == math.inf:
        throw_range_error(run, "Invalid index")
    if length > MAX_ARRAY:
        throw_range_error(run, "Invalid array length")
    values: list[Value] = []
    for at in range(length):
        run.charge_fuel(1)
        run.charge_memory(ITEM_BYTES)
        values.append(arg(args, 1) if at == index else element(run, target, at))
    return new_array(run, values)


ARRAY = constructor("Array", 1, call=_call, construct=_construct, prototype=ARRAY_PROTO)
add_methods(ARRAY, (("from", 1, _from), ("isArray", 1, _is_array), ("of", 0, _of)))
add_methods(ARRAY_PROTO, array_search.METHODS)
add_methods(ARRAY_PROTO, array_visit.METHODS)
add_methods(ARRAY_PROTO, array_change.METHODS)
add_methods(
    ARRAY_PROTO,
    (
        ("concat", 1, _concat),
        ("flat", 0, _flat),
        ("flatMap", 1, _flat_map),
        ("toReversed", 0, _to_reversed),
        ("toSorted", 1, _to_sorted),
        ("toSpliced", 2, _to_spliced),
        ("with", 2, _with),
    ),
)

__all__ = ["ARRAY", "create_array"]
