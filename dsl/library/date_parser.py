"""Text -> time: the ISO form of ECMA-262 §21.4.1.32, the forms of toString and toUTCString, and their usual variants.

What is not understood is NaN; nothing here raises.
"""

from __future__ import annotations

import re

from dsl.library.date_time import NAN, Number, day_of, make_date, make_day, make_time, time_clip

LONGEST = 200
"""Longer texts are no dates; it also bounds the work."""

_ISO = re.compile(
    r"(?P<year>[0-9]{4}|[+-][0-9]{6})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
    r"(?:[Tt](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?)?"
    r"(?P<zone>[Zz]|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_TOKEN = re.compile(
    r"(?P<space>[\s,]+)|\((?P<comment>[^()]*)\)|(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)"
    r"|(?P<slashes>[0-9]{1,6}[/-][0-9]{1,2}[/-][0-9]{1,6})|(?P<number>[0-9]{1,6})|(?P<word>[A-Za-z]+)\.?"
    r"|(?P<offset>[+-][0-9]{2}:?[0-9]{2}(?![0-9]))|(?P<minus>-)"
)
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_ZONES = {"z": 0, "gmt": 0, "utc": 0, "ut": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
          "mdt": -360, "pst": -480, "pdt": -420}  # fmt: skip


def parse_date(text: str) -> Number:
    """The time that *text* names, in milliseconds, or NaN."""
    text = text.strip()
    if len(text) > LONGEST or not text.isascii():
        return NAN
    found = _ISO.fullmatch(text)
    return _iso_time(found) if found else _Loose().time(text)


def _iso_time(found: re.Match[str]) -> Number:
    year_text = found["year"]
    if year_text == "-000000":
        return NAN
    year, month, day = int(year_text), int(found["month"] or 1), int(found["day"] or 1)
    hour, minute, second = int(found["hour"] or 0), int(found["minute"] or 0), int(found["second"] or 0)
    millisecond = int((found["fraction"] or "0").ljust(3, "0")[:3])
    if not (1 <= month <= 12 and 1 <= day <= _days_in(year, month - 1) and minute < 60 and second < 60):
        return NAN
    if hour > 24 or (hour == 24 and (minute or second or millisecond)):
        return NAN
    offset = _offset_minutes(found["zone"])
    if offset is None:
        return NAN
    clock = make_time(hour, minute - offset, second, millisecond)
    return time_clip(make_date(make_day(year, month - 1, day), clock))


def _days_in(year: int, month: int) -> int:
    return day_of(year + (month == 11), (month + 1) % 12) - day_of(year, month)


def _offset_minutes(zone: str | None) -> int | None:
    """Minutes east of Greenwich, or None if there is no such offset."""
    if zone is None or zone in "Zz":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 23 or minutes > 59:
        return None
    return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)


def _named(word: str, names: tuple[str, ...]) -> int | None:
    """The number of the name that *word*, of three letters or more, begins; None if it begins none of them."""
    return next((at for at, name in enumerate(names) if len(word) >= 3 and name.startswith(word)), None)


class _Loose:
    """Reads dates that are written with names of months, such as toString gives them, or with slashes."""

    def __init__(self) -> None:
        self.month: int | None = None
        self.numbers: list[str] = []
        self.clock = [0, 0, 0, 0]
        self.offset = 0
        self.negative_year = False
        self.seen_clock = False

    def time(self, text: str) -> Number:
        """The time that *text* names, or NaN."""
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None or not self._token(found):
                return NAN
            at = found.end()
        return self._result()

    def _token(self, found: re.Match[str]) -> bool:
        text = found.group()
        match found.lastgroup:
            case "clock":
                return self._clock(text)
            case "slashes":
                return self._slashes(re.split("[/-]", text))
            case "number":
                self.numbers.append(f"-{text}" if self.negative_year else text)
                return True
            case "word":
                return self._word(found["word"].lower())
            case "offset":
                return self._offset(text)
            case "minus":
                self.negative_year = True
                return len(self.numbers) == 1
            case _:
                return True

    def _clock(self, text: str) -> bool:
        if self.seen_clock:
            return False
        hour, minute, *rest = text.split(":")
        second, _, fraction = (rest[0] if rest else "0").partition(".")
        self.clock = [int(hour), int(minute), int(second), int(fraction.ljust(3, "0")[:3])]
        self.seen_clock = True
        return self.clock[0] <= 24 and self.clock[1] < 60 and self.clock[2] < 60

    def _slashes(self, parts: list[str]) -> bool:
        if self.numbers or self.month is not None:
            return False
        year_first = len(parts[0]) > 2
        month, day, year = (parts[1], parts[2], parts[0]) if year_first else (parts[0], parts[1], parts[2])
        self.month = int(month) - 1
        self.numbers = [day, year]
        return 0 <= self.month < 12

    def _word(self, word: str) -> bool:
        if word in ("am", "pm") and self.seen_clock and 1 <= self.clock[0] <= 12:
            self.clock[0] = self.clock[0] % 12 + (12 if word == "pm" else 0)
            return True
        if word in _ZONES:
            self.offset = _ZONES[word]
            return True
        month = _named(word, MONTHS)
        if month is None:
            return _named(word, DAYS) is not None
        is_first = self.month is None
        self.month = month
        return is_first

    def _offset(self, text: str) -> bool:
        if not self.seen_clock:
            if len(self.numbers) != 1 or text[0] != "-" or ":" in text:
                return False
            self.numbers.append(text)
            return True
        minutes = _offset_minutes(text)
        self.offset = minutes or 0
        return minutes is not None

    def _result(self) -> Number:
        if self.month is None or len(self.numbers) != 2:
            return NAN
        day, year = map(int, self.numbers)
        year_text = self.numbers[1]
        if not 1 <= day <= 31 and 1 <= year <= 31:
            day, year, year_text = year, day, self.numbers[0]
        if not 1 <= day <= 31:
            return NAN
        if len(year_text) <= 2 and year >= 0:
            year += 2000 if year < 50 else 1900
        hour, minute, second, millisecond = self.clock
        clock = make_time(hour, minute - self.offset, second, millisecond)
        return time_clip(make_date(make_day(year, self.month, day), clock))
