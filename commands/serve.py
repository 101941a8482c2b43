"""`doorstep serve`: the server.  It does not start on a setting that is bad or unsafe."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Annotated

import typer

from commands import terminal
from commands.options import ConfigOption, PortOption

if TYPE_CHECKING:
    from commands.settings import Settings


def serve(
    config: ConfigOption = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: PortOption = 8400,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes that serve.")] = 1,
) -> None:
    """Run the server until it is told to end."""
    from commands.listening import listen, run
    from commands.settings import CONFIG_VARIABLE, ISSUER_VARIABLE, load
    from storage.keys import load_keys

    settings = load(config).listening(host, port)
    if not settings.is_embedded:  # another node may have one already: none is made here
        load_keys(settings.key_file)
    terminal.warn(asyncio.run(_cautions(settings)))
    sockets = listen(host, port)
    if config is not None:  # the processes that serve read the settings again
        os.environ[CONFIG_VARIABLE] = str(config.resolve())
    os.environ[ISSUER_VARIABLE] = str(settings.issuer)
    terminal.say(f"Doorstep serves {settings.issuer}, listening on {host}:{port}.")
    run(sockets, workers=workers, log_format=settings.log_format)


async def _cautions(settings: Settings) -> list[str]:
    """What is allowed but worth knowing.  Opens the stores once, so that a bad one is told here and now."""
    from commands.stores import opened
    from engine.model import Argon2Settings
    from storage.open import meet

    await meet(settings.state_url)
    async with opened(settings) as stores:
        cost = (await stores.configuration.settings()).argon2
    default = Argon2Settings()
    lower = [name for name in Argon2Settings.__slots__ if getattr(cost, name) < getattr(default, name)]
    text = "is lower than the default, so passwords are cheaper to guess if hashes leak"
    return [f"settings.password.argon2.{name} {text}" for name in lower]
