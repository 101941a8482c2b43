"""One canonical form for names."""

from __future__ import annotations

import pytest

from engine.usernames import canonical, mixes_scripts, spellings


@pytest.mark.parametrize("written", ["Mara", " mara ", "ｍａｒａ", "MARA"])
def test_the_same_name_written_differently_is_one(written: str) -> None:
    """Case, width and outer spaces do not make another user."""
    assert canonical(written) == "mara"


@pytest.mark.parametrize("written", ["", "   ", "ma\u200bra", "mara\x00", "ma\nra", "\ud800", "m" * 256, "\u202emara"])
def test_what_cannot_be_a_name_is_nobodys(written: str) -> None:
    """Empty, invisible, control, overlong."""
    assert canonical(written) is None


def test_composed_and_decomposed_forms_are_one() -> None:
    """NFC and NFD."""
    assert canonical("zoë") == canonical("zoe\u0308")


def test_a_look_alike_letter_is_seen() -> None:
    """A Cyrillic letter among Latin ones."""
    assert mixes_scripts("аlice")
    assert not mixes_scripts("alice")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("mara", ("mara",)),
        ("primary/Mara", ("primary/mara", "mara")),
        ("mara@carbon.super", ("mara@carbon.super", "mara")),
        ("mara@other.test", ("mara@other.test",)),
        ("SECOND/mara", ("second/mara",)),
        ("PRIMARY/", ("primary/",)),
        ("a\0b", ()),
    ],
)
def test_a_script_may_name_store_and_tenant(written: str, meant: tuple[str, ...]) -> None:
    """The name as it stands comes first: it may be somebody's."""
    assert spellings(written, "carbon.super") == meant
