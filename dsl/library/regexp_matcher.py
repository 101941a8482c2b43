"""Matches compiled regular expressions by backtracking over an own stack, fuel-limited and without recursion.

Knows nothing of script values: positions are indices into the text that it is given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from dsl.library.regexp_operations import CHARS_PER_FUEL, Matching, Operation

STEPS_PER_CHARGE = 256
"""How many operations run between two looks at the fuel."""
FUEL_PER_STEP = 4
BYTES_PER_ENTRY = 96
"""What one entry of the backtracking stack is reckoned at."""


class Meter(Protocol):
    """Whoever pays for the work: a run."""

    def charge_fuel(self, amount: int, /) -> None: ...

    def charge_memory(self, amount: int, /) -> None:
        """Pay, or with a negative amount get back, bytes."""


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A pattern ready to match: where to begin, where it has matched, how many cells it needs.

    `prefilter` finds the next place where a match can begin at all; `anchored` patterns match at the start only.
    """

    entry: Operation
    accept: Operation
    group_count: int
    cell_count: int
    prefilter: re.Pattern[str] | None
    anchored: bool


def find(compiled: Compiled, meter: Meter, text: str, *, start: int, sticky: bool) -> list[int] | None:
    """The leftmost match at or behind *start*: group borders (2 per group, -1 for a group that took no part), or None.

    With *sticky*, at *start* only.  Charges fuel for every step and memory for the stack, so a pattern that explodes
    ends in the meter's limit.
    """
    position = start
    while position <= len(text):
        if not sticky:
            candidate = _candidate(compiled, text, position)
            meter.charge_fuel(1 + ((len(text) if candidate < 0 else candidate) - position) // CHARS_PER_FUEL)
            if candidate < 0:
                return None
            position = candidate
        matching = Matching(text, position, compiled.cell_count)
        if _attempt(compiled, meter, matching):
            return [position, matching.pos, *matching.cells[2 : 2 * compiled.group_count + 2]]
        if sticky:
            return None
        position += 1
    return None


def _candidate(compiled: Compiled, text: str, position: int) -> int:
    if compiled.anchored:
        return position if position == 0 else -1
    if compiled.prefilter is None:
        return position
    found = compiled.prefilter.search(text, position)
    return found.start() if found else -1


def _attempt(compiled: Compiled, meter: Meter, matching: Matching) -> bool:
    """Whether the pattern matches at the place where *matching* stands."""
    operation, accept = compiled.entry, compiled.accept
    paid = 0
    while True:
        for steps in range(STEPS_PER_CHARGE):
            following = None if operation is accept else operation.step(matching) or matching.back()
            if following is None:
                meter.charge_fuel(steps * FUEL_PER_STEP + matching.debt)
                meter.charge_memory(-paid)
                return operation is accept
            operation = following
        meter.charge_fuel(STEPS_PER_CHARGE * FUEL_PER_STEP + matching.debt)
        matching.debt = 0
        needed = len(matching.stack) * BYTES_PER_ENTRY
        if needed > paid:
            meter.charge_memory(needed - paid)
            paid = needed
