"""The built-ins against `cases/*.js`: an expression and what it gives in each line, as shown by `show.js`."""

from __future__ import annotations

from pathlib import Path

import pytest

from dsl import evaluate

HERE = Path(__file__).parent
SHOW = (HERE / "show.js").read_text("utf-8")
ARROW = "  //=> "


def _cases() -> list[object]:
    found: list[object] = []
    for file in sorted((HERE / "cases").glob("*.js")):
        for number, line in enumerate(file.read_text("utf-8").split("\n")[:-1], 1):
            expression, expected = line.rsplit(ARROW, 1)
            found.append(pytest.param(expression, expected, id=f"{file.name}:{number}"))
    return found


@pytest.mark.parametrize(("expression", "expected"), _cases())
def test_a_built_in_gives_what_the_standard_says(expression: str, expected: str) -> None:
    """Each line's expression gives the value that stands beside it."""
    assert evaluate(f"{SHOW}\nshown(function () {{ return ({expression}\n) }})") == expected
