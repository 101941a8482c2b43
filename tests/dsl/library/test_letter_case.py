"""Upper and lower case of texts, and which characters have any."""

from __future__ import annotations

import pytest

from dsl.library.letter_case import CASED_BLOCKS, lower_case, upper_case


def test_no_character_outside_the_blocks_has_a_case() -> None:
    """What is compared without case need be sought among these only."""
    inside = {code for first, last in CASED_BLOCKS for code in range(first, last + 1)}
    outside = "".join(chr(code) for code in range(0x110000) if code not in inside)
    assert upper_case(outside) == lower_case(outside) == outside.casefold() == outside


@pytest.mark.parametrize(
    ("small", "capital"),
    [("\u0264", "\ua7cb"), ("\u019b", "\ua7dc"), ("\u1c8a", "\u1c89"), ("\U00010d70", "\U00010d50"),
     ("\U00016ed3", "\U00016eb8"), ("stra\u00dfe", "STRASSE")],
)  # fmt: skip
def test_letters_have_the_case_of_unicode_17(small: str, capital: str) -> None:
    """Those that are newer than Python's tables too; a letter may become two."""
    assert upper_case(small) == capital
    assert lower_case(capital) == small.replace("\u00df", "ss")
