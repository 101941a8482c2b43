"""Heap to bytes.  One walk without recursion; a slot of a scope is written only if a function that is reachable, or one
nested in it, can touch it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ..arrays import Arguments
from ..base import HOLE, MISSING, NULL, REALM, TDZ, Obj, Value
from ..callables import Function, FunctionCode, Invocable
from ..exotics import GlobalObject, HostObject
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
from .records import writer_of

if TYPE_CHECKING:
    from ..run import Run

_encode: Final = msgspec.msgpack.Encoder().encode
_AS_THEY_ARE: Final = frozenset((str, int, float, bool, type(None)))
"""Values that are written as they are."""


def dump(run: Run, roots: list[Value]) -> bytes:
    """The globals, and what they and *roots* can reach."""
    heap = Heap(run)
    written_roots = heap.values(roots)
    top = heap.values(run.top[1:])
    names = heap.globals()
    heap.finish()
    names += heap.kept_functions()
    heap.finish()
    parts = [FORMAT, LAYOUT, program_mark(run.program), heap.records, heap.scopes, names, top, written_roots]
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
    """The records so far, and the objects whose record is still to be written."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.records: list[Any] = []
        self.scopes: list[list[Any]] = []
        self._references = _References(run)
        self._numbers: dict[int, int] = {}
        self._functions: list[tuple[str, Function]] = []

    # --- values -----------------------------------------------------------------------------------------------------

    def value(self, value: Value) -> Any:
        """*value* as it is written."""
        return value if type(value) in _AS_THEY_ARE else self._references[value]

    def values(self, values: list[Value]) -> list[Any]:
        """Each of *values* as it is written."""
        references = self._references
        return [value if type(value) in _AS_THEY_ARE else references[value] for value in values]

    def props(self, value: Obj) -> dict[str, Any]:
        """The properties of *value* as they are written."""
        references = self._references
        return {key: item if type(item) in _AS_THEY_ARE else references[item] for key, item in value.props.items()}

    def finish(self) -> None:
        """Write the records of all objects that were met, and of those that are met by that."""
        records = self.records
        for value in islice(self._references.met, len(records), None):
            records.append(writer_of(value)(self, value))

    def globals(self) -> list[Any]:
        """What differs from a fresh run.  A function that is as the script declares it waits for kept_functions."""
        run = self.run
        declared, hoisted = run.program.declared, run.program.hoisted
        written: list[Any] = []
        changed, gone = _difference(run) if run.strays else (_declared(run), ())
        for name, value in changed:
            code_id = hoisted.get(name)
            if code_id is not None and type(value) is Function and _is_as_declared(value, code_id):
                self._functions.append((name, value))
            elif value is None and code_id is None and name in declared:
                continue
            elif not self._is_own(name, value):
                written += (declared.get(name, name), self.value(value))
        for name in gone:
            written += (name, [GONE_MARK])
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
        return isinstance(value, GlobalObject) and name == "globalThis"

    # --- scopes -----------------------------------------------------------------------------------------------------

    def reach(self, scope: list[Any], code: FunctionCode) -> int:
        """Mark what *code* can touch from *scope* outwards, and what it holds; the number of *scope*."""
        first = self._scope(scope, code.chain[0])
        inner: list[Any] = []
        for scope_id, slots in zip(code.chain, code.uses, strict=False):
            if scope_id == 0:
                inner[1] = True
                break
            number = self._scope(scope, scope_id)
            if inner:
                inner[1] = number
            inner = self.scopes[number]
            self._keep(inner[2], scope, slots)
            scope = scope[0]
        return first

    def mapped(self, arguments: Arguments) -> int | None:
        """The scope whose slots are the elements of *arguments*."""
        if arguments.scope is None or not arguments.mapping:
            return None
        number = self._scope(arguments.scope, arguments.scope_id)
        self._keep(self.scopes[number][2], arguments.scope, arguments.mapping.values())
        return number

    def _scope(self, scope: list[Any], scope_id: int) -> int:
        """The number of a scope list.  Its record: [id, the number of what encloses it if that is needed, slots]."""
        number = self._numbers.get(id(scope))
        if number is None:
            number = self._numbers[id(scope)] = len(self.scopes)
            self.scopes.append([scope_id, None, {}])
        return number

    def _keep(self, live: dict[int, Any], scope: list[Any], slots: Iterable[int]) -> None:
        for slot in slots:
            if slot not in live:
                live[slot] = self.value(scope[slot])

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
            None if in_body or not value.props else self.props(value),
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


def _declared(run: Run) -> Iterable[tuple[str, Value]]:
    """The globals that the script declares; but for strays, nothing else of a run's globals can change."""
    fresh, names = run.host.fresh, run.globals
    for name in run.program.declared:
        value = names[name]
        if name not in fresh or fresh[name] is not value:
            yield name, value


def _difference(run: Run) -> tuple[Iterable[tuple[str, Value]], Iterable[str]]:
    """What of the globals is new or changed, and what is gone."""
    fresh, names = run.host.fresh, run.global_object.props
    changed = [pair for pair in names.items() if fresh.get(pair[0], MISSING) is not pair[1]]
    gone = [name for name in (*fresh, *run.host.objects, "globalThis") if name not in names]
    return changed, gone


def _is_as_declared(function: Function, code_id: int) -> bool:
    """Whether a declared function has only what the script says of it."""
    if function.code.id != code_id or function.props or function.level or function.state:
        return False
    return function.name is None


_MARKS: Final[dict[Any, list[Any]]] = {NULL: [], HOLE: [HOLE_MARK], TDZ: [TDZ_MARK]}
