"""Texts of numbers."""

from __future__ import annotations

import pytest

from dsl.library.number_format import to_exponential, to_fixed, to_precision, to_radix


@pytest.mark.parametrize(
    ("number", "digits", "expected"),
    [(1.005, 2, "1.00"), (2.5, 0, "3"), (0.5, 0, "1"), (-1.5, 0, "-2"), (1.45, 1, "1.4"), (0, 2, "0.00"),
     (1000000000000000128, 1, "1000000000000000128.0"), (123.456, 0, "123"), (-0.0000001, 2, "-0.00")],
)  # fmt: skip
def test_fixed_takes_the_nearest_and_of_two_the_larger(number: float, digits: int, expected: str) -> None:
    """ECMA-262 §21.1.3.3 works on the exact value of the double."""
    assert to_fixed(number, digits) == expected


@pytest.mark.parametrize(
    ("number", "digits", "expected"),
    [(123456, 2, "1.23e+5"), (0, None, "0e+0"), (0.00015, None, "1.5e-4"), (1.25, 1, "1.3e+0"),
     (-1.5e-9, 3, "-1.500e-9"),
     (5e-324, None, "5e-324"), (9.99, 1, "1.0e+1")],
)  # fmt: skip
def test_exponential_has_one_digit_before_the_point(number: float, digits: int | None, expected: str) -> None:
    """Without a number of digits, as many as it takes."""
    assert to_exponential(number, digits) == expected


@pytest.mark.parametrize(
    ("number", "precision", "expected"),
    [(123.456, 4, "123.5"), (0.000001, 2, "0.0000010"), (1e21, 3, "1.00e+21"), (123456, 2, "1.2e+5"), (0, 3, "0.00"),
     (1e-7, 1, "1e-7"), (99.99, 2, "1.0e+2")],
)  # fmt: skip
def test_precision_turns_exponential_where_the_standard_says(number: float, precision: int, expected: str) -> None:
    """Below 1e-6, and from as many digits before the point as the precision on."""
    assert to_precision(number, precision) == expected


@pytest.mark.parametrize(
    ("number", "radix", "expected"),
    [(255, 16, "ff"), (-255, 2, "-11111111"), (0.5, 2, "0.1"), (0.1, 3, "0.0022002200220022002200220022002201"),
     (3.14, 8, "3.10753412172702437"), (2**53, 36, "2gosa7pa2gw"), (0, 7, "0")],
)  # fmt: skip
def test_a_radix_gives_enough_digits_to_tell_the_number(number: float, radix: int, expected: str) -> None:
    """The integer part is exact; the fraction stops where it is told apart."""
    assert to_radix(number, radix) == expected
