"""Two functions for login scripts: one that answers at once, and one that the script waits for with handlers."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.plugins import Facts, Parameter, Person, Plugin, PluginError

SHIFTS = {"mara": "late"}
"""Stands in for a service of one's own: a real plugin would ask it here, with a client and a time limit of its own."""


async def is_office_hour(facts: Facts, first: float, last: float) -> bool:
    """Whether the hour (UTC) is from *first* to before *last*."""
    return first <= datetime.fromtimestamp(facts.now, UTC).hour < last


async def look_up_shift(facts: Facts, person: Person | None) -> dict[str, str]:
    """The shift of a person.  Raises PluginError for one who is not on the rota."""
    if person is None or person.username not in SHIFTS:
        raise PluginError({"reason": "not on the rota"})
    return {"shift": SHIFTS[person.username]}


IS_OFFICE_HOUR = Plugin(
    name="isOfficeHour",
    call=is_office_hour,
    parameters=(Parameter("first", "number"), Parameter("last", "number")),
    effect=False,
    returns="boolean",
    doc="Whether the hour, in UTC, is from the first to before the last.",
)
LOOK_UP_SHIFT = Plugin(
    name="lookUpShift",
    call=look_up_shift,
    parameters=(Parameter("user", "user"),),
    waits=True,
    effect=False,
    doc="Asks the rota for the shift of a person.",
)
