"""Looks for values under which a way is taken: tries what the script itself mentions, and checks every condition.

It may fail where there is a solution; what it finds is played before anybody is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dsl.exploration import Term, leaves
from dsl.exploration.evaluating import Evaluator
from dsl.exploration.paths import Unanswerable
from dsl.values import NULL, OBJECT_PROTO, Arr, Obj, Value, units

MOST_TRIES = 2_500
ADDRESSES = ("203.0.113.9", "10.0.0.1", "192.168.1.1", "172.16.0.1", "127.0.0.1", "8.8.8.8", "2001:db8::1", "::1")
TEXTS = ("x", "", "1", "0", "true", "false", "mara@example.test", "2000-01-01", *ADDRESSES)
NUMBERS = (1, 0, 50, 100, -1, 1000, 0.5, 1_767_225_600_000)
DAY = 86_400_000
TIMES = tuple(1_767_225_600_000 + hour * 3_600_000 for hour in range(24)) + tuple(
    1_767_225_600_000 + day * DAY + hour * 3_600_000 for day in range(1, 7) for hour in (0, 6, 12, 20)
)
"""Every hour of a Thursday, and some of the six days after it."""
MISSING = object()
"""A member that is not there."""


@dataclass(slots=True)
class Place:
    """A part of what comes from outside that the script looked at.  parts: what it looked at inside of it."""

    term: Term
    parts: dict[Any, Place] = field(default_factory=dict)

    def ends(self) -> Iterator[Place]:
        """Those that nothing was looked at inside of."""
        if not self.parts:
            yield self
        for part in self.parts.values():
            yield from part.ends()


Assigned = dict[Term, Any]
"""What each end is: a plain value, None for null, MISSING."""


class Solver:
    """Finds assignments for conditions.  pool: texts and numbers of the script; fixed: values that leaves must have."""

    def __init__(
        self, conditions: Iterable[tuple[Term, Any]], *, pool: Iterable[object], fixed: Mapping[str, Any]
    ) -> None:
        self._evaluate = Evaluator()
        self._conditions = list(dict.fromkeys(conditions))
        self._pool = list(pool)
        self._fixed = fixed
        self._tries = 0
        self.places: dict[Term, Place] = {}
        for question, _ in self._conditions:
            for term in _accesses(question):
                self._place(term)

    def _place(self, term: Term) -> Place:
        if term[0] == "leaf":
            return self.places.setdefault(term, Place(term))
        base = self._place(term[1])
        key = term[2][2]
        return base.parts.setdefault(key, Place(term))

    def solutions(self) -> Iterator[Assigned]:
        """Assignments that meet all conditions that can be checked."""
        ends = [end for place in self.places.values() for end in place.ends()]
        ends.sort(key=lambda end: len(self._about(end)), reverse=True)
        yield from self._extend(ends, 0, {})

    def _extend(self, ends: list[Place], at: int, assigned: Assigned) -> Iterator[Assigned]:
        if at == len(ends):
            if self._holds(assigned, self._conditions):
                yield dict(assigned)
            return
        end = ends[at]
        known = {one.term for one in ends[: at + 1]}
        ready = [one for one in self._about(end) if self._ends_of(one[0]) <= known]
        for value in self._candidates(end):
            self._tries += 1
            if self._tries > MOST_TRIES:
                return
            assigned[end.term] = value
            if self._holds(assigned, ready):
                yield from self._extend(ends, at + 1, assigned)
        assigned.pop(end.term, None)

    def _about(self, end: Place) -> list[tuple[Term, Any]]:
        root = next(leaves(end.term))
        return [one for one in self._conditions if end.term in set(_accesses(one[0])) or root in set(leaves(one[0]))]

    def _ends_of(self, question: Term) -> set[Term]:
        return {end.term for root in set(leaves(question)) if root in self.places for end in self.places[root].ends()}

    def _holds(self, assigned: Assigned, conditions: Iterable[tuple[Term, Any]]) -> bool:
        for question, answer in conditions:
            try:
                told = self._evaluate(question, lambda leaf: self._value(leaf, assigned))
            except Unanswerable:
                continue
            if told is not answer:
                return False
        return True

    def _value(self, leaf: Term, assigned: Assigned) -> Value:
        place = self.places.get(leaf)
        plain = MISSING if place is None else plain_of(place, assigned)
        return None if plain is MISSING else script_value(plain)

    # --- what to try --------------------------------------------------------------------------------------------------

    def _candidates(self, end: Place) -> list[Any]:
        leaf = next(leaves(end.term))
        if end.term[0] == "leaf" and leaf[1] in self._fixed:
            return [self._fixed[leaf[1]]]
        about = self._about(end)
        kinds, exact = self._direct(end, about)
        if exact:
            return exact
        constants = [value for question, _ in about for value in _constants(question)]
        return _of_kinds(kinds, leaf, last=end.term[2] if end.term[0] == "get" else None,
                         constants=[*constants, *self._pool])  # fmt: skip

    def _direct(self, end: Place, about: list[tuple[Term, Any]]) -> tuple[frozenset[str] | None, list[Any]]:
        """The kinds that conditions allow it, and the value that they demand."""
        kinds: frozenset[str] | None = None
        for question, answer in about:
            match question, answer:
                case ("kind", term, allowed), True if term == end.term:
                    kinds = frozenset(allowed) if kinds is None else kinds & frozenset(allowed)
                case ("identical", term, ("const", kind, value)), True if term == end.term:
                    return kinds, [MISSING if kind == "undefined" else None if kind == "null" else value]
        return kinds, []


def plain_of(place: Place, assigned: Assigned) -> Any:
    """The plain value of a place."""
    if not place.parts:
        return assigned.get(place.term, MISSING)
    parts = {key: plain_of(part, assigned) for key, part in place.parts.items()}
    length = parts.pop("length", MISSING)
    indices = [int(key) for key in parts if str(key).isdigit()]
    if length is not MISSING or indices:
        size = int(length) if isinstance(length, int | float) and 0 <= length < 50 else max(indices, default=-1) + 1
        return [_or_null(parts.get(at, parts.get(str(at), "x"))) for at in range(size)]
    return {key: value for key, value in parts.items() if value is not MISSING}


def _or_null(value: Any) -> Any:
    return None if value is MISSING else value


def script_value(plain: Any) -> Value:
    """Plain data as a value of the language."""
    match plain:
        case None:
            return NULL
        case str():
            return units(plain)
        case list():
            return Arr([script_value(one) for one in plain])
        case dict():
            return Obj(OBJECT_PROTO, {units(str(key)): script_value(one) for key, one in plain.items()})
    return plain  # type: ignore[no-any-return]


def _accesses(term: object) -> Iterator[Term]:
    """The longest chains of constant members of leaves in a term."""
    if not isinstance(term, tuple) or not term:
        return
    if _is_access(term):
        yield term
        return
    for part in term:
        yield from _accesses(part)


def _is_access(term: Term) -> bool:
    while isinstance(term, tuple) and term and term[0] == "get" and len(term) == 3 and term[2][0] == "const":
        term = term[1]
    return isinstance(term, tuple) and bool(term) and term[0] == "leaf"


def _constants(term: object) -> Iterator[Any]:
    """What a condition compares with, and what would fit its patterns."""
    match term:
        case ("leaf", *_):
            return
        case ("const", "string" | "number" | "boolean", value):
            yield value
        case ("regexp", source, _):
            yield from fitting(str(source))
        case tuple():
            for part in term:
                yield from _constants(part)


def fitting(pattern: str) -> Iterator[str]:
    """Texts that a simple pattern may match."""
    for part in re.split(r"(?<!\\)\|", pattern):
        bare = re.sub(r"\((?:\?:)?|\)", "", part).removeprefix("^").removesuffix("$")
        bare = re.sub(r"(\\d|\[0-9\])(\{\d+(,\d*)?\}|[+*])?", _digits, bare)
        bare = re.sub(r"(\\w|\[a-z\]|\[A-Z\]|\.)(\{\d+(,\d*)?\}|[+*])", "a", bare)
        yield re.sub(r"\\(.)", r"\1", bare)


def _digits(found: re.Match[str]) -> str:
    count = re.match(r"\{(\d+)", found[2] or "")
    return "1" * (int(count[1]) if count else 1)


def _of_kinds(kinds: frozenset[str] | None, leaf: Term, *, last: Any, constants: list[Any]) -> list[Any]:
    texts = [value for value in constants if isinstance(value, str)]
    numbers = [value for value in constants if isinstance(value, int | float) and not isinstance(value, bool)]
    tried: list[Any] = []
    usual = _LEAF_KINDS.get(leaf[1], _ALL) if last is None else _PART_KINDS.get(leaf[1], _ALL)
    may = usual if kinds is None else kinds
    if leaf[1] == "now":
        return [*TIMES, *(number for number in numbers if number > DAY)]
    if last is not None and last[2] == "length":
        may = frozenset({"number"})
        numbers = [number for number in numbers if number >= 0]
    if "boolean" in may:
        tried += [True, False]
    if "number" in may:
        tried += [one for number in numbers for one in (number, number + 1, number - 1, number * 10)] + list(NUMBERS)
    if "string" in may:
        tried += [*TEXTS[:1], *(one for value in texts for one in _like(value)), *map(str, numbers), *TEXTS]
    if "undefined" in may:
        tried.append(MISSING)
    if "null" in may:
        tried.append(None)
    if "array" in may:
        tried += [[], ["x"]]
    if "object" in may:
        tried += [{}, {"toString": 1, "valueOf": 1}]
    return list({repr(one): one for one in tried}.values())


def _like(value: str) -> Iterator[str]:
    """A text and others that begin or end like it; what begins like an address is made one."""
    yield value
    if re.fullmatch(r"(\d{1,3}\.){1,3}", value):
        yield value + ".".join(["1"] * (4 - value.count(".")))
    elif re.fullmatch(r"\d{1,3}(\.\d{1,3}){0,2}", value):
        yield value + ".1" * (3 - value.count("."))
    cidr = re.fullmatch(r"(\d+\.\d+\.\d+\.)\d+/\d+", value)
    if cidr:
        yield f"{cidr[1]}7"
    yield from (f"{value}1", f"1{value}1", f"1{value}", value.upper(), value.lower())


_ALL = frozenset({"boolean", "number", "string", "null", "undefined"})
_PART_KINDS = dict.fromkeys(("cookie", "param", "roles", "groups", "acrs"), frozenset({"string"}))
_LEAF_KINDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("ip", "tenant", "identifier", "username", "userStoreDomain"), frozenset({"string"})),
    **dict.fromkeys(("header", "secret"), frozenset({"string", "undefined"})),
    "claim": frozenset({"string", "null"}), "member": frozenset({"boolean"}), "now": frozenset({"number"}),
    "cookie-value": frozenset({"string", "null"}), "paused": frozenset({"boolean"}),
    "data": _ALL | {"array", "object"}, "asked": _ALL | {"array", "object"},
    "param": frozenset({"undefined", "array"}), "cookie": frozenset({"undefined", "object"}),
    "roles": frozenset({"array"}), "groups": frozenset({"array"}), "acrs": frozenset({"null", "array"}),
}  # fmt: skip
