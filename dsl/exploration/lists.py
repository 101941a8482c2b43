"""The methods of lists that look at elements: over lists that hold what is not known, or are not known themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from ..arrays import Arr
from ..base import HOLE, Obj, Value, throw_type_error
from ..calls import call as real_call
from ..exotics import Collection, MapObject
from ..library import PATHS
from . import calls, judging, reading
from .terms import ANYTHING, BOOLEAN, NUMBER_SHAPE, STRING, Shape, Term, constant, item_of, kind_of, known, leaf
from .unknown import Unknown

if TYPE_CHECKING:
    from ..run import Run
    from .paths import Path

Played = Callable[["Path", "Run", Value, list[Value]], Value]


def _arg(args: list[Value], at: int) -> Value:
    return args[at] if at < len(args) else None


def _indexed(path: Path, run: Run, this: Value, extra: Callable[[], object] = tuple) -> Iterator[tuple[Value, Value]]:
    """Index and element; a hole is passed over.  In an unknown list no index is known, for any may be the last."""
    if isinstance(this, Unknown):
        if not judging.kinds(path, this) <= {"array"}:
            path.give_up("a method of lists is used on what may be none")
        for at, item in enumerate(reading.elements(path, run, this, item_of(this.shape), extra=extra)):
            term: Term = ("index", this.term, constant(at))
            path.facts.low.setdefault(term, (0.0, False))
            yield path.unknown(term, NUMBER_SHAPE), item
        return
    assert isinstance(this, Arr)
    for index in range(len(this.items)):
        if index < len(this.items) and this.items[index] is not HOLE:
            yield index, this.items[index]


def _truth(path: Path, value: Value) -> bool:
    value = path.settle(value)
    return judging.truthy(path, value) if isinstance(value, Unknown) else bool(value) and value == value


def _tested(path: Path, run: Run, this: Value, args: list[Value]) -> Iterator[tuple[Value, Value, bool]]:
    function, receiver = _arg(args, 0), _arg(args, 1)
    _need_function(run, function)
    for index, item in _indexed(path, run, this):
        yield index, item, _truth(path, calls.call(run, function, receiver, [item, index, this]))


def _need_function(run: Run, function: Value) -> None:
    if type(function) is not Unknown and not getattr(function, "is_callable", False):
        throw_type_error(run, "the callback is not a function")


def _some(path: Path, run: Run, this: Value, args: list[Value]) -> Value:
    return any(yes for _, _, yes in _tested(path, run, this, args))


def _every(path: Path, run: Run, this: Value, args: list[Value]) -> Value:
    return all(yes for _, _, yes in _tested(path, run, this, args))


def _filter(path: Path, run: Run, this: Value, args: list[Value]) -> Value:
    kept = [item for _, item, yes in _tested(path, run, this, args) if yes]
    return _collected(path, this, kept, item_of(this.shape) if isinstance(this, Unknown) else None)


def _collected(path: Path, this: Value, items: list[Value], shape: Shape | None) -> Value:
    """A new list; of a list that goes on beyond what was looked at, one that is not known."""
    if not isinstance(this, Unknown) or _is_all(path, this):
        return Arr(items)
    if shape is None:
        shape = _shape(path, items)
    return fresh_list(path, shape)


def _is_all(path: Path, this: Unknown) -> bool:
    """Whether the length is bounded, so that every element was looked at."""
    length = reading.length(path, this)
    return not isinstance(length, Unknown) or length.term in path.facts.high


def _shape(path: Path, items: list[Value]) -> Shape:
    """What an element of a longer list like this one may be."""
    kinds: frozenset[str] = frozenset()
    for item in map(path.settle, items):
        if not isinstance(item, Obj):
            kinds |= {kind_of(item)}
        elif isinstance(item, Unknown) and not judging.kinds(path, item) & {"array", "object", "function"}:
            kinds |= judging.kinds(path, item)
        elif isinstance(item, Unknown) or known(item) is not None:
            kinds |= ANYTHING.kinds
        else:
            path.give_up("a list of unknown length is made a list of objects")
    return ANYTHING if kinds >= ANYTHING.kinds else Shape(kinds)


def _find(path: Path, run: Run, this: Value, args: list[Value]) -> Value:
    return next((item for _, item, yes in _tested(path, run, this, args) if yes), None)


def _find_index(path: Path, run: Run, this: Value, args: list[Value]) -> Value:
    return next((index for index, _, yes in _tested(path, run, this, args) if yes), -1)


def _for_each(path: Path, run: Run, this: Value, args: list[Value]) -> Value:
    _need_function(run, _arg(args, 0))
    for index, item in _indexed(path, run, this):
        calls.call(run, _arg(args, 0), _arg(args, 1), [item, index, this])
    return None


def _map(path: Path, run: Run, this: Value, args: list[Value]) -> Value:
    _need_function(run, _arg(args, 0))
    walk = _indexed(path, run, this)
    return _collected(
        path, this, [calls.call(run, args[0], _arg(args, 1), [item, at, this]) for at, item in walk], None
    )


def _reduce(path: Path, run: Run, this: Value, args: list[Value]) -> Value:
    """Of a long unknown list only is known of what kinds the total is: it is taken for any of these, turn by turn."""
    _need_function(run, _arg(args, 0))
    kinds: list[frozenset[str]] = [frozenset()]
    walk = _indexed(path, run, this, lambda: tuple(sorted(kinds[0])))
    total = args[1] if len(args) > 1 else _first(run, walk)
    for turn, (index, item) in enumerate(walk):
        if isinstance(this, Unknown) and turn > 1:
            kinds[0] |= _shape(path, [total]).kinds
            total = path.unknown(path.fresh("total"), ANYTHING if kinds[0] & {"array", "object"} else Shape(kinds[0]))
        total = calls.call(run, args[0], None, [total, item, index, this])
    if isinstance(this, Unknown) and kinds[0]:
        total = path.unknown(path.fresh("total"), Shape(kinds[0] | _shape(path, [total]).kinds))
    return total


def _first(run: Run, walk: Iterator[tuple[Value, Value]]) -> Value:
    first = next(walk, None)
    if first is None:
        throw_type_error(run, "Reduce of empty array with no initial value")
    return first[1]


def _includes(path: Path, run: Run, this: Value, args: list[Value]) -> Value:
    return _place(path, this, args) is not None


def _index_of(path: Path, run: Run, this: Value, args: list[Value]) -> Value:
    place = _place(path, this, args)
    return -1 if place is None else place


def _place(path: Path, this: Value, args: list[Value]) -> Value:
    """Where the element is: an index, which may be unknown, or None."""
    wanted = _arg(args, 0)
    if len(args) > 1:
        path.give_up("a list is searched from the middle")
    if not isinstance(this, Unknown):
        assert isinstance(this, Arr)
        return next((at for at, item in enumerate(this.items) if _equal(path, item, wanted)), None)
    if not judging.kinds(path, this) <= {"array"}:
        path.give_up("a method of lists is used on what may be none")
    term = known(wanted)
    if term is None:
        path.give_up("a list is searched for an object")
    if not has_member(path, this, term):
        return None
    index: Term = ("call", "Array.prototype.indexOf", this.term, term)
    path.facts.low.setdefault(index, (0.0, False))
    path.facts.low.setdefault(("get", this.term, ("const", "string", "length")), (0.0, True))
    return path.unknown(index, NUMBER_SHAPE)


def has_member(path: Path, this: Unknown, wanted: Term) -> bool:
    """Whether a list has an element; what a person has (roles, groups) is the same whoever asks."""
    if this.shape.word and wanted[:2] == ("const", "string"):
        return belongs(path, this.shape.word, wanted[2])
    answer: bool = path.ask(("call", "Array.prototype.includes", this.term, wanted), (True, False))
    return answer


def belongs(path: Path, word: str, name: str) -> bool:
    """Whether *name* is among the roles, groups or levels of the login."""
    epoch = path.facts.epoch if word in ("role", "associated") else 0
    value = path.unknown(leaf("member", word, name, epoch, None), BOOLEAN)
    return judging.truthy(path, value) if isinstance(value, Unknown) else bool(value)


def _equal(path: Path, item: Value, wanted: Value) -> bool:
    item = None if item is HOLE else path.settle(item)
    if isinstance(item, Unknown):
        return judging.identical(path, item, wanted)
    if isinstance(wanted, Unknown):
        return judging.identical(path, wanted, item)
    if isinstance(item, bool) or isinstance(wanted, bool):
        return item is wanted
    return item == wanted


def _concat(path: Path, run: Run, this: Value, args: list[Value]) -> Value:
    """A list of all; where one of them is not known, so is the result."""
    if not any(isinstance(one, Unknown) for one in (this, *args)):
        return PATHS["Array.prototype.concat"].call(run, this, args)  # type: ignore[attr-defined, no-any-return]
    shapes = [_shape(path, one.items) for one in (this, *args) if type(one) is Arr]
    for one in (this, *args):
        if isinstance(one, Unknown) and judging.is_kind(path, one, frozenset({"array"})):
            shapes.append(item_of(one.shape))
        elif type(one) is not Arr:
            shapes.append(_shape(path, [one]))
    return fresh_list(path, *shapes)


def any_number(path: Path, shape: Shape) -> Value:
    """What stands for any number of elements like that."""
    term = path.fresh("rest")
    path.rests.add(term)
    return path.unknown(term, shape)


def gathered(path: Path, items: list[Value]) -> Value:
    """A list of these, some of which stand for any number."""
    rests = [item.shape for item in items if isinstance(item, Unknown) and item.term in path.rests]
    others = [item for item in items if not (isinstance(item, Unknown) and item.term in path.rests)]
    return fresh_list(path, *rests, *([_shape(path, others)] if others else []))


def fresh_list(path: Path, *items: Shape) -> Value:
    """A list of which only is known what its elements may be."""
    kinds = frozenset[str]().union(*(shape.kinds for shape in items))
    simple = len(set(items)) == 1
    item = items[0] if simple else ANYTHING if kinds & {"array", "object"} else Shape(kinds)
    return path.unknown(path.fresh("list"), Shape(frozenset({"array"}), item=item))


def _slice(path: Path, run: Run, this: Value, args: list[Value]) -> Value:
    """A part of an unknown list."""
    if not isinstance(this, Unknown) and calls.tainted(*args) is None:
        return PATHS["Array.prototype.slice"].call(run, this, args)  # type: ignore[attr-defined, no-any-return]
    return fresh_list(path, item_of(this.shape) if isinstance(this, Unknown) else _shape(path, this.items))  # type: ignore[union-attr]


def _fill(path: Path, run: Run, this: Value, args: list[Value]) -> Value:
    """An unknown list that was just made; under its old name nobody may look at it any more."""
    if not isinstance(this, Unknown):
        return PATHS["Array.prototype.fill"].call(run, this, args)  # type: ignore[attr-defined, no-any-return]
    if this.term[:2] != ("leaf", "new-list") or len(args) != 1:
        path.give_up("a list that is not known is filled")
    path.spent.add(this.term)
    return fresh_list(path, _shape(path, args))


def _find_key(path: Path, this: Value, args: list[Value]) -> list[Value] | None:
    """The entry of a Map or Set whose key an unknown value equals."""
    key = _arg(args, 0)
    assert isinstance(this, Collection)
    return next((entry for entry in this.table.entries() if _equal(path, entry[0], key)), None)


def _map_get(path: Path, run: Run, this: Value, args: list[Value]) -> Value:
    if not isinstance(this, MapObject) or not isinstance(_arg(args, 0), Unknown):
        return PATHS["Map.prototype.get"].call(run, this, args)  # type: ignore[attr-defined, no-any-return]
    found = _find_key(path, this, args)
    return None if found is None else found[1]


def _has(name: str) -> Played:
    def has(path: Path, run: Run, this: Value, args: list[Value]) -> Value:
        if not isinstance(this, Collection) or not isinstance(_arg(args, 0), Unknown):
            return PATHS[name].call(run, this, args)  # type: ignore[attr-defined, no-any-return]
        return _find_key(path, this, args) is not None

    return has


def _join(path: Path, run: Run, this: Value, args: list[Value]) -> Value:
    if calls.tainted(this, *args) is None:
        return real_call(run, PATHS["Array.prototype.join"], this, args)
    terms = [known(one) for one in (this, *args)]
    if None in terms:
        path.give_up("a list of objects is joined")
    return path.unknown(("call", "Array.prototype.join", *terms), STRING)


LISTS: Final[dict[str, Played]] = {
    f"Array.prototype.{name}": played
    for name, played in {
        "some": _some, "every": _every, "filter": _filter, "find": _find, "findIndex": _find_index,
        "forEach": _for_each, "map": _map, "reduce": _reduce, "includes": _includes, "indexOf": _index_of,
        "join": _join, "concat": _concat, "slice": _slice, "fill": _fill,
    }.items()
}  # fmt: skip
COLLECTIONS: Final[dict[str, Played]] = {
    "Map.prototype.get": _map_get,
    "Map.prototype.has": _has("Map.prototype.has"),
    "Set.prototype.has": _has("Set.prototype.has"),
}
"""The methods of Map and Set that only ask for a key."""
