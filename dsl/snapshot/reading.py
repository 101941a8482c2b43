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
    LAYOUT,
    MARKS,
    Kind,
    SnapshotError,
    program_mark,
)
from .making import MAKERS, make_function
from .scopes import Scopes

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
    _, _, _, records, scopes, names, top, roots = parts
    heap = _Heap(run, expect_list(records), Scopes(run, expect_list(scopes)))
    heap.make()
    _fill_globals(run, heap, expect_list(names))
    _fill_top(run, heap, expect_list(top))
    return heap.values(expect_list(roots))


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
    """The objects of the records.

    They are made from the last to the first, because what an object holds was met after it, and so has a higher number.
    What is asked for before its turn is made empty, and filled when its turn comes.
    """

    def __init__(self, run: Run, records: list[Any], scopes: Scopes) -> None:
        self.run = run
        self.records = records
        self.scopes = scopes
        self.made: list[Obj | None] = [None] * len(records)
        self.chains: list[Obj] = []
        self.sparse: list[Sparse] = []
        self.iterators: list[tuple[Iterator, Any]] = []

    def make(self) -> None:
        """Make all objects, then fill the scopes; iterators last, because their place depends on what they walk."""
        number = len(self.records)
        for record in reversed(self.records):
            number -= 1
            _READERS.get(record[0], _read)(self, number, record[1])
            if len(record) > 2:
                self._fill_extra(self.object(number), record)
        self.scopes.fill(self.value)
        for iterator, body in self.iterators:
            _fill_iterator(self, iterator, body)
        self._check()

    def object(self, number: int) -> Obj:
        """The object of that number, perhaps still empty."""
        made = self.made[number]
        if made is None:
            kind, body = self.records[number][:2]
            made = self.made[number] = MAKERS[kind](self.run, self.scopes, body)
        return made

    # --- values -----------------------------------------------------------------------------------------------------

    def value(self, written: Any, mark: Value = None) -> Value:
        """The value that *written* stands for.  mark: what may stand there and is no value."""
        kind = type(written)
        if kind is list:
            number = written[0] if len(written) == 1 else None
            if type(number) is int and number >= 0:
                return self.made[number] or self.object(number)
            return self._marked(written, mark)
        if kind is str or kind is bytes:
            return expect_text(written)
        if kind is int:
            return written if -MAX_SAFE <= written <= MAX_SAFE else damaged("a number")  # type: ignore[no-any-return]
        if written is None or kind is bool or kind is float:
            return written  # type: ignore[no-any-return]
        damaged("a value")

    def _marked(self, written: list[Any], mark: Value) -> Value:
        match written:
            case []:
                return NULL
            case [str(path)]:
                return self._built_in(path)
            case [int(number)] if number == GLOBAL_MARK:
                return self.run.global_object
            case [int(number)] if number == MARKS.get(mark):
                return mark
        damaged("a value")

    def values(self, written: list[Any], mark: Value = None) -> list[Value]:
        """What each of *written* stands for; text is told apart first, because there is most of it."""
        read = self.value
        return [each if type(each) is str and each.isascii() else read(each, mark) for each in written]

    def props(self, written: Any) -> dict[str, Value]:
        """The properties of an object."""
        if type(written) is not dict:
            damaged("properties")
        read = self.value
        return {
            key if type(key) is str and key.isascii() else expect_text(key): each
            if type(each) is str and each.isascii()
            else read(each)
            for key, each in written.items()
        }

    def _built_in(self, path: str) -> Obj:
        found = PATHS.get(path) or self.run.host.by_path.get(path)
        if found is None:
            raise SnapshotError(f"the snapshot needs '{path[:80]}', which there is no more")
        return found

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


# --- reading them -----------------------------------------------------------------------------------------------------


def _read_object(heap: _Heap, number: int, body: Any) -> None:
    props = heap.props(body)
    early = heap.made[number]
    if early is None:
        heap.made[number] = Obj(OBJECT_PROTO, props)
    else:
        early.props = props


def _read_array(heap: _Heap, number: int, body: Any) -> None:
    items = heap.values(expect_list(body), HOLE)
    early = heap.made[number]
    if early is None:
        heap.made[number] = Arr(items)
    else:
        expect(early, Arr).items = items


def _read_function(heap: _Heap, number: int, body: Any) -> None:
    if heap.made[number] is None:
        heap.made[number] = make_function(heap.run, heap.scopes, body)


def _read(heap: _Heap, number: int, body: Any) -> None:
    made = heap.object(number)
    fill = _FILLERS.get(heap.records[number][0])
    if fill is not None:
        fill(heap, made, body)
    elif isinstance(made, Iterator):
        heap.iterators.append((made, body))


_READERS: Final[dict[int, Callable[[_Heap, int, Any], None]]] = {
    int(Kind.OBJECT): _read_object, int(Kind.ARRAY): _read_array, int(Kind.FUNCTION): _read_function,
}  # fmt: skip
"""The commonest kinds; the others are made empty and then filled."""


def _fill_error(heap: _Heap, made: Obj, body: Any) -> None:
    made.props = heap.props(body)


def _fill_array(heap: _Heap, made: Arr, body: Any) -> None:
    made.items = heap.values(expect_list(body), HOLE)


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
    made.position = expect_count(position)
    if made.source is None:
        return
    kind = made.kind.partition("-")[0]
    expect(made.source, {"array": Obj, "string": str, "map": MapObject, "set": SetObject, "regexp": Arr}[kind])
    if isinstance(made.source, MapObject | SetObject):
        made.cursor = Cursor(made.source.table, made.position)


_FILLERS: Final[dict[int, Callable[[_Heap, Any, Any], None]]] = {
    Kind.ERROR: _fill_error, Kind.SPARSE: _fill_sparse,
    Kind.MAP: _fill_map, Kind.SET: _fill_set, Kind.BOUND: _fill_bound, Kind.ARGUMENTS: _fill_arguments,
}  # fmt: skip
