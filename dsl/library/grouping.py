"""What Object.groupBy and Map.groupBy share (ECMA-262 7.3.35)."""

from __future__ import annotations

from collections.abc import Iterator as PythonIterator
from typing import TYPE_CHECKING

from dsl.library.building import callback, describe
from dsl.operators import arg, call, iterate
from dsl.values import NULL, Value, throw_type_error

if TYPE_CHECKING:
    from dsl.run import Run


def keyed(run: Run, args: list[Value]) -> PythonIterator[tuple[Value, Value]]:
    """What the function that is the second argument says of each item of the first, and the item."""
    items = arg(args, 0)
    if items is None or items is NULL:
        throw_type_error(run, f"{describe(items)} is not iterable")
    function = callback(run, arg(args, 1))
    for index, item in enumerate(iterate(run, items, describe(items))):
        run.charge_fuel(1)
        yield call(run, function, None, [item, index]), item
