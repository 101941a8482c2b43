"""Property access on any value, and the questions `in`, `instanceof`, `for-in` and spread ask of objects."""

from __future__ import annotations

from collections.abc import Iterator as PythonIterator
from typing import TYPE_CHECKING, Final

from .arrays import ARRAY_PROTO, ITEM_BYTES, Arr
from .base import HOLE, MISSING, NULL, OBJECT_BYTES, OBJECT_PROTO, STRING_BYTES, Obj, Value, throw_type_error
from .callables import Bound
from .conversions import to_property_key
from .exotics import BOOLEAN_PROTO, NUMBER_PROTO, STRING_PROTO, Wrapper
from .units import brief, index_of

if TYPE_CHECKING:
    from .run import Run


KEY_BYTES: Final = 64
"""A key in a list of keys: an index is a new string."""
_FUNCTION_KEYS: Final = 8
"""As many keys are what a function may make when it is asked for them: its name, its length, its prototype."""


def get(run: Run, value: Value, key: Value) -> Value:
    """value[key] for any value and any key."""
    if type(key) is int and key >= 0:
        if type(value) is Arr:
            items = value.items
            if key < len(items) and items[key] is not HOLE:
                return items[key]
        elif type(value) is str and key < len(value):
            return character(run, value, key)
    if isinstance(value, Obj):
        return value.get(run, key if type(key) is str else to_property_key(run, key))
    require_coercible(run, value, key)
    return get_named(run, value, to_property_key(run, key))


def character(run: Run, string: str, index: int) -> str:
    """The code unit at *index*, as a string; Python keeps one for each unit below 256."""
    unit = string[index]
    if unit > "\xff":
        run.charge_memory(STRING_BYTES + 2)
    return unit


def get_named(run: Run, value: Value, name: str) -> Value:
    """value.name for any value; a TypeError for undefined and null.

    What is asked most is answered first: own properties of plain objects, and the methods of strings and arrays.
    """
    found = MISSING
    if type(value) is Obj:
        found = value.props.get(name, MISSING)
    elif type(value) is str:
        found = STRING_PROTO.props.get(name, MISSING)
    elif type(value) is Arr and value.proto is ARRAY_PROTO and not value.props:
        found = len(value.items) if name == "length" else ARRAY_PROTO.props.get(name, MISSING)
    if found is not MISSING:
        return found
    if isinstance(value, Obj):
        return value.get(run, name)
    if isinstance(value, str):
        if name == "length":
            return len(value)
        index = index_of(name)
        return character(run, value, index) if 0 <= index < len(value) else _inherited(run, STRING_PROTO, name)
    if isinstance(value, bool | int | float):
        return _inherited(run, BOOLEAN_PROTO if isinstance(value, bool) else NUMBER_PROTO, name)
    throw_type_error(run, f"Cannot read properties of {nothing(value)} (reading '{brief(name)}')")


def _inherited(run: Run, proto: Obj, name: str) -> Value:
    """What a primitive inherits."""
    return proto if name == "__proto__" else proto.get(run, name)


def put(run: Run, value: Value, key: Value, new: Value, strict: bool) -> Value:
    """value[key] = new; gives *new* back."""
    if type(key) is int and type(value) is Arr and key >= 0:
        items = value.items
        if value.level == 0 and key < len(items) and items[key] is not HOLE:
            items[key] = new
        elif value.level == 0 and key == len(items) and value.proto is ARRAY_PROTO:
            run.charge_memory(ITEM_BYTES)
            items.append(new)
        else:
            value.put(run, str(key), new, strict)
        return new
    if not isinstance(value, Obj) and (value is None or value is NULL):
        throw_type_error(run, f"Cannot set properties of {nothing(value)}{_setting(key)}")
    return put_named(run, value, to_property_key(run, key), new, strict)


def put_named(run: Run, value: Value, name: str, new: Value, strict: bool) -> Value:
    """value.name = new; gives *new* back."""
    if isinstance(value, Obj):
        value.put(run, name, new, strict)
    elif value is None or value is NULL:
        throw_type_error(run, f"Cannot set properties of {nothing(value)} (setting '{brief(name)}')")
    elif strict:
        throw_type_error(run, f"Cannot create property '{brief(name)}' on a primitive value")
    return new


def delete(run: Run, value: Value, key: Value, strict: bool) -> bool:
    """delete value[key]."""
    require_coercible(run, value, key)
    name = to_property_key(run, key)
    if isinstance(value, Obj):
        return value.delete(run, name, strict)
    if isinstance(value, str):
        return Wrapper(value).delete(run, name, strict)
    return True


def has_property(run: Run, value: Value, key: Value) -> bool:
    """key in value."""
    if not isinstance(value, Obj):
        throw_type_error(run, "Cannot use 'in' operator to search in a primitive value")
    return value.has(run, to_property_key(run, key))


def instance_of(run: Run, value: Value, kind: Value) -> bool:
    """value instanceof kind (OrdinaryHasInstance, 7.3.22)."""
    if not isinstance(kind, Obj) or not kind.is_callable:
        throw_type_error(run, "Right-hand side of 'instanceof' is not callable")
    while isinstance(kind, Bound):
        kind = kind.target
    if not isinstance(value, Obj):
        return False
    prototype = kind.get(run, "prototype")
    if not isinstance(prototype, Obj):
        throw_type_error(run, "Function has non-object prototype in instanceof check")
    proto = value.proto
    while proto is not None:
        if proto is prototype:
            return True
        run.fuel -= 1
        proto = proto.proto
    return False


def for_in_keys(run: Run, value: Value) -> PythonIterator[str]:
    """The keys that for-in visits: enumerable, own then inherited, none twice, none deleted meanwhile (14.7.5.9)."""
    if value is None or value is NULL:
        return
    level: Obj | None = value if isinstance(value, Obj) else Wrapper(value) if isinstance(value, str) else None
    seen: set[str] = set()
    while level is not None:
        keys = own_keys(run, level)
        for key in keys:
            if key not in seen and level.has_own(key):
                seen.add(key)
                if level.enumerable(key):
                    yield key
        level = level.proto


def copy_properties(run: Run, target: Obj, source: Value, excluded: frozenset[str] = frozenset()) -> Obj:
    """CopyDataProperties (7.3.26): the own enumerable properties of *source*, but for *excluded*."""
    origin = Wrapper(source) if isinstance(source, str) else source
    if isinstance(origin, Obj):
        keys = own_keys(run, origin)
        if origin is not source:
            run.charge_memory(STRING_BYTES * len(keys))
        for key in keys:
            if key not in excluded and origin.enumerable(key):
                target.define(run, key, origin.get(run, key))
    return target


def own_keys(run: Run, target: Obj) -> list[str]:
    """All own keys in order; charges for the list first."""
    size = len(target.props)
    if isinstance(target, Arr):
        size += len(target.items)
    elif isinstance(target, Wrapper) and isinstance(target.value, str):
        size += 2 * len(target.value)
    elif target.is_callable:
        size += _FUNCTION_KEYS
    run.charge_fuel(1 + size)
    run.charge_memory(KEY_BYTES * size)
    return target.own_keys()


def new_object(run: Run) -> Obj:
    """A new empty object."""
    run.charge_memory(OBJECT_BYTES)
    return Obj(OBJECT_PROTO)


def own_value(value: Obj, key: str) -> Value:
    """The own property, undefined if there is none."""
    found = value.get_own(key)
    return None if found is MISSING else found


def require_coercible(run: Run, value: Value, key: Value) -> None:
    """A TypeError for undefined and null."""
    if value is None or value is NULL:
        reading = f" (reading '{brief(key)}')" if isinstance(key, str) else ""
        throw_type_error(run, f"Cannot read properties of {nothing(value)}{reading}")


def nothing(value: Value) -> str:
    """ "null" or "undefined"."""
    return "null" if value is NULL else "undefined"


def _setting(key: Value) -> str:
    return f" (setting '{brief(key)}')" if isinstance(key, str) else ""
