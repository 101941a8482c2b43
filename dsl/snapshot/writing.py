"""Heap to bytes.  One walk without recursion; a slot of a scope is written only if a function that is reachable, or one
nested in it, can touch it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from ..arrays import Arguments
from ..base import MISSING, NULL, REALM, Obj, Value
from ..callables import Function, FunctionCode, Invocable
from ..exotics import GlobalObject, HostObject
from ..library import path_of
from .layout import (
    DEFAULT_HIDDEN,
    DEFAULT_PROTOS,
    FORMAT,
    GLOBAL_MARK,
    GONE_MARK,
    LAYOUT,
    MARKS,
    Kind,
    program_mark,
)
from .records import WRITERS, writer_of

if TYPE_CHECKING:
    from ..run import Run

K = TypeVar("K")

_encode: Final = msgspec.msgpack.Encoder().encode
_PLAIN: Final = frozenset((str, int, float, bool, type(None)))
"""Values that are no objects.  They are written apart; the shape has null for each, which is what `append` returns."""


def dump(run: Run, roots: list[Value]) -> bytes:
    """The globals, and what they and *roots* can reach."""
    heap = Heap(run)
    written_roots = heap.values(roots)
    top = heap.values(run.top[1:])
    names = heap.globals()
    heap.finish()
    names += heap.kept_functions()
    shape = _encoded([written_roots, top, names, heap.records, heap.scopes])
    return _encoded([FORMAT, LAYOUT, program_mark(run.program), shape, heap.plain])


def _encoded(parts: list[Any]) -> bytes:
    try:
        return _encode(parts)
    except UnicodeEncodeError:  # looking at each string beforehand would cost all that hold no such
        return _encode(_with_surrogates_as_bytes(parts))


def _with_surrogates_as_bytes(part: Any) -> Any:
    """What is written, with bytes for the strings that UTF-8 cannot hold."""
    if isinstance(part, str):
        return part if _is_encodable(part) else part.encode("utf-8", "surrogatepass")
    if isinstance(part, list):
        return [_with_surrogates_as_bytes(inner) for inner in part]
    if isinstance(part, dict):
        return {_with_surrogates_as_bytes(key): _with_surrogates_as_bytes(inner) for key, inner in part.items()}
    return part


def _is_encodable(string: str) -> bool:
    try:
        string.encode()
    except UnicodeEncodeError:
        return False
    return True


class _References(dict[Any, list[Any]]):
    """How each object that was met is referred to; asked for one that is new, it takes it in."""

    __slots__ = ("met", "paths")

    def __init__(self, run: Run) -> None:
        super().__init__(_MARKS)
        self.paths = run.host.paths
        self.met: list[Obj] = []

    def __missing__(self, value: Obj) -> list[Any]:
        if value.level == REALM:
            written: list[Any] = [path_of(value) or self.paths[id(value)]]
        elif isinstance(value, GlobalObject):
            written = [GLOBAL_MARK]
        else:
            written = [len(self.met)]
            self.met.append(value)
        self[value] = written
        return written


class Heap:
    """The records so far, the objects whose record is still to be written, and the plain values in their order."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.records: list[Any] = []
        self.scopes: list[list[Any]] = []
        self.plain: list[Value] = []
        self._add = self.plain.append
        self._references = _References(run)
        self._numbers: dict[int, int] = {}
        self._functions: list[tuple[str, Function]] = []

    # --- values -----------------------------------------------------------------------------------------------------

    def value(self, value: Value) -> Any:
        """*value* as it is written."""
        return self._add(value) if type(value) in _PLAIN else self._references[value]

    def values(self, values: list[Value]) -> list[Any]:
        """Each of *values* as it is written."""
        add, references = self._add, self._references
        return [add(value) if type(value) in _PLAIN else references[value] for value in values]

    def table(self, table: dict[K, Value]) -> dict[K, Any]:
        """Properties or slots as they are written."""
        add, references = self._add, self._references
        return {key: add(value) if type(value) in _PLAIN else references[value] for key, value in table.items()}

    def finish(self) -> None:
        """Write the records of all objects that were met, and of those that are met by that; then the slots."""
        records, writers = self.records, WRITERS
        for value in islice(self._references.met, len(records), None):
            writer = writers.get(type(value)) or writer_of(value)
            records.append(writer(self, value))
        for scope in self.scopes:
            scope[2] = self.table(scope[2])

    def globals(self) -> list[Any]:
        """What differs from a fresh run.  A function that is as the script declares it waits for kept_functions."""
        run, references = self.run, self._references
        declared, hoisted = run.program.declared, run.program.hoisted
        written: list[Any] = []
        for name, value in _strays(run) if run.strays else _declared(run):
            if type(value) in _PLAIN:
                if value is not None or name in hoisted or name not in declared:
                    written += (declared.get(name, name), self.value(value))
            elif type(value) is Function and name in hoisted and _is_as_declared(value, hoisted[name]):
                self._functions.append((name, value))
            elif not self._is_own(name, value):
                written += (declared.get(name, name), references[value])
        if run.strays:
            written += [part for name in _gone(run) for part in (name, [GONE_MARK])]
        return written

    def kept_functions(self) -> list[Any]:
        """The declared functions that somebody else refers to, so that they stay the same object."""
        declared = self.run.program.declared
        kept = [(name, value) for name, value in self._functions if value in self._references]
        return [part for name, value in kept for part in (declared[name], self.value(value))]

    def _is_own(self, name: str, value: Value) -> bool:
        """Whether a fresh run would have its own object of this name."""
        if isinstance(value, HostObject):
            return name in self.run.host.objects and value.path == name
        if isinstance(value, GlobalObject):
            return name == "globalThis"
        return value is self.run.host.fresh.get(name, MISSING)

    # --- scopes -----------------------------------------------------------------------------------------------------

    def reach(self, scope: list[Any], code: FunctionCode) -> int:
        """Mark what *code* can touch from *scope* outwards, and what it holds; the number of *scope*."""
        numbers: list[int] = []
        inner: list[Any] = []
        for scope_id, slots in zip(code.chain, code.uses, strict=False):
            if scope_id == 0:
                inner[1] = True
                break
            number = self._numbers.get(id(scope))
            if number is None:
                number = self._scope(scope, scope_id)
            if inner:
                inner[1] = number
            numbers.append(number)
            inner = self.scopes[number]
            self._keep(inner[2], scope, slots)
            scope = scope[0]
        return numbers[0]

    def mapped(self, arguments: Arguments) -> int | None:
        """The scope whose slots are the elements of *arguments*."""
        if arguments.scope is None or not arguments.mapping:
            return None
        number = self._numbers.get(id(arguments.scope))
        if number is None:
            number = self._scope(arguments.scope, arguments.scope_id)
        self._keep(self.scopes[number][2], arguments.scope, arguments.mapping.values())
        return number

    def _scope(self, scope: list[Any], scope_id: int) -> int:
        """The number of a new scope list.  Its record: [id, what encloses it if that is needed, slots]."""
        number = self._numbers[id(scope)] = len(self.scopes)
        self.scopes.append([scope_id, None, {}])
        return number

    def _keep(self, live: dict[int, Value], scope: list[Any], slots: Iterable[int]) -> None:
        """Note the values of *slots*; those that are objects are met by that."""
        for slot in slots:
            if slot not in live:
                value = live[slot] = scope[slot]
                if type(value) not in _PLAIN:
                    self._references[value]

    # --- records ----------------------------------------------------------------------------------------------------

    def record(self, kind: Kind, body: Any, value: Obj, proto: Obj | None = None) -> list[Any]:
        """[kind, body], and the rest of the object's state where it is not as usual."""
        usual = DEFAULT_PROTOS[kind] if proto is None else proto
        in_body = kind is Kind.OBJECT or kind is Kind.ERROR
        hidden = DEFAULT_HIDDEN.get(kind)
        plain = value.proto is usual and not value.level and value.hidden == hidden
        if plain and (in_body or not value.props) and not (isinstance(value, Invocable) and value.state):
            return [kind, body]
        extra = [
            None if in_body or not value.props else self.table(value.props),
            None if value.proto is usual else self._proto(value.proto),
            value.level,
            None if value.hidden == hidden else sorted(value.hidden or ()),
            value.state if isinstance(value, Invocable) else 0,
        ]
        while extra[-1] is None or extra[-1] == 0:
            extra.pop()
        return [kind, body, extra]

    def _proto(self, proto: Obj | None) -> Any:
        return [] if proto is None else self.value(proto)


def _strays(run: Run) -> list[tuple[str, Value]]:
    """The globals that are new or changed."""
    fresh = run.host.fresh
    return [pair for pair in run.globals.items() if fresh.get(pair[0], MISSING) is not pair[1]]


def _declared(run: Run) -> Iterable[tuple[str, Value]]:
    """The globals that the script declares."""
    declared = run.program.declared
    return zip(declared, map(run.globals.__getitem__, declared), strict=True)


def _gone(run: Run) -> list[str]:
    """The globals that are there no more."""
    names = run.global_object.props
    return [name for name in (*run.host.fresh, *run.host.objects, "globalThis") if name not in names]


def _is_as_declared(function: Function, code_id: int) -> bool:
    """Whether a declared function has only what the script says of it."""
    if function.code.id != code_id or function.props or function.level or function.state:
        return False
    return function.name is None


_MARKS: Final[dict[Any, list[Any]]] = {NULL: [], **{mark: [number] for mark, number in MARKS.items()}}
