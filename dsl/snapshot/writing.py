"""Heap to bytes.  One walk without recursion; a slot of a scope is written only if a function that is reachable, or one
nested in it, can touch it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ..base import HOLE, MISSING, REALM, TDZ, ErrorObject, Null, Obj, Value
from ..callables import Bound, Function, FunctionCode, Invocable
from ..exotics import (
    ITERATOR_PROTOS,
    Arguments,
    Arr,
    Date,
    GlobalObject,
    HostObject,
    Iterator,
    MapObject,
    RegExp,
    SetObject,
    Wrapper,
    wrapper_proto,
)
from ..library import path_of
from .layout import (
    DEFAULT_HIDDEN,
    DEFAULT_PROTOS,
    FORMAT,
    GLOBAL_MARK,
    GONE_MARK,
    HOLE_MARK,
    ITERATOR_KINDS,
    LAYOUT,
    TDZ_MARK,
    Kind,
    SnapshotError,
    program_mark,
)

if TYPE_CHECKING:
    from ..run import Run

_encode: Final = msgspec.msgpack.Encoder().encode


def dump(run: Run, roots: list[Value]) -> bytes:
    """The globals, and what they and *roots* can reach."""
    heap = _Heap(run)
    written_roots = [heap.value(root) for root in roots]
    top = [heap.value(slot) for slot in run.top[1:]]
    names = heap.globals()
    heap.finish()
    names += heap.kept_functions()
    heap.finish()
    return _encode([FORMAT, LAYOUT, program_mark(run.program), heap.records, names, top, written_roots])


class _ScopeList:
    """A scope list on its way: which slots are live, and whether what encloses it is."""

    __slots__ = ("id", "linked", "list", "live", "number")

    def __init__(self, number: int, slots: list[Any], scope_id: int) -> None:
        self.number = number
        self.list = slots
        self.id = scope_id
        self.live: set[int] = set()
        self.linked = False


class _Heap:
    """The records so far, and the objects whose record is still to be written."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.records: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._todo: list[tuple[int, Obj]] = []
        self._scopes: dict[int, _ScopeList] = {}
        self._functions: list[tuple[str, Value]] = []

    # --- values -----------------------------------------------------------------------------------------------------

    def value(self, value: Value) -> Any:
        """*value* as it is written; an object gets its number."""
        kind = type(value)
        if kind is str:
            return value if value.isascii() else _text(value)  # type: ignore[union-attr, arg-type]
        if value is None or kind is int or kind is bool or kind is float:
            return value
        if isinstance(value, Obj):
            number = self._numbers.get(id(value))
            return self._object(value) if number is None else [number]
        if isinstance(value, Null):
            return []
        return [_MARKS[id(value)]]

    def _object(self, value: Obj) -> list[Any]:
        """An object that is met for the first time."""
        if value.level == REALM:
            return [path_of(value) or self.run.host.paths[id(value)]]
        if isinstance(value, GlobalObject):
            return [GLOBAL_MARK]
        number = self._numbers[id(value)] = len(self.records)
        self.records.append(None)
        self._todo.append((number, value))
        return [number]

    def finish(self) -> None:
        """Write the records of all that is waiting, then those of the scopes."""
        while self._todo:
            number, value = self._todo.pop()
            writer = _WRITERS.get(type(value)) or _host(value)
            self.records[number] = writer(self, value)
        for scope in self._scopes.values():
            self.records[scope.number] = self._scope_record(scope)

    def globals(self) -> list[Any]:
        """What differs from a fresh run.  A function that is as the script declares it waits for kept_functions."""
        run = self.run
        fresh, names = run.host.fresh, run.globals
        declared, hoisted = run.program.declared, run.program.hoisted
        written: list[Any] = []
        changed = [pair for pair in names.items() if fresh.get(pair[0], MISSING) is not pair[1]]
        for name, value in changed:
            if name in hoisted and self._is_as_declared(value, hoisted[name]):
                self._functions.append((name, value))
            elif value is None and name in declared and name not in hoisted:
                continue
            elif not self._is_own(name, value):
                written += [declared.get(name, _text(name)), self.value(value)]
        for name in fresh.keys() - names.keys():
            written += [_text(name), [GONE_MARK]]
        return written

    def kept_functions(self) -> list[Any]:
        """The declared functions that somebody else refers to, so that they stay the same object."""
        declared = self.run.program.declared
        kept = [(name, value) for name, value in self._functions if id(value) in self._numbers]
        return [part for name, value in kept for part in (declared[name], self.value(value))]

    def _is_own(self, name: str, value: Value) -> bool:
        """Whether a fresh run would have its own object of this name."""
        if isinstance(value, HostObject):
            return name in self.run.host.objects and value.path == name
        return value is self.run.global_object and name == "globalThis"

    def _is_as_declared(self, value: Value, code_id: int) -> bool:
        return type(value) is Function and value.code.id == code_id and not _changed(value)

    # --- scopes -----------------------------------------------------------------------------------------------------

    def reach(self, scope: list[Any] | None, code: FunctionCode) -> int | None:
        """Mark what *code* can touch from *scope* outwards; the number of *scope* if it is to be written."""
        if not code.uses or code.chain[0] == 0 or scope is None:
            return None
        first = inner = self._scope(scope, code.chain[0])
        for depth, slots in enumerate(code.uses):
            if depth:
                inner.linked = True
                if code.chain[depth] == 0:
                    break
                scope = inner.list[0]
                assert scope is not None
                inner = self._scope(scope, code.chain[depth])
            self.keep(inner, slots)
        return first.number

    def keep(self, scope: _ScopeList, slots: tuple[int, ...]) -> None:
        """Mark slots as live, and what they hold."""
        for slot in slots:
            if slot not in scope.live:
                scope.live.add(slot)
                self.value(scope.list[slot])

    def _scope(self, slots: list[Any], scope_id: int) -> _ScopeList:
        scope = self._scopes.get(id(slots))
        if scope is None:
            scope = self._scopes[id(slots)] = _ScopeList(len(self.records), slots, scope_id)
            self.records.append(None)
        return scope

    def mapped(self, arguments: Arguments) -> int | None:
        """The scope whose slots are the elements of *arguments*."""
        if arguments.scope is None or not arguments.mapping:
            return None
        scope = self._scope(arguments.scope, arguments.scope_id)
        self.keep(scope, tuple(arguments.mapping.values()))
        return scope.number

    def _scope_record(self, scope: _ScopeList) -> list[Any]:
        body: list[Any] = [scope.id, self._link(scope)]
        for slot in sorted(scope.live):
            body += [slot, self.value(scope.list[slot])]
        return [Kind.SCOPE, body]

    def _link(self, scope: _ScopeList) -> int | bool | None:
        """None: nobody needs what encloses it; True: the top level; else a number."""
        if not scope.linked:
            return None
        around = scope.list[0]
        return True if around is self.run.top else self._scopes[id(around)].number

    # --- records ----------------------------------------------------------------------------------------------------

    def props(self, value: Obj) -> dict[Any, Any]:
        write = self.value
        return {key if key.isascii() else _text(key): write(item) for key, item in value.props.items()}

    def record(self, kind: Kind, body: Any, value: Obj, proto: Obj | None = None) -> list[Any]:
        """[kind, body], and the rest of the object's state where it is not as usual."""
        usual = DEFAULT_PROTOS[kind] if proto is None else proto
        in_body = kind is Kind.OBJECT or kind is Kind.ERROR
        hidden = DEFAULT_HIDDEN.get(kind)
        plain = value.proto is usual and not value.level and value.hidden == hidden
        if plain and (in_body or not value.props) and not (isinstance(value, Invocable) and value.state):
            return [kind, body]
        extra = [
            None if in_body or not value.props else self.props(value),
            None if value.proto is usual else self._proto(value.proto),
            value.level,
            None if value.hidden == hidden else [_text(key) for key in sorted(value.hidden or ())],
            value.state if isinstance(value, Invocable) else 0,
        ]
        while extra[-1] is None or extra[-1] == 0:
            extra.pop()
        return [kind, body, extra]

    def _proto(self, proto: Obj | None) -> Any:
        return [] if proto is None else self.value(proto)


_MARKS: Final = {id(HOLE): HOLE_MARK, id(TDZ): TDZ_MARK}


def _changed(function: Function) -> bool:
    return bool(function.props or function.level or function.state or function.name is not None)


def _text(string: str) -> str | bytes:
    """A string of code units; surrogates, which UTF-8 cannot hold, make it bytes."""
    try:
        string.encode()
    except UnicodeEncodeError:
        return string.encode("utf-8", "surrogatepass")
    return string


def _plain(heap: _Heap, value: Obj) -> Any:
    return heap.record(Kind.OBJECT, heap.props(value), value)


def _error(heap: _Heap, value: ErrorObject) -> Any:
    return heap.record(Kind.ERROR, heap.props(value), value)


def _array(heap: _Heap, value: Arr) -> Any:
    return heap.record(Kind.ARRAY, [heap.value(item) for item in value.items], value)


def _function(heap: _Heap, value: Function) -> Any:
    scope = heap.reach(value.scope, value.code)
    body: Any = value.code.id
    if scope is not None or value.name is not None:
        body = [value.code.id, scope] if value.name is None else [value.code.id, scope, _text(value.name)]
    return heap.record(Kind.FUNCTION, body, value)


def _wrapper(heap: _Heap, value: Wrapper) -> Any:
    return heap.record(Kind.WRAPPER, heap.value(value.value), value, wrapper_proto(value.value))


def _regexp(heap: _Heap, value: RegExp) -> Any:
    return heap.record(Kind.REGEXP, [_text(value.source), value.flags], value)


def _date(heap: _Heap, value: Date) -> Any:
    return heap.record(Kind.DATE, value.time, value)


def _map(heap: _Heap, value: MapObject) -> Any:
    return heap.record(Kind.MAP, [heap.value(part) for entry in value.table.entries() for part in entry], value)


def _set(heap: _Heap, value: SetObject) -> Any:
    return heap.record(Kind.SET, [heap.value(entry[0]) for entry in value.table.entries()], value)


def _iterator(heap: _Heap, value: Iterator) -> Any:
    position = value.position if value.cursor is None else value.cursor.passed()
    body = [ITERATOR_KINDS.index(value.kind), heap.value(value.source), position]
    return heap.record(Kind.ITERATOR, body, value, ITERATOR_PROTOS[value.kind])


def _bound(heap: _Heap, value: Bound) -> Any:
    args = [heap.value(item) for item in value.args]
    body = [heap.value(value.target), heap.value(value.this), args, _text(value.name), value.length]
    return heap.record(Kind.BOUND, body, value)


def _arguments(heap: _Heap, value: Arguments) -> Any:
    mapping = [part for pair in value.mapping.items() for part in pair]
    body = [[heap.value(item) for item in value.items], heap.mapped(value), value.scope_id, mapping]
    return heap.record(Kind.ARGUMENTS, body, value)


def _host(value: Obj) -> Callable[[_Heap, Any], Any]:
    if not isinstance(value, HostObject):
        raise SnapshotError(f"an object of kind {value.class_name} cannot be stored")
    return lambda heap, host: [Kind.HOST, host.path]


_WRITERS: Final[dict[type, Callable[[_Heap, Any], Any]]] = {
    Obj: _plain, ErrorObject: _error, Arr: _array, Function: _function, Wrapper: _wrapper, RegExp: _regexp, Date: _date,
    MapObject: _map, SetObject: _set, Iterator: _iterator, Bound: _bound, Arguments: _arguments,
}  # fmt: skip
