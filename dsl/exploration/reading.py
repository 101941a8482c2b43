"""Reading of unknown values: their properties, their elements, the keys of objects."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..arrays import ARRAY_PROTO, Arr
from ..base import MISSING, OBJECT_PROTO, Obj, Value, throw_type_error
from ..exotics import BOOLEAN_PROTO, DATE_PROTO, NUMBER_PROTO, STRING_PROTO
from ..operators import get as real_get
from ..operators import to_property_key
from ..units import brief, index_of
from . import judging
from .terms import ANY, ANYTHING, NUMBER_SHAPE, STRING, Shape, Term, constant, item_of, known, member_of
from .unknown import Unknown
from .widening import Widening

if TYPE_CHECKING:
    from ..run import Run
    from .paths import Path

MOST_ELEMENTS = 6
"""Elements of an unknown list that are looked at one by one, where each turn changes something."""
_PROTOS: dict[str, Obj] = {
    "string": STRING_PROTO, "number": NUMBER_PROTO, "nan": NUMBER_PROTO, "boolean": BOOLEAN_PROTO, "array": ARRAY_PROTO,
}  # fmt: skip


def get(path: Path, run: Run, base: Unknown, key: Value) -> Value:
    """base[key]."""
    if judging.is_nothing(path, base):
        about = f" (reading '{brief(key)}')" if isinstance(key, str) else ""
        throw_type_error(run, f"Cannot read properties of nothing{about}")
    if type(key) is Unknown:
        return _by_unknown_key(path, base, key)
    name = to_property_key(run, key)
    index = index_of(name)
    if index >= 0:
        return _element(path, base, index, name)
    if any(name in _PROTOS[kind].props or name == "length" for kind in judging.kinds(path, base) if kind in _PROTOS):
        groups = (frozenset({"string"}), frozenset({"array"}), frozenset({"number", "nan"}), frozenset({"boolean"}))
        known_groups = [group for group in groups if group & judging.kinds(path, base)]
        rest = judging.kinds(path, base) - frozenset().union(*known_groups)
        at = judging.among(path, base, [*known_groups, rest])
        if at < len(known_groups):
            return _of_primitive(path, run, base, name, next(iter(known_groups[at])))
    return _of_object(path, run, base, name)


def _of_primitive(path: Path, run: Run, base: Unknown, name: str, kind: str) -> Value:
    if name == "length" and kind in ("string", "array"):
        return length(path, base)
    return _PROTOS[kind].get(run, name)


def _of_object(path: Path, run: Run, base: Unknown, name: str) -> Value:
    if base.shape.native == "Date":
        return DATE_PROTO.get(run, name)
    if "object" not in judging.kinds(path, base):
        if name in ("index", "input", "groups", "indices"):
            path.give_up("the place of a match is read")
        return OBJECT_PROTO.get(run, name)
    shape = member_of(base.shape, name)
    inherited = OBJECT_PROTO.props.get(name, MISSING)
    if inherited is not MISSING:
        if shape is ANY and path.choose((False, True)):
            return path.unknown(("get", base.term, constant(name)), ANY)
        return inherited if shape is ANY else OBJECT_PROTO.get(run, name)
    return path.unknown(("get", base.term, constant(name)), shape)


def length(path: Path, base: Unknown) -> Value:
    """The length of a string or list."""
    term: Term = ("get", base.term, constant("length"))
    path.facts.low.setdefault(term, (0.0, False))
    return path.unknown(term, NUMBER_SHAPE)


def has_element(path: Path, base: Unknown, index: int) -> bool:
    """Whether a string or list has more than *index* elements."""
    size = length(path, base)
    if not isinstance(size, Unknown):
        return index < size  # type: ignore[operator]
    return judging.compare(path, "greater", size, index)


def element(path: Path, base: Unknown, index: int, shape: Shape) -> Value:
    """An element that is there."""
    return path.unknown(("get", base.term, constant(index)), shape)


def _element(path: Path, base: Unknown, index: int, name: str) -> Value:
    groups = (frozenset({"string"}), frozenset({"array"}), frozenset({"object"}))
    may = judging.kinds(path, base)
    match judging.among(path, base, [*groups, may - {"string", "array", "object"}]):
        case 0:
            return element(path, base, index, STRING) if has_element(path, base, index) else None
        case 1:
            return element(path, base, index, item_of(base.shape)) if has_element(path, base, index) else None
        case 2:
            return path.unknown(("get", base.term, constant(name)), member_of(base.shape, name))
    return None


def _by_unknown_key(path: Path, base: Unknown, key: Unknown) -> Value:
    keys, may = judging.kinds(path, key), judging.kinds(path, base)
    if not keys <= {"string", "number", "nan"}:
        path.give_up("a name of an entry is not known")
    term = ("get", base.term, key.term)
    if may <= {"array"} and keys <= {"number", "nan"}:
        return path.unknown(term, item_of(base.shape).or_("undefined"))
    if may <= {"object"}:
        return path.unknown(
            term, (base.shape.other or ANYTHING).or_("undefined") if not base.shape.members else ANYTHING
        )
    return path.unknown(term, Shape(ANYTHING.kinds | {"function"}))


def get_by_unknown(path: Path, run: Run, base: Value, key: Value) -> Value:
    """base[key] where only the key is not known: one of the entries, or none of them."""
    assert type(key) is Unknown
    if not isinstance(base, Obj):
        if isinstance(base, str):
            path.give_up("a character is read whose place is not known")
        return real_get(run, base, "unknown")
    if type(base) is Arr and judging.kinds(path, key) <= {"number", "nan"}:
        for index in range(len(base.items)):
            if judging.identical(path, key, index):
                return real_get(run, base, index)
        return None
    if type(base) is Obj and base.proto is OBJECT_PROTO and judging.kinds(path, key) == {"string"}:
        return _entry(path, run, base, key)
    if base.is_callable or not hasattr(base, "unknown_member"):
        path.give_up("an entry is read whose name is not known")
    return base.unknown_member(path, key)  # type: ignore[no-any-return]


def _entry(path: Path, run: Run, base: Obj, key: Unknown) -> Value:
    for name in (*base.own_keys(), *OBJECT_PROTO.own_keys()):
        if judging.identical(path, key, name):
            return base.get(run, name)
    return None


def iterate(path: Path, run: Run, value: Unknown, *, widened: bool) -> Iterator[Value]:
    """The elements of a string or list, from none to many; a TypeError for all else.

    widened: whoever walks keeps none of them, so that a walk may stop for all longer lists.
    """
    groups = (frozenset({"array"}), frozenset({"string"}))
    at = judging.among(path, value, [*groups, judging.kinds(path, value) - {"array", "string"}])
    if at == 2:
        throw_type_error(run, "the value is not iterable")
    turns = itertools.count()
    extra: Callable[[], object] = tuple if widened else lambda: next(turns)
    return elements(path, run, value, item_of(value.shape) if at == 0 else STRING, extra=extra)


def elements(
    path: Path, run: Run, value: Unknown, shape: Shape, *, extra: Callable[[], object] = tuple
) -> Iterator[Value]:
    """The elements of a list; a loop that only repeats itself stops for all longer ones.  extra: what it holds."""
    index, widening = 0, Widening(value.term)
    while True:
        if widening.repeats(path, run, index, extra=extra()) or not has_element(path, value, index):
            return
        if index == MOST_ELEMENTS:
            path.give_up("a list of unknown length is walked, and each turn changes something")
        yield element(path, value, index, shape)
        index += 1


def keys(path: Path, run: Run, value: Unknown) -> Iterator[Value]:
    """The keys of an object, from none to many: texts, which are not known."""
    term = known(value)
    listed = path.unknown(("call", "Object.keys", ("const", "undefined", 0), term), Shape(frozenset({"array"}), STRING))
    assert isinstance(listed, Unknown)
    yield from elements(path, run, listed, STRING)
