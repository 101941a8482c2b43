"""Answers `context.push`: how push stands for a person.  It is a member of the context, not a function."""

from __future__ import annotations

from typing import Any

from engine.context.push import QUESTION
from engine.model import Device
from engine.questions import Asked


async def _look(asked: Asked) -> dict[str, Any]:
    user_id = asked.arguments["user_id"]
    standing = await asked.services.push.standing(user_id)
    denial = standing.last_denial
    told = {
        "at": int(denial.at * 1000),
        "notMe": denial.not_me,
        "application": denial.application,
        "ip": denial.ip,
    } if denial is not None else None  # fmt: skip
    devices = [_device(device) for device in await asked.services.directory.devices(user_id)]
    return {"lastDenial": told, "budgetLeft": standing.budget_left, "devices": devices}


def _device(device: Device) -> dict[str, Any]:
    used = device.last_used_at
    return {
        "name": device.name,
        "model": device.model,
        "addedAt": int(device.created_at * 1000),
        "lastUsedAt": int(used * 1000) if used is not None else None,
    }


FUNCTIONS = ()
WORKS = {QUESTION: _look}
