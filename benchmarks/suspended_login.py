"""What a waiting login weighs, and what it costs to put its script away and take it up again.

For every script that ships, wherever a login waits: bytes of the script's part, of the stored record, of the
sealed record; and the time of dump and load next to a JSON round trip of the same size in the same run.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from dsl import Run, compile_script
from dsl.values import OBJECT_PROTO, Obj, Value
from engine.context import Scene
from engine.functions import TABLE
from engine.logins import Logins
from engine.model import Application, Login
from engine.outcome import Page
from engine.ports import ConfigurationChange
from engine.turn import Turn
from storage.sealing import Sealer
from tests.engine.world import Visit, World
from tests.journeys.test_scripts_that_ship import SCRIPTS, flow_of

ROUNDS = 400
WAYS = {
    "password-then-push": [{"word": "yes"}],
    "push-progressive-enrollment": [{"word": "dead", "scenario": "INIT_PUSH_ENROLL"}, {"word": "yes"}],
    "retry-with-limit": [{"word": "no"}, {"word": "no"}],
    "role-based-step-up": [{"word": "yes"}],
}


@dataclass
class Weight:
    """One point where a login waits.  Sizes in bytes, times in microseconds."""

    script: str
    page: str
    heap: int
    record: int
    sealed: int
    dump: float
    load: float
    peer: float


async def weigh(name: str) -> list[Weight]:
    """Every waiting point on one way through a script."""
    world = World()
    await world.configure()
    flow = flow_of(name)
    application = Application("app", "The App", ("https://app.test/cb",), flow.id)
    await world.configuration.commit(ConfigurationChange(applications=[application], flows=[flow]))
    visit = await world.start()
    found = [await _weight(world, visit, name)]
    for posted in WAYS[name]:
        await visit.post(username="mara", **posted)
        found.append(await _weight(world, visit, name))
    return found


async def _weight(world: World, visit: Visit, name: str) -> Weight:
    assert isinstance(visit.reply, Page)
    login = await Logins(world.state, world.clock).open(visit.flow_id, visit.secret)
    stored = await world.state.read("login", visit.flow_id)
    assert stored is not None
    sealed = Sealer((bytes(32),)).seal(stored.value, b"a place")
    dump, load = await _times(world, login, visit.reply.application) if login.script else (0.0, 0.0)
    return Weight(
        name, visit.reply.page, len(login.script), len(stored.value), len(sealed), dump, load, _peer(login.script)
    )


async def _times(world: World, login: Login, application: Application) -> tuple[float, float]:
    """Microseconds, medians, of dump and of load."""
    program = compile_script(login.flow.script or "")
    settings = await world.configuration.settings()

    def load() -> tuple[Run, list[Value]]:
        turn = Turn(login, application, settings, login.request.facts, world.clock())
        scene = Scene(turn, Obj(OBJECT_PROTO), Obj(OBJECT_PROTO))
        return Run.load(program, login.script, host=TABLE, bind=scene.object)

    run, roots = load()
    return _median(lambda: run.dump(roots)), _median(load)


def _peer(heap: bytes) -> float:
    """A JSON round trip of about as many bytes."""
    value = {"queue": [{"step": 1, "handlers": ["onSuccess"]}], "globals": "x" * max(0, len(heap) - 60)}
    return _median(lambda: json.loads(json.dumps(value)))


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1e6)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    print(f"{'script':<30}{'waits at':<12}{'script':>8}{'record':>8}{'sealed':>8}{'dump':>8}{'load':>8}{'json':>8}")
    print(f"{'':<30}{'':<12}{'bytes':>8}{'bytes':>8}{'bytes':>8}{'us':>8}{'us':>8}{'us':>8}")
    for name in SCRIPTS:
        for each in asyncio.run(weigh(name)):
            print(
                f"{each.script:<30}{each.page:<12}{each.heap:>8}{each.record:>8}{each.sealed:>8}"
                f"{each.dump:>8.0f}{each.load:>8.0f}{each.peer:>8.0f}"
            )
    print("json: dumps and loads of a value of the size of the script's part, in the same run")


if __name__ == "__main__":
    main()
