"""How each kind of object is written as a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from ..arrays import ARRAY_PROTO, Arguments, Arr
from ..base import OBJECT_PROTO, ErrorObject, Obj
from ..callables import FUNCTION_PROTO, Bound, Function
from ..exotics import (
    ITERATOR_PROTOS,
    Date,
    HostObject,
    Iterator,
    MapObject,
    RegExp,
    SetObject,
    Wrapper,
    wrapper_proto,
)
from ..sparse import Sparse
from .layout import ITERATOR_KINDS, Kind, SnapshotError

if TYPE_CHECKING:
    from .writing import Heap


_OBJECT: Final = int(Kind.OBJECT)
_ARRAY: Final = int(Kind.ARRAY)
_FUNCTION: Final = int(Kind.FUNCTION)
"""The commonest kinds are written here when they are as they were made."""


def _plain(heap: Heap, value: Obj) -> Any:
    if value.proto is OBJECT_PROTO and not value.level and value.hidden is None:
        return [_OBJECT, heap.table(value.props)]
    return heap.record(Kind.OBJECT, heap.table(value.props), value)


def _error(heap: Heap, value: ErrorObject) -> Any:
    return heap.record(Kind.ERROR, heap.table(value.props), value)


def _array(heap: Heap, value: Arr) -> Any:
    if value.proto is ARRAY_PROTO and not value.level and not value.props and value.hidden is None:
        return [_ARRAY, heap.values(value.items)]
    return heap.record(Kind.ARRAY, heap.values(value.items), value)


def _sparse(heap: Heap, value: Sparse) -> Any:
    return heap.record(Kind.SPARSE, heap.values(value.items), value)


def _function(heap: Heap, value: Function) -> Any:
    code = value.code
    body: Any = code.id
    if code.uses and code.chain[0] != 0 and value.scope is not None:
        body = [code.id, heap.reach(value.scope, code)]
    if value.name is not None:
        body = [*body, value.name] if isinstance(body, list) else [body, None, value.name]
    if value.props or value.state or value.level or value.proto is not FUNCTION_PROTO:
        return heap.record(Kind.FUNCTION, body, value)
    return [_FUNCTION, body]


def _wrapper(heap: Heap, value: Wrapper) -> Any:
    return heap.record(Kind.WRAPPER, value.value, value, wrapper_proto(value.value))


def _regexp(heap: Heap, value: RegExp) -> Any:
    return heap.record(Kind.REGEXP, [value.source, value.flags], value)


def _date(heap: Heap, value: Date) -> Any:
    return heap.record(Kind.DATE, heap.value(value.time), value)


def _map(heap: Heap, value: MapObject) -> Any:
    return heap.record(Kind.MAP, [heap.value(part) for entry in value.table.entries() for part in entry], value)


def _set(heap: Heap, value: SetObject) -> Any:
    return heap.record(Kind.SET, [heap.value(entry[0]) for entry in value.table.entries()], value)


def _iterator(heap: Heap, value: Iterator) -> Any:
    position = value.position if value.cursor is None else value.cursor.passed()
    body = [ITERATOR_KINDS.index(value.kind), heap.value(value.source), position]
    return heap.record(Kind.ITERATOR, body, value, ITERATOR_PROTOS[value.kind])


def _bound(heap: Heap, value: Bound) -> Any:
    body = [heap.value(value.target), heap.value(value.this), heap.values(value.args), value.name, value.length]
    return heap.record(Kind.BOUND, body, value)


def _arguments(heap: Heap, value: Arguments) -> Any:
    mapping = [part for pair in value.mapping.items() for part in pair]
    body = [heap.values(value.items), heap.mapped(value), value.scope_id, mapping, value.poisoned]
    return heap.record(Kind.ARGUMENTS, body, value)


WRITERS: Final[dict[type, Callable[[Heap, Any], Any]]] = {
    Obj: _plain, ErrorObject: _error, Arr: _array, Function: _function, Wrapper: _wrapper, RegExp: _regexp, Date: _date,
    MapObject: _map, SetObject: _set, Iterator: _iterator, Bound: _bound, Arguments: _arguments,
    Sparse: _sparse,
}  # fmt: skip


def writer_of(value: Obj) -> Callable[[Heap, Any], Any]:
    """How what has no writer of its kind is written.  Raises SnapshotError for what cannot be stored."""
    if not isinstance(value, HostObject):
        raise SnapshotError(f"an object of kind {value.class_name} cannot be stored")
    return lambda heap, host: [Kind.HOST, host.path]
