"""What the methods of arrays share: making the array that is filled, filling it, and walking what is there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dsl.library.building import (
    describe,
    element,
    has_element,
    is_array,
    new_array,
    put_element,
    put_length,
)
from dsl.operators import (
    construct,
)
from dsl.values import (
    HOLE,
    ITEM_BYTES,
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


def create_like(run: Run, original: Obj, length: int) -> Arr:
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
    elif type(target) is Arr and target.level == 0:
        target.place(run, index, value)
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
        run.fuel -= 1
        if run.fuel < 0:
            run.out_of_fuel()
        if type(target) is Arr and index < len(target.items) and target.items[index] is not HOLE:
            yield index, target.items[index]
        elif has_element(run, target, index):
            yield index, element(run, target, index)
