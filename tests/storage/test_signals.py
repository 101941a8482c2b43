"""What all signals do, inside one process or between several."""

from __future__ import annotations

import asyncio

import pytest

from engine.errors import Busy
from engine.ports import Signals
from storage.signals import LocalSignals
from storage.sql.engine import SqliteDatabase
from storage.sql.signals import LIFETIME, SqlSignals
from tests.storage.conftest import SettableClock

pytestmark = pytest.mark.anyio

LONG = 30.0
"""Seconds: a test that waits so long has failed."""


async def test_a_waiter_is_woken(signals: Signals) -> None:
    """While it waits."""
    async with signals.listen("push:1") as wait:
        waiting = asyncio.ensure_future(wait(LONG))
        await asyncio.sleep(0)
        await signals.notify("push:1")
        assert await waiting


async def test_a_signal_between_entry_and_wait_is_not_lost(signals: Signals) -> None:
    """It ends the next wait, once."""
    async with signals.listen("push:1") as wait:
        await signals.notify("push:1")
        assert await wait(LONG)
        assert not await wait(0)


async def test_a_signal_between_two_waits_is_not_lost(signals: Signals) -> None:
    """However many come in between, one wait ends."""
    async with signals.listen("push:1") as wait:
        assert not await wait(0)
        await signals.notify("push:1")
        await signals.notify("push:1")
        assert await wait(LONG)
        assert not await wait(0)


async def test_all_who_listen_are_woken(signals: Signals) -> None:
    """Each on its own account; other channels sleep on."""
    async with signals.listen("a") as one, signals.listen("a") as two, signals.listen("b") as other:
        await signals.notify("a")
        assert await one(LONG)
        assert await two(LONG)
        assert not await other(0)


async def test_a_call_comes_at_each_signal(signals: Signals) -> None:
    """As long as the block lasts; beside those who wait."""
    called: list[str] = []
    async with signals.calling("a", lambda: called.append("woken")), signals.listen("a") as wait:
        await signals.notify("a")
        assert await wait(LONG)
        await signals.notify("b")
    await signals.notify("a")
    assert called == ["woken"]


async def test_a_signal_before_entry_wakes_nobody(signals: Signals) -> None:
    """Who comes later looks at the store."""
    await signals.notify("a")
    async with signals.listen("a") as wait:
        assert not await wait(0)


@pytest.mark.parametrize("channel", ["", "\ud800", "x" * 5000, "'; DROP TABLE signals"])
async def test_any_channel_can_be_listened_on(signals: Signals, channel: str) -> None:
    """A hostile name is a name."""
    async with signals.listen(channel) as wait:
        await signals.notify(channel)
        assert await wait(LONG)


async def test_nothing_is_left_of_a_channel_nobody_listens_on() -> None:
    """Also when a waiter is cancelled or fails."""
    signals = LocalSignals()

    async def waiter() -> None:
        async with signals.listen("a") as wait:
            await wait(LONG)

    waiting = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    assert signals.channels == {"a"}
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await signals.notify("a")
    assert signals.channels == frozenset()


async def test_the_number_of_listeners_is_bounded() -> None:
    """One too many is told to come later; a place that is left can be taken."""
    signals = LocalSignals(most_listeners=1)
    async with signals.listen("a"):
        with pytest.raises(Busy):
            async with signals.listen("b"):
                pass
    async with signals.listen("b"):
        assert signals.channels == {"b"}


async def test_another_process_is_woken(
    database: SqliteDatabase, other_database: SqliteDatabase, clock: SettableClock
) -> None:
    """Also one that begins to listen while its process follows already, and one that comes back after a rest."""
    one, other = SqlSignals(database, clock, pause=0.01), SqlSignals(other_database, clock, pause=0.01)
    for _ in range(2):
        async with other.listen("a") as first, other.listen("b") as second:
            await one.notify("a")
            assert await first(LONG)
            await one.notify("b")
            assert await second(LONG)
            assert not await first(0)
    await other.close()


async def test_old_signals_are_swept(database: SqliteDatabase, clock: SettableClock) -> None:
    """Those others may not have seen yet stay."""
    signals = SqlSignals(database, clock)
    await signals.notify("old")
    clock.now += LIFETIME
    await signals.notify("new")
    assert await signals.sweep() == 1
    assert await signals.sweep() == 0


async def test_a_busy_database_does_not_stop_the_own_process(
    database: SqliteDatabase, other_database: SqliteDatabase, clock: SettableClock
) -> None:
    """A signal is a hint: who sends it is not held up by an error."""
    signals = SqlSignals(database, clock, pause=0.01)
    async with signals.listen("a") as wait:
        await database.close()
        await signals.notify("a")
        assert await wait(LONG)
    await signals.close()
