"""`doorstep device`: which devices people have registered, and taking one away."""

from __future__ import annotations

import asyncio
import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import terminal
from commands.options import ConfigOption, JsonOption
from commands.terminal import Stop

if TYPE_CHECKING:
    from commands.settings import Settings
    from engine.model import Device, User


def show(
    user: Annotated[str | None, typer.Option("--user", metavar="NAME", help="Only this person's.")] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """List the devices that people have registered."""
    from commands.settings import load

    rows = [_row(person, device) for person, device in asyncio.run(_devices(user, load(config)))]
    if as_json:
        terminal.say(json.dumps(rows, indent=2))
    elif not rows:
        terminal.say("No devices are registered.")
    else:
        terminal.say(*_table(rows))


def revoke(
    device: Annotated[str, typer.Argument(metavar="ID", help="The device's id, as `device list` shows it.")],
    config: ConfigOption = None,
) -> None:
    """Take a device away from its owner; what it proved counts no longer."""
    from commands.settings import load

    name, username = asyncio.run(_revoke(device, load(config)))
    terminal.say(f"Revoked {name} of {username}.")


async def _devices(name: str | None, settings: Settings) -> list[tuple[User, Device]]:
    from commands.stores import opened
    from commands.user import user_named

    async with opened(settings) as stores:
        people = [await user_named(name, stores)] if name is not None else await stores.configuration.users()
        return [(user, device) for user in people for device in await stores.directory.devices(user.id)]


async def _revoke(device_id: str, settings: Settings) -> tuple[str, str]:
    from commands.stores import note, opened
    from commands.user import letters

    async with opened(settings) as stores:
        device = await stores.directory.device(device_id)
        user = await stores.directory.user(device.user_id) if device is not None else None
        if device is None or user is None:
            raise Stop(f"There is no device {device_id!a}.")
        await note(stores, "device_revoked", user_id=user.id, username=user.canonical)
        if not await stores.directory.remove_device(device.id, user_id=user.id):
            raise Stop(f"The device {device_id!a} was just removed by somebody else.")
        await letters(stores).device_revoked(user, device, now=time.time())
    return device.name, user.username


def _row(user: User, device: Device) -> dict[str, Any]:
    return {
        "id": device.id,
        "user": user.username,
        "name": device.name,
        "model": device.model,
        "provider": device.provider,
        "added": _time(device.created_at),
        "last_used": _time(device.last_used_at),
        "unreachable": _time(device.unreachable_since),
    }


def _time(seconds: float | None) -> str | None:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds") if seconds else None


def _table(rows: list[dict[str, Any]]) -> list[str]:
    """Columns as wide as their widest text; what is not printable is shown as its code."""
    lines = [[name.upper().replace("_", " ") for name in rows[0]]]
    lines += [[ascii(text)[1:-1] if not text.isprintable() else text for text in _texts(row)] for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return ["  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in lines]


def _texts(row: dict[str, Any]) -> list[str]:
    return [value if value else "-" for value in row.values()]
