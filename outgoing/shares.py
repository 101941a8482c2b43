"""How many calls run at a time: in all, and of one owner, so that one slow service does not stop everybody's calls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

MOST_CALLS = 64
"""Calls of this process at a time."""
MOST_OF_ONE = 16
"""Calls of one owner at a time."""
MOST_WAITING = 256
"""Calls of one owner that wait for their turn."""


class Crowded(Exception):
    """Too many calls of this owner wait already."""


@dataclass(slots=True)
class _Share:
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_OF_ONE))
    present: int = 0


class Shares:
    """Hands out turns.  Who waits may be cancelled at any time."""

    def __init__(self) -> None:
        self._all = asyncio.Semaphore(MOST_CALLS)
        self._owners: dict[str, _Share] = {}

    @asynccontextmanager
    async def turn(self, owner: str) -> AsyncIterator[None]:
        """Hold one of *owner*'s turns.  Raises Crowded at once when too many wait."""
        share = self._owners.setdefault(owner, _Share())
        if share.present >= MOST_OF_ONE + MOST_WAITING:
            raise Crowded
        share.present += 1
        try:
            async with share.turns, self._all:
                yield
        finally:
            share.present -= 1
            if not share.present:
                del self._owners[owner]
