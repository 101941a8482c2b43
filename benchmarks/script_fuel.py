"""What a step of fuel costs: nanoseconds for each construct of the language and each built-in, from the dearest down.

Fuel is what keeps a script from holding the server's event loop; the dearest line says for how long it can.
"""

from __future__ import annotations

import statistics
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dsl import Run, ScriptLimitError, compile_script
from dsl.library.realm_file import load_all

CASES = Path(__file__).with_name("script_fuel.txt")
FUEL = 1_000_000
MEMORY = 10**12
"""Memory is not what is measured here; within its own limit most of these stop far earlier."""
ENOUGH = 0.02
"""Seconds of processor that a measurement takes at least, if its fuel lasts."""
TURNS = 100_000
PER_PROGRAM = 100
PROMISE_MS = 100
"""How long one handler may hold the event loop (REL-8)."""


@dataclass(frozen=True, slots=True, order=True)
class Price:
    """nanoseconds: for one step; steps: for one turn of the loop around the construct."""

    nanoseconds: float
    steps: float
    name: str


def cases() -> tuple[str, list[tuple[str, str]]]:
    """What all use, and (name, body) of each."""
    setup, _, lines = CASES.read_text("utf-8").partition("\n\n")
    return setup, [(name, body) for name, _, body in (line.partition(" | ") for line in lines.splitlines() if line)]


def prices() -> list[Price]:
    """All of them measured."""
    setup, bodies = cases()
    found = []
    for begin in range(0, len(bodies), PER_PROGRAM):
        part = bodies[begin : begin + PER_PROGRAM]
        loops = [_loop(at, body) for at, (_, body) in enumerate(part)]
        run = Run(compile_script("\n".join([setup, *loops])), fuel=10**9, memory=MEMORY)
        run.start()
        found += [_price(run, f"f{at}", name) for at, (name, _) in enumerate(part)]
    return sorted(found, reverse=True)


def _loop(at: int, body: str) -> str:
    return f"function f{at}(N) {{ for (var i = 0; i < N; i++) {{ {body} }} }}"


def _price(run: Run, function: str, name: str) -> Price:
    turns = 1
    while True:
        taken, steps = _once(run, function, turns)
        if taken > ENOUGH or turns >= TURNS or steps >= FUEL:
            again, _ = _once(run, function, turns)
            return Price(min(taken, again) / steps * 1e9, steps / turns, name)
        turns = min(TURNS, turns * 8)


def _once(run: Run, function: str, turns: int) -> tuple[float, int]:
    """Seconds of processor and steps; the run goes on after a limit, as none outside of a benchmark can."""
    run.fuel, run.memory, run.aborted = FUEL, MEMORY, False
    begun = time.process_time()
    with suppress(ScriptLimitError):
        run.call(run.global_value(function), [turns])
    return time.process_time() - begun, FUEL - max(run.fuel, 0)


def hot_loop() -> None:
    """Print that a hot loop stops in a time that is linear in its fuel."""
    print(f"{'for (;;) {} with fuel':<30}{'stopped after ms':>18}{'ns a step':>12}")
    for fuel in (10_000, 100_000, 1_000_000):
        run = Run(compile_script("for (;;) {}"), fuel=fuel)
        begun = time.process_time()
        try:
            run.start()
        except ScriptLimitError:
            taken = time.process_time() - begun
            print(f"{fuel:<30}{taken * 1e3:>18.2f}{taken / fuel * 1e9:>12.1f}")
    print()


def main() -> None:
    """Print the loop, the bound, and the table."""
    load_all()
    hot_loop()
    found = prices()
    worst, each = found[0].nanoseconds, [price.nanoseconds for price in found]
    print(f"{len(found)} constructs and built-ins, nanoseconds a step:")
    print(f"  least {each[-1]:.1f}, median {statistics.median(each):.0f}, 95 % below {each[len(each) // 20]:.0f}, "
          f"most {worst:.0f}")  # fmt: skip
    print(f"  a run with {FUEL} steps holds its thread for at most {worst * FUEL / 1e6:.0f} ms, as a rule "
          f"{statistics.median(each) * FUEL / 1e6:.0f} ms")  # fmt: skip
    print(f"  {PROMISE_MS} ms are never passed with {PROMISE_MS * 1e6 / worst:.0f} steps\n")
    print(f"{'ns a step':>10}{'steps a turn':>14}  construct")
    for price in found:
        print(f"{price.nanoseconds:>10.1f}{price.steps:>14.1f}  {price.name}")
    print(DOUBLE)


DOUBLE = """
What would have to change to double the speed of a step: the median is a call of a built-in or a property, which is a
few frames of Python; only compiled code would halve it.  The dearest lines come down by charging them more."""

if __name__ == "__main__":
    main()
