"""The calendar and the texts of dates, without scripts."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl.library import date_time
from dsl.library.date_parser import parse_date

TIMES = st.integers(-date_time.MAX_TIME, date_time.MAX_TIME)


@given(TIMES)
def test_taking_a_time_apart_and_making_it_again_changes_nothing(time: int) -> None:
    """fields, make_day, make_time and make_date agree over the whole range."""
    f = date_time.fields(time)
    clock = date_time.make_time(f.hour, f.minute, f.second, f.millisecond)
    assert date_time.make_date(date_time.make_day(f.year, f.month, f.day), clock) == time


@given(TIMES)
def test_a_text_of_ours_reads_back_as_the_same_time(time: int) -> None:
    """toISOString keeps milliseconds; toString and toUTCString keep seconds (ECMA-262 §21.4.3.2)."""
    assert parse_date(date_time.iso_text(time)) == time
    whole = time - time % 1000
    if whole >= -date_time.MAX_TIME:
        assert parse_date(f"{date_time.date_text(time)} {date_time.time_text(time)}") == whole
        assert parse_date(date_time.utc_text(time)) == whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-01-01", 1577836800000),
        ("2020", 1577836800000),
        ("2020-01-01T10:20", 1577874000000),
        ("2020-01-01T24:00:00Z", 1577923200000),
        ("2020-01-01T10:20:30+05:30", 1577854230000),
        ("+002020-01-01T00:00Z", 1577836800000),
        ("Jan 1 2020", 1577836800000),
        ("1 January 2020 10:00 PST", 1577901600000),
        ("1/31/2026", 1769817600000),
        ("Mon, 25 Dec 1995 13:30:00 +0430", 819882000000),
    ],
)
def test_the_usual_forms_are_understood(text: str, expected: int) -> None:
    """ISO, and what people and other programs write."""
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "foo", "2020-13-01", "2020-02-30", "-000000-01-01T00:00:00Z", "2020-01-01T24:00:01Z", "2020-01-01T25:00Z",
     "2020-01-01T10:20:30+25:00", "1 2 3", "Jan", "x" * 10_000, "2020-01-01T10:60",
     "Monkey 1 2020 Jan", "Jan 1 2020 10:00 11:00", "\u0662\u0660\u0662\u0660"],
)  # fmt: skip
def test_what_is_no_date_is_not_a_number(text: str) -> None:
    """Every doubt is NaN; nothing raises."""
    assert math.isnan(parse_date(text))


@given(st.text(max_size=40))
def test_no_text_makes_the_parser_fail(text: str) -> None:
    """Whatever is given, the answer is a number."""
    assert isinstance(parse_date(text), int | float)


@pytest.mark.parametrize("part", [math.nan, math.inf, -math.inf, 1e300])
def test_impossible_parts_make_no_day(part: float) -> None:
    """Parts that are not finite, or far out of range, give NaN rather than an error."""
    assert math.isnan(date_time.make_day(part, 0, 1)) or math.isnan(date_time.time_clip(date_time.make_day(part, 0, 1)))
    assert math.isnan(date_time.time_clip(date_time.make_time(part, 0, 0, 0)))
