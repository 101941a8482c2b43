"""One login, one person: what somebody else proved, here or in the browser's session, never counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.addresses import network
from engine.model import Subject
from engine.outcome import Answer, Challenge, Granted, Outcome, Proof, StepContext, Success
from engine.registry import Registry
from engine.sessions import Sessions
from tests.engine.test_script import script
from tests.engine.world import MARA, NOAH, Visit, Word, World

pytestmark = pytest.mark.anyio


class Anybody(Word):
    """A factor that is wrong about people: it shows mara's page and then proves noah."""

    async def begin(self, step: StepContext) -> Outcome:
        return replace(await self.show(step), subject=Subject("mara", MARA.id))

    async def show(self, step: StepContext) -> Challenge:
        return Challenge(self.id)

    async def submit(self, step: StepContext, answer: Answer) -> Outcome:
        proof = Proof(NOAH.id, self.credential, NOAH.credential_version, "any")
        return Success(Subject("noah", NOAH.id), proof)


async def session_of(visit: Visit) -> str:
    """The cookie of the session that a login ended in."""
    assert isinstance(visit.reply, Granted), visit.page
    assert visit.reply.result.session is not None
    return visit.reply.result.session


async def test_a_proof_of_another_person_ends_the_login(world: World) -> None:
    """Whoever a page was shown for, it is theirs alone."""
    world.registry = Registry([*world.registry, Anybody("anybody", world.directory)])
    world.engine = world.another_engine()
    await world.configure(steps={1: "anybody"})
    visit = await world.start()
    await visit.post()
    assert visit.page == "out: login.refused"
    assert not any(told.startswith("step_succeeded") for told in await world.why())


async def test_the_sessions_proofs_do_not_count_for_another_person(world: World) -> None:
    """The browser remembers mara; who says noah in it proves noah's factors."""
    await world.configure(steps={1: "password"})
    session = await session_of(await (await world.start()).prove("mara"))
    await world.configure(
        script("executeStep(1, {stepOptions: {forceAuth: 'true'}}, {onSuccess: function () { executeStep(2); }});"),
        steps={1: "name", 2: "password"},
    )
    visit = await world.start(session=session)
    await visit.prove("noah")
    assert visit.page == "password"
    await visit.prove()
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.user_id == NOAH.id


async def test_a_disabled_person_is_not_named_by_a_session(world: World) -> None:
    """The step that asks who it is asks again."""
    await world.configure(steps={1: "password"})
    session = await session_of(await (await world.start()).prove("mara"))
    await world.configure(steps={1: "name", 2: "password"})
    await world.directory.set_enabled(MARA.id, False)
    assert (await world.start(session=session)).page == "name"


async def test_what_an_ended_session_remembered_is_not_carried_on(world: World) -> None:
    """A login that leans on nothing of it succeeds, and its session knows only what it proved itself."""
    await world.configure(steps={1: "password"})
    first = await session_of(await (await world.start()).prove("mara"))
    await world.configure(steps={1: "push"})
    visit = await world.start(session=first)
    assert visit.page == "push"
    sessions = Sessions(world.state, world.clock)
    for session in await sessions.of_user(MARA.id):
        await sessions.end(session)
    second = await session_of(await visit.prove("mara"))
    await world.configure(steps={1: "password"})
    assert (await world.start(session=second)).page == "password"


@pytest.mark.parametrize(
    ("written", "same"),
    [("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8::1", "2001:db8::ffff"), ("nonsense", "more nonsense")],
)
def test_one_network_written_differently_is_one(written: str, same: str) -> None:
    """Limits of an address cannot be passed by writing it another way."""
    assert network(written) == network(same)
