"""Two who answer at the same time: one step is made, and the other learns where the login is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from engine.errors import LoginGone
from engine.outcome import Answer, Granted, Page, Reply
from storage.memory import MemoryState
from tests.engine.world import Visit, World

pytestmark = pytest.mark.anyio

Meanwhile = Callable[[], Awaitable[object]]


class Overtaken(MemoryState):
    """A store in which somebody else comes in just before a login is written, once."""

    meanwhile: Meanwhile | None = None

    async def replace(self, kind: str, key: str, value: bytes, *, revision: int, expires_at: float) -> bool:
        """Let the other one in, then write."""
        if kind == "login" and self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile()
        return await super().replace(kind, key, value, revision=revision, expires_at=expires_at)


@pytest.fixture
def store(world: World) -> Overtaken:
    """The world's store, in which races can be made."""
    world.state = store = Overtaken(world.clock)
    world.engine = world.another_engine()
    return store


def by_another_process(world: World, visit: Visit, **fields: str) -> Callable[[], Awaitable[Reply]]:
    """The same form, answered by a second engine a moment later."""
    assert isinstance(visit.reply, Page)
    answer = Answer(fields, token=visit.reply.token)

    async def post() -> Reply:
        world.clock.now += 1
        return await world.another_engine().answer(visit.flow_id, visit.secret, answer)

    return post


async def test_who_loses_a_race_sees_where_the_login_is(world: World, store: Overtaken) -> None:
    """The page that the other answer led to, marked as such; nothing is done twice."""
    await world.configure()
    visit = await world.start()
    store.meanwhile = by_another_process(world, visit, username="mara", word="yes")
    await visit.prove("mara")
    assert isinstance(visit.reply, Page)
    assert (visit.page, visit.reply.out_of_date, visit.reply.message) == ("push", True, "login.out_of_date")
    assert (await world.why()).count("step_succeeded") == 1
    await visit.prove()
    assert visit.page == "in"


async def test_who_asked_before_the_end_learns_the_same_end(world: World, store: Overtaken) -> None:
    """One result with one ticket, for both."""
    await world.configure(steps={1: "password"})
    visit = await world.start()
    ends: list[Reply] = []
    post = by_another_process(world, visit, username="mara", word="yes")

    async def meanwhile() -> None:
        ends.append(await post())

    store.meanwhile = meanwhile
    await visit.prove("mara")
    (other,) = ends
    assert isinstance(visit.reply, Granted)
    assert isinstance(other, Granted)
    assert visit.reply.result.ticket == other.result.ticket
    assert (await world.why()).count("login_succeeded") == 1


async def test_a_second_click_waits_for_the_first(world: World, store: Overtaken) -> None:
    """In one process the answers to one login are taken one after the other."""
    await world.configure()
    visit = await world.start()
    assert isinstance(visit.reply, Page)
    second: list[asyncio.Task[Reply]] = []
    answer = Answer({"username": "mara", "word": "yes"}, token=visit.reply.token)

    async def meanwhile() -> None:
        second.append(asyncio.create_task(world.engine.answer(visit.flow_id, visit.secret, answer)))
        for _ in range(5):
            await asyncio.sleep(0)
        assert not second[0].done()

    store.meanwhile = meanwhile
    await visit.prove("mara")
    assert isinstance(visit.reply, Page)
    late = await second[0]
    assert isinstance(late, Page)
    assert (visit.reply.out_of_date, late.out_of_date, late.page) == (False, True, "push")


async def test_starting_over_after_somebody_went_on_changes_nothing(world: World, store: Overtaken) -> None:
    """The login that went on is not ended by a click on a page it has left."""
    await world.configure()
    visit = await world.start()
    assert isinstance(visit.reply, Page)
    token = visit.reply.token
    store.meanwhile = by_another_process(world, visit, username="mara", word="yes")
    with pytest.raises(LoginGone):
        await world.engine.restart(visit.flow_id, visit.secret, token)
    assert (await world.engine.show(visit.flow_id, visit.secret)).page == "push"
