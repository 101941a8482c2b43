"""How the benchmarks take time: many rounds, the median and the 99th percentile, in microseconds."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Times:
    """Microseconds a piece of work took.  p99: the 99th percentile."""

    median: float
    p99: float


def summed_up(microseconds: Sequence[float]) -> Times:
    """The two figures of many rounds."""
    ordered = sorted(microseconds)
    return Times(statistics.median(ordered), ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)])


def processor(pid: int) -> float:
    """Seconds of processor that a process of this machine has used until now."""
    used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


def timed(work: Callable[[], object], *, rounds: int) -> Times:
    """Do *work* so many times after a tenth of that as warm-up; the collector of garbage rests meanwhile."""
    for _ in range(rounds // 10 + 1):
        work()
    taken = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            begun = time.perf_counter()
            work()
            taken.append((time.perf_counter() - begun) * 1e6)
    finally:
        gc.enable()
    return summed_up(taken)
