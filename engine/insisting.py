"""Trying again what a busy store held up, for work that nobody waits for and that may be done twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from engine.errors import Busy

T = TypeVar("T")

_PAUSES = (0.1, 1.0, 5.0)
"""Seconds before each further try."""


async def insist(attempt: Callable[[], Awaitable[T]]) -> T:
    """The result of *attempt*, made again while the store is busy.  Raises Busy after the last try."""
    for pause in _PAUSES:
        try:
            return await attempt()
        except Busy:
            await asyncio.sleep(pause)
    return await attempt()
