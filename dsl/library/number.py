"""Number, parseInt and parseFloat (ECMA-262 §21.1, §19.2).  How digits are laid out is in number_format."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from dsl.library import number_format
from dsl.library.building import add_methods, charge_text, constructor, describe
from dsl.library.realm import BUILT_INS
from dsl.operators import (
    WHITE,
    arg,
    digits_to_number,
    number_to_string,
    prototype_for,
    to_int32,
    to_integer,
    to_number,
    to_numeric,
    to_string,
    whole,
)
from dsl.values import NUMBER_PROTO, OBJECT_BYTES, Obj, Value, Wrapper, throw_range_error, throw_type_error

if TYPE_CHECKING:
    from dsl.run import Run

Number = int | float
MAX_SAFE_INTEGER = 2**53 - 1
_DECIMAL_PREFIX = re.compile(r"[+-]?(?:Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_DIGIT_RUNS = {
    radix: re.compile(f"[{_DIGITS[:radix]}{_DIGITS[:radix].upper()}]*") for radix in range(2, 37)
}  # fmt: skip


def _call(run: Run, this: Value, args: list[Value]) -> Value:
    return to_numeric(run, args[0]) if args else 0


def _construct(run: Run, args: list[Value], new_target: Obj) -> Value:
    number = to_numeric(run, args[0]) if args else 0
    run.charge_memory(OBJECT_BYTES)
    return Wrapper(number, prototype_for(run, new_target, NUMBER_PROTO))


def is_number(value: Value) -> bool:
    """Whether *value* is a number of the language; Python counts booleans among its numbers."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _this_number(run: Run, this: Value, method: str) -> Number:
    if this is NUMBER_PROTO:
        return 0  # the prototype counts as a Number object itself (§21.1.3)
    value = this.value if isinstance(this, Wrapper) else this
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    throw_type_error(run, f"Number.prototype.{method} requires that 'this' be a Number, not {describe(this)}")


def _is_integral(value: Value) -> bool:
    return isinstance(value, int | float) and is_number(value) and math.isfinite(value) and value == int(value)


def _is_finite(run: Run, this: Value, args: list[Value]) -> Value:
    value = arg(args, 0)
    return isinstance(value, int | float) and is_number(value) and math.isfinite(value)


def _is_integer(run: Run, this: Value, args: list[Value]) -> Value:
    return _is_integral(arg(args, 0))


def _is_nan(run: Run, this: Value, args: list[Value]) -> Value:
    value = arg(args, 0)
    return isinstance(value, float) and value != value


def _is_safe_integer(run: Run, this: Value, args: list[Value]) -> Value:
    value = arg(args, 0)
    return _is_integral(value) and isinstance(value, int | float) and abs(value) <= MAX_SAFE_INTEGER


def _digits_argument(run: Run, digits: Number, method: str, *, least: int) -> int:
    if not least <= digits <= 100:
        throw_range_error(run, f"{method}() argument must be between {least} and 100")
    charge_text(run, 128)
    run.charge_fuel(2)
    return int(digits)


def _to_fixed(run: Run, this: Value, args: list[Value]) -> Value:
    number = _this_number(run, this, "toFixed")
    digits = _digits_argument(run, to_integer(run, arg(args, 0)), "toFixed", least=0)
    if not math.isfinite(number) or abs(number) >= 1e21:
        return number_to_string(number)
    return number_format.to_fixed(number, digits)


def _to_exponential(run: Run, this: Value, args: list[Value]) -> Value:
    number = _this_number(run, this, "toExponential")
    digits = to_integer(run, arg(args, 0))
    if not math.isfinite(number):
        return number_to_string(number)
    checked = _digits_argument(run, digits, "toExponential", least=0)
    return number_format.to_exponential(number, None if arg(args, 0) is None else checked)


def _to_precision(run: Run, this: Value, args: list[Value]) -> Value:
    number = _this_number(run, this, "toPrecision")
    if arg(args, 0) is None:
        return number_to_string(number)
    precision = to_integer(run, args[0])
    if not math.isfinite(number):
        return number_to_string(number)
    return number_format.to_precision(number, _digits_argument(run, precision, "toPrecision", least=1))


def _to_string(run: Run, this: Value, args: list[Value]) -> Value:
    number = _this_number(run, this, "toString")
    radix = 10 if arg(args, 0) is None else to_integer(run, args[0])
    if not 2 <= radix <= 36:
        throw_range_error(run, "toString() radix must be between 2 and 36")
    if radix == 10 or not math.isfinite(number):
        return number_to_string(number)
    if type(number) is not int:
        run.charge_fuel(8 + (abs(math.frexp(number)[1]) >> 3))
        run.charge_memory(2200)
    return number_format.to_radix(number, int(radix))


def _to_locale_string(run: Run, this: Value, args: list[Value]) -> Value:
    """The same for every locale: the text of toString."""
    return number_to_string(_this_number(run, this, "toLocaleString"))


def _value_of(run: Run, this: Value, args: list[Value]) -> Value:
    return _this_number(run, this, "valueOf")


_SURELY_SAFE = 16
"""An integer of fewer decimal digits is exact."""
_DECIMAL_RADIX = (None, 10)


def _trimmed(run: Run, value: Value) -> str:
    text = to_string(run, value)
    run.charge_fuel(len(text) >> 5)
    return text.lstrip(WHITE)


def _parse_float(run: Run, this: Value, args: list[Value]) -> Value:
    text = _trimmed(run, arg(args, 0))
    found = _DECIMAL_PREFIX.match(text)
    if found is None:
        return math.nan
    return whole(float(found.group()))


def _parse_int(run: Run, this: Value, args: list[Value]) -> Value:
    text = _trimmed(run, arg(args, 0))
    if text.isdecimal() and text.isascii() and len(text) < _SURELY_SAFE and arg(args, 1) in _DECIMAL_RADIX:
        return int(text)
    negative = text.startswith("-")
    at = 1 if text[:1] in ("+", "-") else 0
    radix = to_int32(run, arg(args, 1))
    if radix != 0 and not 2 <= radix <= 36:
        return math.nan
    if radix in (0, 16) and text[at : at + 2].lower() == "0x":
        at, radix = at + 2, 16
    found = _DIGIT_RUNS[radix or 10].match(text, at)
    digits = found.group() if found else ""
    if not digits:
        return math.nan
    number = whole(float(digits)) if radix in (0, 10) else digits_to_number(digits, radix)
    return (-number or -0.0) if negative else number


NUMBER = constructor("Number", 1, call=_call, construct=_construct, prototype=NUMBER_PROTO)
PARSE_FLOAT = BUILT_INS.function("parseFloat", 1, call=_parse_float)
PARSE_INT = BUILT_INS.function("parseInt", 2, call=_parse_int)
NUMBER.props.update(
    EPSILON=2.0**-52, MAX_SAFE_INTEGER=MAX_SAFE_INTEGER, MAX_VALUE=1.7976931348623157e308,
    MIN_SAFE_INTEGER=-MAX_SAFE_INTEGER, MIN_VALUE=5e-324, NaN=math.nan, NEGATIVE_INFINITY=-math.inf,
    POSITIVE_INFINITY=math.inf, parseFloat=PARSE_FLOAT, parseInt=PARSE_INT,
)  # fmt: skip
add_methods(
    NUMBER,
    (
        ("isFinite", 1, _is_finite),
        ("isInteger", 1, _is_integer),
        ("isNaN", 1, _is_nan),
        ("isSafeInteger", 1, _is_safe_integer),
    ),
)
add_methods(
    NUMBER_PROTO,
    (
        ("toExponential", 1, _to_exponential),
        ("toFixed", 1, _to_fixed),
        ("toLocaleString", 0, _to_locale_string),
        ("toPrecision", 1, _to_precision),
        ("toString", 1, _to_string),
        ("valueOf", 0, _value_of),
    ),
)

__all__ = ["NUMBER", "PARSE_FLOAT", "PARSE_INT", "is_number", "to_number"]
