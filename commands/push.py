"""`doorstep push`: whether a push provider takes what we have."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Annotated

import typer

from commands import terminal
from commands.options import ConfigOption
from commands.terminal import Stop

if TYPE_CHECKING:
    from commands.settings import Settings
    from engine.ports import Handed
    from storage.open import Stores


def dry_run(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The provider's name.")], config: ConfigOption = None
) -> None:
    """Send a message to no one, to see whether the provider takes our credentials; nothing is delivered."""
    from commands.settings import load
    from engine.ports import Taken

    handed = asyncio.run(_test(name, load(config)))
    if not isinstance(handed, Taken):
        raise Stop(f"{name} did not take the message: {handed.why}. {_REMEDIES.get(handed.why, '')}".rstrip())
    terminal.say(f"{name} took the message. Nothing was delivered.")


_REMEDIES = {
    "provider.credentials": "Make a new key of the service account, and see that this machine's clock is right.",
    "provider.project": "See that the project's Cloud Messaging API is on and the account may use it.",
    "provider.refused": "The server's own rules for calls do not let it out.",
    "provider.slow": "It did not answer in time.",
    "provider.unavailable": "It could not be reached.",
}


async def _test(name: str, settings: Settings) -> Handed:
    from commands.stores import opened

    async with opened(settings) as stores:
        configured = [one.name for one in await stores.configuration.push_providers()]
        if name not in configured:
            there = ", ".join(configured) or "none is configured"
            raise Stop(f"There is no push provider {name!a}; there are: {there}.")
        return await _tested(name, stores, settings)


async def _tested(name: str, stores: Stores, settings: Settings) -> Handed:
    from authenticators.push.providers.builtin import BuiltinSender
    from authenticators.push.providers.configured import Providers
    from outgoing.door import Door
    from server import makers

    door = Door()
    made = makers(settings, stores.configuration, door=door, clock=time.time)
    providers = Providers(stores.configuration, BuiltinSender(stores.signals), made)
    try:
        sender = await providers.named(name)
        assert sender is not None
        return await sender.test()
    finally:
        providers.close()
        await door.aclose()
