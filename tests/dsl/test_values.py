"""The value model: strings as code units, order of properties, arrays, ordered tables."""

from __future__ import annotations

import pytest

from dsl import compile_script
from dsl.run import Run
from dsl.values import (
    FROZEN,
    HOLE,
    MISSING,
    NULL,
    OBJECT_PROTO,
    Arr,
    Cursor,
    Obj,
    OrderedTable,
    Throw,
    code_points,
    index_of,
    text,
    units,
)


@pytest.fixture
def run() -> Run:
    """A run of an empty script."""
    return Run(compile_script(""))


def test_text_becomes_code_units_and_back() -> None:
    """What lies beyond U+FFFF is a pair inside and one character outside."""
    assert units("a\U0001f600b") == "a\ud83d\ude00b"
    assert text("a\ud83d\ude00b") == "a\U0001f600b"
    assert units("plain") == "plain"


def test_a_lone_surrogate_can_leave_as_text() -> None:
    """A lone half becomes U+FFFD, so that it can be encoded."""
    assert text("a\ud83d") == "a\ufffd"


def test_a_pair_is_one_code_point() -> None:
    """Strings are iterated by code point."""
    assert code_points("a\ud83d\ude00\ud83d") == ["a", "\ud83d\ude00", "\ud83d"]


@pytest.mark.parametrize(
    ("key", "index"),
    [
        ("0", 0),
        ("17", 17),
        ("4294967294", 4294967294),
        ("4294967295", -1),
        ("01", -1),
        ("-1", -1),
        ("", -1),
        ("\u0661", -1),
    ],
)
def test_only_canonical_numbers_are_indices(key: str, index: int) -> None:
    """An array index is a canonical number below 2**32 - 1."""
    assert index_of(key) == index


def test_indices_come_before_names(run: Run) -> None:
    """Own keys: indices ascending, then the others as they came."""
    thing = Obj(OBJECT_PROTO)
    for key in ("b", "10", "a", "9", "01"):
        thing.put(run, key, 1, False)
    assert thing.own_keys() == ["9", "10", "b", "a", "01"]


def test_a_frozen_object_does_not_change(run: Run) -> None:
    """Refused silently in sloppy code, by a TypeError in strict code."""
    thing = Obj(OBJECT_PROTO, {"a": 1})
    thing.restrict(run, FROZEN)
    thing.put(run, "a", 2, False)
    assert thing.get_own("a") == 1
    with pytest.raises(Throw):
        thing.put(run, "b", 2, True)
    assert thing.delete(run, "a", False) is False


def test_what_is_inherited_read_only_cannot_be_shadowed(run: Run) -> None:
    """A frozen prototype forbids the assignment to its heirs, a built-in one does not."""
    frozen = Obj(OBJECT_PROTO, {"a": 1})
    frozen.restrict(run, FROZEN)
    heir = Obj(frozen)
    heir.put(run, "a", 2, False)
    assert not heir.has_own("a")
    heir.put(run, "toString", NULL, True)
    assert heir.has_own("toString")


def test_a_far_index_leaves_holes(run: Run) -> None:
    """The elements between are missing, not undefined."""
    array = Arr([1])
    array.put(run, "3", 4, False)
    assert array.items == [1, HOLE, HOLE, 4]
    assert array.get_own("1") is MISSING
    assert array.own_keys() == ["0", "3", "length"]


def test_a_table_knows_values_by_same_value_zero() -> None:
    """1 is not true, NaN is NaN, -0 is 0, 1.0 is 1."""
    table = OrderedTable()
    table.set(1, "one")
    table.set(True, "true")
    table.set(float("nan"), "nan")
    table.set(-0.0, "zero")
    assert [table.get(1.0), table.get(True), table.get(float("nan")), table.get(0)] == ["one", "true", "nan", "zero"]
    assert str(table.entries()[-1][0]) == "0"


def test_a_cursor_survives_every_change_of_its_table() -> None:
    """Deleting what lies behind, adding, moving to fresh storage and clearing neither skip nor repeat an entry."""
    table = OrderedTable()
    for number in range(100):
        table.set(number, None)
    cursor = Cursor(table)
    passed = [entry[0] for entry in (cursor.step() for _ in range(50)) if entry is not None]
    for number in range(90):
        table.delete(number)
    table.set("new", None)
    rest = []
    while (entry := cursor.step()) is not None:
        rest.append(entry[0])
    assert passed == list(range(50))
    assert rest == [*range(90, 100), "new"]
    table.clear()
    table.set("after", None)
    entry = cursor.step()
    assert entry is not None
    assert entry[0] == "after"
