"""Questions about unknown values: what is certain is answered, the rest is decided, and what follows is remembered."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from ..base import NULL, Obj, Value
from .paths import Infeasible, Path
from .terms import FALSE_KINDS, NOTHING, TRUE_KINDS, Term, constant, kind_of, known
from .unknown import Unknown

ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "less": lambda a, b: a < b,
    "less_or_equal": lambda a, b: a <= b,
    "greater": lambda a, b: a > b,
    "greater_or_equal": lambda a, b: a >= b,
}
MIRRORED = {
    "less": "greater",
    "less_or_equal": "greater_or_equal",
    "greater": "less",
    "greater_or_equal": "less_or_equal",
}
TYPES = {
    "undefined": {"undefined"}, "boolean": {"boolean"}, "number": {"number", "nan"}, "string": {"string"},
    "object": {"null", "array", "object"}, "function": {"function"},
}  # fmt: skip


def kinds(path: Path, value: Unknown) -> frozenset[str]:
    """What it may still be."""
    if value.term in path.spent:
        path.give_up("a list is used under two names")
    return path.facts.kinds.get(value.term, value.shape.kinds)


def narrow(path: Path, value: Unknown, to: frozenset[str]) -> None:
    """It is one of these kinds."""
    left = kinds(path, value) & to
    if not left:
        raise Infeasible
    path.facts.kinds[value.term] = left
    if left == {"undefined"}:
        path.pin(value.term, None)
    elif left == {"null"}:
        path.pin(value.term, NULL)
    elif left == {"nan"}:
        path.pin(value.term, math.nan)


def among(path: Path, value: Unknown, groups: Sequence[frozenset[str]]) -> int:
    """Which of these groups of kinds it belongs to; they are all there are."""
    may = kinds(path, value)
    possible = [at for at, group in enumerate(groups) if may & group]
    if len(possible) == 1:
        return possible[0]
    at = path.choose(possible)
    left = may & groups[at]
    question: Term = ("kind", value.term, tuple(sorted(left)))
    path.facts.answers[question] = True
    path.decided.append((question, True))
    narrow(path, value, left)
    return at


def is_kind(path: Path, value: Unknown, wanted: frozenset[str]) -> bool:
    """Whether it is one of these kinds."""
    rest = kinds(path, value) - wanted
    return among(path, value, (rest, wanted)) == 1


def is_nothing(path: Path, value: Unknown) -> bool:
    """Whether it is undefined or null."""
    return is_kind(path, value, NOTHING)


def truthy(path: Path, value: Unknown) -> bool:
    """Whether it is true."""
    if value.term in path.facts.equal:
        settled = path.settle(value)
        return bool(settled) and settled == settled
    may = kinds(path, value)
    if may <= FALSE_KINDS or may <= TRUE_KINDS:
        return may <= TRUE_KINDS
    unequal = path.facts.unequal.get(value.term, frozenset())
    if (may == {"string"} and constant("") in unequal) or (may == {"number"} and _not_zero(path, value.term)):
        return True
    answer: bool = path.ask(("truthy", value.term), (True, False))
    if answer:
        narrow(path, value, may - FALSE_KINDS)
        _exclude(path, value, constant(""), constant(0))
        if kinds(path, value) == {"boolean"}:
            path.pin(value.term, True)
        return True
    narrow(path, value, may - TRUE_KINDS)
    for kind, falsy in (("boolean", False), ("string", ""), ("number", 0)):
        if kinds(path, value) == {kind}:
            path.pin(value.term, falsy)
    return False


def _not_zero(path: Path, term: Term) -> bool:
    return constant(0) in path.facts.unequal.get(term, frozenset()) or not _within(path, term, 0)


def identical(path: Path, value: Unknown, other: Value) -> bool:
    """value === other."""
    other = path.settle(other)
    if value.term in path.facts.equal:
        settled = path.settle(value)
        if not isinstance(other, Unknown):
            return _same(settled, other)
        value, other = other, settled
    if isinstance(other, Unknown):
        return _identical_unknowns(path, value, other)
    kind = kind_of(other)
    if isinstance(other, Obj):
        may_be = kind in kinds(path, value) or ("object" in kinds(path, value) and kind == "object")
        return bool(may_be) and path.choose((False, True))
    if kind == "nan" or kind not in kinds(path, value):
        return False
    return _is_constant(path, value, other, kind)


def _is_constant(path: Path, value: Unknown, other: Value, kind: str) -> bool:
    wanted = constant(other)
    if kind in NOTHING:
        return is_kind(path, value, frozenset({kind}))
    if wanted in path.facts.unequal.get(value.term, frozenset()):
        return False
    if kind == "number" and not _within(path, value.term, other):  # type: ignore[arg-type]
        return False
    if path.ask(("identical", value.term, wanted), (True, False)):
        narrow(path, value, frozenset({kind}))
        path.pin(value.term, other)
        return True
    _exclude(path, value, wanted)
    if kind == "boolean" and kinds(path, value) == {"boolean"}:
        path.pin(value.term, not other)
    return False


def _identical_unknowns(path: Path, left: Unknown, right: Unknown) -> bool:
    if left.term == right.term:
        return "nan" not in kinds(path, left) or not is_kind(path, left, frozenset({"nan"}))
    if not kinds(path, left) & kinds(path, right):
        return False
    first, second = sorted((left.term, right.term), key=repr)
    return path.ask(("identical", first, second), (True, False))


def _exclude(path: Path, value: Unknown, *constants: Term) -> None:
    path.facts.unequal[value.term] = path.facts.unequal.get(value.term, frozenset()) | set(constants)


def _same(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return left == right and kind_of(left) == kind_of(right)


def loosely_equal(path: Path, value: Unknown, other: Value) -> bool:
    """value == other."""
    other = path.settle(other)
    if other is None or other is NULL:
        return is_nothing(path, value)
    may = kinds(path, value) - NOTHING
    if not isinstance(other, Unknown) and may <= {kind_of(other)}:
        return identical(path, value, other)
    if isinstance(other, Unknown) and len(may | (kinds(path, other) - NOTHING)) == 1:
        return identical(path, value, other)
    terms = known(value), known(other)
    if None in terms:
        path.give_up("== with an object")
    coerces(path, value)
    if isinstance(other, Unknown):
        coerces(path, other)
    return path.ask(("op", "loose_equals", *terms), (True, False))


def typeof(path: Path, value: Unknown) -> str:
    """typeof value."""
    names = [name for name, group in TYPES.items() if kinds(path, value) & group]
    return names[among(path, value, [frozenset(TYPES[name]) for name in names])]


def coerces(path: Path, value: Unknown) -> bool:
    """Whether it can become a primitive: an object from outside may have a `toString` that is no function."""
    return (
        "object" not in kinds(path, value)
        or bool(value.shape.native)
        or path.ask(("coerces", value.term), (True, False))
    )


# --- order ------------------------------------------------------------------------------------------------------------


def compare(path: Path, name: str, left: Value, right: Value) -> bool:
    """left < right and its kin; the caller has made sure that both become primitives."""
    if not isinstance(left, Unknown) and isinstance(right, Unknown):
        return compare(path, MIRRORED[name], right, left)
    terms = known(left), known(right)
    if None in terms or not isinstance(left, Unknown):
        path.give_up("an object is compared with what is not known")
    number = isinstance(right, int | float) and not isinstance(right, bool)
    if not number or right != right:
        return path.ask(("op", name, *terms), (True, False))
    return _bounded(path, name, left, float(right))  # type: ignore[arg-type]


def _bounded(path: Path, name: str, value: Unknown, bound: float) -> bool:
    term, facts = value.term, path.facts
    yes = _meets(path, term, name, bound)
    no = _may_be_nan(path, value) or _meets(path, term, _OPPOSITE[name], bound)
    if yes and no:
        answer: bool = path.ask(("op", name, term, constant(bound)), (True, False))
    elif not yes and not no:
        raise Infeasible
    else:
        answer = yes
    effective = name if answer else _OPPOSITE[name]
    table = facts.high if effective.startswith("less") else facts.low
    limit = (bound, effective in ("less", "greater"))
    old = table.get(term)
    if old is None or _tighter(limit, old, table is facts.high):
        table[term] = limit
    if answer:
        narrow(path, value, kinds(path, value) - {"undefined", "nan"})
        facts.kinds[("is-number", term)] = frozenset({"number"})
    return answer


_OPPOSITE = {
    "less": "greater_or_equal",
    "greater_or_equal": "less",
    "greater": "less_or_equal",
    "less_or_equal": "greater",
}


def _tighter(new: tuple[float, bool], old: tuple[float, bool], upper: bool) -> bool:
    if new[0] == old[0]:
        return new[1] and not old[1]
    return new[0] < old[0] if upper else new[0] > old[0]


def _may_be_nan(path: Path, value: Unknown) -> bool:
    return ("is-number", value.term) not in path.facts.kinds and not kinds(path, value) <= {"null", "boolean", "number"}


def _meets(path: Path, term: Term, name: str, bound: float) -> bool:
    """Whether some number within what is known of the term stands so to *bound*."""
    low, low_out = path.facts.low.get(term, (-math.inf, False))
    high, high_out = path.facts.high.get(term, (math.inf, False))
    match name:
        case "less":
            return low < bound
        case "less_or_equal":
            return low < bound or (low == bound and not low_out)
        case "greater":
            return high > bound
    return high > bound or (high == bound and not high_out)


def _within(path: Path, term: Term, number: float) -> bool:
    low, low_out = path.facts.low.get(term, (-math.inf, False))
    high, high_out = path.facts.high.get(term, (math.inf, False))
    return not (number < low or number > high or (number == low and low_out) or (number == high and high_out))
