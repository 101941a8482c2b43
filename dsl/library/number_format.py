"""Numbers as text: fixed, exponential, precision and other radixes (ECMA-262 §21.1.3).

Pure: takes finite numbers and gives text; ranges of arguments and coercions are checked by the callers.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WIDE = Context(prec=200, rounding=ROUND_HALF_UP)


def to_fixed(number: float, digits: int) -> str:
    """*number* (|number| < 1e21) with exactly *digits* (0 to 100) behind the point; ties go away from zero."""
    text = f"{Decimal(abs(number)).quantize(Decimal(1).scaleb(-digits, _WIDE), context=_WIDE):f}"
    return "-" + text if number < 0 else text


def to_exponential(number: float, digits: int | None) -> str:
    """*number* with one digit before the point and *digits* (0 to 100) behind it; None: as many as it takes."""
    if number == 0:
        mantissa, exponent = "0" * ((digits or 0) + 1), 0
    elif digits is None:
        mantissa, exponent = shortest_digits(abs(number))
    else:
        mantissa, exponent = _rounded(abs(number), digits + 1)
    return ("-" if number < 0 else "") + _scientific(mantissa, exponent)


def to_precision(number: float, precision: int) -> str:
    """*number* with *precision* (1 to 100) significant digits, exponential where the standard says so."""
    sign = "-" if number < 0 else ""
    mantissa, exponent = ("0" * precision, 0) if number == 0 else _rounded(abs(number), precision)
    if exponent < -6 or exponent >= precision:
        return sign + _scientific(mantissa, exponent)
    if exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{mantissa}"
    whole, rest = mantissa[: exponent + 1], mantissa[exponent + 1 :]
    return f"{sign}{whole}.{rest}" if rest else sign + whole


def shortest_digits(number: float) -> tuple[str, int]:
    """The fewest digits that give *number* > 0 back when read, and the exponent of the first of them."""
    mantissa, _, exponent = f"{Decimal(repr(float(number))).normalize():E}".partition("E")
    return mantissa.replace(".", ""), int(exponent or 0)


def to_radix(number: float, radix: int) -> str:
    """*number* in *radix* (2 to 36): the integer part exactly, and as many digits behind the point as tell it apart."""
    sign = "-" if number < 0 else ""
    number = abs(number)
    whole = int(number)
    fraction = float(number - whole)
    digits: list[int] = []
    if fraction:
        whole += _fraction_digits(digits, fraction, radix, math.ulp(float(number)) / 2)
    text = _integer_text(whole, radix)
    return sign + (f"{text}.{''.join(DIGITS[digit] for digit in digits)}" if digits else text)


def _rounded(number: float, precision: int) -> tuple[str, int]:
    """Exactly *precision* digits of *number* > 0, ties up, and the exponent of the first."""
    exact = Context(prec=precision, rounding=ROUND_HALF_UP).create_decimal(Decimal(number))
    digits = "".join(map(str, exact.as_tuple().digits)).ljust(precision, "0")
    return digits, exact.adjusted()


def _scientific(mantissa: str, exponent: int) -> str:
    body = f"{mantissa[0]}.{mantissa[1:]}" if len(mantissa) > 1 else mantissa
    return f"{body}e{'-' if exponent < 0 else '+'}{abs(exponent)}"


def _integer_text(number: int, radix: int) -> str:
    if number == 0:
        return "0"
    digits: list[str] = []
    while number:
        number, digit = divmod(number, radix)
        digits.append(DIGITS[digit])
    return "".join(reversed(digits))


def _fraction_digits(digits: list[int], fraction: float, radix: int, delta: float) -> int:
    """Append digits of *fraction* until the rest is within *delta*; answers 1 if rounding carries into the integer."""
    delta = max(delta, math.ulp(0.0))
    while True:
        fraction *= radix
        delta *= radix
        digit = int(fraction)
        digits.append(digit)
        fraction -= digit
        past_half = fraction > 0.5 or (fraction == 0.5 and digit & 1)
        if past_half and fraction + delta > 1:
            return _carry(digits, radix)
        if fraction < delta:
            return 0


def _carry(digits: list[int], radix: int) -> int:
    """Add one to the last digit, drop the zeros that this leaves behind; 1 if nothing is left to add to."""
    while digits:
        if digits[-1] + 1 < radix:
            digits[-1] += 1
            return 0
        digits.pop()
    return 1
