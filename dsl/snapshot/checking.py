"""What a part of a snapshot may be; anything else is a SnapshotError."""

from __future__ import annotations

from typing import Any, NoReturn

from ..base import MAX_SAFE
from .layout import SnapshotError


def damaged(what: str) -> NoReturn:
    """Refuse; *what* is not as it should be."""
    raise SnapshotError(f"the snapshot is damaged: {what} is not as it should be")


def expect(value: Any, kind: Any) -> Any:
    """*value* if it is of that kind."""
    return value if isinstance(value, kind) else damaged("a part")


def expect_list(value: Any) -> list[Any]:
    """*value* if it is a list."""
    return value if isinstance(value, list) else damaged("a list")


def expect_count(value: Any) -> int:
    """A number that is an int and not negative."""
    return value if type(value) is int and value >= 0 else damaged("a number")


def expect_number(value: Any) -> int | float:
    """A number of the language."""
    if isinstance(value, float):
        return value
    return value if type(value) is int and -MAX_SAFE <= value <= MAX_SAFE else damaged("a number")


def expect_within(value: Any, most: int) -> int:
    """A number from 0 to *most*."""
    number = expect_count(value)
    return number if number <= most else damaged("a number")


def expect_text(value: Any) -> str:
    """A string of code units."""
    if type(value) is str and value.isascii():
        return value
    string: str = value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else expect(value, str)
    if string and max(string) > "\uffff":
        damaged("a string")
    return string


def expect_plain(value: Any) -> str | int | float | bool | None:
    """A value of the language that is no object, and not null."""
    kind = type(value)
    if kind is str or kind is bytes:
        return expect_text(value)
    return value if value is None or kind is bool else expect_number(value)
