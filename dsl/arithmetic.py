"""The operators on numbers and strings, equality and order (ECMA-262 6.1.6.1, 7.2, 13.5 to 13.12)."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, Final

from .base import MAX_SAFE, STRING_BYTES, Obj, Value
from .conversions import to_int32, to_number, to_primitive, to_string, to_uint32

if TYPE_CHECKING:
    from .run import Run

_MIN_SAFE: Final = -MAX_SAFE
_NAN: Final = math.nan
NUMBERS: Final = (int, float)
_LARGEST_EXPONENT: Final = 1024
"""2 to this power is infinite, and so is all that is larger."""
COPY_SHIFT: Final = 12
"""Copying or comparing 4096 characters is one step of fuel."""

MAX_STRING: Final = 2**29 - 24


def add(run: Run, left: Value, right: Value) -> Value:
    """left + right."""
    if type(left) is int and type(right) is int:
        total = left + right
        return total if _MIN_SAFE <= total <= MAX_SAFE else float(total)
    if type(left) is str and type(right) is str:
        return concatenate(run, left, right)
    if type(left) in NUMBERS and type(right) in NUMBERS:
        return float(left) + float(right)  # type: ignore[arg-type]
    return _add_slow(run, left, right)


def _add_slow(run: Run, left: Value, right: Value) -> Value:
    if isinstance(left, Obj) or isinstance(right, Obj):
        left, right = to_primitive(run, left), to_primitive(run, right)
    if isinstance(left, str) or isinstance(right, str):
        return concatenate(run, to_string(run, left), to_string(run, right))
    return add(run, to_number(run, left), to_number(run, right))


def concatenate(run: Run, left: str, right: str) -> str:
    """left + right as strings; the whole result is paid for before it is built."""
    length = len(left) + len(right)
    if length > 64:
        run.charge_fuel(length >> COPY_SHIFT)
        length = length if left.isascii() and right.isascii() else 2 * length
    run.charge_memory(STRING_BYTES + length)
    return left + right


def append(run: Run, left: Value, right: Value) -> Value:
    """`name = name + right`: as add, but a string that nobody else holds dies by it, so only its growth is paid for.

    Without this, building a text piece by piece would cost its length squared.  Whether somebody else holds it is
    asked of the reference count: the variable, this call and the question itself make _SOLE_OWNER.
    """
    if type(left) is str and type(right) is str and len(left) > 64:
        if sys.getrefcount(left) <= _SOLE_OWNER:
            run.charge_memory(STRING_BYTES + 2 * len(right))
            run.charge_fuel(len(left) >> COPY_SHIFT)
            return left + right
        return concatenate(run, left, right)
    return add(run, left, right)


def _sole_owner() -> int:
    """The reference count, as seen by a callee, of a value that only one variable of the caller holds."""

    def seen(run: None, left: str, right: str) -> int:
        return sys.getrefcount(left)

    variable = "".join(("a", "string"))
    return seen(None, variable, "")


_SOLE_OWNER: Final = _sole_owner()


def subtract(run: Run, left: Value, right: Value) -> int | float:
    """left - right."""
    if type(left) is int and type(right) is int:
        total = left - right
        return total if _MIN_SAFE <= total <= MAX_SAFE else float(total)
    if type(left) is float and type(right) is float:
        return left - right
    a, b = to_number(run, left), to_number(run, right)
    if type(a) is int and type(b) is int:
        return subtract(run, a, b)
    return float(a) - b


def multiply(run: Run, left: Value, right: Value) -> int | float:
    """left * right; an exact product of ints rounds once, as the standard asks."""
    if type(left) is int and type(right) is int:
        product = left * right
        if product == 0 and (left < 0 or right < 0):
            return -0.0
        return product if _MIN_SAFE <= product <= MAX_SAFE else float(product)
    if type(left) is float and type(right) is float:
        return left * right
    a, b = to_number(run, left), to_number(run, right)
    return multiply(run, a, b) if type(a) is int and type(b) is int else float(a) * float(b)


def divide(run: Run, left: Value, right: Value) -> int | float:
    """left / right."""
    a, b = to_number(run, left), to_number(run, right)
    if type(a) is int and type(b) is int and a and b:
        quotient, rest = divmod(a, b)
        return quotient if rest == 0 else a / b
    if b == 0:
        if a == 0 or a != a:
            return _NAN
        return math.copysign(math.inf, math.copysign(1, a) * math.copysign(1, b))
    return a / float(b)


def remainder(run: Run, left: Value, right: Value) -> int | float:
    """left % right: the sign of the dividend."""
    if type(left) is int and type(right) is int and left >= 0 and right > 0:
        return left % right
    a, b = to_number(run, left), to_number(run, right)
    if type(a) is int and type(b) is int and b:
        if a >= 0:
            return a % abs(b)
        rest: int = -a % abs(b)
        return -rest if rest else -0.0
    if b == 0 or b != b or a != a or a in (math.inf, -math.inf):
        return _NAN
    return math.fmod(float(a), b)


def power(run: Run, left: Value, right: Value) -> int | float:
    """left ** right (6.1.6.1.3)."""
    base, exponent = to_number(run, left), to_number(run, right)
    if exponent != exponent:
        return _NAN
    if exponent == 0:
        return 1
    if abs(base) == 1 and exponent in (math.inf, -math.inf):
        return _NAN
    if type(base) is int and type(exponent) is int and exponent > 0 and base.bit_length() * exponent <= 53:
        return int(base**exponent)
    return _float_power(float(base), float(exponent))


def _float_power(base: float, exponent: float) -> float:
    if exponent > _LARGEST_EXPONENT and base >= 2:
        return math.inf
    odd = math.isfinite(exponent) and math.fmod(exponent, 2) in (1.0, -1.0)
    if base == 0 and exponent < 0:
        return math.copysign(math.inf, base) if odd else math.inf
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and odd else math.inf
    except ValueError:
        return _NAN


def negate(run: Run, value: Value) -> int | float:
    """-value."""
    number = to_number(run, value)
    return -number if number else -float(number)


def increment(run: Run, value: int | float) -> int | float:
    """number + 1."""
    return value + 1 if type(value) is float or value < MAX_SAFE else float(value) + 1


def decrement(run: Run, value: int | float) -> int | float:
    """number - 1."""
    return value - 1 if type(value) is float or value > _MIN_SAFE else float(value) - 1


def shift_left(run: Run, left: Value, right: Value) -> int:
    number = (to_int32(run, left) << (to_uint32(run, right) & 31)) & 0xFFFFFFFF
    return number - 0x100000000 if number >= 0x80000000 else number


def shift_right(run: Run, left: Value, right: Value) -> int:
    return to_int32(run, left) >> (to_uint32(run, right) & 31)


def shift_right_unsigned(run: Run, left: Value, right: Value) -> int:
    return to_uint32(run, left) >> (to_uint32(run, right) & 31)


def bit_and(run: Run, left: Value, right: Value) -> int:
    return to_int32(run, left) & to_int32(run, right)


def bit_or(run: Run, left: Value, right: Value) -> int:
    return to_int32(run, left) | to_int32(run, right)


def bit_xor(run: Run, left: Value, right: Value) -> int:
    return to_int32(run, left) ^ to_int32(run, right)


def bit_not(run: Run, value: Value) -> int:
    return ~to_int32(run, value)
