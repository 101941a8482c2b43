"""What an unknown value is called, and what it may be.

A term is a nested tuple: ("leaf", name, ..., generation) for what comes from outside, ("const", kind, value), and
("op" | "get" | "call" | "new", ...) for what the script made of others.  Equal terms are equal values.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..arrays import Arr
from ..base import HOLE, NULL, Obj, Value
from ..exotics import RegExp
from ..library import path_of

Term: TypeAlias = tuple[Any, ...]

NOTHING = frozenset({"undefined", "null"})
FALSE_KINDS = frozenset({"undefined", "null", "nan"})
TRUE_KINDS = frozenset({"array", "object", "function"})
JSON_KINDS = frozenset({"null", "boolean", "number", "string", "array", "object"})
NUMBER = frozenset({"number", "nan"})


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value may be.  kinds: any of undefined, null, boolean, number, nan, string, array, object.

    item: of the elements of an array; members: of an object's properties by name; other: of all its other properties,
    undefined if None.  native: whose methods an object has.  word: what membership in a list is called, where it has a
    name of its own (`role`).
    """

    kinds: frozenset[str]
    item: Shape | None = None
    members: tuple[tuple[str, Shape], ...] = ()
    other: Shape | None = None
    native: str = ""
    word: str = ""

    def member(self, name: str) -> Shape | None:
        """The shape of a property."""
        return next((shape for key, shape in self.members if key == name), self.other)

    def or_(self, *kinds: str) -> Shape:
        """The same, or one of *kinds*."""
        return Shape(self.kinds | set(kinds), self.item, self.members, self.other, self.native, self.word)


def of(*kinds: str) -> Shape:
    """A primitive of one of *kinds*."""
    return Shape(frozenset(kinds))


ANY = Shape(JSON_KINDS | {"undefined"})
"""Anything that JSON can be, or nothing; its elements and properties are the same."""
ANYTHING = Shape(ANY.kinds | {"nan"})
"""Any plain data that a script makes."""
UNDEFINED = of("undefined")
STRING, BOOLEAN, NUMBER_SHAPE, MAYBE_NAN = of("string"), of("boolean"), of("number"), of("number", "nan")
TEXTS = Shape(frozenset({"array"}), item=STRING)


def item_of(shape: Shape) -> Shape:
    """The shape of an element."""
    return _loose(shape) if shape.item is None else shape.item


def member_of(shape: Shape, name: str) -> Shape:
    """The shape of a property of an object."""
    if not shape.members and shape.other is None and not shape.native:
        return _loose(shape)
    return shape.member(name) or UNDEFINED


def _loose(shape: Shape) -> Shape:
    return ANYTHING if "nan" in shape.kinds else ANY


def leaf(*parts: Any) -> Term:
    """What comes from outside; the last part is the generation, or None for what never changes in a login."""
    return ("leaf", *parts)


def leaves(term: object) -> Iterator[Term]:
    """All leaves of a term."""
    if isinstance(term, tuple):
        if term and term[0] == "leaf":
            yield term
        else:
            for part in term:
                yield from leaves(part)


def kind_of(value: Value) -> str:
    """The kind of a known value."""
    if value is None:
        return "undefined"
    if value is NULL:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, int | float):
        return "number" if value == value else "nan"
    if isinstance(value, Arr):
        return "array"
    return "function" if isinstance(value, Obj) and value.is_callable else "object"


def constant(value: Value) -> Term:
    """The term of a primitive."""
    return ("const", kind_of(value), 0 if value is NULL or value is None or value != value else value)


def constant_value(term: Term) -> Value:
    """The primitive of a constant's term."""
    _, kind, value = term
    return {"undefined": None, "null": NULL, "nan": math.nan}.get(kind, value)


def known(value: Value, room: int = 40) -> Term | None:
    """The term of a value, if it is one that can be written down again: else None."""
    from .unknown import Unknown

    if isinstance(value, Unknown):
        return value.term
    if not isinstance(value, Obj):
        return constant(value)
    if room == 0:
        return None
    match value:
        case RegExp():
            return ("regexp", value.source, value.flags)
        case Arr() if not value.props:
            parts = [known(None if item is HOLE else item, room - 1) for item in value.items[:100]]
            return None if None in parts or len(value.items) > 100 else ("list", *parts)
    if type(value) is Obj and len(value.props) <= 100:
        entries = [(key, known(inner, room - 1)) for key, inner in value.props.items()]
        return None if any(inner is None for _, inner in entries) else ("record", *entries)
    path = path_of(value)
    return None if path is None else ("built-in", path)
