"""Wake-ups inside one process.  Says only that something changed, never what; carries nothing to other processes."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from engine.errors import Busy

MOST_LISTENERS = 50_000

Wake = Callable[[], None]
"""Is called for a signal; must not wait for anything."""


class LocalSignals:
    """Signals for the tasks of one event loop.  A channel exists only while somebody listens on it."""

    def __init__(self, *, most_listeners: int = MOST_LISTENERS) -> None:
        self._channels: dict[str, set[Wake]] = {}
        self._most_listeners = most_listeners
        self._listeners = 0

    @property
    def is_heard(self) -> bool:
        """Whether anybody listens."""
        return self._listeners > 0

    @property
    def channels(self) -> frozenset[str]:
        """The channels somebody listens on at the moment."""
        return frozenset(self._channels)

    async def notify(self, channel: str) -> None:
        """Wake all waiters of *channel*."""
        self.wake(channel)

    def wake(self, channel: str) -> None:
        """The same, for callers that cannot await."""
        for wake in tuple(self._channels.get(channel, ())):
            wake()

    @asynccontextmanager
    async def calling(self, channel: str, wake: Wake) -> AsyncIterator[None]:
        """Call *wake* at each signal, as long as the block lasts.  Raises Busy if too many listen already."""
        if self._listeners >= self._most_listeners:
            raise Busy(f"{self._listeners} listeners")
        self._listeners += 1
        self._channels.setdefault(channel, set()).add(wake)
        try:
            yield
        finally:
            self._leave(channel, wake)

    @asynccontextmanager
    async def listen(self, channel: str) -> AsyncIterator[Callable[[float], Awaitable[bool]]]:
        """Gives `wait(seconds) -> woken`; each signal since entry, or since the last wake-up, ends a wait.

        Raises Busy if too many listen already.
        """
        event = asyncio.Event()
        async with self.calling(channel, event.set):
            yield lambda seconds: _woken(event, seconds)

    def _leave(self, channel: str, wake: Wake) -> None:
        self._listeners -= 1
        waiting = self._channels[channel]
        waiting.discard(wake)
        if not waiting:
            del self._channels[channel]


class FollowedSignals(ABC):
    """Signals of this process and, as long as somebody listens, those of others."""

    def __init__(self) -> None:
        self._local = LocalSignals()

    @abstractmethod
    async def _follow(self) -> None:
        """See that the signals of others come in.  No signal after it is lost."""

    @asynccontextmanager
    async def listen(self, channel: str) -> AsyncIterator[Callable[[float], Awaitable[bool]]]:
        """Gives `wait(seconds) -> woken`; no signal after entry is lost, from whichever process."""
        async with self._local.listen(channel) as wait:
            await self._follow()
            yield wait

    @asynccontextmanager
    async def calling(self, channel: str, wake: Wake) -> AsyncIterator[None]:
        """Call *wake* at each signal, from whichever process, as long as the block lasts."""
        async with self._local.calling(channel, wake):
            await self._follow()
            yield


async def _woken(event: asyncio.Event, seconds: float) -> bool:
    """Whether a signal came within *seconds*; consumes it."""
    if not event.is_set():
        try:
            async with asyncio.timeout(max(seconds, 0)):
                await event.wait()
        except TimeoutError:
            return False
    event.clear()
    return True
