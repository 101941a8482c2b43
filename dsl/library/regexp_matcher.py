"""Matches compiled regular expressions by backtracking over an own stack, fuel-limited and without recursion.

Knows nothing of script values: positions are indices into the text that it is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from dsl.library.regexp_operations import CHARS_PER_FUEL, chars_per_fuel
from dsl.library.regexp_state import Matching, Operation
from dsl.library.regexp_wide import Scanner

STEPS_PER_CHARGE = 256
"""How many operations run between two looks at the fuel."""
CHEAP_STEPS = 256
"""So many operations of one search cost one unit of fuel each; those beyond, FUEL_PER_STEP.  A sound pattern on a short
text stays cheap, while one that explodes is stopped after some hundredths of a second."""
FUEL_PER_STEP = 8
CELLS_PER_FUEL = 64
"""How many cells made for an attempt cost as much as one unit of fuel."""
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

    `prefilter` finds the next place where a match can begin at all; `anchored` patterns match at the start only;
    `required` is a text that every match contains.  `weight` counts the ranges of its classes.
    """

    entry: Operation
    accept: Operation
    group_count: int
    cell_count: int
    prefilter: Scanner | None
    anchored: bool
    required: str
    weight: int


def find(compiled: Compiled, meter: Meter, text: str, *, start: int, sticky: bool) -> list[int] | None:
    """The leftmost match at or behind *start*: group borders (2 per group, -1 for a group that took no part), or None.

    With *sticky*, at *start* only.  Charges fuel for every step and memory for the stack, so a pattern that explodes
    ends in the meter's limit.
    """
    if compiled.required:
        place = text.find(compiled.required, start)
        meter.charge_fuel(max((len(text) if place < 0 else place) - start, 0) // CHARS_PER_FUEL)
        if place < 0:
            return None
    search = _Search(compiled, meter, text)
    position = start
    while position <= len(text):
        if not sticky:
            position = search.candidate(position)
            if position < 0:
                return None
        matching = Matching(text, position, compiled.cell_count)
        matching.debt = compiled.cell_count // CELLS_PER_FUEL
        if search.matches(matching):
            return [position, matching.pos, *matching.cells[2 : 2 * compiled.group_count + 2]]
        if sticky:
            return None
        position += 1
    return None


class _Search:
    """One search over one text: what is sought, who pays, and how many operations it has taken so far."""

    __slots__ = ("compiled", "meter", "steps", "text")

    def __init__(self, compiled: Compiled, meter: Meter, text: str) -> None:
        self.compiled = compiled
        self.meter = meter
        self.text = text
        self.steps = 0

    def candidate(self, position: int) -> int:
        """The next place from *position* on where a match can begin, or -1."""
        compiled = self.compiled
        if compiled.anchored:
            return position if position == 0 else -1
        if compiled.prefilter is None:
            return position
        found = compiled.prefilter.search(self.text, position)
        reached = found.start() if found else len(self.text)
        self.meter.charge_fuel((reached - position) // chars_per_fuel(compiled.prefilter))
        return reached if found else -1

    def matches(self, matching: Matching) -> bool:
        """Whether the pattern matches at the place where *matching* stands."""
        operation, accept = self.compiled.entry, self.compiled.accept
        paid = 0
        while True:
            for steps in range(1, STEPS_PER_CHARGE + 1):
                following = None if operation is accept else operation.step(matching) or matching.back()
                if following is None:
                    self._charge(steps + matching.debt)
                    self.meter.charge_memory(-paid)
                    return operation is accept
                operation = following
            self._charge(STEPS_PER_CHARGE + matching.debt)
            matching.debt = 0
            needed = len(matching.stack) * BYTES_PER_ENTRY
            if needed > paid:
                self.meter.charge_memory(needed - paid)
                paid = needed

    def _charge(self, steps: int) -> None:
        dear = max(self.steps + steps - CHEAP_STEPS, 0) - max(self.steps - CHEAP_STEPS, 0)
        self.steps += steps
        self.meter.charge_fuel(steps + dear * (FUEL_PER_STEP - 1))
