"""Bytes to heap.  All is checked before a script can meet it: what is not exactly a snapshot is a SnapshotError."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ..arrays import Arguments, Arr
from ..base import FROZEN, HOLE, MISSING, NULL, TDZ, Obj, Value
from ..callables import Bound, Function, Invocable
from ..exotics import Date, Iterator, MapObject, SetObject
from ..sparse import Sparse
from ..tables import Cursor
from .checking import (
    damaged,
    expect,
    expect_count,
    expect_list,
    expect_number,
    expect_plain,
    expect_text,
    expect_within,
)
from .layout import (
    FORMAT,
    GLOBAL_MARK,
    GONE_MARK,
    LAYOUT,
    MARKS,
    Kind,
    SnapshotError,
    program_mark,
)
from .making import MAKERS, built_in
from .scopes import Scopes
from .shapes import LARGEST, shape_of

if TYPE_CHECKING:
    from ..run import Run


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
    _, _, _, written, plain = parts
    plain = [each if type(each) is str and each.isascii() else expect_plain(each) for each in expect_list(plain)]
    if len(written) > LARGEST:
        return _read_shape(run, expect_list(_decode(written)), plain)
    shape = shape_of(run.program, expect(written, bytes))
    if shape.load is not None:
        return shape.load(run, plain)
    parts = expect_list(_decode(written))
    roots = _read_shape(run, parts, plain)
    shape.was_sound(parts)
    return roots


def _read_shape(run: Run, parts: list[Any], plain: list[Value]) -> list[Value]:
    """The general way, which checks all of the shape."""
    written_roots, top, names, records, scopes = parts
    heap = _Heap(run, expect_list(records), scopes=Scopes(run, expect_list(scopes)), plain=plain)
    roots = heap.values(expect_list(written_roots))
    _fill_top(run, heap, expect_list(top))
    _fill_globals(run, heap, expect_list(names))
    heap.fill()
    return roots


def _fill_globals(run: Run, heap: _Heap, names: list[Any]) -> None:
    program, filled = run.program, run.globals
    declared = tuple(program.declared)
    run.declare_globals()
    codes, top = program.codes, run.top
    for name, code_id in program.hoisted.items():
        filled[name] = Function(codes[code_id], top)
    for key, value in zip(names[::2], names[1::2], strict=True):
        if type(key) is int:
            filled[declared[expect_count(key)]] = heap.value(value)
        else:
            _fill_stray(run, heap, expect_text(key), value)


def _fill_stray(run: Run, heap: _Heap, name: str, value: Any) -> None:
    """A global that the script does not declare: changed, new, or gone."""
    run.strays = True
    if value != [GONE_MARK]:
        run.globals[name] = heap.value(value)
        return
    if name in run.global_object.fixed:
        damaged("a global name")
    run.globals.pop(name, None)
    run.global_object.hidden = (run.global_object.hidden or frozenset()) - {name}


def _fill_top(run: Run, heap: _Heap, top: list[Any]) -> None:
    if len(top) != len(run.top) - 1:
        damaged("the top level")
    run.top[1:] = heap.values(top, TDZ)


class _Heap:
    """The objects of the records, all made empty at first, so that whatever refers to them can.

    The plain values are taken in the order of writing: roots, top, globals, records, scopes.
    """

    def __init__(self, run: Run, records: list[Any], *, scopes: Scopes, plain: list[Value]) -> None:
        self.run = run
        self.records = records
        self.scopes = scopes
        self.made = [MAKERS[record[0]](run, scopes, record[1]) for record in records]
        self.chains: list[Obj] = []
        self.sparse: list[Sparse] = []
        self.iterators: list[tuple[Iterator, int]] = []
        self._plain = iter(plain)
        self._next = self._plain.__next__

    def fill(self) -> None:
        """Fill all objects, then the scopes; iterators last, because their place depends on what they walk."""
        fillers = FILLERS
        for made, record in zip(self.made, self.records, strict=True):
            filler = fillers.get(record[0])
            if filler is not None:
                filler(self, made, record[1])
            if len(record) > 2:
                self._fill_extra(made, record)
        self.scopes.fill(self.value)
        for iterator, position in self.iterators:
            _place(iterator, position)
        self._check()

    # --- values -----------------------------------------------------------------------------------------------------

    def value(self, written: Any, mark: Value = None) -> Value:
        """The value that *written* stands for.  mark: what may stand there and is no value."""
        if written is None:
            return self._next()
        if type(written) is not list:
            damaged("a value")
        number = written[0] if len(written) == 1 else None
        return self.made[number] if type(number) is int and number >= 0 else self._marked(written, mark)

    def _marked(self, written: list[Any], mark: Value) -> Value:
        match written:
            case []:
                return NULL
            case [str(path)]:
                return built_in(self.run, path)
            case [int(number)] if number == GLOBAL_MARK:
                return self.run.global_object
            case [int(number)] if number == MARKS.get(mark):
                return mark
        damaged("a value")

    def values(self, written: list[Any], mark: Value = None) -> list[Value]:
        """What each of *written* stands for; the plain ones are told apart first, because there are most of them."""
        read, following = self.value, self._next
        return [following() if each is None else read(each, mark) for each in written]

    def props(self, written: Any) -> dict[str, Value]:
        """The properties of an object."""
        if type(written) is not dict:
            damaged("properties")
        read, following = self.value, self._next
        return {
            key if type(key) is str and key.isascii() else expect_text(key): following() if each is None else read(each)
            for key, each in written.items()
        }

    # --- filling ----------------------------------------------------------------------------------------------------

    def _fill_extra(self, made: Obj, record: list[Any]) -> None:
        kind, _, extra = record
        props, proto, level, hidden, state = (extra + [None] * 5)[:5]
        if kind == Kind.HOST:
            damaged("an object of the host")
        if props is not None:
            made.props.update(self.props(props))
        if proto is not None:
            new = self.value(proto)
            made.proto = new if isinstance(new, Obj) else None if new is NULL else damaged("a prototype")
            self.chains.append(made)
        made.level = expect_within(level or 0, FROZEN)
        if hidden is not None:
            made.hidden = frozenset(expect_text(key) for key in expect_list(hidden)) or None
        if isinstance(made, Invocable):
            made.state = expect_within(state or 0, 7)

    # --- what must hold ---------------------------------------------------------------------------------------------

    def _check(self) -> None:
        if next(self._plain, MISSING) is not MISSING:
            damaged("the list of plain values")
        if not all(made.is_sound() for made in self.sparse):
            damaged("a sparse array")
        if self.chains:
            _check_acyclic(self.chains, lambda made: made.proto)
            _check_acyclic(self.chains, lambda made: made.target if isinstance(made, Bound) else None)


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


def _fill_object(heap: _Heap, made: Obj, body: Any) -> None:
    made.props = heap.props(body)


def _fill_array(heap: _Heap, made: Arr, body: Any) -> None:
    made.items = heap.values(expect_list(body), HOLE)


def _fill_date(heap: _Heap, made: Date, body: Any) -> None:
    made.time = expect_number(heap.value(body))


def _fill_sparse(heap: _Heap, made: Sparse, body: Any) -> None:
    heap.sparse.append(made)
    _fill_array(heap, made, body)


def _fill_map(heap: _Heap, made: MapObject, body: Any) -> None:
    for key, value in zip(body[::2], body[1::2], strict=True):
        made.table.set(heap.value(key), heap.value(value))


def _fill_set(heap: _Heap, made: SetObject, body: Any) -> None:
    for key in expect_list(body):
        made.table.set(heap.value(key), None)


def _fill_bound(heap: _Heap, made: Bound, body: Any) -> None:
    heap.chains.append(made)
    target, this, args, _, _ = body
    made.target = expect(heap.value(target), Invocable)
    made.this = heap.value(this)
    made.args = heap.values(expect_list(args))


def _fill_arguments(heap: _Heap, made: Arguments, body: Any) -> None:
    items, scope, scope_id, mapping, poisoned = expect_list(body)
    made.poisoned = poisoned is True
    _fill_array(heap, made, items)
    made.scope_id = expect_count(scope_id)
    made.mapping = dict(zip(map(expect_count, mapping[::2]), map(expect_count, mapping[1::2]), strict=True))
    if scope is not None:
        made.scope = heap.scopes.list_of(scope, scope_id)
        if any(not 0 < slot < len(made.scope) for slot in made.mapping.values()):
            damaged("a slot")
    if any(index >= len(made.items) for index in made.mapping) or (made.mapping and made.scope is None):
        damaged("an arguments object")


def _fill_iterator(heap: _Heap, made: Iterator, body: list[Any]) -> None:
    _, source, position = body
    made.source = heap.value(source)
    heap.iterators.append((made, expect_count(position)))


def _place(made: Iterator, position: int) -> None:
    made.position = position
    if made.source is None:
        return
    kind = made.kind.partition("-")[0]
    expect(made.source, {"array": Obj, "string": str, "map": MapObject, "set": SetObject, "regexp": Arr}[kind])
    if isinstance(made.source, MapObject | SetObject):
        made.cursor = Cursor(made.source.table, made.position)


FILLERS: Final[dict[int, Callable[[_Heap, Any, Any], None]]] = {
    Kind.OBJECT: _fill_object, Kind.ARRAY: _fill_array, Kind.ERROR: _fill_object, Kind.SPARSE: _fill_sparse,
    Kind.DATE: _fill_date, Kind.MAP: _fill_map, Kind.SET: _fill_set, Kind.ITERATOR: _fill_iterator,
    Kind.BOUND: _fill_bound, Kind.ARGUMENTS: _fill_arguments,
}  # fmt: skip
"""Functions, wrappers, regular expressions and objects of the host are complete when they are made."""
