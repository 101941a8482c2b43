"""Every class of escape known from embedded interpreters, tried; and whatever a script can reach after each attempt is
walked: nothing but the language's own values may be found.  Then names of Python are asked of every kind of value.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from dsl import Program, Run, ScriptError, ScriptLimitError, ScriptSyntaxError
from dsl.operators import to_plain
from dsl.snapshot import SnapshotError
from dsl.values import Obj
from tests.dsl.test_snapshot_damage import changed, opened, places, snapshot
from tests.storms.command import Options, options, randomness
from tests.storms.python_names import global_names, names, probes
from tests.storms.reach import leaks, run_of

COUNT: Final = 1_000_000
ESCAPES: Final = Path(__file__).parent / "escapes.txt"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A program, and what must come of it: JSON, `throws Name`, `syntax`, `limit`, `fault`, or "" for none of harm."""

    program: str
    expected: str


@dataclass(frozen=True, slots=True)
class EscapeClass:
    """One way out that was found elsewhere.  how: it is tried; why: it does not work here."""

    name: str
    how: str
    why: str
    attempts: tuple[Attempt, ...]


FORGED: Final = EscapeClass(
    "Forged snapshots",
    "a heap of every kind of value with parts exchanged, left out and doubled is loaded and run on",
    "it is sealed; and what is not well-formed is refused, what is holds nothing but values",
    (),
)


@cache
def classes() -> tuple[EscapeClass, ...]:
    """The classes of escapes.txt: a heading `## name | how | why`, then a program a line.

    `@1000@(@1@)` is the program with a thousand `(` before the 1 and as many `)` behind it.
    """
    found: list[EscapeClass] = []
    for part in ESCAPES.read_text("utf-8").split("## ")[1:]:
        head, *lines = part.splitlines()
        name, how, why = head.split(" | ")
        pairs = [line.partition(" //=> ") for line in lines if line]
        attempts = (Attempt(_written_out(text), expected) for text, _, expected in pairs)
        found.append(EscapeClass(name, how, why, tuple(attempts)))
    return tuple(found)


def _written_out(line: str) -> str:
    if not line.startswith("@"):
        return line
    _, count, before, middle, behind = line.split("@")
    return before * int(count) + middle + behind * int(count)


def attempt(tried: Attempt) -> str | None:
    """Make the attempt; says what is wrong with its outcome."""
    try:
        run = run_of(tried.program)
        value = run.start()
        found = leaks(run, value)
        if found is not None:
            return f"a script can reach {found}"
        outcome = json.dumps(run.convert(to_plain, value))
    except ScriptSyntaxError:
        outcome = "syntax"
    except ScriptError as error:
        outcome = f"throws {error.name}"
    except ScriptLimitError as error:
        outcome = "limit" if "beyond what can be run" not in error.message else "Python's own limit"
    except KeyError:
        outcome = "fault"
    except RecursionError:
        outcome = "Python's own limit"
    if _is_expected(outcome, tried.expected):
        return None
    return f"gave {outcome[:100]}"


def _is_expected(outcome: str, expected: str) -> bool:
    if expected == "throws *":
        return outcome.startswith("throws ")
    if not expected:
        return outcome not in ("fault", "Python's own limit")
    try:
        return json.dumps(json.loads(outcome)) == json.dumps(json.loads(expected))
    except ValueError:
        return outcome == expected


def forgeries(count: int, chance: Random) -> list[str]:
    """Load *count* forged snapshots; what can be reached in one and is no value, or what came out instead."""
    program, data = snapshot()
    whole = opened(data)
    ways = list(places(whole))
    found = (_forged(program, changed(whole, chance.choice(ways), chance)) for _ in range(count))
    return [leak for leak in found if leak is not None]


def _forged(program: Program, data: bytes) -> str | None:
    try:
        run, roots = Run.load(program, data, fuel=20_000)
        handlers = roots[0] if roots else None
        for name in ("up", "same"):
            run.call(handlers.get(run, name) if isinstance(handlers, Obj) else None, [])
        return leaks(run, *roots)
    except (SnapshotError, ScriptError, ScriptLimitError):
        return None
    except Exception as error:
        return f"a forged snapshot ended in {type(error).__name__}"


# --- the storm --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Found:
    """What the storm came to."""

    attempts: Counter[str] = field(default_factory=Counter)
    escapes: list[str] = field(default_factory=list)
    forged: int = 0
    probes: int = 0
    leaked: list[str] = field(default_factory=list)


def storm(given: Options) -> Found:
    """All attempts, then as many probes as asked for."""
    found = Found()
    for each in classes():
        for tried in each.attempts:
            found.attempts[each.name] += 1
            wrong = attempt(tried)
            if wrong is not None:
                expected = tried.expected or "no harm"
                found.escapes.append(f"{each.name}: {tried.program[:160]}\n    {wrong}, expected {expected}")
    found.forged = given.count // 100
    found.escapes += forgeries(found.forged, randomness(given.seed, 1))
    found.probes, found.leaked = probes(given.count, randomness(given.seed, 0))
    found.leaked += global_names()
    return found


def report(given: Options, found: Found) -> None:
    """Print what was found."""
    print(f"escape: {len(found.attempts) + 1} classes, {sum(found.attempts.values())} attempts, seed {given.seed}")
    for name, count in found.attempts.items():
        print(f"  {count:>9}  {name}")
    print(f"  {found.forged:>9,}  {FORGED.name}")
    print(f"  {len(found.escapes):>9}  attempts that came to anything but what the language says")
    print(f"  {found.probes:>9,}  probes: {len(names()):,} names of Python, on values of every kind, in five ways")
    print(f"  {len(found.leaked):>9}  names that were found, or values that are not the language's own")
    for escape in found.escapes + found.leaked[:40]:
        print(f"--- {escape}")


def main() -> int:
    given = options(__doc__, count=COUNT)
    found = storm(given)
    report(given, found)
    return 1 if found.escapes or found.leaked else 0


if __name__ == "__main__":
    sys.exit(main())
