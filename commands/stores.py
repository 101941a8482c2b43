"""Opens what a command works on: the database and its key, as the server with the same settings would."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from commands.settings import Settings
from commands.terminal import MISUSED, Stop
from engine.ports import AuditEvent
from storage.keys import load_or_make_key
from storage.open import Stores, open_stores
from storage.urls import MemoryUrl, parsed_url


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Stores]:
    """The stores; database and key file are made if they are missing.  Raises Stop, KeyFileError, Busy.

    Only the database: where logins under way are kept is never contacted.
    """
    if isinstance(parsed_url(settings.database_url, setting="DATABASE_URL"), MemoryUrl):
        raise Stop("DATABASE_URL is memory:, which no other process can see; name a file", code=MISUSED)
    try:
        stores = await open_stores(settings.database_url, keys=load_or_make_key(settings.key_file), clock=time.time)
    except ValueError as error:
        raise Stop(str(error), code=MISUSED) from error
    try:
        yield stores
    finally:
        await stores.close()


async def note(stores: Stores, name: str, *, user_id: str | None = None, username: str | None = None) -> None:
    """Write into the audit what was done at the command line, before it is done."""
    await stores.audit.record(AuditEvent(name, time.time(), user_id=user_id, username=username, why="command_line"))
