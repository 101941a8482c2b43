"""What only the store in memory has: a bound."""

from __future__ import annotations

import pytest

from engine.errors import Busy
from engine.ports import AuditEvent
from storage.memory import MemoryAudit, MemoryState
from tests.storage.conftest import SettableClock

pytestmark = pytest.mark.anyio


async def test_a_full_store_refuses_new_records_and_serves_the_old(clock: SettableClock) -> None:
    """Logins under way can be finished; what has expired makes room for new ones."""
    state = MemoryState(clock, most_records=2)
    await state.create("login", "a", b"1", expires_at=clock.now + 10)
    await state.hit("tries", "mara", window=60)
    with pytest.raises(Busy):
        await state.create("login", "b", b"1", expires_at=clock.now + 10)
    with pytest.raises(Busy):
        await state.hit("tries", "tom", window=60)
    assert await state.hit("tries", "mara", window=60) == 2
    assert await state.replace("login", "a", b"2", revision=1, expires_at=clock.now + 20)
    clock.now += 20
    assert await state.create("login", "b", b"1", expires_at=clock.now + 10)


async def test_sweeping_removes_what_is_past_its_deadline(clock: SettableClock) -> None:
    """Records and counters, and nothing else."""
    state = MemoryState(clock)
    await state.create("login", "a", b"", expires_at=clock.now + 1, owner="mara")
    await state.create("login", "b", b"", expires_at=clock.now + 9, owner="mara")
    await state.hit("tries", "mara", window=1)
    clock.now += 1
    assert await state.sweep() == 2
    assert [one.key for one in await state.owned("login", "mara")] == ["b"]
    clock.now -= 1
    assert await state.read("login", "a") is None


async def test_only_the_newest_events_are_kept() -> None:
    """As many as the bound says."""
    audit = MemoryAudit(most_events=2)
    for name in "abc":
        await audit.record(AuditEvent(name, 1.0))
    assert [event.name for event in await audit.recent()] == ["c", "b"]
