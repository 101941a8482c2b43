"""Pages that wait, effects that leave, records that cannot be read."""

from __future__ import annotations

import asyncio

import pytest

from engine.errors import Busy, LoginGone
from engine.logins import LIFETIME
from engine.model import Application
from engine.outcome import Answer, Challenge, Effect, Granted, Outcome, Page, Refused, Status, StepContext
from engine.redirects import is_registered
from engine.registry import Registry
from tests.engine.test_script import begun
from tests.engine.world import Word, World

pytestmark = pytest.mark.anyio


class Bell(Word):
    """A factor whose page waits for a bell, and whose beginning rings at another's."""

    def __init__(self, world: World) -> None:
        super().__init__("bell", world.directory)
        self.word = "pending"
        self.rung: list[str] = []
        self.begun = 0
        self.patient = False
        self.busy = 0

    async def begin(self, step: StepContext) -> Outcome:
        self.begun += 1
        return Challenge("bell", channel="bell", effects=(Effect("ring", "a-bell"),))

    async def show(self, step: StepContext) -> Challenge:
        return Challenge("bell", channel="bell")

    async def submit(self, step: StepContext, answer: Answer) -> Outcome:
        if self.patient:
            return await self.show(step)
        return await super().submit(step, Answer({"username": "mara", "word": "yes"}, answer.request))

    async def status(self, step: StepContext) -> Status:
        return Status(self.word)

    async def deliver(self, effect: Effect) -> None:
        if self.busy:
            self.busy -= 1
            raise Busy("just now")
        self.rung.append(effect.reference)


async def waiting(world: World) -> Bell:
    """A world with a flow that waits for the bell."""
    bell = Bell(world)
    world.registry = Registry([*world.registry, bell])
    world.engine = world.another_engine()
    await world.configure(steps={1: "bell"})
    return bell


async def test_a_waiting_page_is_woken_and_asks_how_it_stands(world: World) -> None:
    """Whoever watches is called at each signal, until they leave."""
    bell = await waiting(world)
    visit = await world.start()
    woken: list[str] = []
    async with world.engine.watching(visit.flow_id, visit.secret, lambda: woken.append(bell.word)) as seconds:
        assert seconds == LIFETIME
        bell.word = "approved"
        await world.signals.notify("bell")
        assert (await world.engine.status(visit.flow_id, visit.secret)).word == "approved"
    await world.signals.notify("bell")
    assert woken == ["approved"]


async def test_a_page_that_waits_for_nothing_is_idle(world: World) -> None:
    """Asking how it stands is harmless everywhere."""
    await world.configure()
    visit = await world.start()
    assert (await world.engine.status(visit.flow_id, visit.secret)).word == "idle"


async def test_a_reload_shows_the_page_as_it_stands(world: World) -> None:
    """A step, a choice, a prompt."""
    await world.configure(steps={1: "password|push"})
    visit = await world.start()
    assert (await world.engine.show(visit.flow_id, visit.secret)).page == "choose"
    await visit.post(authenticator="push")
    assert (await world.engine.show(visit.flow_id, visit.secret)).page == "push"
    visit = await begun(world, "prompt('genericForm', {inputs: [{id: 'a'}]}, {onSuccess: function () {}});")
    assert (await world.engine.show(visit.flow_id, visit.secret)).page == "prompt"


async def test_an_effect_leaves_once_the_login_is_stored(world: World) -> None:
    """And there is nothing left to recover."""
    bell = await waiting(world)
    await world.start()
    await asyncio.sleep(0)
    for _ in range(10):
        await asyncio.sleep(0)
    assert bell.rung == ["a-bell"]
    assert await world.engine.recover() == 0


async def test_an_effect_that_a_busy_store_held_up_leaves_soon(world: World) -> None:
    """It is tried again at once, not when somebody looks at the outbox."""
    bell = await waiting(world)
    bell.busy = 2
    await world.start()
    for _ in range(200):
        await asyncio.sleep(0 if bell.rung else 0.05)
    assert bell.rung == ["a-bell"]
    assert await world.engine.recover() == 0


async def test_an_effect_of_a_process_that_died_leaves_when_one_starts(world: World) -> None:
    """The outbox names the login, the login names the effect; a login that is over is forgotten."""
    bell = await waiting(world)
    visit = await world.start()
    for _ in range(10):
        await asyncio.sleep(0)
    bell.rung.clear()
    await world.state.create("outbox", f"{visit.flow_id}:1", b"", expires_at=world.clock.now + 60, owner="outbox")
    assert await world.another_engine().recover() == 1
    assert bell.rung == ["a-bell"]
    await visit.post()
    await world.state.create("outbox", f"{visit.flow_id}:1", b"", expires_at=world.clock.now + 60, owner="outbox")
    assert await world.another_engine().recover() == 1
    assert bell.rung == ["a-bell"]
    assert await world.engine.recover() == 0


async def test_an_effect_not_yet_left_survives_the_next_answer(world: World) -> None:
    """The process that stored it died; another takes an answer first, and recovers the effect all the same."""
    bell = await waiting(world)
    visit = await world.start()
    for _ in range(10):
        await asyncio.sleep(0)
    bell.rung.clear()
    await world.state.create("outbox", f"{visit.flow_id}:1", b"", expires_at=world.clock.now + 60, owner="outbox")
    bell.patient = True
    await visit.post()
    assert visit.page == "bell"
    assert await world.another_engine().recover() == 1
    assert bell.rung == ["a-bell"]


async def test_coming_back_to_a_way_is_no_new_beginning(world: World) -> None:
    """Choose another way, then the first again: it goes on where it was left, and nothing leaves a second time."""
    bell = await waiting(world)
    await world.configure(steps={1: "bell|password"})
    visit = await world.start()
    await visit.post(authenticator="bell")
    for _ in range(3):
        await visit.post(action="choose")
        await visit.post(authenticator="password")
        await visit.post(action="choose")
        await visit.post(authenticator="bell")
    for _ in range(10):
        await asyncio.sleep(0)
    assert (visit.page, bell.rung, bell.begun) == ("bell", ["a-bell"], 1)


async def test_an_effect_announced_but_not_stored_yet_is_not_forgotten(world: World) -> None:
    """Another process that looks in between leaves it to the one that is about to store the login."""
    bell = await waiting(world)
    visit = await world.start()
    for _ in range(10):
        await asyncio.sleep(0)
    bell.rung.clear()
    await world.state.create("outbox", f"{visit.flow_id}:2", b"", expires_at=world.clock.now + 60, owner="outbox")
    assert await world.another_engine().recover() == 1
    assert bell.rung == []
    assert len(await world.state.owned("outbox", "outbox")) == 1


@pytest.mark.parametrize("damage", [b"", b"not a record", b"\x80"])
async def test_a_record_that_cannot_be_read_is_a_login_that_is_gone(world: World, damage: bytes) -> None:
    """Start again; never go on."""
    await world.configure()
    visit = await world.start()
    stored = await world.state.read("login", visit.flow_id)
    assert stored is not None
    await world.state.replace(
        "login", visit.flow_id, damage, revision=stored.revision, expires_at=world.clock.now + 60
    )
    with pytest.raises(LoginGone):
        await visit.prove("mara")


async def test_a_session_that_cannot_be_read_proves_nothing(world: World) -> None:
    """It is as if there were none."""
    await world.configure(steps={1: "password"})
    visit = await world.start()
    await visit.prove("mara")
    assert isinstance(visit.reply, Granted)
    cookie = visit.reply.result.session
    assert cookie is not None
    (session,) = await world.engine._sessions.of_user("u-mara")
    stored = await world.state.read("session", session.id)
    assert stored is not None
    await world.state.replace(
        "session", session.id, b"nonsense", revision=stored.revision, expires_at=world.clock.now + 60
    )
    assert (await world.start(session=cookie)).page == "password"


async def test_a_name_asked_for_is_known_from_the_session(world: World) -> None:
    """A step that asks only who it is, is answered by the session's user."""
    await world.configure(steps={1: "name", 2: "password"})
    visit = await world.start()
    await visit.prove("mara")
    await visit.prove()
    assert isinstance(visit.reply, Granted)
    cookie = visit.reply.result.session
    await world.configure(steps={1: "name", 2: "push"})
    visit = await world.start(session=cookie)
    assert isinstance(visit.reply, Page)
    assert (visit.page, visit.reply.username) == ("push", "mara")


async def test_what_a_script_logs_does_not_disturb_it(world: World) -> None:
    """Any values, any number of them."""
    visit = await begun(
        world,
        """for (var i = 0; i < 150; i++) { Log.info('n', i, {a: 1}, null); }
           Log.debug('x\\ny'); Log.error(); Log.log('z'); executeStep(1);""",
    )
    assert visit.page == "password"


async def test_a_script_without_warn_fails_as_any_other_error(world: World) -> None:
    """There is no Log.warn."""
    visit = await begun(world, "Log.warn('x'); executeStep(1);")
    assert isinstance(visit.reply, Refused)
    assert visit.page == "out: script.error"


@pytest.mark.parametrize(
    ("uri", "public", "allowed"),
    [
        ("http://127.0.0.1:5000/cb", True, True),
        ("http://127.0.0.1/cb", True, True),
        ("http://[::1]:99/cb", True, True),
        ("http://127.0.0.1:5000/cb", False, False),
        ("http://127.0.0.1:5000/other", True, False),
        ("http://127.0.0.1:x/cb", True, False),
        ("http://127.0.0.1.evil.test/cb", True, False),
        ("http://127.0.0.1@evil.test/cb", True, False),
        ("http://localhost:5000/cb", True, False),
        ("https://app.test/cb", False, True),
        ("https://app.test/cb/", False, False),
    ],
)
def test_only_the_port_of_a_loopback_address_is_free(uri: str, public: bool, allowed: bool) -> None:
    """RFC 8252 §7.3, for public clients; everything else to the letter."""
    registered = ("http://127.0.0.1:1/cb", "http://[::1]/cb", "https://app.test/cb")
    application = Application("app", "App", registered, "flow", secret_hash=None if public else "hash")
    assert is_registered(uri, application) is allowed
