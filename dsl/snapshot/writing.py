"""Heap to bytes.  One walk without recursion; a slot of a scope is written only if a function that is reachable, or one
nested in it, can touch it.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ..arrays import Arguments
from ..base import HOLE, MISSING, REALM, TDZ, Null, Obj, Value
from ..callables import Function, FunctionCode, Invocable
from ..exotics import (
    GlobalObject,
    HostObject,
)
from ..library import path_of
from .layout import (
    DEFAULT_HIDDEN,
    DEFAULT_PROTOS,
    FORMAT,
    GLOBAL_MARK,
    GONE_MARK,
    HOLE_MARK,
    LAYOUT,
    TDZ_MARK,
    Kind,
    program_mark,
)
from .records import writer_of, written_text

if TYPE_CHECKING:
    from ..run import Run

_encode: Final = msgspec.msgpack.Encoder().encode


def dump(run: Run, roots: list[Value]) -> bytes:
    """The globals, and what they and *roots* can reach."""
    heap = Heap(run)
    written_roots = [heap.value(root) for root in roots]
    top = [heap.value(slot) for slot in run.top[1:]]
    names = heap.globals()
    heap.finish()
    names += heap.kept_functions()
    heap.finish()
    heap.write_scopes()
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


class Heap:
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
            return value if value.isascii() else written_text(value)  # type: ignore[union-attr, arg-type]
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
        """Write the records of all that is waiting."""
        while self._todo:
            number, value = self._todo.pop()
            self.records[number] = writer_of(value)(self, value)

    def write_scopes(self) -> None:
        """Write the records of the scopes, when it is known which of their slots are live."""
        for scope in self._scopes.values():
            self.records[scope.number] = self._scope_record(scope)

    def globals(self) -> list[Any]:
        """What differs from a fresh run.  A function that is as the script declares it waits for kept_functions."""
        run = self.run
        declared, hoisted = run.program.declared, run.program.hoisted
        written: list[Any] = []
        changed, gone = _difference(run.host.fresh, run.globals)
        for name, value in changed:
            if name in hoisted and self._is_as_declared(value, hoisted[name]):
                self._functions.append((name, value))
            elif value is None and name in declared and name not in hoisted:
                continue
            elif not self._is_own(name, value):
                written += [declared.get(name, written_text(name)), self.value(value)]
        for name in gone:
            written += [written_text(name), [GONE_MARK]]
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
        return {key if key.isascii() else written_text(key): write(item) for key, item in value.props.items()}

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
            None if value.hidden == hidden else [written_text(key) for key in sorted(value.hidden or ())],
            value.state if isinstance(value, Invocable) else 0,
        ]
        while extra[-1] is None or extra[-1] == 0:
            extra.pop()
        return [kind, body, extra]

    def _proto(self, proto: Obj | None) -> Any:
        return [] if proto is None else self.value(proto)


def _difference(fresh: dict[str, Value], names: dict[str, Value]) -> tuple[list[tuple[str, Value]], set[str]]:
    """What of *names* is new or changed, and what is gone; most runs leave what they began with as it is."""
    count = len(fresh)
    if list(islice(names, count)) == list(fresh) and list(islice(names.values(), count)) == list(fresh.values()):
        return list(islice(names.items(), count, None)), set()
    changed = [pair for pair in names.items() if fresh.get(pair[0], MISSING) is not pair[1]]
    return changed, fresh.keys() - names.keys()


_MARKS: Final = {id(HOLE): HOLE_MARK, id(TDZ): TDZ_MARK}


def _changed(function: Function) -> bool:
    return bool(function.props or function.level or function.state or function.name is not None)
