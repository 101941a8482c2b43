"""Map and Set (ECMA-262 §24.1, §24.2).  `size` is answered by the value model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsl.library.building import add_methods, callback, constructor, describe, entry_of, new_array
from dsl.library.grouping import keyed
from dsl.library.iterator import iterator
from dsl.library.realm import TAGS
from dsl.operators import arg, call, iterate, prototype_for
from dsl.values import (
    ITEM_BYTES,
    MAP_PROTO,
    MISSING,
    NULL,
    OBJECT_BYTES,
    SET_PROTO,
    Arr,
    Collection,
    Cursor,
    MapObject,
    Native,
    NativeCall,
    Obj,
    SetObject,
    Value,
    throw_type_error,
)

if TYPE_CHECKING:
    from dsl.run import Run

ENTRY_BYTES = 250
"""What one entry is reckoned at: its list, its place in the index, a hashed key."""


def _needs_new(name: str) -> NativeCall:
    def refuse(run: Run, this: Value, args: list[Value]) -> Value:
        throw_type_error(run, f"Constructor {name} requires 'new'")

    return refuse


def _map(run: Run, this: Value, method: str) -> MapObject:
    if isinstance(this, MapObject):
        return this
    throw_type_error(run, f"Method Map.prototype.{method} called on incompatible receiver {describe(this)}")


def _set(run: Run, this: Value, method: str) -> SetObject:
    if isinstance(this, SetObject):
        return this
    throw_type_error(run, f"Method Set.prototype.{method} called on incompatible receiver {describe(this)}")


def _construct_map(run: Run, args: list[Value], new_target: Obj) -> Value:
    run.charge_memory(OBJECT_BYTES)
    made = MapObject(prototype_for(run, new_target, MAP_PROTO))
    source = arg(args, 0)
    if source is None or source is NULL:
        return made
    adder = callback(run, made.get(run, "set"))
    for entry in iterate(run, source, describe(source)):
        run.charge_fuel(1)
        key, value = entry_of(run, entry)
        _add(run, adder, made, [key, value])
    return made


def _add(run: Run, adder: Obj, made: Collection, args: list[Value]) -> None:
    """Call the `set` or `add` of *made*; its own one without ceremony."""
    if isinstance(adder, Native) and adder.call in (_map_set, _set_add):
        adder.call(run, made, args)
    else:
        call(run, adder, made, args)


def _group_by(run: Run, this: Value, args: list[Value]) -> Value:
    run.charge_memory(OBJECT_BYTES)
    made = MapObject()
    for key, item in keyed(run, args):
        group = made.table.get(key)
        if not isinstance(group, Arr):
            run.charge_memory(ENTRY_BYTES)
            group = new_array(run, [])
            made.table.set(key, group)
        run.charge_memory(ITEM_BYTES)
        group.items.append(item)
    return made


def _construct_set(run: Run, args: list[Value], new_target: Obj) -> Value:
    run.charge_memory(OBJECT_BYTES)
    made = SetObject(prototype_for(run, new_target, SET_PROTO))
    source = arg(args, 0)
    if source is None or source is NULL:
        return made
    adder = callback(run, made.get(run, "add"))
    for value in iterate(run, source, describe(source)):
        run.charge_fuel(1)
        _add(run, adder, made, [value])
    return made


def _map_get(run: Run, this: Value, args: list[Value]) -> Value:
    value = _map(run, this, "get").table.get(arg(args, 0))
    return None if value is MISSING else value


def _map_set(run: Run, this: Value, args: list[Value]) -> Value:
    table = _map(run, this, "set").table
    if table.get(arg(args, 0)) is MISSING:
        run.charge_memory(ENTRY_BYTES)
    table.set(arg(args, 0), arg(args, 1))
    return this


def _map_has(run: Run, this: Value, args: list[Value]) -> Value:
    return _map(run, this, "has").table.get(arg(args, 0)) is not MISSING


def _map_delete(run: Run, this: Value, args: list[Value]) -> Value:
    return _map(run, this, "delete").table.delete(arg(args, 0))


def _map_clear(run: Run, this: Value, args: list[Value]) -> Value:
    table = _map(run, this, "clear").table
    run.charge_fuel(len(table) >> 4)
    table.clear()
    return None


def _map_for_each(run: Run, this: Value, args: list[Value]) -> Value:
    source = _map(run, this, "forEach")
    _for_each(run, source, args)
    return None


def _for_each(run: Run, source: MapObject | SetObject, args: list[Value]) -> None:
    function = callback(run, arg(args, 0))
    cursor = Cursor(source.table)
    while (entry := cursor.step()) is not None:
        run.charge_fuel(1)
        value = entry[1] if isinstance(source, MapObject) else entry[0]
        call(run, function, arg(args, 1), [value, entry[0], source])


def _map_entries(run: Run, this: Value, args: list[Value]) -> Value:
    return iterator(run, "map-entries", _map(run, this, "entries"))


def _map_keys(run: Run, this: Value, args: list[Value]) -> Value:
    return iterator(run, "map-keys", _map(run, this, "keys"))


def _map_values(run: Run, this: Value, args: list[Value]) -> Value:
    return iterator(run, "map-values", _map(run, this, "values"))


def _set_add(run: Run, this: Value, args: list[Value]) -> Value:
    table = _set(run, this, "add").table
    if table.get(arg(args, 0)) is MISSING:
        run.charge_memory(ENTRY_BYTES)
        table.set(arg(args, 0), None)
    return this


def _set_has(run: Run, this: Value, args: list[Value]) -> Value:
    return _set(run, this, "has").table.get(arg(args, 0)) is not MISSING


def _set_delete(run: Run, this: Value, args: list[Value]) -> Value:
    return _set(run, this, "delete").table.delete(arg(args, 0))


def _set_clear(run: Run, this: Value, args: list[Value]) -> Value:
    table = _set(run, this, "clear").table
    run.charge_fuel(len(table) >> 4)
    table.clear()
    return None


def _set_for_each(run: Run, this: Value, args: list[Value]) -> Value:
    _for_each(run, _set(run, this, "forEach"), args)
    return None


def _set_entries(run: Run, this: Value, args: list[Value]) -> Value:
    return iterator(run, "set-entries", _set(run, this, "entries"))


def _set_values(run: Run, this: Value, args: list[Value]) -> Value:
    return iterator(run, "set-values", _set(run, this, "values"))


MAP = constructor("Map", 0, call=_needs_new("Map"), construct=_construct_map, prototype=MAP_PROTO)
SET = constructor("Set", 0, call=_needs_new("Set"), construct=_construct_set, prototype=SET_PROTO)
add_methods(MAP, (("groupBy", 2, _group_by),))
MAP_PROTO.props["size"] = SET_PROTO.props["size"] = None
TAGS[MAP_PROTO] = "Map"
TAGS[SET_PROTO] = "Set"
add_methods(
    MAP_PROTO,
    (
        ("clear", 0, _map_clear),
        ("delete", 1, _map_delete),
        ("entries", 0, _map_entries),
        ("forEach", 1, _map_for_each),
        ("get", 1, _map_get),
        ("has", 1, _map_has),
        ("keys", 0, _map_keys),
        ("set", 2, _map_set),
        ("values", 0, _map_values),
    ),
)
add_methods(
    SET_PROTO,
    (
        ("add", 1, _set_add),
        ("clear", 0, _set_clear),
        ("delete", 1, _set_delete),
        ("entries", 0, _set_entries),
        ("forEach", 1, _set_for_each),
        ("has", 1, _set_has),
        ("values", 0, _set_values),
    ),
)
SET_PROTO.props["keys"] = SET_PROTO.props["values"]
