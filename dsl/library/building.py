"""How the library's files say what they define: tables of natives, constructors, and the few helpers all natives share.

No built-in is defined here; realm order and paths are in the package's __init__.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from dsl.library.realm import BUILT_INS
from dsl.operators import number_to_string, to_integer, to_length
from dsl.properties import own_keys as own_keys
from dsl.values import (
    ARRAY_PROTO,
    HOLE,
    ITEM_BYTES,
    MAX_INDEX,
    NULL,
    OBJECT_BYTES,
    OBJECT_PROTO,
    OPEN,
    PROPERTY_BYTES,
    STRING_BYTES,
    Arguments,
    Arr,
    Native,
    NativeCall,
    NativeConstruct,
    Obj,
    Value,
    brief,
    throw_range_error,
    throw_type_error,
)

if TYPE_CHECKING:
    from dsl.run import Run

MethodTable = Iterable[tuple[str, int, NativeCall]]
"""Rows of (name, length, call), as ECMA-262 gives name and length of each function."""
MAX_STRING = 2**28
"""The longest string, in code units; memory ends most runs long before."""
MAX_LENGTH = 2**53 - 1
T = TypeVar("T")
_FREE_PIECES = 1024


def add_methods(target: Obj, table: MethodTable) -> None:
    """Give *target* a native for each row."""
    for name, length, call in table:
        target.props[name] = BUILT_INS.complete(target.props.get(name), name, length, call=call)


def constructor(
    name: str,
    length: int,
    *,
    call: NativeCall,
    construct: NativeConstruct | None,
    prototype: Obj,
    parent: Obj | None = None,
) -> Native:
    """A constructor tied to its prototype in both directions."""
    made = BUILT_INS.function(name, length, call=call, construct=construct, proto=parent)
    made.props["prototype"] = prototype
    prototype.props["constructor"] = made
    return made


def describe(value: Value) -> str:
    """*value* in a few words for a message; calls nothing of the script's."""
    if isinstance(value, Obj):
        return "function" if value.is_callable else f"#<{value.class_name}>"
    if isinstance(value, str):
        return f"'{brief(value)}'"
    if value is None or value is NULL:
        return "undefined" if value is None else "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    assert isinstance(value, int | float)
    return number_to_string(value)


def callback(run: Run, value: Value) -> Obj:
    """*value* if it can be called, else a TypeError."""
    if isinstance(value, Obj) and value.is_callable:
        return value
    throw_type_error(run, f"{describe(value)} is not a function")


def new_array(run: Run, items: list[Value]) -> Arr:
    """An array of *items*; charges for it."""
    run.charge_memory(OBJECT_BYTES + ITEM_BYTES * len(items))
    return Arr(items)


def new_object(run: Run, props: dict[str, Value] | None = None) -> Obj:
    """A plain object with *props*; charges for it."""
    run.charge_memory(OBJECT_BYTES + PROPERTY_BYTES * len(props or ()))
    return Obj(OBJECT_PROTO, props)


def charge_text(run: Run, length: int) -> None:
    """Pay for a string of *length* code units before it is built."""
    if length > MAX_STRING:
        throw_range_error(run, "Invalid string length")
    run.charge_memory(STRING_BYTES + 2 * length)
    run.charge_fuel(length >> 6)


def charge_pieces(run: Run, count: int) -> None:
    """Pay for a list of so many short strings, of which a text is put together, where it is not small."""
    if count > _FREE_PIECES:
        run.charge_memory((STRING_BYTES + ITEM_BYTES) * count)


def joined(units: str) -> str:
    """Code units as code points; a surrogate without its other half stays as it is."""
    if units.isascii():
        return units
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def is_array(value: Value) -> bool:
    """Array.isArray (ECMA-262 §7.2.2)."""
    return isinstance(value, Arr) and not isinstance(value, Arguments)


def length_of(run: Run, target: Obj) -> int:
    """The length of an array-like (ECMA-262 §7.3.19)."""
    if type(target) is Arr:
        return len(target.items)
    return to_length(run, target.get(run, "length"))


def element(run: Run, target: Obj, index: int) -> Value:
    """The element at *index* of an array-like, own or inherited."""
    if type(target) is Arr and index < len(target.items) and target.items[index] is not HOLE:
        return target.items[index]
    return target.get(run, str(index))


def has_element(run: Run, target: Obj, index: int) -> bool:
    """Whether there is an element at *index*, own or inherited."""
    return target.has(run, str(index))


def put_element(run: Run, target: Obj, index: int, value: Value) -> None:
    """Assign an element; a refusal is a TypeError, as everywhere in the library."""
    if type(target) is Arr and index <= MAX_INDEX:
        target.put_index(run, index, value, True)
    else:
        target.put(run, str(index), value, True)


def put_length(run: Run, target: Obj, length: int) -> None:
    """Assign `length`; a refusal is a TypeError."""
    target.put(run, "length", length, True)


def usual_items(target: Obj) -> list[Value] | None:
    """The list of an array that inherits as arrays do, so that a hole in it stands for nothing at all; else None.

    What it holds may be read, or copied, without asking the array for each element.
    """
    return target.items if type(target) is Arr and target.proto is ARRAY_PROTO else None


def open_items(target: Obj) -> list[Value] | None:
    """As usual_items, of an array that may change: its list may be changed in place."""
    return usual_items(target) if target.level == OPEN else None


def list_from(run: Run, value: Value) -> list[Value]:
    """The elements of an array-like given as an argument list (ECMA-262 §7.3.20 CreateListFromArrayLike)."""
    if not isinstance(value, Obj):
        throw_type_error(run, "CreateListFromArrayLike called on non-object")
    items = usual_items(value)
    length = length_of(run, value)
    run.charge_memory(8 * length)
    if items is not None:
        run.charge_fuel(length >> 4)
        return [None if item is HOLE else item for item in items]
    run.charge_fuel(length)
    return [element(run, value, index) for index in range(length)]


def entry_of(run: Run, entry: Value) -> tuple[Value, Value]:
    """Key and value of a pair, as Map and Object.fromEntries take them; a TypeError if it is no object."""
    if not isinstance(entry, Obj):
        throw_type_error(run, f"Iterator value {describe(entry)} is not an entry object")
    items = usual_items(entry)
    if items is not None and len(items) == 2 and HOLE not in items:
        return items[0], items[1]
    return entry.get(run, "0"), entry.get(run, "1")


def relative_index(run: Run, value: Value, length: int, *, default: int) -> int:
    """A start or end argument: negative counts from the end; kept within 0..length; *default* for undefined."""
    if value is None:
        return default
    return clamped(to_integer(run, value), length)


def clamped(relative: int | float, length: int) -> int:
    """A relative position as an absolute one within 0..length."""
    return int(max(length + relative, 0)) if relative < 0 else int(min(relative, length))


Nested = Generator["Nested[Any]", Any, T]
"""A walk over nested data: it yields walks over the parts and is sent their results."""


def walk(nested: Nested[T]) -> T:
    """Run a walk to its end with an own stack in place of recursion."""
    stack: list[Nested[Any]] = [nested]
    result: Any = None
    while stack:
        try:
            stack.append(stack[-1].send(result))
            result = None
        except StopIteration as finished:
            stack.pop()
            result = finished.value
    return result  # type: ignore[no-any-return]
