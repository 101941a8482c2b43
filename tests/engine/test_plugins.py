"""Functions that an operator adds: what they are given, what may come back, and which are refused."""

from __future__ import annotations

import asyncio
from asyncio import CancelledError
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import EntryPoint
from threading import Barrier, Event
from typing import Any

import pytest

from engine import outside
from engine.apart import MOST_LEFT, Apart, Unanswering
from engine.core import Engine, Ports
from engine.errors import Busy
from engine.outcome import Refused
from engine.plugins import BadPlugin, Facts, Parameter, Plugin, PluginError, load, with_plugins
from tests.engine.test_script import script
from tests.engine.world import Spawned, Visit, World

pytestmark = pytest.mark.anyio


async def begun(world: World, plugin: Plugin, body: str) -> Visit:
    """A login under a script with that body, in a house with that plugin."""
    await world.configure(script(body))
    ports = Ports(
        world.state, world.directory, world.configuration, world.audit, world.signals, Spawned(), world.clock
    )
    world.engine = Engine(ports, world.registry, with_plugins([plugin]))
    return await world.start()


def plugin(call: Any, *parameters: Parameter, **more: Any) -> Plugin:
    """A plugin named `mine`."""
    return Plugin("mine", call, "A test's.", parameters, **more)


async def test_a_plugin_is_given_plain_data_and_the_facts_of_the_login(world: World) -> None:
    """By the types it declared; a user is a person, and what is no user is nobody."""
    seen: list[Any] = []

    async def call(facts: Facts, *given: Any) -> str:
        seen.append((facts, given))
        return "done"

    types = ("string", "number", "boolean", "any", "user", "user")
    visit = await begun(
        world,
        plugin(call, *(Parameter(f"p{number}", type) for number, type in enumerate(types))),
        """
        executeStep(1, {onSuccess: function (context) {
            var said = mine(5, '7', 'x', {a: [1, null]}, context.currentKnownSubject, {username: 'mara'});
            if (said === 'done') { executeStep(2); }
        }});
        """,
    )
    await visit.prove("mara")
    assert visit.page == "push"
    facts, (text, number, boolean, data, person, nobody) = seen[0]
    assert (text, number, boolean, data, nobody) == ("5", 7, True, {"a": [1, None]}, None)
    assert (person.username, person.roles, person.claims) == ("mara", ("admin",), {"urn:color": "blue"})
    assert (facts.application_id, facts.ip, facts.person) == ("app", "203.0.113.9", person)


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (PluginError({"why": "closed"}), "onFail closed"),
        (KeyError("x"), "onFail undefined"),
        (TimeoutError(), "onTimeout undefined"),
    ],
)
async def test_a_plugin_that_fails_is_told_to_the_script(world: World, trouble: Exception, said: str) -> None:
    """To the handler of its outcome; the value of one without handlers is null."""

    async def call(facts: Facts) -> None:
        raise trouble

    handlers = ", ".join(
        f"{name}: function (context, data) {{ context.selectedAcr = '{name} ' + data.why; executeStep(1); }}"
        for name in ("onFail", "onTimeout")
    )
    visit = await begun(world, plugin(call, waits=True), f"mine({{{handlers}}});")
    await visit.prove("mara")
    assert visit.page == "in"
    assert visit.reply.result.acr == said  # type: ignore[union-attr]
    visit = await begun(world, plugin(call), "if (mine() === null) { executeStep(1); }")
    assert visit.page == "password"


@pytest.mark.parametrize("told", [object(), {"a": object()}, "x" * 70_000, b"bytes" * 20_000])
async def test_what_is_no_plain_data_or_too_much_does_not_come_back(world: World, told: object) -> None:
    """It is a failure, and no object of the server reaches the script."""

    async def call(facts: Facts) -> object:
        return told

    visit = await begun(world, plugin(call), "if (mine() === null) { executeStep(1); }")
    assert visit.page == "password"


async def test_a_plugin_with_an_effect_is_asked_once(world: World) -> None:
    """One that only looks is asked as often as the script runs to its end."""
    asked: list[str] = []

    async def call(facts: Facts) -> int:
        asked.append(facts.key)
        return len(asked)

    visit = await begun(world, plugin(call), "if (mine() === 1 && mine() === 2) { executeStep(1); }")
    assert visit.page == "password"
    assert len(set(asked)) == 2


async def test_a_plugin_cannot_end_a_login_without_its_handler(world: World) -> None:
    """An outcome that the script says nothing of fails the login."""

    async def call(facts: Facts) -> str:
        return "x"

    visit = await begun(world, plugin(call, waits=True), "mine({onFail: function () {}});")
    assert isinstance(visit.reply, Refused)
    assert visit.reply.failed.reason == "script.no_handler"


async def nothing(facts: Facts) -> None:
    """Does nothing."""


@pytest.mark.parametrize("name", ["executeStep", "Array", "Log", "secrets", "globalThis", "a b", "", "1a", "x" * 65])
def test_a_plugin_with_a_name_that_is_taken_or_none_is_refused(name: str) -> None:
    """The server does not start with it."""
    with pytest.raises(BadPlugin, match="plugin"):
        with_plugins([Plugin(name, nothing, "")])


def test_two_plugins_of_one_name_are_refused() -> None:
    """Which one would it be?"""
    with pytest.raises(BadPlugin, match="has the name of something"):
        with_plugins([Plugin("mine", nothing, ""), Plugin("mine", nothing, "")])


@pytest.mark.parametrize("value", ["no.such.module:X", "engine.plugins:GROUP", "engine.plugins:nothing"])
def test_an_entry_point_that_is_no_plugin_is_refused(value: str) -> None:
    """With its name and the reason."""
    with pytest.raises(BadPlugin, match=r"the plugin mine \("):
        load([EntryPoint("mine", value, "doorstep.functions")])



@pytest.mark.parametrize("trouble", [SystemExit(), KeyboardInterrupt(), CancelledError(), GeneratorExit(), Busy("no")])
async def test_whatever_a_plugin_raises_is_only_a_failure(world: World, trouble: BaseException) -> None:
    """It ends neither the request nor the server."""

    async def call(facts: Facts) -> None:
        raise trouble

    visit = await begun(world, plugin(call), "if (mine() === null) { executeStep(1); }")
    assert visit.page == "password"


async def stubborn(facts: Facts) -> str:
    """Swallows every cancellation until it is let go."""
    while not LET_GO.is_set():
        with suppress(CancelledError):
            await asyncio.sleep(0.01)
    return "late"


def spinning(facts: Facts) -> str:
    """Gives the processor back to nobody who waits on its loop."""
    LET_GO.wait()
    return "late"


async def spinning_on_a_loop(facts: Facts) -> str:
    """Never yields."""
    return spinning(facts)


LET_GO = Event()


@pytest.fixture
def let_go(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Questions take a tenth of a second; what still runs is let go in the end."""
    LET_GO.clear()
    monkeypatch.setattr(outside, "LONGEST", 0.1)
    yield LET_GO
    LET_GO.set()


@pytest.mark.parametrize("call", [stubborn, spinning, spinning_on_a_loop])
async def test_a_plugin_that_never_ends_is_left_alone(world: World, call: Any, let_go: Event) -> None:
    """Its time is over, the login goes on, and the loop is free for everybody else meanwhile."""
    turns = asyncio.ensure_future(count_turns())
    visit = await begun(world, plugin(call), "if (mine() === null) { executeStep(1); }")
    turns.cancel()
    assert visit.page == "password"
    assert TURNS[0] > 1


TURNS = [0]


async def count_turns() -> None:
    """How often anybody else has a turn."""
    TURNS[0] = 0
    while True:
        TURNS[0] += 1
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("call", [stubborn, spinning, spinning_on_a_loop])
async def test_a_plugin_with_too_many_unended_calls_is_refused_until_they_end(call: Any, let_go: Event) -> None:
    """At once, so that it holds up nobody any more."""
    apart = Apart("mine", call, read=str)
    for _ in range(MOST_LEFT):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(apart.ask(None), 0.02)
    with pytest.raises(Unanswering):
        await apart.ask(None)
    let_go.set()
    while True:
        with suppress(Unanswering):
            assert await apart.ask(None) == "late"
            return
        await asyncio.sleep(0.01)


async def test_a_plain_function_runs_in_a_thread_of_its_own(world: World) -> None:
    """Two at a time: each waits for the other."""
    both = Barrier(2)

    def call(facts: Facts) -> int:
        return both.wait(10)

    mine = plugin(call)
    body = "if (typeof mine() === 'number') { executeStep(1); }"
    visits = await asyncio.gather(begun(world, mine, body), begun(world, mine, body))
    assert [visit.page for visit in visits] == ["password", "password"]


@pytest.mark.parametrize("told", [10**30, {"a": [-(10**30)]}, "\ud800", {1, 2}, {b"\xff": 1}])
@pytest.mark.parametrize("effect", [True, False])
async def test_a_plugin_may_give_what_no_store_holds(world: World, told: Any, effect: bool) -> None:
    """A number beyond 64 bits, half a character, no text as key: the login goes on, with it or without."""

    async def call(facts: Facts) -> Any:
        return told

    assert (await begun(world, plugin(call, effect=effect), "mine(); executeStep(1);")).page == "password"
    handlers = "{onSuccess: function () { executeStep(1); }, onFail: function () { executeStep(1); }}"
    assert (await begun(world, plugin(call, waits=True), f"mine({handlers});")).page == "password"


async def test_a_question_about_no_number_is_the_same_when_a_run_starts_again(world: World) -> None:
    """NaN is equal to nothing, but asked for again."""

    async def call(facts: Facts, number: float) -> int:
        return 1

    body = "if (mine(NaN) + mine(1) === 2) { executeStep(1); }"
    visit = await begun(world, plugin(call, Parameter("n", "number")), body)
    assert visit.page == "password"


async def test_a_plugin_cannot_change_what_it_was_given(world: World) -> None:
    """A script that asks twice asks the same question."""

    async def call(facts: Facts, given: Any) -> int:
        given.append(1)
        return len(given)

    body = "var a = [0]; if (mine(a) === 2 && mine(a) === 2) { executeStep(1); }"
    visit = await begun(world, plugin(call, Parameter("list"), effect=False), body)
    assert visit.page == "password"


@pytest.mark.parametrize("trouble", [StopIteration(), SystemExit(), CancelledError()])
def test_what_a_thread_raises_is_only_a_failure(trouble: BaseException) -> None:
    """No exception that steers a loop gets from a plugin into the server's."""

    def call() -> None:
        raise trouble

    with pytest.raises(RuntimeError, match=type(trouble).__name__):
        asyncio.run(Apart("mine", call, read=str).ask())
