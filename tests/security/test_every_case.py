"""No case of these families is without a test that carries its id: `test_flow_01_...`, `test_oidc_07_08_...`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent

CASES = {
    "flow": "01 02 03 04 05 08 09 10 11 12 13 14 15 17 18 19 20 21 23 24 25 26 27 28 29 30 31 32 33 34 36 37 39 41 42"
    " 43 44 45 46 47 48",
    "push": "01 02 03 04 05 06 08 09 11 12 13 14 15 16 19 21 23 24 25 26 27 29 30 31 32 35 36 38 39 40 41 42 43 44 45"
    " 46 47 48 50 51 53 55 56 57 58 59 60 61 62 64 65 67 68 69",
    "session": "01 02 03 04 05 06 07 08 09 10 11 12 13 15 17 18 19 21 22 23 24",
    "admin": "01 02 03 04 07 08 09 11 12 13 15 18 19 20 21 22 24 25 27 29",
    "oidc": "01 02 03 04 05 06 07 08 09 10 11 13 14 15 16 17 18 19 20 21 22 23 25 26 27 28 29 30 31 32 33 34 35 36 37"
    " 38 39 40",
}
"""The numbers of the cases; those left out were folded into others, of `admin` also those that are the console's."""


@pytest.mark.parametrize("family", CASES)
def test_every_case_has_a_test_of_its_name(family: str) -> None:
    """By the names of the test functions."""
    text = "\n".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
    named = re.findall(rf"def test_{family}_((?:\d\d_(?:and_)?)+)", text)
    have = {number for numbers in named for number in re.findall(r"\d\d", numbers)}
    assert set(CASES[family].split()) - have == set()
