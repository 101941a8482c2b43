"""typeof, equality and order (ECMA-262 7.2, 13.5.3, 13.10, 13.11)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .arithmetic import COPY_SHIFT, NUMBERS
from .base import NULL, Obj, Value
from .conversions import to_number, to_primitive

if TYPE_CHECKING:
    from .run import Run


def typeof(value: Value) -> str:
    """typeof value."""
    if value is None:
        return "undefined"
    if isinstance(value, str):
        return "string"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "function" if isinstance(value, Obj) and value.is_callable else "object"


def strict_equals(left: Value, right: Value) -> bool:
    """left === right.  Python holds True equal to 1, the language does not."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return left == right


def identical(run: Run, left: Value, right: Value) -> bool:
    """left === right, where long strings may meet: comparing them costs."""
    kind = type(left)
    if kind is not type(right):
        return kind in NUMBERS and type(right) in NUMBERS and left == right
    if kind is str and len(left) > 1023:  # type: ignore[arg-type]
        run.charge_fuel(len(left) >> COPY_SHIFT)  # type: ignore[arg-type]
    return left == right


def loose_equals(run: Run, left: Value, right: Value) -> bool:
    """left == right (7.2.14)."""
    while True:
        if left is None or left is NULL:
            return right is None or right is NULL
        if right is None or right is NULL:
            return False
        if isinstance(left, bool):
            if isinstance(right, bool):
                return left is right
            left = 1 if left else 0
        elif isinstance(right, bool):
            right = 1 if right else 0
        elif isinstance(left, Obj):
            if isinstance(right, Obj):
                return left is right
            left = to_primitive(run, left)
        elif isinstance(right, Obj):
            right = to_primitive(run, right)
        elif isinstance(left, str) and not isinstance(right, str):
            return to_number(run, left) == right
        elif isinstance(right, str) and not isinstance(left, str):
            return left == to_number(run, right)
        else:
            return identical(run, left, right)


def same_value_zero(left: Value, right: Value) -> bool:
    """As ===, but NaN is NaN (7.2.12)."""
    return strict_equals(left, right) or (left != left and right != right)


def same_value(left: Value, right: Value) -> bool:
    """As same_value_zero, but 0 is not -0 (7.2.11)."""
    if left == 0 and right == 0 and isinstance(left, int | float) and isinstance(right, int | float):
        return strict_equals(left, right) and math.copysign(1, left) == math.copysign(1, right)
    return same_value_zero(left, right)


def less(run: Run, left: Value, right: Value) -> bool:
    """left < right."""
    if type(left) in NUMBERS and type(right) in NUMBERS:
        return left < right  # type: ignore[operator]
    a, b = _comparable(run, left, right)
    return a < b  # type: ignore[operator]


def less_or_equal(run: Run, left: Value, right: Value) -> bool:
    """left <= right."""
    if type(left) in NUMBERS and type(right) in NUMBERS:
        return left <= right  # type: ignore[operator]
    a, b = _comparable(run, left, right)
    return a <= b  # type: ignore[operator]


def greater(run: Run, left: Value, right: Value) -> bool:
    """left > right."""
    if type(left) in NUMBERS and type(right) in NUMBERS:
        return left > right  # type: ignore[operator]
    a, b = _comparable(run, left, right)
    return a > b  # type: ignore[operator]


def greater_or_equal(run: Run, left: Value, right: Value) -> bool:
    """left >= right."""
    if type(left) in NUMBERS and type(right) in NUMBERS:
        return left >= right  # type: ignore[operator]
    a, b = _comparable(run, left, right)
    return a >= b  # type: ignore[operator]


def less_than(run: Run, left: Value, right: Value) -> bool | None:
    """IsLessThan (7.2.13): None, that is undefined, if one side is NaN."""
    a, b = _comparable(run, left, right)
    return None if a != a or b != b else a < b  # type: ignore[operator]


def _comparable(run: Run, left: Value, right: Value) -> tuple[str | int | float, str | int | float]:
    """Both sides as two strings or two numbers; the left side is converted first, whatever the operator."""
    a, b = to_primitive(run, left, "number"), to_primitive(run, right, "number")
    if isinstance(a, str) and isinstance(b, str):
        run.charge_fuel(min(len(a), len(b)) >> COPY_SHIFT)
        return a, b
    return to_number(run, a), to_number(run, b)
