"""Object and Object.prototype (ECMA-262 §20.1), without property descriptors and accessors.

`__proto__` is a matter of the value model, not of a function here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsl.library import object_levels
from dsl.library.building import add_methods, constructor, describe, entry_of, is_array, new_array, new_object, own_keys
from dsl.library.grouping import keyed
from dsl.library.realm import TAGS
from dsl.operators import (
    arg,
    call_method,
    has_property,
    iterate,
    prototype_for,
    same_value,
    to_object,
    to_property_key,
)
from dsl.values import (
    ITEM_BYTES,
    NULL,
    OBJECT_BYTES,
    OBJECT_PROTO,
    Arr,
    Null,
    Obj,
    Value,
    throw_type_error,
)

if TYPE_CHECKING:
    from collections.abc import Iterator as PythonIterator

    from dsl.run import Run

_BUILT_IN_TAGS = frozenset(("Function", "Error", "Boolean", "Number", "String", "Date", "RegExp", "Arguments"))


def _call(run: Run, this: Value, args: list[Value]) -> Value:
    value = arg(args, 0)
    return new_object(run) if value is None or value is NULL else to_object(run, value)


def _construct(run: Run, args: list[Value], new_target: Obj) -> Value:
    if new_target is OBJECT:
        return _call(run, None, args)
    run.charge_memory(OBJECT_BYTES)
    return Obj(prototype_for(run, new_target, OBJECT_PROTO))


def enumerable_keys(run: Run, source: Obj) -> PythonIterator[str]:
    """The own enumerable keys, each looked at when its turn comes."""
    for key in own_keys(run, source):
        if source.has_own(key) and source.enumerable(key):
            yield key


def _assign(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, arg(args, 0))
    for source in args[1:]:
        if source is not None and source is not NULL:
            origin = to_object(run, source)
            for key in enumerable_keys(run, origin):
                target.put(run, key, origin.get(run, key), True)
    return target


def _keys(run: Run, this: Value, args: list[Value]) -> Value:
    return new_array(run, list(enumerable_keys(run, to_object(run, arg(args, 0)))))


def _values(run: Run, this: Value, args: list[Value]) -> Value:
    source = to_object(run, arg(args, 0))
    return new_array(run, [source.get(run, key) for key in enumerable_keys(run, source)])


def _entries(run: Run, this: Value, args: list[Value]) -> Value:
    source = to_object(run, arg(args, 0))
    keys = list(enumerable_keys(run, source))
    run.charge_fuel(len(keys))
    return new_array(run, [new_array(run, [key, source.get(run, key)]) for key in keys])


def _from_entries(run: Run, this: Value, args: list[Value]) -> Value:
    source = arg(args, 0)
    if source is None or source is NULL:
        throw_type_error(run, f"{describe(source)} is not iterable")
    made = new_object(run)
    for entry in iterate(run, source, describe(source)):
        run.charge_fuel(1)
        key, value = entry_of(run, entry)
        made.define(run, to_property_key(run, key), value)
    return made


def _group_by(run: Run, this: Value, args: list[Value]) -> Value:
    groups: dict[str, Arr] = {}
    for said, item in keyed(run, args):
        key = to_property_key(run, said)
        if key not in groups:
            groups[key] = new_array(run, [])
        run.charge_memory(ITEM_BYTES)
        groups[key].items.append(item)
    made = new_object(run, dict(groups))
    made.proto = None
    return made


def _create(run: Run, this: Value, args: list[Value]) -> Value:
    proto = arg(args, 0)
    if not isinstance(proto, Obj | Null):
        throw_type_error(run, f"Object prototype may only be an Object or null: {describe(proto)}")
    properties = arg(args, 1)
    if properties is not None and next(enumerable_keys(run, to_object(run, properties)), None) is not None:
        throw_type_error(run, "Property descriptors are not part of the script language")
    run.charge_memory(OBJECT_BYTES)
    return Obj(proto if isinstance(proto, Obj) else None)


def _get_prototype_of(run: Run, this: Value, args: list[Value]) -> Value:
    proto = to_object(run, arg(args, 0)).proto
    return NULL if proto is None else proto


def _set_prototype_of(run: Run, this: Value, args: list[Value]) -> Value:
    target, proto = arg(args, 0), arg(args, 1)
    if target is None or target is NULL:
        throw_type_error(run, "Object.setPrototypeOf called on null or undefined")
    if not isinstance(proto, Obj | Null):
        throw_type_error(run, f"Object prototype may only be an Object or null: {describe(proto)}")
    if isinstance(target, Obj) and not target.set_prototype(run, proto if isinstance(proto, Obj) else None):
        throw_type_error(run, f"Cannot set prototype of {describe(target)}")
    return target


def _is(run: Run, this: Value, args: list[Value]) -> Value:
    return same_value(arg(args, 0), arg(args, 1))


def _has_own(run: Run, this: Value, args: list[Value]) -> Value:
    target = to_object(run, arg(args, 0))
    return target.has_own(to_property_key(run, arg(args, 1)))


def _get_own_property_names(run: Run, this: Value, args: list[Value]) -> Value:
    return new_array(run, list[Value](own_keys(run, to_object(run, arg(args, 0)))))


def _has_own_property(run: Run, this: Value, args: list[Value]) -> Value:
    key = to_property_key(run, arg(args, 0))
    return to_object(run, this).has_own(key)


def _is_prototype_of(run: Run, this: Value, args: list[Value]) -> Value:
    value = arg(args, 0)
    if not isinstance(value, Obj):
        return False
    target = to_object(run, this)
    link = value.proto
    while link is not None:
        if link is target:
            return True
        run.charge_fuel(1)
        link = link.proto
    return False


def _property_is_enumerable(run: Run, this: Value, args: list[Value]) -> Value:
    key = to_property_key(run, arg(args, 0))
    target = to_object(run, this)
    return target.has_own(key) and target.enumerable(key)


def tag_of(run: Run, value: Obj) -> str:
    """The word that `Object.prototype.toString` shows."""
    link: Obj | None = value
    while link is not None:
        if link in TAGS:
            return TAGS[link]
        run.charge_fuel(1)
        link = link.proto
    if is_array(value):
        return "Array"
    return value.class_name if value.class_name in _BUILT_IN_TAGS else "Object"


def _to_string(run: Run, this: Value, args: list[Value]) -> Value:
    if this is None or this is NULL:
        return "[object Undefined]" if this is None else "[object Null]"
    return f"[object {tag_of(run, to_object(run, this))}]"


def _to_locale_string(run: Run, this: Value, args: list[Value]) -> Value:
    return call_method(run, this, "toString", [])


def _value_of(run: Run, this: Value, args: list[Value]) -> Value:
    return to_object(run, this)


OBJECT = constructor("Object", 1, call=_call, construct=_construct, prototype=OBJECT_PROTO)
OBJECT_PROTO.props["__proto__"] = None
add_methods(
    OBJECT,
    (
        ("assign", 2, _assign),
        ("create", 2, _create),
        ("entries", 1, _entries),
        ("fromEntries", 1, _from_entries),
        ("getOwnPropertyNames", 1, _get_own_property_names),
        ("getPrototypeOf", 1, _get_prototype_of),
        ("groupBy", 2, _group_by),
        ("hasOwn", 2, _has_own),
        ("is", 2, _is),
        ("keys", 1, _keys),
        ("setPrototypeOf", 2, _set_prototype_of),
        ("values", 1, _values),
    ),
)
add_methods(OBJECT, object_levels.METHODS)
add_methods(
    OBJECT_PROTO,
    (
        ("hasOwnProperty", 1, _has_own_property),
        ("isPrototypeOf", 1, _is_prototype_of),
        ("propertyIsEnumerable", 1, _property_is_enumerable),
        ("toLocaleString", 0, _to_locale_string),
        ("toString", 0, _to_string),
        ("valueOf", 0, _value_of),
    ),
)

__all__ = ["OBJECT", "TAGS", "enumerable_keys", "has_property", "tag_of"]
