"""Nobody gets in unseen: a success that could not be written down is none, for any request of that login."""

from __future__ import annotations

import asyncio

import pytest

from engine.errors import Busy, LoginGone
from engine.outcome import Answer, Granted, Page
from engine.ports import AuditEvent
from tests.engine.world import Visit, World

pytestmark = pytest.mark.anyio


async def at_the_last_step(world: World) -> tuple[Visit, Answer]:
    """A login whose next answer lets in; each look at the store takes a second."""
    await world.configure(steps={1: "password"})
    visit = await world.start()
    assert isinstance(visit.reply, Page)
    read = world.state.read

    async def slow(kind: str, key: str) -> object:
        await asyncio.sleep(0)
        world.clock.now += 1
        return await read(kind, key)

    world.state.read = slow  # type: ignore[method-assign, assignment]
    return visit, Answer({"username": "mara", "word": "yes"}, token=visit.reply.token)


async def test_a_second_request_learns_of_a_success_that_was_written_down(world: World) -> None:
    """Two clicks are one login, and the browser shows the answer to the second."""
    visit, answer = await at_the_last_step(world)
    posts = (world.engine.answer(visit.flow_id, visit.secret, answer) for _ in range(2))
    first, second = await asyncio.gather(*posts)
    assert isinstance(first, Granted)
    assert first == second


async def test_a_success_that_is_not_in_the_audit_lets_nobody_in(world: World) -> None:
    """Neither the request that ended the login, nor one that came at the same time."""
    visit, answer = await at_the_last_step(world)
    record = world.audit.record

    async def failing(*events: AuditEvent) -> None:
        if any(event.name == "login_succeeded" for event in events):
            raise Busy("the audit is full")
        await record(*events)

    world.audit.record = failing  # type: ignore[method-assign]
    posts = (world.engine.answer(visit.flow_id, visit.secret, answer) for _ in range(2))
    first, second = await asyncio.gather(*posts, return_exceptions=True)
    assert isinstance(first, Busy)
    assert isinstance(second, LoginGone)
    assert "audit" in second.detail
