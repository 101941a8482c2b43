"""Days and times of the proleptic Gregorian calendar in UTC (ECMA-262 §21.4.1), and dates as text.

Times are milliseconds since 1970-01-01T00:00Z as int, or NaN.  The time zone of the language is always UTC.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

MS_PER_DAY = 86_400_000
MAX_TIME = 8_640_000_000_000_000
NAN = math.nan
DAY_NAMES = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Number = int | float


@dataclass(frozen=True, slots=True)
class Fields:
    """A time taken apart; `month` counts from 0, `weekday` from Sunday = 0."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    millisecond: int
    weekday: int


def day_of(year: int, month: int) -> int:
    """The number of the first day of a month, counted from 1970-01-01; *month* 0 to 11."""
    shifted_year = year - (month < 2)
    era, year_of_era = divmod(shifted_year, 400)
    day_of_year = (153 * ((month - 2) % 12) + 2) // 5
    return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719_468


def fields(time: Number) -> Fields:
    """Take a finite *time* apart."""
    days, rest = divmod(int(time), MS_PER_DAY)
    era, day_of_era = divmod(days + 719_468, 146_097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    month = (shifted_month + 2) % 12
    return Fields(
        year=era * 400 + year_of_era + (month < 2), month=month, day=day_of_year - (153 * shifted_month + 2) // 5 + 1,
        hour=rest // 3_600_000, minute=rest // 60_000 % 60, second=rest // 1000 % 60, millisecond=rest % 1000,
        weekday=(days + 4) % 7,
    )  # fmt: skip


def make_time(hour: Number, minute: Number, second: Number, millisecond: Number) -> Number:
    """Milliseconds within a day, or beyond it, from numbers of any size (§21.4.1.14)."""
    parts = (hour, minute, second, millisecond)
    if not all(map(math.isfinite, parts)):
        return NAN
    hour, minute, second, millisecond = (float(math.trunc(part)) for part in parts)
    return hour * 3_600_000 + minute * 60_000 + second * 1000 + millisecond


def make_day(year: Number, month: Number, day: Number) -> Number:
    """The day number, from numbers of any size (§21.4.1.15)."""
    if not all(map(math.isfinite, (year, month, day))):
        return NAN
    carried, month_in_year = divmod(math.trunc(month), 12)
    whole_year = math.trunc(year) + carried
    if abs(whole_year) > 400_000:
        return NAN
    return day_of(whole_year, month_in_year) + float(math.trunc(day)) - 1


def make_date(day: Number, time: Number) -> Number:
    """The time in milliseconds of *time* within *day* (§21.4.1.16)."""
    made = day * float(MS_PER_DAY) + time
    return made if math.isfinite(made) else NAN


def time_clip(time: Number) -> Number:
    """*time* as a whole number if the language can represent it, else NaN (§21.4.1.31)."""
    if not math.isfinite(time) or abs(time) > MAX_TIME:
        return NAN
    return math.trunc(time)


def iso_text(time: Number) -> str:
    """The form of toISOString: `2026-01-31T10:00:00.000Z`, with a sign and six digits for years of more than four."""
    f = fields(time)
    year = f"{f.year:04d}" if 0 <= f.year <= 9999 else f"{'-' if f.year < 0 else '+'}{abs(f.year):06d}"
    return f"{year}-{f.month + 1:02d}-{f.day:02d}T{f.hour:02d}:{f.minute:02d}:{f.second:02d}.{f.millisecond:03d}Z"


def _year_text(year: int) -> str:
    return f"{'-' if year < 0 else ''}{abs(year):04d}"


def date_text(time: Number) -> str:
    """The form of toDateString: `Sat Jan 31 2026`."""
    f = fields(time)
    return f"{DAY_NAMES[f.weekday]} {MONTH_NAMES[f.month]} {f.day:02d} {_year_text(f.year)}"


def time_text(time: Number) -> str:
    """The form of toTimeString, always in UTC: `10:00:00 GMT+0000 (UTC)`."""
    f = fields(time)
    return f"{f.hour:02d}:{f.minute:02d}:{f.second:02d} GMT+0000 (UTC)"


def utc_text(time: Number) -> str:
    """The form of toUTCString: `Sat, 31 Jan 2026 10:00:00 GMT`."""
    f = fields(time)
    day = f"{DAY_NAMES[f.weekday]}, {f.day:02d} {MONTH_NAMES[f.month]} {_year_text(f.year)}"
    return f"{day} {f.hour:02d}:{f.minute:02d}:{f.second:02d} GMT"


def locale_date_text(time: Number) -> str:
    """The fixed form of toLocaleDateString, the same for every locale: `1/31/2026`."""
    f = fields(time)
    return f"{f.month + 1}/{f.day}/{f.year}"


def locale_time_text(time: Number) -> str:
    """The fixed form of toLocaleTimeString, the same for every locale: `10:00:00 AM`."""
    f = fields(time)
    return f"{f.hour % 12 or 12}:{f.minute:02d}:{f.second:02d} {'PM' if f.hour >= 12 else 'AM'}"
