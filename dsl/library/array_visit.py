"""Array.prototype methods that call a function for each element (ECMA-262 §23.1.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsl.library.array_parts import create_like, define_element, present
from dsl.library.building import MethodTable, callback, element, length_of
from dsl.operators import arg, call, to_object, truthy
from dsl.values import Value, throw_type_error

if TYPE_CHECKING:
    from dsl.run import Run


def _every(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    test = callback(run, arg(args, 0))
    receiver = arg(args, 1)
    for index, value in present(run, target, range(length)):
        if not truthy(call(run, test, receiver, [value, index, target])):
            return False
    return True


def _some(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    test = callback(run, arg(args, 0))
    receiver = arg(args, 1)
    for index, value in present(run, target, range(length)):
        if truthy(call(run, test, receiver, [value, index, target])):
            return True
    return False


def _for_each(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    function = callback(run, arg(args, 0))
    receiver = arg(args, 1)
    for index, value in present(run, target, range(length)):
        call(run, function, receiver, [value, index, target])
    return None


def _map(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    function = callback(run, arg(args, 0))
    receiver = arg(args, 1)
    made = create_like(run, target, length)
    for index, value in present(run, target, range(length)):
        define_element(run, made, index, call(run, function, receiver, [value, index, target]))
    return made


def _filter(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, this)
    length = length_of(run, target)
    test = callback(run, arg(args, 0))
    receiver = arg(args, 1)
    made = create_like(run, target, 0)
    kept = 0
    for index, value in present(run, target, range(length)):
        if truthy(call(run, test, receiver, [value, index, target])):
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
    receiver = arg(args, 1)
    for index in range(length - 1, -1, -1) if backwards else range(length):
        run.charge_fuel(1)
        value = element(run, target, index)
        if truthy(call(run, test, receiver, [value, index, target])):
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


METHODS: MethodTable = (
    ("every", 1, _every),
    ("filter", 1, _filter),
    ("find", 1, _find),
    ("findIndex", 1, _find_index),
    ("findLast", 1, _find_last),
    ("findLastIndex", 1, _find_last_index),
    ("forEach", 1, _for_each),
    ("map", 1, _map),
    ("reduce", 1, _reduce),
    ("reduceRight", 1, _reduce_right),
    ("some", 1, _some),
)
