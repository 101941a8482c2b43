"""Conversions and operators follow ECMA-262 to the bit."""

from __future__ import annotations

import math
from typing import Any

import pytest

from dsl import compile_script, evaluate
from dsl.operators import (
    add,
    divide,
    from_plain,
    loose_equals,
    multiply,
    number_to_string,
    power,
    remainder,
    same_value,
    strict_equals,
    string_to_number,
    to_int32,
    to_plain,
    to_uint32,
    truthy,
    typeof,
)
from dsl.run import Run
from dsl.values import NULL, OBJECT_PROTO, Arr, Obj, Throw, Value


@pytest.fixture
def run() -> Run:
    """A run of an empty script."""
    return Run(compile_script(""))


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "0"),
        (-0.0, "0"),
        (5.0, "5"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (123456789012345680000.0, "123456789012345680000"),
        (1.5e-6, "0.0000015"),
        (1.5e-7, "1.5e-7"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (-1e-10, "-1e-10"),
        (math.nan, "NaN"),
        (-math.inf, "-Infinity"),
        (4.35, "4.35"),
        (1e300, "1e+300"),
        (123.456, "123.456"),
        (2**53, "9007199254740992"),
        (1e-7, "1e-7"),
        (0.00001, "0.00001"),
    ],
)
def test_a_number_is_written_with_the_shortest_digits(number: float, written: str) -> None:
    """Number::toString."""
    assert number_to_string(number) == written


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("", 0),
        (" \n\u00a0\ufeff ", 0),
        ("12", 12),
        ("+.5e1", 5),
        ("5.", 5),
        ("0x1F", 31),
        ("0b11", 3),
        ("0o17", 15),
        ("Infinity", math.inf),
        ("-Infinity", -math.inf),
        ("1e1000", math.inf),
        ("9007199254740993", 9007199254740992),
    ],
)
def test_a_numeric_string_is_read(written: str, number: float) -> None:
    """StringToNumber."""
    assert string_to_number(written) == number


@pytest.mark.parametrize(
    "written", ["1_0", "0x", "1e", "infinity", "1 2", ".", "--1", "0b2", "-0x1", "1n", "\u0661", "nan", "inf"]
)
def test_what_is_no_number_is_nan(written: str) -> None:
    """Neither Python's own spellings nor half numbers are read."""
    assert math.isnan(string_to_number(written))


def test_minus_zero_is_kept(run: Run) -> None:
    """The sign of zero survives arithmetic."""
    signs = [
        multiply(run, 0, -5),
        divide(run, 0, -5),
        remainder(run, -4, 2),
        string_to_number("-0"),
        power(run, -0.0, 3),
    ]
    assert [math.copysign(1, sign) for sign in signs] == [-1] * 5


def test_sums_beyond_the_safe_integers_are_doubles(run: Run) -> None:
    """2**53 + 1 is 2**53, as for every double."""
    assert add(run, 2**53, 1) == 2**53
    assert add(run, 2**53, 3) == 2**53 + 4
    assert multiply(run, 2**53 - 1, 2**53 - 1) == float((2**53 - 1) ** 2)


@pytest.mark.parametrize(
    ("base", "exponent", "result"),
    [
        (2, 10, 1024),
        (2, -1, 0.5),
        (0, -1, math.inf),
        (-0.0, -3, -math.inf),
        (10, 400, math.inf),
        (-10, 401, -math.inf),
        (4, 0.5, 2),
    ],
)
def test_powers(run: Run, base: float, exponent: float, result: float) -> None:
    """Number::exponentiate."""
    assert power(run, base, exponent) == result


@pytest.mark.parametrize(("base", "exponent"), [(1, math.inf), (-1, -math.inf), (-8, 1 / 3), (2, math.nan)])
def test_powers_that_are_no_number(run: Run, base: float, exponent: float) -> None:
    """Where the standard says NaN, although mathematics or IEEE say otherwise."""
    assert math.isnan(power(run, base, exponent))


@pytest.mark.parametrize(
    ("number", "signed", "unsigned"),
    [
        (2**31, -(2**31), 2**31),
        (-1, -1, 2**32 - 1),
        (2**32 + 5, 5, 5),
        (1.9, 1, 1),
        (-1.9, -1, 2**32 - 1),
        (math.inf, 0, 0),
        (1e20, 1661992960, 1661992960),
    ],
)
def test_integers_of_32_bits(run: Run, number: float, signed: int, unsigned: int) -> None:
    """ToInt32 and ToUint32."""
    assert (to_int32(run, number), to_uint32(run, number)) == (signed, unsigned)


def test_one_is_not_true() -> None:
    """Python's equality of 1 and True does not show."""
    assert not strict_equals(1, True)
    assert not strict_equals(False, 0)
    assert strict_equals(1, 1.0)
    assert not same_value(0, -0.0)
    assert same_value(math.nan, math.nan)


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (None, NULL, True),
        (None, 0, False),
        ("", 0, True),
        ("1", True, True),
        ("a", math.nan, False),
        (True, 1, True),
        (NULL, False, False),
    ],
)
def test_loose_equality(run: Run, left: Value, right: Value, equal: bool) -> None:
    """IsLooselyEqual."""
    assert loose_equals(run, left, right) is equal


@pytest.mark.parametrize("value", [None, NULL, False, 0, -0.0, math.nan, ""])
def test_what_is_falsy(value: Value) -> None:
    """ToBoolean."""
    assert truthy(value) is False


def test_objects_are_truthy_even_when_empty() -> None:
    """An empty array is true, unlike Python's."""
    assert truthy(Arr([]))
    assert truthy(Obj(OBJECT_PROTO))
    assert [typeof(NULL), typeof(True), typeof(1.5), typeof(Arr([]))] == ["object", "boolean", "number", "object"]


def test_plain_data_crosses_the_border_as_a_copy(run: Run) -> None:
    """What comes in is what goes out, and is not the same object."""
    plain: Any = {"a": [1, 2.5, None, True, "\U0001f600"], "b": {"c": -0.0}}
    back = to_plain(run, from_plain(run, plain))
    assert back == plain
    assert back is not plain


def test_undefined_and_functions_do_not_leave_an_object() -> None:
    """As in JSON; in arrays they are None."""
    assert evaluate("({a: undefined, b: () => 1, c: [undefined, () => 1], d: null})") == {"c": [None, None], "d": None}


def test_built_in_objects_leave_as_data() -> None:
    """Dates as ISO text, maps as pairs, sets as lists, errors as name and message."""
    source = "[new Date(0), new Map([[1, 'a']]), new Set([1]), /x/g, new RangeError('m'), Object('s')]"
    assert evaluate(source) == [
        "1970-01-01T00:00:00.000Z",
        [[1, "a"]],
        [1],
        "/x/g",
        {"name": "RangeError", "message": "m"},
        "s",
    ]


def test_a_cycle_cannot_leave(run: Run) -> None:
    """It is an exception in the script."""
    array = Arr([])
    array.items.append(array)
    with pytest.raises(Throw):
        to_plain(run, array)


def test_integral_numbers_leave_as_int() -> None:
    """6 / 2 is 3, not 3.0; a number too big for exact integers stays a float."""
    assert repr(evaluate("[6 / 2, 1e300 > 1, 0.5 * 2, -0, 2 ** 60]")) == "[3, True, 1, -0.0, 1.152921504606847e+18]"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("2 ** Infinity", float("inf")),
        ("0 ** -Infinity", float("inf")),
        ("0.5 ** Infinity", 0),
        ("String(NaN ** Infinity)", "NaN"),
        ("String((-1) ** Infinity)", "NaN"),
        ("(-0) ** -3", float("-inf")),
        ("(-Infinity) ** 3", float("-inf")),
    ],
)
def test_powers_at_the_edges(source: str, expected: object) -> None:
    """ECMA-262 6.1.6.1.3: infinities have no parity of their own."""
    assert evaluate(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("new TypeError('x').stack", "TypeError: x"),
        ("try { null.x; } catch (e) { e.stack.indexOf('TypeError: ') }", 0),
        ("var e = new Error('x'); e.stack = 'mine'; e.stack", "mine"),
        ("({}).stack === undefined", True),
    ],
)
def test_a_stack_tells_name_and_message(source: str, expected: object) -> None:
    """And nothing of the host."""
    assert evaluate(source) == expected
