"""Wake-ups across nodes by publish and subscribe: at once in the own process, a moment later in all others.

One connection listens for the whole process.  While it was cut anything may have been missed, so everybody looks.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from contextlib import suppress

from redis.exceptions import RedisError

from engine.errors import Busy
from storage.bounds import is_name
from storage.redis.client import ANSWER_WITHIN, PREFIX, Client
from storage.signals import FollowedSignals

CHANNEL = f"{PREFIX}signals"
PAUSE = 0.2
"""Seconds before a connection that was cut is made anew."""
SILENCE = 15.0
"""Seconds without a message after which the server is asked whether it is there."""

log = logging.getLogger("doorstep.storage")


class RedisSignals(FollowedSignals):
    """Signals through one channel of the server: the sender's name, then the channel that is meant."""

    def __init__(self, client: Client) -> None:
        super().__init__()
        self._client = client
        self._sender = secrets.token_urlsafe(9)
        self._following: asyncio.Task[None] | None = None
        self._subscribed = asyncio.Event()
        self._was_cut = False

    async def notify(self, channel: str) -> None:
        """Wake all waiters of *channel*; a server that does not answer costs others the hint, not us the call."""
        self._local.wake(channel)
        if is_name(channel):
            try:
                await self._client.ask("PUBLISH", CHANNEL, f"{self._sender} {channel}")
            except Busy as error:
                log.warning("other processes were not woken: %s", error.detail)

    async def close(self) -> None:
        """Follow nobody any more."""
        if self._following is not None:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following

    async def _follow(self) -> None:
        """See that others are followed.  Without the server waiting goes on: the page asks now and then."""
        if self._following is None or self._following.done():
            self._subscribed.clear()
            self._following = asyncio.create_task(self._relay())
        with suppress(TimeoutError):
            async with asyncio.timeout(PAUSE * 5):
                await self._subscribed.wait()

    async def _relay(self) -> None:
        """Pass on what others signal, as long as this process lives."""
        while True:
            try:
                await self._subscription()
            except (RedisError, OSError) as error:
                log.warning("signals of other processes cannot be followed: %s", type(error).__name__)
            self._subscribed.clear()
            self._was_cut = True
            await asyncio.sleep(PAUSE)

    async def _subscription(self) -> None:
        """Until the connection is cut, or is found to be dead by a question that nobody answers."""
        async with self._client.redis.pubsub() as subscription:
            await subscription.subscribe(CHANNEL)
            asked = False
            while True:
                message = await subscription.get_message(timeout=ANSWER_WITHIN if asked else SILENCE)
                if message is None and asked:
                    raise OSError("no answer")
                asked = message is None
                if message is None:
                    await subscription.ping()
                elif message["type"] == "subscribe":
                    self._subscribed.set()
                    if self._was_cut:
                        self._wake_all()
                elif message["type"] == "message":
                    self._pass_on(message["data"])

    def _pass_on(self, data: bytes) -> None:
        sender, _, channel = data.decode("utf-8", "replace").partition(" ")
        if sender != self._sender:
            self._local.wake(channel)

    def _wake_all(self) -> None:
        for channel in self._local.channels:
            self._local.wake(channel)
