"""What a whole login costs, request by request: processor time, wall time, round trips to the store.

The server runs in this process over ASGI, on SQLite, with the cheapest hash argon2 knows; beside it, in the same run,
a Starlette application that does nothing but answer.  Prints Markdown; `--profile` tells where the time goes instead.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import pstats
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from benchmarks.asgi import call
from benchmarks.house import ORIGIN, SETTLE, Request, Trips, Walk, prepared, running
from benchmarks.timing import Times, summed_up
from tests.devices import Phone

PEOPLE = 40
WARM_UP = 5
"""People whose logins are not counted: caches fill, the first of everything is dearer."""
HEAD = """# What a login costs

Made by `python -m benchmarks.whole_login` in one run: medians of {people} people, each from an address of their own,
after {warm_up} who only warm up.

- *reads*, *writes*: round trips to SQLite before the answer; *later*: those of effects that leave after it.
- *x*: processor time as a multiple of what a bare Starlette route takes in the same rhythm ({base:.0f} us here).
- *worst*: the slowest of all people; *first*: the first request of its kind in the process.
"""
WRITES = ("INSERT", "UPDATE", "DELETE", "BEGIN", "COMMIT")


@dataclass(frozen=True, slots=True)
class Cost:
    """One request, over all people.  Times in microseconds.  first: wall time of the first one in the process."""

    story: str
    name: str
    reads: float
    writes: float
    later: float
    cpu: Times
    wall: Times
    first: float


async def walked(folder: Path, people: int) -> list[list[Request]]:
    """Both logins of each person, one after the other; each person from an address of their own."""
    settings = await asyncio.to_thread(prepared, folder, people)
    phones = [Phone() for _ in range(people)]
    trips, found = Trips(), []
    with trips.counted():
        async with running(settings) as app:
            for number, phone in enumerate(phones):
                walk = Walk(app, trips, f"p{number}", f"198.51.100.{number + 1}", phone)
                await walk.enroll()
                await walk.log_in()
                found.append(walk.requests)
    return found


async def minimal(rounds: int) -> Times:
    """Processor time of a Starlette application with one route that answers a line of text, in the same rhythm."""

    async def hello(request: HttpRequest) -> PlainTextResponse:
        return PlainTextResponse("hello\n")

    app = Starlette(routes=[Route("/login/{flow}", hello)])
    taken = []
    for _ in range(rounds):
        answer = await call(app, "GET", f"{ORIGIN}/login/x", headers={}, client="198.51.100.1")
        await asyncio.sleep(SETTLE)
        taken.append(answer.cpu * 1e6)
    return summed_up(taken[rounds // 10 :])


def costs(found: Sequence[Sequence[Request]]) -> list[Cost]:
    """The requests of all people, place by place."""
    return [_cost(same[WARM_UP:], first=same[0]) for same in zip(*found, strict=True)]


def _cost(same: Sequence[Request], *, first: Request) -> Cost:
    writing = [sum(_writes(each) for each in request.statements) for request in same]
    return Cost(
        same[0].story,
        same[0].name,
        reads=statistics.median(len(request.statements) - count for request, count in zip(same, writing, strict=True)),
        writes=statistics.median(writing),
        later=statistics.median(len(request.later) for request in same),
        cpu=summed_up([request.answer.cpu * 1e6 for request in same]),
        wall=summed_up([request.answer.wall * 1e6 for request in same]),
        first=first.answer.wall * 1e6,
    )


def _writes(statement: str) -> bool:
    return statement.startswith(WRITES)


def show(found: Sequence[Cost], base: Times, people: int) -> None:
    """Print the table."""
    print(HEAD.format(people=people, warm_up=WARM_UP, base=base.median))
    print("| login | request | reads | writes | later | cpu us | x | wall us | worst us | first us |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for each in found:
        print(_row(each, base))
    for story in dict.fromkeys(each.story for each in found):
        print(_total(story, [each for each in found if each.story == story], base))


def _row(each: Cost, base: Times) -> str:
    trips = f"{each.reads:.0f} | {each.writes:.0f} | {each.later:.0f}"
    cpu = f"{each.cpu.median:.0f} | {each.cpu.median / base.median:.0f}"
    wall = f"{each.wall.median:.0f} | {each.wall.p99:.0f} | {each.first:.0f}"
    return f"| {each.story} | {each.name} | {trips} | {cpu} | {wall} |"


def _total(story: str, parts: Sequence[Cost], base: Times) -> str:
    reads, writes, later = (sum(getattr(each, name) for each in parts) for name in ("reads", "writes", "later"))
    cpu, wall = (sum(getattr(each, name).median for each in parts) for name in ("cpu", "wall"))
    times = f"**{cpu:.0f}** | **{cpu / base.median:.0f}** | **{wall:.0f}** | | |"
    return f"| **{story}** | **all {len(parts)}** | **{reads:.0f}** | **{writes:.0f}** | **{later:.0f}** | {times} |"


def profile(folder: Path, people: int) -> None:
    """Print the forty functions in which, with all they call, most of the time goes."""
    profiler = cProfile.Profile()
    profiler.enable()
    asyncio.run(walked(folder, people))
    profiler.disable()
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(r"(?!.*(asyncio|threading|selectors))", 70)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(40)


def main() -> None:
    """Print the table, or a profile."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", action="store_true", help="where the time goes, by cProfile")
    parser.add_argument("--people", type=int, default=PEOPLE)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.profile:
            profile(folder, asked.people)
            return
        found = asyncio.run(walked(folder, asked.people + WARM_UP))
    show(costs(found), asyncio.run(minimal(300)), asked.people)


if __name__ == "__main__":
    main()
