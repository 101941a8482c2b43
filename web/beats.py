"""Signs of life for all open streams of a process, from one task: a share of them each second."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

SECONDS = 45
"""Between two signs of life of one stream: proxies cut what is silent for 50 seconds or a minute."""

Beat = Callable[[], Awaitable[None]]


class Beats:
    """Streams that opened together do not beat together."""

    def __init__(self) -> None:
        self._shares: list[set[Beat]] = [set() for _ in range(SECONDS)]
        self._given = 0
        self._beating: asyncio.Task[None] | None = None

    @contextmanager
    def given(self, beat: Beat) -> Iterator[None]:
        """Call *beat* every so many seconds, as long as the block lasts."""
        share = random.choice(self._shares)  # noqa: S311 (spreads the beats, no secret)
        share.add(beat)
        self._given += 1
        if self._beating is None or self._beating.done():
            self._beating = asyncio.create_task(self._go_on())
        try:
            yield
        finally:
            share.discard(beat)
            self._given -= 1

    async def _go_on(self) -> None:
        """Until nobody listens any more.  A beat fits into what the system buffers, so none holds up the others."""
        for share in itertools.cycle(self._shares):
            await asyncio.sleep(1)
            if not self._given:
                return
            for beat in tuple(share):
                await beat()
