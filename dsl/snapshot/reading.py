"""Bytes to heap.  All is checked before a script can meet it: what is not exactly a snapshot is a SnapshotError."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ..arrays import Arguments, Arr
from ..base import FROZEN, HOLE, MAX_SAFE, NULL, OBJECT_PROTO, TDZ, Obj, Value
from ..callables import Bound, Function, Invocable
from ..exotics import Iterator, MapObject, SetObject
from ..library import PATHS
from ..sparse import Sparse
from ..tables import Cursor
from .checking import damaged, expect, expect_count, expect_list, expect_text, expect_within
from .layout import (
    FORMAT,
    GLOBAL_MARK,
    GONE_MARK,
    HOLE_MARK,
    LAYOUT,
    TDZ_MARK,
    Kind,
    SnapshotError,
    program_mark,
)
from .making import MAKERS

if TYPE_CHECKING:
    from ..run import Run

_OBJECT: Final = int(Kind.OBJECT)
_SCOPE: Final = int(Kind.SCOPE)
_decode: Final = msgspec.msgpack.Decoder().decode


def load(run: Run, data: bytes) -> list[Value]:
    """Fill the fresh *run* with what *data* holds; returns the roots.  Raises SnapshotError and nothing else."""
    try:
        return _load(run, data)
    except SnapshotError:
        raise
    except Exception as error:  # whatever hostile bytes provoke: they are no snapshot
        raise SnapshotError(f"the snapshot is damaged ({type(error).__name__})") from error


def _load(run: Run, data: bytes) -> list[Value]:
    parts = expect_list(_decode(data))
    if len(parts) < 3 or parts[0] != FORMAT or parts[1] != LAYOUT:
        raise SnapshotError("the snapshot is of another version")
    if parts[2] != program_mark(run.program):
        raise SnapshotError("the snapshot belongs to another script")
    _, _, _, records, names, top, roots = parts
    heap = _Heap(run, expect_list(records))
    heap.fill()
    _fill_globals(run, heap, expect_list(names))
    _fill_top(run, heap, expect_list(top))
    return [heap.value(root) for root in expect_list(roots)]


def _fill_globals(run: Run, heap: _Heap, names: list[Any]) -> None:
    program = run.program
    declared = tuple(program.declared)
    for name in declared:
        run.globals.setdefault(name, None)
    codes, top = program.codes, run.top
    for name, code_id in program.hoisted.items():
        run.globals[name] = Function(codes[code_id], top)
    for key, value in zip(names[::2], names[1::2], strict=True):
        name = declared[expect_count(key)] if isinstance(key, int) else expect_text(key)
        if type(value) is list and value == [GONE_MARK]:
            if name in run.global_object.fixed:
                damaged("a global name")
            run.globals.pop(name, None)
            run.global_object.hidden = (run.global_object.hidden or frozenset()) - {name}
        else:
            run.globals[name] = heap.value(value)


def _fill_top(run: Run, heap: _Heap, top: list[Any]) -> None:
    if len(top) != len(run.top) - 1:
        damaged("the top level")
    run.top[1:] = [heap.slot(value) for value in top]


class _Heap:
    """The objects of the records: first all are made, then filled, then what must hold between them is checked."""

    def __init__(self, run: Run, records: list[Any]) -> None:
        self.run = run
        self.records = records
        self._chains: list[Obj] = []
        self.made: list[Obj | list[Any]] = [self._make(record) for record in records]

    def _make(self, record: Any) -> Obj | list[Any]:
        if type(record) is not list or not 2 <= len(record) <= 3:
            damaged("a record")
        kind = record[0]
        if kind == _OBJECT:
            return Obj(OBJECT_PROTO)
        if kind == _SCOPE:
            return [None] * self.run.program.scope_sizes[expect_count(expect_list(record[1])[0])]
        return MAKERS[kind](self.run, record[1])

    def fill(self) -> None:
        """Fill all records; iterators last, because their place depends on what they walk."""
        later: list[tuple[Iterator, Any]] = []
        for made, record in zip(self.made, self.records, strict=True):
            if isinstance(made, list):
                self._fill_scope(made, record[1])
                continue
            fill = _FILLERS.get(record[0])
            if fill is not None:
                fill(self, made, record[1])
            elif isinstance(made, Iterator):
                later.append((made, record[1]))
            if len(record) == 3:
                self._fill_extra(made, record[0], expect_list(record[2]))
        for iterator, body in later:
            _fill_iterator(self, iterator, body)
        self._check()

    # --- values -----------------------------------------------------------------------------------------------------

    def value(self, written: Any) -> Value:
        """The value that *written* stands for."""
        kind = type(written)
        if kind is str or kind is bytes:
            return written if kind is str and written.isascii() else expect_text(written)
        if kind is list:
            return self._marked(written)
        if kind is int:
            return written if -MAX_SAFE <= written <= MAX_SAFE else damaged("a number")  # type: ignore[no-any-return]
        if written is None or kind is bool or kind is float:
            return written  # type: ignore[no-any-return]
        damaged("a value")

    def _marked(self, written: list[Any]) -> Value:
        if not written:
            return NULL
        if len(written) != 1:
            damaged("a value")
        key = written[0]
        if type(key) is int and key >= 0:
            made = self.made[key]
            return made if isinstance(made, Obj) else damaged("a reference")
        if type(key) is str:
            return self._built_in(key)
        return self.run.global_object if key == GLOBAL_MARK else damaged("a value")

    def item(self, written: Any) -> Value:
        """An element of an array."""
        return HOLE if type(written) is list and written == [HOLE_MARK] else self.value(written)

    def slot(self, written: Any) -> Value:
        """A slot of a scope."""
        return TDZ if type(written) is list and written == [TDZ_MARK] else self.value(written)

    def scope(self, number: Any, scope_id: int) -> list[Any]:
        """The scope list of that number, which must be of that scope."""
        if number is True and scope_id == 0:
            return self.run.top
        made = self.made[expect_count(number)]
        if not isinstance(made, list) or self.records[number][1][0] != scope_id:
            damaged("a scope")
        return made

    def props(self, written: Any) -> dict[str, Value]:
        if type(written) is not dict:
            damaged("properties")
        read = self.value
        return {
            key if type(key) is str and key.isascii() else expect_text(key): read(value)
            for key, value in written.items()
        }

    def _built_in(self, path: str) -> Obj:
        found = PATHS.get(path) or self.run.host.by_path.get(path)
        if found is None:
            raise SnapshotError(f"the snapshot needs '{path[:80]}', which there is no more")
        return found

    # --- filling ----------------------------------------------------------------------------------------------------

    def _fill_scope(self, made: list[Any], body: list[Any]) -> None:
        scope_id, link = body[0], body[1]
        if link is not None:
            made[0] = self.scope(link, self.run.program.scope_parents[scope_id])
        for slot, value in zip(body[2::2], body[3::2], strict=True):
            if not 0 < expect_count(slot) < len(made):
                damaged("a slot")
            made[slot] = self.slot(value)

    def _fill_extra(self, made: Obj, kind: int, extra: list[Any]) -> None:
        props, proto, level, hidden, state = (extra + [None] * 5)[:5]
        if kind == Kind.HOST:
            damaged("an object of the host")
        if props is not None:
            made.props.update(self.props(props))
        if proto is not None:
            new = self.value(proto)
            made.proto = new if isinstance(new, Obj) else None if new is NULL else damaged("a prototype")
            self._chains.append(made)
        made.level = expect_within(level or 0, FROZEN)
        if hidden is not None:
            made.hidden = frozenset(expect_text(key) for key in expect_list(hidden)) or None
        if isinstance(made, Invocable):
            made.state = expect_within(state or 0, 7)

    # --- what must hold ---------------------------------------------------------------------------------------------

    def _check(self) -> None:
        for made in self.made:
            if type(made) is Function:
                if made.code.uses:
                    self._check_function(made)
            elif type(made) is Bound:
                self._chains.append(made)
            elif type(made) is Sparse and not made.is_sound():
                damaged("a sparse array")
            elif type(made) is Arguments and made.mapping and made.scope is None:
                damaged("an arguments object")
        if self._chains:
            _check_acyclic(self._chains, lambda made: made.proto)
            _check_acyclic(self._chains, lambda made: made.target if isinstance(made, Bound) else None)

    def _check_function(self, function: Function) -> None:
        """Every scope that the function can touch is there."""
        scope = function.scope
        for depth in range(len(function.code.uses)):
            if scope is None:
                damaged("a closure")
            if function.code.chain[depth] == 0:
                break
            scope = scope[0]


def _check_acyclic(made: list[Obj], following: Callable[[Any], Any]) -> None:
    """No chain of prototypes or bound functions may bite its own tail."""
    safe: set[int] = set()
    for each in made:
        path: set[int] = set()
        current: Any = each
        while current is not None and id(current) not in safe:
            if id(current) in path:
                damaged("a chain")
            path.add(id(current))
            current = following(current)
        safe |= path


# --- filling them -----------------------------------------------------------------------------------------------------


def _fill_props(heap: _Heap, made: Obj, body: Any) -> None:
    made.props = heap.props(body)


def _fill_array(heap: _Heap, made: Arr, body: Any) -> None:
    made.items[:] = [heap.item(value) for value in expect_list(body)]


def _fill_function(heap: _Heap, made: Function, body: Any) -> None:
    chain = made.code.chain
    if isinstance(body, list) and body[1] is not None:
        made.scope = heap.scope(body[1], chain[0])
    elif chain[0] == 0:
        made.scope = heap.run.top


def _fill_map(heap: _Heap, made: MapObject, body: Any) -> None:
    for key, value in zip(body[::2], body[1::2], strict=True):
        made.table.set(heap.value(key), heap.value(value))


def _fill_set(heap: _Heap, made: SetObject, body: Any) -> None:
    for key in expect_list(body):
        made.table.set(heap.value(key), None)


def _fill_bound(heap: _Heap, made: Bound, body: Any) -> None:
    target, this, args, _, _ = body
    made.target = expect(heap.value(target), Invocable)
    made.this = heap.value(this)
    made.args = [heap.value(value) for value in expect_list(args)]


def _fill_arguments(heap: _Heap, made: Arguments, body: Any) -> None:
    items, scope, scope_id, mapping, poisoned = expect_list(body)
    made.poisoned = poisoned is True
    _fill_array(heap, made, items)
    made.scope_id = expect_count(scope_id)
    made.mapping = dict(zip(map(expect_count, mapping[::2]), map(expect_count, mapping[1::2]), strict=True))
    if scope is not None:
        made.scope = heap.scope(scope, scope_id)
        if any(not 0 < slot < len(made.scope) for slot in made.mapping.values()):
            damaged("a slot")
    if any(index >= len(made.items) for index in made.mapping):
        damaged("an arguments object")


def _fill_iterator(heap: _Heap, made: Iterator, body: list[Any]) -> None:
    _, source, position = body
    made.source = heap.value(source)
    made.position = expect_count(position)
    if made.source is None:
        return
    kind = made.kind.partition("-")[0]
    expect(made.source, {"array": Obj, "string": str, "map": MapObject, "set": SetObject, "regexp": Arr}[kind])
    if isinstance(made.source, MapObject | SetObject):
        made.cursor = Cursor(made.source.table, made.position)


_FILLERS: Final[dict[int, Callable[[_Heap, Any, Any], None]]] = {
    Kind.OBJECT: _fill_props, Kind.ERROR: _fill_props, Kind.ARRAY: _fill_array, Kind.SPARSE: _fill_array,
    Kind.FUNCTION: _fill_function, Kind.MAP: _fill_map, Kind.SET: _fill_set, Kind.BOUND: _fill_bound,
    Kind.ARGUMENTS: _fill_arguments,
}  # fmt: skip
