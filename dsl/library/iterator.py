"""`next` of the iterators that arrays, strings, maps, sets and matchAll give (ECMA-262 §27.1).

How each kind steps is a matter of operators; here is only what scripts can call.  Symbols do not exist, so `for`-`of`
and spread know these iterators by their class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsl.library.building import add_methods, describe
from dsl.library.realm import TAGS
from dsl.operators import step
from dsl.values import (
    ARRAY_ITERATOR_PROTO,
    ITERATOR_PROTO,
    ITERATOR_PROTOS,
    MAP_ITERATOR_PROTO,
    MISSING,
    OBJECT_BYTES,
    OBJECT_PROTO,
    PROPERTY_BYTES,
    REGEXP_ITERATOR_PROTO,
    SET_ITERATOR_PROTO,
    STRING_ITERATOR_PROTO,
    Iterator,
    NativeCall,
    Obj,
    Value,
    throw_type_error,
)

if TYPE_CHECKING:
    from dsl.run import Run

PROTOTYPES: dict[str, Obj] = {
    "Iterator": ITERATOR_PROTO,
    "Array Iterator": ARRAY_ITERATOR_PROTO,
    "String Iterator": STRING_ITERATOR_PROTO,
    "Map Iterator": MAP_ITERATOR_PROTO,
    "Set Iterator": SET_ITERATOR_PROTO,
    "RegExp String Iterator": REGEXP_ITERATOR_PROTO,
}


def iterator(run: Run, kind: str, source: Value) -> Iterator:
    """A new iterator of *kind* over *source*."""
    run.charge_memory(OBJECT_BYTES)
    return Iterator(kind, source)


def _next_of(name: str, prototype: Obj) -> NativeCall:
    def call(run: Run, this: Value, args: list[Value]) -> Value:
        if not isinstance(this, Iterator) or ITERATOR_PROTOS[this.kind] is not prototype:
            throw_type_error(run, f"next method called on incompatible receiver {describe(this)}")
        run.charge_fuel(1)
        run.charge_memory(OBJECT_BYTES + 2 * PROPERTY_BYTES)
        value = step(run, this)
        done = value is MISSING
        return Obj(OBJECT_PROTO, {"value": None if done else value, "done": done})

    return call


for _name, _prototype in PROTOTYPES.items():
    if _prototype is not ITERATOR_PROTO:
        add_methods(_prototype, (("next", 0, _next_of(_name, _prototype)),))
        TAGS[_prototype] = _name
