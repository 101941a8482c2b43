"""Array.prototype methods that change an array-like in place (ECMA-262 §23.1.3), and the order that sort gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cmp_to_key
from typing import TYPE_CHECKING, Any

from dsl.library.array_parts import MAX_ARRAY, create_like, define_element, present
from dsl.library.building import (
    MAX_LENGTH,
    MethodTable,
    clamped,
    describe,
    element,
    has_element,
    length_of,
    new_array,
    open_items,
    put_element,
    put_length,
    relative_index,
)
from dsl.operators import arg, call, to_integer, to_number, to_object, to_string
from dsl.values import GAP_BYTES, HOLE, ITEM_BYTES, Arr, Obj, Value, throw_type_error

if TYPE_CHECKING:
    from dsl.run import Run


def _delete(run: Run, target: Obj, index: int) -> None:
    target.delete(run, str(index), True)


def _move(run: Run, target: Obj, source: int, to: int) -> None:
    """Put the element at *source* at *to*, or nothing there if there is none."""
    run.charge_fuel(1)
    if has_element(run, target, source):
        put_element(run, target, to, element(run, target, source))
    else:
        _delete(run, target, to)


def _copy_within(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    to = clamped(to_integer(run, arg(args, 0)), length)
    start = clamped(to_integer(run, arg(args, 1)), length)
    end = relative_index(run, arg(args, 2), length, default=length)
    count = min(end - start, length - to)
    offsets: Iterable[int] = range(count)
    if start < to < start + count:
        offsets = range(count - 1, -1, -1)
    for offset in offsets:
        _move(run, target, start + offset, to + offset)
    return target


def _fill(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    start = relative_index(run, arg(args, 1), length, default=0)
    end = relative_index(run, arg(args, 2), length, default=length)
    items = open_items(target)
    if items is not None and end <= len(items):
        run.charge_fuel(max(end - start, 0) >> 4)
        run.charge_memory((ITEM_BYTES - GAP_BYTES) * items[start:end].count(HOLE))
        items[start:end] = [arg(args, 0)] * (end - start)
        return target
    for index in range(start, end):
        run.charge_fuel(1)
        put_element(run, target, index, arg(args, 0))
    return target


def _pop(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    items = open_items(target)
    if items:
        last = items.pop()
        return None if last is HOLE else last
    length = length_of(run, target)
    if not length:
        put_length(run, target, 0)
        return None
    value = element(run, target, length - 1)
    _delete(run, target, length - 1)
    put_length(run, target, length - 1)
    return value


def _push(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    items = open_items(target)
    if items is not None and length + len(args) <= MAX_ARRAY:
        run.charge_fuel(len(args) >> 2)
        run.charge_memory(ITEM_BYTES * len(args))
        items += args
        return len(items)
    if length + len(args) > MAX_LENGTH:
        throw_type_error(run, "Pushing this many elements makes an array too long")
    run.charge_fuel(len(args))
    items = open_items(target)
    if items is not None:
        run.charge_memory(ITEM_BYTES * len(args))
        items.extend(args)
        return len(items)
    for offset, value in enumerate(args):
        put_element(run, target, length + offset, value)
    put_length(run, target, length + len(args))
    return length + len(args)


def _reverse(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    items = open_items(target)
    if items is not None:
        run.charge_fuel(length >> 4)
        items.reverse()
        return target
    for low in range(length // 2):
        run.charge_fuel(1)
        _swap(run, target, low, length - 1 - low)
    return target


def _swap(run: Run, target: Obj, low: int, high: int) -> None:
    has_low = has_element(run, target, low)
    low_value = element(run, target, low) if has_low else None
    has_high = has_element(run, target, high)
    high_value = element(run, target, high) if has_high else None
    if has_high:
        put_element(run, target, low, high_value)
    elif has_low:
        _delete(run, target, low)
    if has_low:
        put_element(run, target, high, low_value)
    elif has_high:
        _delete(run, target, high)


def _shift(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    if not length:
        put_length(run, target, 0)
        return None
    items = open_items(target)
    if items is not None:
        run.charge_fuel(length >> 6)
        first = items.pop(0)
        return None if first is HOLE else first
    value = element(run, target, 0)
    for index in range(1, length):
        _move(run, target, index, index - 1)
    _delete(run, target, length - 1)
    put_length(run, target, length - 1)
    return value


def _unshift(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    count = len(args)
    items = open_items(target)
    if items is not None and length + count <= MAX_ARRAY:
        run.charge_fuel((length >> 6) + count)
        run.charge_memory(ITEM_BYTES * count)
        items[:0] = args
        return length + count
    if count:
        if length + count > MAX_LENGTH:
            throw_type_error(run, "Inserting this many elements makes an array too long")
        for index in range(length - 1, -1, -1):
            _move(run, target, index, index + count)
        for index, value in enumerate(args):
            put_element(run, target, index, value)
    put_length(run, target, length + count)
    return length + count


def _splice(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    start = relative_index(run, arg(args, 0), length, default=0)
    items = args[2:]
    removed = splice_count(run, args, length, start)
    if length + len(items) - removed > MAX_LENGTH:
        throw_type_error(run, "Splicing in this many elements makes an array too long")
    open_list = open_items(target)
    if open_list is not None and len(open_list) == length and length + len(items) - removed <= MAX_ARRAY:
        create_like(run, target, 0)
        return _splice_list(run, open_list, slice(start, start + removed), items)
    made = create_like(run, target, removed)
    for index, value in present(run, target, range(start, start + removed)):
        define_element(run, made, index - start, value)
    put_length(run, made, removed)
    _make_room(run, target, length, start=start, removed=removed, added=len(items))
    for offset, value in enumerate(items):
        run.charge_fuel(1)
        put_element(run, target, start + offset, value)
    put_length(run, target, length - removed + len(items))
    return made


def _splice_list(run: Run, items: list[Value], part: slice, added: list[Value]) -> Arr:
    """Put *added* in place of a part of an array's list; an array of that part."""
    removed = part.stop - part.start
    moved = len(items) - part.stop if removed != len(added) else 0
    run.charge_fuel((removed >> 4) + len(added) + (moved >> 6))
    run.charge_memory(ITEM_BYTES * len(added))
    made = new_array(run, items[part])
    items[part] = added
    return made


def splice_count(run: Run, args: list[Value], length: int, start: int) -> int:
    """How many elements splice takes away: none without arguments, all the rest without a second one."""
    if not args:
        return 0
    if len(args) == 1:
        return length - start
    return int(min(max(to_integer(run, args[1]), 0), length - start))


def _make_room(run: Run, target: Obj, length: int, *, start: int, removed: int, added: int) -> None:
    """Move what stands behind the spliced part to its new place."""
    if added < removed:
        for index in range(start, length - removed):
            _move(run, target, index + removed, index + added)
        for index in range(length - 1, length - removed + added - 1, -1):
            run.charge_fuel(1)
            _delete(run, target, index)
    elif added > removed:
        for index in range(length - removed - 1, start - 1, -1):
            _move(run, target, index + removed, index + added)


def _sort(run: Run, this: Value, args: list[Value]) -> Value:
    compare = comparator(run, arg(args, 0))
    target = to_object(run, this)
    length = length_of(run, target)
    values: list[Value] = []
    for _, value in present(run, target, range(length)):
        run.charge_memory(ITEM_BYTES)
        values.append(value)
    in_order = sorted_values(run, values, compare)
    for index, value in enumerate(in_order):
        run.charge_fuel(1)
        put_element(run, target, index, value)
    for index in range(len(in_order), length):
        run.charge_fuel(1)
        if has_element(run, target, index):
            _delete(run, target, index)
    return target


def comparator(run: Run, value: Value) -> Obj | None:
    """The comparison that sort was given; None for undefined, a TypeError for anything that cannot be called."""
    if value is None or (isinstance(value, Obj) and value.is_callable):
        return value
    throw_type_error(run, f"The comparison function must be either a function or undefined, not {describe(value)}")


def sorted_values(run: Run, values: list[Value], compare: Obj | None) -> list[Value]:
    """*values* in order, undefined last; stable whatever *compare* answers (§23.1.3.30.2 CompareArrayElements)."""
    defined = [value for value in values if value is not None]
    run.charge_fuel(len(values))
    run.charge_memory(3 * ITEM_BYTES * len(values))
    if compare is None:
        keyed = [(to_string(run, value), value) for value in defined]
        run.charge_fuel(len(keyed) * max(len(keyed), 1).bit_length() >> 2)
        keyed.sort(key=lambda pair: pair[0])
        defined = [value for _, value in keyed]
    else:

        def order(left: Value, right: Value) -> int:
            run.charge_fuel(1)
            answer = to_number(run, call(run, compare, None, [left, right]))
            return (answer > 0) - (answer < 0)

        by_script: Callable[[Value], Any] = cmp_to_key(order)
        defined.sort(key=by_script)
    return defined + [None] * (len(values) - len(defined))


METHODS: MethodTable = (
    ("copyWithin", 2, _copy_within),
    ("fill", 1, _fill),
    ("pop", 0, _pop),
    ("push", 1, _push),
    ("reverse", 0, _reverse),
    ("shift", 0, _shift),
    ("sort", 1, _sort),
    ("splice", 2, _splice),
    ("unshift", 1, _unshift),
)
