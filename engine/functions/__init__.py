"""The functions that scripts may call, by theme.

FUNCTIONS is the one list that run time, checks and docs read; plugins add to a copy of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dsl.hostapi import HostFunction, HostTable
from engine.functions import (
    acr,
    analytics,
    associations,
    cookies,
    endings,
    http,
    libraries,
    log,
    mail,
    passwords,
    places,
    prompts,
    push,
    secrets,
    sessions,
    steps,
    texts,
    user_store,
    users,
)
from engine.questions import Work

THEMES = (
    steps,
    endings,
    prompts,
    acr,
    users,
    user_store,
    sessions,
    associations,
    passwords,
    http,
    analytics,
    cookies,
    mail,
    secrets,
    texts,
    places,
    push,
    libraries,
)
"""Each has FUNCTIONS, and WORKS if some of them ask the world, and CALLS if some of these leave the server."""


@dataclass(frozen=True, slots=True)
class Functions:
    """What scripts may call.  works: what answers their questions, by the question's name; calls: those of them that
    leave the server.
    """

    declared: tuple[HostFunction, ...]
    works: Mapping[str, Work]
    calls: frozenset[str]
    table: HostTable = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", HostTable(self.declared, {"Log": log.FUNCTIONS}, ("secrets",)))


FUNCTIONS = Functions(
    declared=tuple(function for theme in THEMES for function in theme.FUNCTIONS),
    works={name: work for theme in THEMES for name, work in getattr(theme, "WORKS", {}).items()},
    calls=frozenset(name for theme in THEMES for name in getattr(theme, "CALLS", ())),
)
TABLE = FUNCTIONS.table
"""The table of what every house has."""
