"""Turns of calls: so many of one owner, so many in all, and none remembered that is over."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from outgoing.shares import MOST_CALLS, MOST_OF_ONE, MOST_WAITING, Crowded, Shares

pytestmark = pytest.mark.anyio


async def test_an_owner_without_a_call_is_forgotten() -> None:
    """Not before its last call is over."""
    shares = Shares()
    async with shares.turn("a"):
        async with shares.turn("a"):
            pass
        assert list(shares._owners) == ["a"]
    assert shares._owners == {}


async def test_a_turn_that_ends_makes_room_for_one_and_no_more() -> None:
    """The count is exact, whoever leaves: done, failed or cancelled."""
    shares = Shares()
    async with AsyncExitStack() as stack:
        for _ in range(MOST_OF_ONE):
            await stack.enter_async_context(shares.turn("a"))
        waiting = [asyncio.create_task(_held(shares)) for _ in range(MOST_WAITING)]
        await asyncio.sleep(0)
        for _ in range(2):
            with pytest.raises(Crowded):
                await _held(shares)
            waiting.pop().cancel()
            await asyncio.sleep(0)
            waiting.append(asyncio.create_task(_held(shares)))
            await asyncio.sleep(0)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    assert shares._owners == {}


async def test_all_owners_together_have_a_limit() -> None:
    """The last who comes waits, and goes on when somebody is done."""
    shares = Shares()
    async with AsyncExitStack() as stack:
        for number in range(MOST_CALLS):
            await stack.enter_async_context(shares.turn(f"owner {number}"))
        late = asyncio.create_task(_held(shares))
        await asyncio.sleep(0)
        assert not late.done()
    await late


async def _held(shares: Shares) -> None:
    async with shares.turn("a"):
        pass
