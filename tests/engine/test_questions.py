"""What a script asks the world: a run that waits, an effect that is done once, a call whose outcome has its handler."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from dsl.hostapi import HostFunction, Parameter
from engine import outside
from engine.core import Engine, Ports
from engine.errors import Busy
from engine.functions import FUNCTIONS, Functions
from engine.functions.asking import ask, do, later, leave
from engine.outcome import Granted, Refused
from engine.questions import Asked, CallFailed
from storage.memory import MemoryState
from tests.engine.test_script import script
from tests.engine.world import Spawned, Visit, World

pytestmark = pytest.mark.anyio


class Unreachable(MemoryState):
    """A store that cannot be reached when a login is to be stored, as often as said.  effect: key of the last one."""

    times = 0
    effect = ""

    async def create(self, kind: str, key: str, value: bytes, *, expires_at: float, owner: str | None = None) -> bool:
        if kind == "effect":
            self.effect = key
        return await super().create(kind, key, value, expires_at=expires_at, owner=owner)

    async def replace(self, kind: str, key: str, value: bytes, *, revision: int, expires_at: float) -> bool:
        if kind == "login" and self.times > 0:
            self.times -= 1
            raise Busy("down")
        return await super().replace(kind, key, value, revision=revision, expires_at=expires_at)


class Desk:
    """Answers the questions of these tests, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.trouble: list[Exception] = []

    async def answer(self, asked: Asked) -> Any:
        self.asked.append(str(asked.arguments.get("what")))
        if self.trouble:
            raise self.trouble.pop(0)
        return {"what": asked.arguments.get("what"), "times": len(self.asked)}

    def functions(self) -> Functions:
        declared = (
            HostFunction(
                "look", (Parameter("what", "string"),), lambda r, a: ask(r, "desk", what=a[0]).data, waits=True
            ),
            HostFunction("act", (Parameter("what", "string"),), lambda r, a: do(r, "desk", what=a[0]).data, waits=True),
            HostFunction("soon", (Parameter("what", "string"),), lambda r, a: later(r, "desk", what=a[0])),
            HostFunction(
                "call",
                (Parameter("what", "string"), Parameter("handlers")),
                lambda r, a: leave(r, "desk", a[1], what=a[0]),
            ),
        )
        return Functions((*FUNCTIONS.declared, *declared), {**FUNCTIONS.works, "desk": self.answer}, frozenset())


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def begun(world: World, desk: Desk, body: str) -> Visit:
    """A login under a script with that body, which may call the desk."""
    await world.configure(script(body))
    ports = Ports(world.state, world.directory, world.configuration, world.audit, world.signals, Spawned(), world.clock)
    world.engine = Engine(ports, world.registry, desk.functions())
    return await world.start()


async def test_a_run_that_waits_for_answers_sees_each_once_and_in_order(world: World, desk: Desk) -> None:
    """It is run anew for each, from the same heap, with what is known already at hand."""
    visit = await begun(
        world, desk, "var a = look('x'), b = look('y'); if (a.what + b.what === 'xy' && b.times === 2) executeStep(1);"
    )
    assert visit.page == "password"
    assert desk.asked == ["x", "y"]


async def test_a_run_that_stops_to_wait_leaves_no_trace(world: World, desk: Desk) -> None:
    """What it wrote before the question is written once, by the run that came to its end."""
    visit = await begun(
        world,
        desk,
        """
        executeStep(1, {onSuccess: function (context) {
            context.data.count = (context.data.count || 0) + 1;
            context.currentKnownSubject.localClaims['urn:count'] =
                (context.currentKnownSubject.localClaims['urn:count'] || '') + 'x';
            context.selectedAcr = (context.selectedAcr || '') + 'a';
            look('x');
            look('y');
            if (context.data.count !== 1) { fail(); }
        }});
        """,
    )
    await visit.prove("mara")
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.acr == "a"
    user = await world.directory.user("u-mara")
    assert user is not None
    assert user.claims["urn:count"] == "x"


async def test_random_numbers_and_the_clock_are_the_same_when_a_run_starts_again(world: World, desk: Desk) -> None:
    """Otherwise it could ask something else than the first time."""
    visit = await begun(
        world, desk, "var t = Date.now(), n = Math.random(); look(String(n)); look(String(n) + t); executeStep(1);"
    )
    assert visit.page == "password"
    assert desk.asked[1].startswith(desk.asked[0])


async def test_an_effect_is_done_once_though_the_answer_comes_twice(world: World, desk: Desk) -> None:
    """A second run of the same revision, here after the login could not be stored, gets the result of the first."""
    world.state = store = Unreachable(world.clock)
    visit = await begun(world, desk, "executeStep(1, {onSuccess: function () { act('charge'); executeStep(2); }});")
    store.times = 1
    with pytest.raises(Busy):
        await visit.prove("mara")
    await visit.prove("mara")
    assert visit.page == "push"
    assert desk.asked == ["charge"]


async def test_an_effect_that_never_told_its_result_is_not_repeated(world: World, desk: Desk) -> None:
    """Nobody knows whether it took place, so it counts as failed."""
    visit = await begun(
        world,
        desk,
        "executeStep(1, {onSuccess: function () { if (act('charge') == null) { executeStep(2); } }});",
    )
    desk.trouble.append(Busy("the process is killed here"))
    with pytest.raises(Busy):
        await visit.prove("mara")
    with pytest.raises(Busy):
        await visit.prove("mara")
    world.clock.now += 31
    await visit.prove("mara")
    assert visit.page == "push"
    assert desk.asked == ["charge"]


async def test_the_outcome_of_a_call_goes_to_its_handler_with_what_came_back(world: World, desk: Desk) -> None:
    """It is asked when its turn comes, not when the script wrote it down."""
    visit = await begun(
        world,
        desk,
        """
        var seen = 'closure';
        executeStep(1);
        call('risk', {onSuccess: function (context, data) {
            if (data.what === 'risk' && seen === 'closure' && context.steps[1].subject.username === 'mara') {
                executeStep(2);
            }
        }});
        """,
    )
    assert desk.asked == []
    await visit.prove("mara")
    assert visit.page == "push"


@pytest.mark.parametrize(
    ("trouble", "handler"),
    [
        (CallFailed({"status": 500}), "onFail"),
        (CallFailed(timed_out=True), "onTimeout"),
        (TimeoutError(), "onTimeout"),
        (KeyError("a plugin's own fault"), "onFail"),
    ],
)
async def test_whatever_goes_wrong_in_a_call_goes_to_one_handler(
    world: World, desk: Desk, trouble: Exception, handler: str
) -> None:
    """A fault of a plugin too: it is no reason to let anyone in, nor to show a server error."""
    desk.trouble.append(trouble)
    visit = await begun(
        world,
        desk,
        f"call('risk', {{onSuccess: function () {{ executeStep(2); }}, {handler}: function (c, data) {{"
        " executeStep(1); }});",
    )
    assert visit.page == "password"


async def test_an_outcome_without_its_handler_ends_the_login(world: World, desk: Desk) -> None:
    """Closed, also where a factor was proven before: the script said nothing of this case."""
    desk.trouble.append(CallFailed())
    visit = await begun(
        world, desk, "executeStep(1, {onSuccess: function () { call('risk', {onSuccess: function () {}}); }});"
    )
    await visit.prove("mara")
    assert isinstance(visit.reply, Refused)
    assert "login_failed: script.no_handler" in await world.why()


async def test_what_nobody_waits_for_is_asked_after_the_login_is_stored(world: World, desk: Desk) -> None:
    """And not at all when the run it stood in failed."""
    visit = await begun(world, desk, "soon('told'); executeStep(1, {onSuccess: function () { soon('lost'); no(); }});")
    await visit.prove("mara")
    await asyncio.sleep(0)
    assert isinstance(visit.reply, Refused)
    assert desk.asked == ["told"]


async def test_a_handler_that_asks_without_end_is_stopped(world: World, desk: Desk) -> None:
    """Each answer runs it once more, so their number is bounded."""
    visit = await begun(world, desk, "for (var i = 0; ; i++) { look('q' + i); }")
    assert isinstance(visit.reply, Refused)
    assert len(desk.asked) == 50


@pytest.mark.parametrize("stored", [b"", b"\xc1", b"\x93\x00\x00\x00", b"\x81\xa8begun_at\xcb" + bytes(8)])
async def test_what_cannot_be_read_of_an_effect_counts_as_failed(world: World, desk: Desk, stored: bytes) -> None:
    """A damaged record, or one of another release: the effect is not repeated, and nothing breaks."""
    world.state = store = Unreachable(world.clock)
    visit = await begun(
        world, desk, "executeStep(1, {onSuccess: function () { if (act('x') == null) { executeStep(2); } }});"
    )
    store.times = 1
    with pytest.raises(Busy):
        await visit.prove("mara")
    kept = await store.read("effect", store.effect)
    assert kept is not None
    await store.replace("effect", kept.key, stored, revision=kept.revision, expires_at=kept.expires_at)
    await visit.prove("mara")
    assert (visit.page, desk.asked) == ("push", ["x"])


async def test_a_result_that_is_too_large_to_be_kept_is_a_failure(world: World, desk: Desk) -> None:
    """What one login may put into the store is bounded."""
    desk.trouble.append(CallFailed("x" * 300_000))
    visit = await begun(
        world, desk, "call('big', {onFail: function (c, data) { if (data.reason === 'too_large') executeStep(1); }});"
    )
    assert visit.page == "password"


@pytest.fixture
def out_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """One request may wait for a twentieth of a second in all."""
    monkeypatch.setattr(outside, "LONGEST_OF_TURN", 0.05)


class SlowDesk(Desk):
    """Never answers."""

    async def answer(self, asked: Asked) -> Any:
        self.asked.append(str(asked.arguments.get("what")))
        await asyncio.sleep(3600)


@pytest.mark.usefixtures("out_of_time")
async def test_a_request_that_waited_too_long_asks_no_more_in_a_run(world: World) -> None:
    """The question under way times out; the next one ends the login, and the audit says in which line."""
    desk = SlowDesk()
    visit = await begun(world, desk, "if (!look('x')) {\n  try { act('y'); } catch (e) {} executeStep(1); }")
    assert visit.page == "out: script.error"
    assert desk.asked == ["x"]
    (why,) = [told for told in await world.why() if told.startswith("script_error")]
    assert "line 3: the answers to the questions before this one took too long" in why


@pytest.mark.usefixtures("out_of_time")
async def test_a_request_that_waited_too_long_makes_no_further_call(world: World) -> None:
    """Calls in the queue time out at once, and the script says what follows."""
    desk = SlowDesk()
    handlers = "{onTimeout: function () { call('y', {onTimeout: function () { executeStep(1); }}); }}"
    visit = await begun(world, desk, f"call('x', {handlers});")
    assert visit.page == "password"
    assert desk.asked == ["x"]


@pytest.mark.usefixtures("out_of_time")
async def test_the_next_request_has_its_own_time(world: World) -> None:
    """What one request waited is no debt of the login."""
    desk = SlowDesk()
    step = "executeStep(1, {onSuccess: function () { look('y'); executeStep(2); }});"
    visit = await begun(world, desk, f"{step} look('x');")
    assert (await visit.prove("mara")).page == "push"
    assert desk.asked == ["x", "y"]


async def test_what_is_left_for_later_is_bounded(world: World, desk: Desk) -> None:
    """A loop leaves no endless work behind a login."""
    visit = await begun(world, desk, "for (var i = 0; i < 21; i++) { soon('x'); } executeStep(1);")
    assert visit.page == "out: script.error"
    assert desk.asked == []
