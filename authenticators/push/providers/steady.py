"""Tries again what may pass, and lets a provider that is down rest, so that it costs the next logins nothing.

Knows no provider: it is given one try as a function, and says how it ended.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from engine.ports import Handed, NotNow


@dataclass(frozen=True, slots=True)
class Again:
    """This try failed and a later one may not.  after: seconds that the provider asks us to wait; None: as we like."""

    why: str
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Down:
    """The provider does nothing for anybody, and a try a moment later is useless: an admin has to look."""

    why: str


Ended = Handed | Again | Down
"""How one try ended."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a provider is borne.

    tries: for one message; try_seconds, total_seconds: for one try, and for all with their pauses.  pause: seconds
    before the second try, twice as long before each further one.  failures: messages lost one after the other before it
    rests; rest, longest_rest: seconds, twice as long each time it has not come back.
    """

    tries: int = 4
    try_seconds: float = 5.0
    total_seconds: float = 12.0
    pause: float = 0.25
    failures: int = 3
    rest: float = 5.0
    longest_rest: float = 60.0


PATIENCE = Patience()

Attempt = Callable[[], Awaitable[Ended]]


class Steady:
    """One provider's record: how it did lately, and until when it rests."""

    def __init__(self, patience: Patience = PATIENCE, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._patience = patience
        self._monotonic = monotonic
        self._failures = 0
        self._rests_until = 0.0
        self._probing = False

    @property
    def is_resting(self) -> bool:
        """Whether it failed lately, and has not been seen to work since."""
        return self._failures >= self._patience.failures or self._monotonic() < self._rests_until

    async def send(self, attempt: Attempt, *, within: float) -> Handed:
        """Hand one message over.  within: seconds that it is of use."""
        if self._monotonic() < self._rests_until or self._probing:
            return NotNow("provider.resting")
        seconds = min(within, self._patience.total_seconds)
        if self._failures < self._patience.failures:
            ended = await self._tried(attempt, seconds)
        else:
            ended = await self._probed(attempt, seconds)
        match ended:
            case Again(why, after):
                self._failed(after)
                return NotNow(why)
            case Down(why):
                self._failed()
                return NotNow(why, alert=True)
            case _:
                self._failures, self._rests_until = 0, 0.0
                return ended

    async def _probed(self, attempt: Attempt, seconds: float) -> Ended:
        """One try, by which the provider shows whether it is back; whoever comes meanwhile finds it resting."""
        self._probing = True
        try:
            return await self._once(attempt, seconds)
        finally:
            self._probing = False

    async def _tried(self, attempt: Attempt, seconds: float) -> Ended:
        """The last try's end."""
        ends, pause = self._monotonic() + seconds, self._patience.pause
        for left in reversed(range(self._patience.tries)):
            ended = await self._once(attempt, ends - self._monotonic())
            if not isinstance(ended, Again) or not left:
                return ended
            wait = pause * random.uniform(0.5, 1.5) if ended.after is None else ended.after  # noqa: S311
            if self._monotonic() + wait >= ends:
                return ended
            await asyncio.sleep(wait)
            pause *= 2
        raise AssertionError("a message is tried once at least")

    async def _once(self, attempt: Attempt, seconds: float) -> Ended:
        try:
            async with asyncio.timeout(min(seconds, self._patience.try_seconds)):
                return await attempt()
        except TimeoutError:
            return Again("provider.slow")

    def _failed(self, after: float | None = None) -> None:
        """One message was lost.  It takes several in a row to rest: one may be lost for its own device's sake."""
        self._failures += 1
        over = self._failures - self._patience.failures
        if over >= 0:
            rest = max(self._patience.rest * 2 ** min(over, 16), after or 0.0)
            self._rests_until = self._monotonic() + min(rest, self._patience.longest_rest)
