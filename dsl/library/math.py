"""Math (ECMA-262 §21.3)."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from dsl.library.building import add_methods
from dsl.library.realm import BUILT_INS, TAGS
from dsl.operators import arg, power, to_int32, to_number, to_uint32, whole
from dsl.values import OBJECT_PROTO, NativeCall, Value

if TYPE_CHECKING:
    from dsl.run import Run

Number = int | float


def _of_one(compute: Callable[[float], Number]) -> NativeCall:
    """A native of one number; outside the domain it is NaN."""

    def call(run: Run, this: Value, args: list[Value]) -> Value:
        number = to_number(run, arg(args, 0))
        try:
            return compute(number)
        except ValueError:
            return math.nan

    return call


def _growing(compute: Callable[[float], float]) -> Callable[[float], float]:
    """*compute*, with an infinity of the argument's sign where Python overflows."""

    def computed(number: float) -> float:
        try:
            return compute(number)
        except OverflowError:
            return math.copysign(math.inf, number)

    return computed


def _logarithm(compute: Callable[[float], float], pole: float = 0) -> Callable[[float], float]:
    """*compute*, with minus infinity at its pole."""
    return lambda number: -math.inf if number == pole else compute(number)


def _whole_part(round_: Callable[[float], int]) -> Callable[[float], Number]:
    """Rounding to a whole number that keeps NaN, the infinities and the sign of zero."""

    def computed(number: float) -> Number:
        if not math.isfinite(number):
            return number
        rounded = round_(number)
        if rounded == 0 and math.copysign(1, number) < 0:
            return -0.0
        return rounded if abs(rounded) <= 2**53 else float(rounded)

    return computed


def _half_up(number: float) -> int:
    low = math.floor(number)
    return low + (number - low >= 0.5)


def _sign(number: float) -> Number:
    return number if number == 0 or number != number else 1 if number > 0 else -1


def _absolute(number: float) -> Number:
    return abs(number)


def _hyperbolic_area_tangent(number: float) -> float:
    return math.copysign(math.inf, number) if abs(number) == 1 else math.atanh(number)


def _cube_root(number: float) -> float:
    """The float whose cube is nearest; the C library's may be the one beside it."""
    root = math.cbrt(number)
    if number == 0 or not math.isfinite(root):
        return root
    exact = Fraction(number)
    near = (root, math.nextafter(root, math.inf), math.nextafter(root, -math.inf))
    return min(near, key=lambda candidate: abs(Fraction(candidate) ** 3 - exact))


def _cbrt(run: Run, this: Value, args: list[Value]) -> Value:
    run.charge_fuel(8)
    return _of_one(_cube_root)(run, this, args)


def _single(number: float) -> float:
    try:
        return float(struct.unpack("f", struct.pack("f", number))[0])
    except OverflowError:
        return math.copysign(math.inf, number)


def _numbers(run: Run, args: list[Value]) -> list[Number]:
    run.charge_fuel(len(args))
    return [value if type(value) is int else to_number(run, value) for value in args]


def _max(run: Run, this: Value, args: list[Value]) -> Value:
    return _extreme(_numbers(run, args), -math.inf, 1)


def _min(run: Run, this: Value, args: list[Value]) -> Value:
    return _extreme(_numbers(run, args), math.inf, -1)


def _extreme(numbers: list[Number], best: Number, direction: int) -> Number:
    for number in numbers:
        if number != number:
            return math.nan
        if number == best == 0:
            best = number if math.copysign(1, number) == direction else best
        elif (number > best) is (direction > 0) and number != best:
            best = number
    return best


def _hypot(run: Run, this: Value, args: list[Value]) -> Value:
    return whole(math.hypot(*_numbers(run, args)))


def _atan2(run: Run, this: Value, args: list[Value]) -> Value:
    y = to_number(run, arg(args, 0))
    return math.atan2(y, to_number(run, arg(args, 1)))


def _clz32(run: Run, this: Value, args: list[Value]) -> Value:
    return 32 - to_uint32(run, arg(args, 0)).bit_length()


def _imul(run: Run, this: Value, args: list[Value]) -> Value:
    product = to_int32(run, arg(args, 0)) * to_int32(run, arg(args, 1))
    return (product + 2**31) % 2**32 - 2**31


def _pow(run: Run, this: Value, args: list[Value]) -> Value:
    base = to_number(run, arg(args, 0))
    return power(run, base, to_number(run, arg(args, 1)))


def _random(run: Run, this: Value, args: list[Value]) -> Value:
    return run.random()


MATH = BUILT_INS.object("Math", OBJECT_PROTO)
TAGS[MATH] = "Math"
MATH.props.update(
    E=math.e, LN10=math.log(10), LN2=math.log(2), LOG10E=0.4342944819032518, LOG2E=1.4426950408889634, PI=math.pi,
    SQRT1_2=math.sqrt(0.5), SQRT2=math.sqrt(2),
)  # fmt: skip
add_methods(
    MATH,
    (
        ("abs", 1, _of_one(_absolute)),
        ("acos", 1, _of_one(math.acos)),
        ("acosh", 1, _of_one(math.acosh)),
        ("asin", 1, _of_one(math.asin)),
        ("asinh", 1, _of_one(math.asinh)),
        ("atan", 1, _of_one(math.atan)),
        ("atan2", 2, _atan2),
        ("atanh", 1, _of_one(_hyperbolic_area_tangent)),
        ("cbrt", 1, _cbrt),
        ("ceil", 1, _of_one(_whole_part(math.ceil))),
        ("clz32", 1, _clz32),
        ("cos", 1, _of_one(math.cos)),
        ("cosh", 1, _of_one(lambda number: _growing(math.cosh)(abs(number)))),
        ("exp", 1, _of_one(_growing(math.exp))),
        ("expm1", 1, _of_one(_growing(math.expm1))),
        ("floor", 1, _of_one(_whole_part(math.floor))),
        ("fround", 1, _of_one(_single)),
        ("hypot", 2, _hypot),
        ("imul", 2, _imul),
        ("log", 1, _of_one(_logarithm(math.log))),
        ("log10", 1, _of_one(_logarithm(math.log10))),
        ("log1p", 1, _of_one(_logarithm(math.log1p, -1))),
        ("log2", 1, _of_one(_logarithm(math.log2))),
        ("max", 2, _max),
        ("min", 2, _min),
        ("pow", 2, _pow),
        ("random", 0, _random),
        ("round", 1, _of_one(_whole_part(_half_up))),
        ("sign", 1, _of_one(_sign)),
        ("sin", 1, _of_one(math.sin)),
        ("sinh", 1, _of_one(_growing(math.sinh))),
        ("sqrt", 1, _of_one(math.sqrt)),
        ("tan", 1, _of_one(math.tan)),
        ("tanh", 1, _of_one(math.tanh)),
        ("trunc", 1, _of_one(_whole_part(math.trunc))),
    ),
)
