"""`selectAcrFrom`: which of the script's levels the application asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dsl.hostapi import HostFunction, Parameter
from dsl.values import NULL, Null
from engine.context import scene_of

if TYPE_CHECKING:
    from dsl import Run


def select_acr_from(run: Run, args: list[Any]) -> str | Null:
    """The first of the script's list among those requested; null if none is, or none was requested."""
    requested = scene_of(run).turn.login.request.acr_values
    known = args[1] if isinstance(args[1], list) else []
    return next((acr for acr in known if isinstance(acr, str) and acr in requested), NULL)


FUNCTIONS = (
    HostFunction(
        "selectAcrFrom",
        (Parameter("context"), Parameter("levels", "plain", optional=True)),
        select_acr_from,
        doc="The first of the given ACR values that the application asked for, or null.",
    ),
)
