"""What a waiting login weighs, and what it costs to put its script away and take it up again.

First every script that ships, wherever a login waits on its way; then the enrollment as a browser lives it, with all
that the real pages, the phone and the protocol leave in the record.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import quickjs  # type: ignore[import-untyped]

from benchmarks.house import Trips, Walk, prepared, running
from benchmarks.timing import Times, timed
from commands.stores import opened
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
from tests.devices import Phone
from tests.engine.world import Visit, World
from tests.journeys.test_scripts_that_ship import flow_of

GOAL = 400
"""Bytes that the script's part of a waiting login should stay under."""
ROUNDS = 2000
WAYS = {
    "password-then-push": [{"word": "yes"}],
    "push-progressive-enrollment": [{"word": "dead", "scenario": "INIT_PUSH_ENROLL"}, {"word": "yes"}],
    "retry-with-limit": [{"word": "no"}, {"word": "no"}],
    "role-based-step-up": [{"word": "yes"}],
}
_SEALING = len(Sealer((bytes(32),)).seal(b"", b"a place"))
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Login).decode


@dataclass(frozen=True, slots=True)
class Weight:
    """A record of a login that waits.  Sizes in bytes; source: of it, the script's text, frozen with the flow."""

    at: str
    script: int
    record: int
    source: int

    @classmethod
    def of(cls, at: str, login: Login) -> Weight:
        """Weigh *login*."""
        return cls(at, len(login.script), len(_encode(login)), len((login.flow.script or "").encode()))

    def __str__(self) -> str:
        return f"{self.at:<14}{self.script:>8}{self.record:>8}{self.source:>8}{self.record + _SEALING:>8}"


@dataclass(frozen=True, slots=True)
class Speed:
    """Times of one waiting point.  record: the whole record to bytes and back; peer, fresh: what they stand beside."""

    dump: Times
    load: Times
    record: Times
    peer: Times
    fresh: Times

    def __str__(self) -> str:
        both = self.dump.median + self.load.median
        times = (self.dump.median, self.dump.p99, self.load.median, self.load.p99, self.record.median)
        shown = "".join(f"{time:>8.1f}" for time in (*times, self.peer.median, self.fresh.median))
        return f"{shown}{both / self.peer.median:>8.1f}{both / self.fresh.median:>8.3f}"


SIZES = f"{'waits at':<14}{'script':>8}{'record':>8}{'source':>8}{'sealed':>8}"
SPEEDS = "".join(f"{name:>8}" for name in ("dump", "p99", "load", "p99", "record", "json", "qjs", "x json", "x qjs"))


async def each_script(name: str) -> list[tuple[Weight, Speed | None]]:
    """Every waiting point on one way through a script."""
    world = World()
    await world.configure()
    flow = flow_of(name)
    application = Application("app", "The App", ("https://app.test/cb",), flow.id)
    await world.configuration.commit(ConfigurationChange(applications=[application], flows=[flow]))
    visit = await world.start()
    found = [await _point(world, visit)]
    for posted in WAYS[name]:
        await visit.post(username="mara", **posted)
        found.append(await _point(world, visit))
    return found


async def _point(world: World, visit: Visit) -> tuple[Weight, Speed | None]:
    assert isinstance(visit.reply, Page)
    login = await Logins(world.state, world.clock).open(visit.flow_id, visit.secret)
    speed = await _speed(world, login, visit.reply.application) if login.script else None
    return Weight.of(visit.reply.page, login), speed


async def _speed(world: World, login: Login, application: Application) -> Speed:
    source = login.flow.script or ""
    program = compile_script(source)
    settings = await world.configuration.settings()

    def load() -> tuple[Run, list[Value]]:
        turn = Turn(login, application, settings, login.request.facts, world.clock())
        scene = Scene(turn, (), Obj(OBJECT_PROTO), Obj(OBJECT_PROTO))
        return Run.load(program, login.script, host=TABLE, bind=scene.object)

    run, roots = load()
    plain = _plain(msgspec.msgpack.decode(login.script))
    return Speed(
        dump=timed(lambda: run.dump(roots), rounds=ROUNDS),
        load=timed(load, rounds=ROUNDS),
        record=timed(lambda: _decode(_encode(login)), rounds=ROUNDS),
        peer=timed(lambda: json.loads(json.dumps(plain)), rounds=ROUNDS),
        fresh=timed(lambda: quickjs.Context().eval(source), rounds=ROUNDS // 10),
    )


def _plain(value: Any) -> Any:
    """The same structure in what JSON knows."""
    match value:
        case bytes():
            return b64encode(value).decode()
        case list():
            return [_plain(each) for each in value]
        case dict():
            return {str(key): _plain(each) for key, each in value.items()}
    return value


async def as_lived(folder: Path) -> list[Weight]:
    """The enrollment over HTTP on SQLite: the record after each answer to the browser, while the login goes on."""
    settings = await asyncio.to_thread(prepared, folder, 1)
    found: list[Weight] = []
    async with opened(settings) as stores, running(settings) as app:

        async def weigh(request: str, flow_id: str) -> None:
            stored = await stores.state.read("login", flow_id)
            assert stored is not None
            login = _decode(stored.value)
            if login.outcome is None:
                found.append(Weight.of(request, login))

        await Walk(app, Trips(), "p0", "198.51.100.1", Phone(), watch=weigh).enroll()
    return found


def main() -> None:
    """Print both tables."""
    heaviest = 0
    for name in WAYS:
        print(f"{name}\n  {SIZES}{SPEEDS}")
        for weight, speed in asyncio.run(each_script(name)):
            heaviest = max(heaviest, weight.script)
            print(f"  {weight}{speed or ''}")
    print("\npush-progressive-enrollment in a browser, after each answer\n  " + SIZES)
    with tempfile.TemporaryDirectory() as folder:
        for weight in asyncio.run(as_lived(Path(folder))):
            heaviest = max(heaviest, weight.script)
            print(f"  {weight}")
    print(f"\nheaviest script's part: {heaviest} bytes; goal: under {GOAL}: {'met' if heaviest < GOAL else 'missed'}")
    print(EXPLANATION)


EXPLANATION = """
Sizes in bytes, times in microseconds; all of one run.
script   what the script left: queued handlers and what they can reach; 0 when nothing of it is to run any more
record   the whole login before sealing; source: of it, the script's text, frozen with the flow; sealed: as stored
dump, load   the script's part to bytes and back, median and p99
record (time)   the whole login to bytes and back
json     json.dumps and json.loads of the structure that the script's part has
qjs      a fresh QuickJS context that reads the same script: what a host pays on each request that cannot suspend one
x        dump and load together, as a multiple of that"""


if __name__ == "__main__":
    main()
