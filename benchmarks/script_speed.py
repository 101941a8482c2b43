"""What a script costs: to compile, to run over three requests with its state put away between them, to import.

Beside it, in the same run, QuickJS with a fresh context for each request, as a host must use an engine whose closures
it cannot store: each request reads the script again and goes once more through all that was answered before.
"""

from __future__ import annotations

import itertools
import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import quickjs  # type: ignore[import-untyped]

from benchmarks.timing import Times, timed
from dsl import Program, Run, compile_script

SOURCE = (Path(__file__).parent / "sixty_lines.js").read_text("utf-8")
REQUEST = json.dumps(
    {
        "request": {
            "ip": "203.0.113.9",
            "headers": {"user-agent": "Mozilla/5.0 (X11; Linux x86_64)"},
            "params": {"scenario": ["x"]},
        },
        "user": {"name": " Mara ", "roles": ["admin", "staff"]},
    }
)
ANSWERS = ("begin", "succeed", "succeed")
"""What the three requests call; each gives how many steps wait afterwards."""
WAITING = [1, 1, 0]
ROUNDS = 1000
PROCESSES = 11


def in_dsl(program: Program) -> list[object]:
    """Three requests: load, call, dump."""
    data = b""
    told: list[object] = []
    for name in ANSWERS:
        if data:
            run, _ = Run.load(program, data)
        else:
            run = Run(program)
            run.start()
        told.append(run.call(run.global_value(name), [REQUEST]))
        data = run.dump([])
    return told


def in_quickjs() -> list[object]:
    """Three requests: a fresh context, the script, and all calls up to this one."""
    told = []
    for number in range(1, len(ANSWERS) + 1):
        context = quickjs.Context()
        context.eval(SOURCE)
        waiting = [context.get(name)(REQUEST) for name in ANSWERS[:number]]
        told.append(waiting[-1])
    return told


def cold() -> Callable[[], object]:
    """Compiling a text that no cache has seen: a comment makes each one another."""
    numbers = itertools.count()
    return lambda: compile_script(f"{SOURCE}// {next(numbers)}\n")


def imports(statement: str) -> float:
    """Milliseconds that *statement* takes in a new process, median."""
    program = f"import time\nbegun = time.perf_counter()\n{statement}\nprint((time.perf_counter() - begun) * 1e3)"
    taken = []
    for _ in range(PROCESSES):
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 (our own text)
        taken.append(float(done.stdout))
    return statistics.median(taken)


def row(name: str, times: Times, base: Times) -> None:
    """Print one line of the table."""
    print(f"{name:<52}{times.median:>10.1f}{times.p99:>10.1f}{times.median / base.median:>8.2f}")


def main() -> None:
    """Print the table."""
    program = compile_script(SOURCE)
    assert in_dsl(program) == in_quickjs() == WAITING
    reading = timed(lambda: quickjs.Context().eval(SOURCE), rounds=ROUNDS)
    compiling = timed(cold(), rounds=ROUNDS // 10)
    cached = timed(lambda: compile_script(SOURCE), rounds=ROUNDS)
    ours = timed(lambda: in_dsl(program), rounds=ROUNDS)
    theirs = timed(in_quickjs, rounds=ROUNDS)
    print(f"{'microseconds':<52}{'median':>10}{'p99':>10}{'x':>8}")
    row("QuickJS: fresh context reads 60 lines", reading, reading)
    row("compile 60 lines, never seen", compiling, reading)
    row("compile 60 lines, cached", cached, reading)
    row("QuickJS: three requests, fresh context each", theirs, theirs)
    row("three requests: start, two callbacks, dump and load", ours, theirs)
    print("x: as a multiple of QuickJS's line above it\n")
    base = imports("import asyncio")
    first = f"import dsl\nprogram = dsl.compile_script({SOURCE!r})"
    print(f"{'milliseconds in a new process':<52}{'median':>10}{'':>10}{'x':>8}")
    for name, taken in (
        ("import asyncio", base),
        ("import dsl", imports("import dsl")),
        ("import dsl and compile 60 lines", imports(first)),
    ):
        print(f"{name:<52}{taken:>10.1f}{'':>10}{taken / base:>8.2f}")
    print("x: as a multiple of `import asyncio`")


if __name__ == "__main__":
    main()
