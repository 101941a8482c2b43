"""`lookUpAddress`: where an address of the network is, from data on this server; nobody is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dsl.hostapi import HostFunction, Parameter
from dsl.values import NULL, Null
from engine.functions.asking import ask
from engine.questions import Asked

if TYPE_CHECKING:
    from dsl import Run


def look_up_address(run: Run, args: list[Any]) -> dict[str, Any] | Null:
    """`{country, city, latitude, longitude}`, or null for an address of which nothing is known."""
    given = args[0]
    if not isinstance(given, str) or not 0 < len(given) <= 64:
        return NULL
    found = ask(run, "lookUpAddress", ip=given)
    return found.data if found.succeeded and isinstance(found.data, dict) else NULL


async def _look_up(asked: Asked) -> dict[str, Any] | None:
    place = asked.services.places.place_of(asked.arguments["ip"])
    if place is None:
        return None
    return {
        "country": place.country,
        "city": place.city,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


FUNCTIONS = (
    HostFunction(
        "lookUpAddress",
        (Parameter("ip", "plain", optional=True),),
        look_up_address,
        waits=True,
        doc="Where an address is: its country, and city and coordinates where the operator has a database of them.",
        returns="Place | null",
        fails="null for what is no address, and one of which nothing is known",
    ),
)
WORKS = {"lookUpAddress": _look_up}
