"""Corners of the language that scripts seldom see: each program of corners.json gives what ECMA-262 says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dsl import evaluate

CORNERS = json.loads(Path(__file__).with_name("corners.json").read_text("utf-8"))


@pytest.mark.parametrize("corner", CORNERS, ids=range(len(CORNERS)))
def test_a_corner_is_as_the_standard_says(corner: dict[str, object]) -> None:
    """Wrappers, frozen things, odd operands, patterns at their edges, names that cannot go."""
    assert evaluate(str(corner["program"])) == corner["expected"]
