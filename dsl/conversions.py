"""Type conversion (ECMA-262 7.1) and the text of numbers."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final, Literal

from .base import MAX_SAFE, NULL, STRING_BYTES, Obj, Value, throw_type_error
from .calls import call
from .exotics import Date, Wrapper

if TYPE_CHECKING:
    from .run import Run

Hint = Literal["default", "string", "number"]

WHITE: Final = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f"
    "\u3000\ufeff"
)
"""White space and line terminators, as String.prototype.trim and StringToNumber strip them."""

_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
_RADIX: Final = {"x": (16, re.compile("[0-9a-fA-F]+")), "o": (8, re.compile("[0-7]+")), "b": (2, re.compile("[01]+"))}
_NAN: Final = math.nan


def to_primitive(run: Run, value: Value, hint: Hint = "default") -> Value:
    """A primitive for *value* (7.1.1); a Date prefers its text."""
    if not isinstance(value, Obj):
        return value
    if hint == "default" and isinstance(value, Date):
        hint = "string"
    for name in ("toString", "valueOf") if hint == "string" else ("valueOf", "toString"):
        method = value.get(run, name)
        if isinstance(method, Obj) and method.is_callable:
            result = call(run, method, value, [])
            if not isinstance(result, Obj):
                return result
    throw_type_error(run, "Cannot convert object to primitive value")


def truthy(value: Value) -> bool:
    """ToBoolean (7.1.2)."""
    return bool(value) and value == value


def to_number(run: Run, value: Value) -> int | float:
    """ToNumber (7.1.4)."""
    if value is None:
        return _NAN
    if isinstance(value, bool):
        return 1 if value else 0
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        run.fuel -= len(value) >> 6
        return string_to_number(value)
    if value is NULL:
        return 0
    return to_number(run, to_primitive(run, value, "number"))


def to_numeric(run: Run, value: Value) -> int | float:
    """ToNumeric; the same as ToNumber, because there is no BigInt."""
    return to_number(run, value)


def to_string(run: Run, value: Value) -> str:
    """ToString (7.1.17)."""
    if isinstance(value, str):
        return value
    if value is None:
        return "undefined"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        run.charge_memory(STRING_BYTES)
        return number_to_string(value)
    if value is NULL:
        return "null"
    return to_string(run, to_primitive(run, value, "string"))


def to_object(run: Run, value: Value) -> Obj:
    """ToObject (7.1.18): a TypeError for undefined and null."""
    if isinstance(value, Obj):
        return value
    if isinstance(value, str | bool | int | float):
        run.charge_memory(300)
        return Wrapper(value)
    throw_type_error(run, "Cannot convert undefined or null to object")


def to_property_key(run: Run, value: Value) -> str:
    """ToPropertyKey (7.1.19); keys are strings always."""
    if isinstance(value, str):
        return value
    if type(value) is int:
        return str(value)
    return to_string(run, value)


def to_integer(run: Run, value: Value) -> int | float:
    """ToIntegerOrInfinity (7.1.5): an int, or plus or minus infinity."""
    number = value if type(value) is int else to_number(run, value)
    if type(number) is int:
        return number
    if number != number:
        return 0
    return number if math.isinf(number) else int(number)


def to_int32(run: Run, value: Value) -> int:
    """ToInt32 (7.1.6)."""
    number = to_uint32(run, value)
    return number - 0x100000000 if number >= 0x80000000 else number


def to_uint32(run: Run, value: Value) -> int:
    """ToUint32 (7.1.7)."""
    number = value if type(value) is int else to_number(run, value)
    if type(number) is float and not math.isfinite(number):
        return 0
    return int(number) & 0xFFFFFFFF


def to_length(run: Run, value: Value) -> int:
    """ToLength (7.1.20): 0 to 2**53 - 1."""
    length = to_integer(run, value)
    return 0 if length <= 0 else int(min(length, MAX_SAFE - 1))


def whole(number: float) -> int | float:
    """*number* as int where that loses nothing; -0 stays -0.0."""
    if number == number and -MAX_SAFE <= number <= MAX_SAFE and number == int(number):
        return int(number) if number or math.copysign(1, number) > 0 else number
    return number


def string_to_number(string: str) -> int | float:
    """StringToNumber (7.1.4.1.1)."""
    stripped = string.strip(WHITE)
    if not stripped:
        return 0
    if len(stripped) < 16 and stripped.isascii() and stripped.isdigit():
        return int(stripped)
    if stripped[0] == "0" and len(stripped) > 2 and stripped[1].lower() in _RADIX:
        radix, digits = _RADIX[stripped[1].lower()]
        return digits_to_number(stripped[2:], radix) if digits.fullmatch(stripped, 2) else _NAN
    if _DECIMAL.fullmatch(stripped):
        return whole(float(stripped))
    return {"Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}.get(stripped, _NAN)


def digits_to_number(digits: str, radix: int) -> int | float:
    """The number that digits of a power-of-two or other radix write, however many (rounded once)."""
    if len(digits) > 400 and radix & (radix - 1):
        return _long_digits(digits, radix)
    number = int(digits[:1100], radix) << (0 if len(digits) <= 1100 else 1)
    if number <= MAX_SAFE:
        return number
    try:
        return float(number)
    except OverflowError:
        return math.inf


def _long_digits(digits: str, radix: int) -> float:
    head = digits.lstrip("0")
    return math.inf if len(head) > 1100 else float_or_infinity(int(head or "0", radix))


def float_or_infinity(number: int) -> float:
    """*number* rounded to a float, infinite if too big."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def number_to_string(number: int | float) -> str:
    """Number::toString with radix 10 (6.1.6.1.20): the shortest digits that read back as the same number."""
    if type(number) is int:
        return str(number)
    if number != number:
        return "NaN"
    if number in (math.inf, -math.inf):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    return sign + _layout(*shortest_digits(abs(number)))


def shortest_digits(number: float) -> tuple[str, int]:
    """Digits d1..dk and n such that *number* (positive, finite) is 0.d1..dk times 10**n, k as small as can be."""
    mantissa, _, exponent = repr(float(number)).partition("e")
    before, _, after = mantissa.partition(".")
    digits = (before + after).lstrip("0")
    point = len(before) + (int(exponent) if exponent else 0) - (len(before + after) - len(digits))
    return digits.rstrip("0"), point


def _layout(digits: str, point: int) -> str:
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    exponent = f"e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return digits[0] + (f".{digits[1:]}" if count > 1 else "") + exponent
