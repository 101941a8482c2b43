"""What the storms' commands share: arguments, several processes, and the numbers of each program's randomness."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Options:
    """How much is to be done.  seed: the first program's number is drawn from it."""

    count: int
    seed: int
    processes: int


def options(description: str | None, *, count: int) -> Options:
    """The arguments of a command."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--count", type=int, default=count, help=f"programs (default {count:,})")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    return Options(given.count, given.seed, given.processes)


def randomness(seed: int, number: int) -> Random:
    """The randomness of program *number*, which depends on nothing else."""
    return Random(f"{seed}/{number}")


def spread(
    work: Callable[[int, range], Result], given: Options, *, chunk: int, patience: int = 600
) -> Iterator[Result]:
    """work(seed, numbers) for all numbers, in several processes, as they are done.

    Raises TimeoutError if one chunk takes longer than *patience* seconds: something hangs.
    """
    chunks = [range(at, min(at + chunk, given.count)) for at in range(0, given.count, chunk)]
    if given.processes == 1:
        yield from (work(given.seed, numbers) for numbers in chunks)
        return
    with multiprocessing.get_context("spawn").Pool(given.processes) as pool:
        waiting = iter(chunks)
        running = [pool.apply_async(work, (given.seed, numbers)) for numbers in islice(waiting, given.processes * 4)]
        while running:
            yield running.pop(0).get(patience)
            running += [pool.apply_async(work, (given.seed, numbers)) for numbers in islice(waiting, 1)]


class Progress:
    """Tells on stderr, every half minute, how far a command is."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self._next = time.monotonic() + 30

    def add(self, count: int) -> None:
        self.done += count
        if time.monotonic() > self._next:
            self._next = time.monotonic() + 30
            print(f"  {self.done:,} of {self.total:,}", file=sys.stderr, flush=True)
