"""Wake-ups across the processes that share a database: at once in the own one, after a short pause in others.

Others are followed only while somebody listens, by one read for each pause in which anybody wrote.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from contextlib import suppress
from typing import Any

from sqlalchemy import bindparam, delete, func, select

from engine.errors import Busy
from engine.ports import Clock
from storage.bounds import is_name
from storage.signals import FollowedSignals
from storage.sql.database import Database
from storage.sql.state import BATCH
from storage.sql.tables import signals

PAUSE = 0.1
"""Seconds between two looks at what other processes have signalled."""
LIFETIME = 60
"""Seconds a signal is kept for others to see."""

log = logging.getLogger("doorstep.storage")


class SqlSignals(FollowedSignals):
    """Signals through a table.  pause: seconds; clock: for the deadline of a signal only."""

    def __init__(self, database: Database, clock: Clock, *, pause: float = PAUSE) -> None:
        super().__init__()
        self._database = database
        self._clock = clock
        self._pause = pause
        self._sender = secrets.token_urlsafe(12)
        self._following: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        row: dict[str, Any] = {name: bindparam(name) for name in ("channel", "sender", "expires_at")}
        self._send = database.prepare(database.insert(signals).values(row))
        self._last = database.prepare(select(func.coalesce(func.max(signals.c.number), 0)))
        newer = (signals.c.number > bindparam("seen"), signals.c.sender != bindparam("sender"))
        self._newer = database.prepare(select(signals.c.number, signals.c.channel).where(*newer).limit(BATCH))
        old = select(signals.c.number).where(signals.c.expires_at <= bindparam("now")).limit(BATCH)
        self._sweep = database.prepare(delete(signals).where(signals.c.number.in_(old)).returning(signals.c.number))

    async def notify(self, channel: str) -> None:
        """Wake all waiters of *channel*; a database that is busy costs other processes the hint, not us the call."""
        self._local.wake(channel)
        if is_name(channel):
            try:
                expires_at = self._clock() + LIFETIME
                await self._database.write(self._send, channel=channel, sender=self._sender, expires_at=expires_at)
            except Busy as error:
                log.warning("other processes were not woken: %s", error.detail)

    async def sweep(self) -> int:
        """Remove old signals, a batch at a time; gives how many."""
        removed = 0
        while rows := await self._database.write(self._sweep, now=self._clock()):
            removed += len(rows)
        return removed

    async def close(self) -> None:
        """Follow nobody any more."""
        if self._following is not None:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following

    async def _follow(self) -> None:
        """See that others are followed, from a place before which nothing concerns the new listener."""
        async with self._starting:
            if self._following is None or self._following.done():
                seen = int((await self._database.read(self._last))[0][0])
                self._following = asyncio.create_task(self._relay(seen))

    async def _relay(self, seen: int) -> None:
        """Pass on what others signalled after number *seen*, until nobody listens any more."""
        read_at = None
        while self._local.is_heard:
            await asyncio.sleep(self._pause)
            mark = self._database.mark()
            if mark is not None and mark == read_at:
                continue
            try:
                rows = await self._database.read(self._newer, seen=seen, sender=self._sender)
            except Busy as error:
                log.warning("signals of other processes cannot be read: %s", error.detail)
                continue
            read_at = mark if len(rows) < BATCH else None
            for number, channel in rows:
                seen = max(seen, number)
                self._local.wake(channel)
