"""Endless and greedy cores inside random constructs: no construct catches, delays or swallows a limit, nothing of the
script runs afterwards, and the same program uses the same fuel and memory in any process.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from dsl import DslError, Run, ScriptLimitError, compile_script
from tests.storms.command import Options, Progress, options, randomness, spread
from tests.storms.statements import traced_program

COUNT: Final = 10_000
FUEL: Final = 100_000
MEMORY: Final = 8_000_000
NOTICEABLE: Final = 0.02
"""Seconds of processor from which the price of fuel is looked at, if a good part of it was used."""

_HERE: Final = Path(__file__).parent
ENDLESS: Final = _HERE.parent / "dsl" / "endless.txt"
CORES: Final = tuple(
    line for file in (_HERE / "cores.txt", ENDLESS) for line in file.read_text("utf-8").splitlines() if line
)
WRAPS: Final = tuple((_HERE / "wraps.txt").read_text("utf-8").splitlines())


def wrapped(chance: Random) -> tuple[str, str]:
    """A core, and a program that has it inside up to three constructs; `seen` tells whether the script lived on."""
    core = chance.choice(CORES)
    text = f"(function () {{ {core}\n}})();"
    for depth in range(chance.randint(0, 3)):
        text = chance.choice(WRAPS).replace("{0}", text).replace("{L}", f"label{depth}")
    return core, f"var seen = 0; function mark() {{ seen = 1; }}\n{text}\nmark();"


@dataclass(slots=True)
class Tally:
    """Of some programs: which limit each met, and those whose limit failed.

    slowest, dearest, greediest: seconds of processor, those of a unit of fuel, and bytes of memory at most, with the
    core.  marks: for each program what it
    used, so that two processes can be compared.
    """

    stops: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[int, str]] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    greediest: tuple[int, str] = (0, "")
    dearest: tuple[float, str] = (0.0, "")
    marks: dict[int, str] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        self.stops += other.stops
        self.failures += other.failures
        self.slowest = max(self.slowest, other.slowest)
        self.greediest = max(self.greediest, other.greediest)
        self.dearest = max(self.dearest, other.dearest)
        self.marks |= other.marks


def check(seed: int, numbers: range) -> Tally:
    """Run the wrapped cores of these numbers, and a traced program beside every fourth."""
    tally = Tally()
    for number in numbers:
        chance = randomness(seed, number)
        core, source = wrapped(chance)
        failure = _stop(core, source, number, tally)
        if failure is not None:
            tally.failures.append((number, f"{failure}: {core}"))
        if number % 4 == 0:
            tally.marks[-number - 1] = _mark(_run(traced_program(chance)))
    return tally


def _stop(core: str, source: str, number: int, tally: Tally) -> str | None:
    """Run a program that must be stopped; says how it was not."""
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    run, ending = _run(source)
    seconds = time.process_time() - began
    tally.slowest = max(tally.slowest, (seconds, core))
    if seconds > NOTICEABLE and run.fuel_used > FUEL // 5:
        tally.dearest = max(tally.dearest, (seconds / min(max(run.fuel_used, 1), FUEL), core))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    tally.greediest = max(tally.greediest, (grown, core))
    tally.marks[number] = _mark((run, ending))
    if not isinstance(ending, ScriptLimitError):
        return f"not stopped ({ending})"
    tally.stops[_limit(ending)] += 1
    if "beyond what can be run" in ending.message:
        return "stopped by Python, not by a limit"
    if ending.line is None:
        return "no place in the script"
    if run.global_value("seen") != 0:
        return "the script lived on"
    return None


def _run(source: str) -> tuple[Run, DslError | None]:
    run = Run(compile_script(source), fuel=FUEL, memory=MEMORY, clock=lambda: 0.0, random=lambda: 0.5)
    try:
        run.start()
    except DslError as error:
        return run, error
    return run, None


def _limit(error: ScriptLimitError) -> str:
    return next((word for word in ("steps", "memory", "deeper") if word in error.message), "other")


def _mark(ended: tuple[Run, DslError | None]) -> str:
    """What a run used and how it ended, in a few characters."""
    run, error = ended
    told = (run.fuel_used, run.memory_used, error and (error.message, error.line, error.column))
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _hot_loop() -> float:
    """Seconds of processor that a unit of fuel is worth."""
    run = Run(compile_script("try { for (;;); } catch {}"), fuel=10 * FUEL)
    began = time.process_time()
    with contextlib.suppress(ScriptLimitError):
        run.start()
    return (time.process_time() - began) / run.fuel_used


def storm(given: Options) -> tuple[Tally, list[int]]:
    """Check all programs twice, in processes that hash otherwise; returns the tally and the numbers that differ."""
    tallies = []
    for hashing in ("1", "4242"):
        os.environ["PYTHONHASHSEED"] = hashing
        total, progress = Tally(), Progress(given.count)
        for tally in spread(check, given, chunk=100):
            total.add(tally)
            progress.add(sum(number >= 0 for number in tally.marks))
        tallies.append(total)
    first, second = tallies
    return first, [number for number, mark in first.marks.items() if second.marks[number] != mark]


def report(given: Options, total: Tally, differing: list[int]) -> None:
    """Print what was found."""
    print(f"limits: {given.count:,} programs, {len(CORES)} cores in {len(WRAPS)} constructs, seed {given.seed}")
    print(f"  fuel {FUEL:,}, memory {MEMORY:,} bytes")
    for limit, count in total.stops.most_common():
        print(f"  {count:>9,}  stopped by: {limit}")
    print(f"  {len(total.failures):>9}  limits caught, delayed, swallowed or missed")
    print(f"  {len(differing):>9}  of {len(total.marks):,} programs used other fuel or memory in another process")
    print(f"  {total.slowest[0] * 1000:>9,.0f}  ms of processor at most:  {total.slowest[1]}")
    print(f"  {total.greediest[0] / 1e6:>9,.1f}  MB more than before at most:  {total.greediest[1]}")
    print(f"  {total.dearest[0] * 1e6:>9.2f}  us of processor for a unit of fuel at most:  {total.dearest[1]}")
    print(f"  {_hot_loop() * 1e6:>9.2f}  us for one in a loop that does nothing")
    for number, failure in total.failures[:30]:
        print(f"--- {number}: {failure}")


def main() -> int:
    given = options(__doc__, count=COUNT)
    total, differing = storm(given)
    report(given, total, differing)
    return 1 if total.failures or differing else 0


if __name__ == "__main__":
    sys.exit(main())
