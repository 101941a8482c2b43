"""The constants of the global object, isNaN and isFinite (ECMA-262 §19.1, §19.2).

`globalThis` is each run's own object, so the run adds it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dsl.library.number import PARSE_FLOAT, PARSE_INT
from dsl.library.realm import BUILT_INS
from dsl.operators import arg, to_number
from dsl.values import Native, Value

if TYPE_CHECKING:
    from dsl.run import Run


def _is_finite(run: Run, this: Value, args: list[Value]) -> Value:
    return math.isfinite(to_number(run, arg(args, 0)))


def _is_nan(run: Run, this: Value, args: list[Value]) -> Value:
    return math.isnan(to_number(run, arg(args, 0)))


CONSTANTS: dict[str, Value] = {"Infinity": math.inf, "NaN": math.nan, "undefined": None}
FUNCTIONS: dict[str, Native] = {
    "isFinite": BUILT_INS.function("isFinite", 1, call=_is_finite),
    "isNaN": BUILT_INS.function("isNaN", 1, call=_is_nan),
    "parseFloat": PARSE_FLOAT,
    "parseInt": PARSE_INT,
}
