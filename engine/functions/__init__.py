"""The functions that scripts may call, by theme.  TABLE is the one list that run time, checks and docs read."""

from __future__ import annotations

from dsl.hostapi import HostTable
from engine.functions import acr, endings, log, prompts, steps, users

TABLE = HostTable(
    functions=(*steps.FUNCTIONS, *endings.FUNCTIONS, *prompts.FUNCTIONS, *acr.FUNCTIONS, *users.FUNCTIONS),
    namespaces={"Log": log.FUNCTIONS},
)
