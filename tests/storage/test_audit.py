"""What every audit does, in memory or on a database."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from engine.ports import AuditEvent, AuditLog, Sought
from storage.events import MOST_EVENTS
from storage.sql.audit import SqlAudit
from storage.sql.engine import SqliteDatabase
from storage.sql.tables import audit as audit_table

pytestmark = pytest.mark.anyio

EVENT = AuditEvent(
    "login_success",
    1_800_000_000.25,
    flow_id="f1",
    application_id="payroll",
    user_id="u1",
    username="Mara ✓",
    ip="2001:db8::1",
    why="because",
    details={"device": "d1"},
)


async def test_an_event_comes_back_as_it_was_recorded(audit: AuditLog) -> None:
    """With all its parts, or with none."""
    bare = AuditEvent("started", 2.0)
    await audit.record(EVENT)
    await audit.record(bare)
    assert list(await audit.recent()) == [bare, EVENT]


async def test_events_of_one_call_are_all_there_in_their_order(audit: AuditLog) -> None:
    """As many as one turn of a login may have."""
    events = [replace(EVENT, name=f"e{number}", details={"n": str(number)}) for number in range(30)]
    await audit.record(*events[:1])
    await audit.record(*events[1:])
    assert list(await audit.recent()) == events[::-1]


async def test_the_newest_events_come_first(audit: AuditLog) -> None:
    """In the order they were recorded, whatever their times; as many as asked for, at most the limit."""
    for number in range(5):
        await audit.record(AuditEvent(str(number), float(-number)))
    assert [one.name for one in await audit.recent(limit=3)] == ["4", "3", "2"]
    assert len(await audit.recent(limit=10**12)) == 5 < MOST_EVENTS
    assert list(await audit.recent(limit=0)) == list(await audit.recent(limit=-1)) == []


async def test_the_events_of_one_flow_can_be_told_apart(audit: AuditLog) -> None:
    """Only those of that flow, newest first."""
    for name, flow_id in (("a", "f1"), ("b", "f2"), ("c", None), ("d", "f1")):
        await audit.record(AuditEvent(name, 1.0, flow_id=flow_id))
    assert [one.name for one in await audit.recent(flow_id="f1")] == ["d", "a"]
    assert list(await audit.recent(flow_id="\ud800")) == list(await audit.recent(flow_id="")) == []


async def test_hostile_text_is_recorded_cleaned_and_cut(audit: AuditLog) -> None:
    """An event is never lost because of what somebody typed."""
    hostile = "\ud800\0" + "x" * 100_000
    details = {f"{n}{hostile}": hostile for n in range(1000)}
    await audit.record(replace(EVENT, username=hostile, why="' -- \n", details=details))
    recorded = (await audit.recent())[0]
    assert recorded.username == "\ufffd\ufffd" + "x" * 998
    assert recorded.why == "' -- \n"
    assert len(recorded.details) == 32


async def test_a_recorded_event_cannot_be_changed_or_removed(database: SqliteDatabase) -> None:
    """The database itself refuses, whoever asks."""
    audit = SqlAudit(database)
    await audit.record(EVENT)
    for statement in (audit_table.update().values(name="harmless"), audit_table.delete()):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            await database.write(database.prepare(statement))
    assert list(await audit.recent()) == [EVENT]


async def test_events_are_sought_page_by_page(audit: AuditLog) -> None:
    """Newest first by time; each part of the question narrows it, and hostile text finds nothing."""
    for number in range(6):
        await audit.record(replace(EVENT, at=float(number // 2), name=f"e{number}", user_id=f"u{number % 2}"))
    everything = await audit.page(Sought(), before=None, limit=9)
    assert [one.name for _, one in everything] == ["e5", "e4", "e3", "e2", "e1", "e0"]
    first = await audit.page(Sought(user_id="u1"), before=None, limit=2)
    assert [one.name for _, one in first] == ["e5", "e3"]
    assert [one.name for _, one in await audit.page(Sought(user_id="u1"), before=first[-1][0], limit=2)] == ["e1"]
    within = Sought(since=1.0, until=2.0, flow_id="f1", application_id="payroll")
    assert [one.name for _, one in await audit.page(within, before=None, limit=9)] == ["e3", "e2"]
    for nothing in (Sought(name="\ud800"), Sought(name="x"), Sought(flow_id="")):
        assert list(await audit.page(nothing, before=None, limit=9)) == []
