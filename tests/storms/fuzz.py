"""Mutated programs, patterns and snapshots through compile, run and load: nothing but the language's own three errors,
no hang, no memory over the limit.
"""

from __future__ import annotations

import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from types import FrameType
from typing import Final

import msgspec

from dsl import Program, Run, ScriptError, ScriptLimitError, ScriptSyntaxError, compile_script, evaluate
from dsl.base import Obj
from dsl.snapshot import SnapshotError
from tests.dsl.casefiles import cases
from tests.dsl.test_snapshot_damage import SOURCE as HEAP
from tests.storms.command import Options, Progress, options, randomness, spread
from tests.storms.limits import CORES, WRAPS
from tests.storms.mutations import LONGEST, mutated
from tests.storms.pools import LITERALS
from tests.storms.statements import StatementWriter

COUNT: Final = 1_000_000
FUEL: Final = 10_000
MEMORY: Final = 2_000_000
HANG: Final = 5.0
"""Seconds of processor after which a program counts as hanging and is interrupted."""
GREEDY: Final = 32_000_000
"""Bytes over what the process had before, from which a program counts as greedy."""

_HERE: Final = Path(__file__).parent


@cache
def corpus() -> tuple[str, ...]:
    """What is mutated: small programs of the tests, the scripts that come with the house."""
    tests = _HERE.parent / "dsl"
    lines = [
        f"(function () {{ {line.split(' //=> ')[0]} }})()"
        for name in ("restarts.txt", "endless.txt")
        for line in (tests / name).read_text("utf-8").splitlines()
    ]
    lines += [case.source for case in cases()]
    scripts = [path.read_text("utf-8") for path in sorted((_HERE.parent.parent / "scripts").glob("*.js"))]
    return tuple(line[:LONGEST] for line in [*lines, *CORES, *WRAPS, *scripts] if line)


@cache
def patterns() -> tuple[str, ...]:
    """Regular expressions, without their slashes."""
    return (
        *(text[1 : text.rindex("/")] for text in LITERALS["re"]),
        "^(?:(\\d+)-)?([a-f]+)\\1$", "(?<year>\\d{4})-(?<m>\\d\\d)", "[\\p{Lu}--[A-C]]", "(a|ab)(c|bcd)(d*)",
        "(?:a*)*b", "(?=.*\\d)(?!.*\\s).{8,}", "\\u{1F600}|[^\\w\\-]", "^(([a-z])+.)+[A-Z]([a-z])+$",
    )  # fmt: skip


def program(chance: Random) -> str:
    """A program to be mutated: from the corpus, or made up."""
    if chance.random() < 0.6:
        return chance.choice(corpus())
    writer = StatementWriter(chance, room=12)
    head = "var t = v => v, n = 0; function tick() { return ++n > 9 } function enter() { if (++n > 50) throw n }\n"
    return (head + writer.statements(chance.randint(1, 3)))[:LONGEST]


# --- what is done with them -------------------------------------------------------------------------------------------


def _run_source(chance: Random) -> str:
    source = mutated(chance, program(chance), lambda: program(chance))
    _TRIED.append(source)
    return f"value {type(evaluate(source, fuel=FUEL, memory=MEMORY)).__name__}"


def _run_pattern(chance: Random) -> str:
    pattern = mutated(chance, chance.choice(patterns()), lambda: chance.choice(patterns()))
    flags = "".join(flag for flag in "dgimsuvy" if chance.random() < 0.2)
    subject = chance.choice(corpus())[:60] + "aaaaaaaaaaaaaaaaaaab \u212a\ud83d\ude00"
    quoted = ", ".join(msgspec.json.encode(well_formed(text)).decode() for text in (pattern, flags, subject))
    source = (
        f"var [p, f, s] = [{quoted}], r = new RegExp(p, f);"
        "String([r.test(s), s.replace(r, '$1$<n>'), r.exec(s), s.split(r)]).length"
    )
    _TRIED.append(source)
    return f"value {type(evaluate(source, fuel=FUEL, memory=MEMORY)).__name__}"


def well_formed(text: str) -> str:
    """*text* without surrogates that stand alone."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@cache
def _stored() -> tuple[Program, bytes]:
    """A program whose heap has every kind of value, and its snapshot."""
    made = compile_script(HEAP)
    run = Run(made, fuel=100_000)
    run.start()
    return made, run.dump([run.global_value("handlers")])


def _load(chance: Random) -> str:
    made, whole = _stored()
    changed = bytearray(whole)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(changed))
        end = at + chance.choice((0, 1, 1, 4))
        flipped = bytes((changed[at] ^ (1 << chance.randrange(8)),))
        changed[at:end] = chance.choice(
            (b"", chance.randbytes(1), chance.randbytes(4), changed[end : end + 5], flipped)
        )
    _TRIED.append(bytes(changed))
    run, roots = Run.load(made, bytes(changed), fuel=FUEL, memory=MEMORY)
    for name in ("up", "same"):
        handlers = roots[0] if roots else None
        run.call(handlers.get(run, name) if isinstance(handlers, Obj) else None, [])
    run.dump(roots)
    return "works on"


_TRIED: Final[list[str | bytes]] = []
"""What was tried last, for the report of a failure."""

WAYS: Final[tuple[tuple[str, float, Callable[[Random], str]], ...]] = (
    ("program", 0.9, _run_source), ("pattern", 0.06, _run_pattern), ("snapshot", 0.04, _load),
)  # fmt: skip


class Hang(BaseException):
    """A program ran for longer than HANG."""


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise Hang


@dataclass(slots=True)
class Tally:
    """Of some attempts: how they ended, and what must not be.

    slowest, greediest: seconds of processor and bytes by which the process grew at most, with what was tried.
    """

    endings: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[int, str, str]] = field(default_factory=list)
    slowest: tuple[float, int, str] = (0.0, 0, "")
    greediest: tuple[int, int, str] = (0, 0, "")
    seconds: float = 0.0

    def add(self, other: Tally) -> None:
        self.endings += other.endings
        self.failures += other.failures
        self.slowest = max(self.slowest, other.slowest)
        self.greediest = max(self.greediest, other.greediest)
        self.seconds += other.seconds


def check(seed: int, numbers: range) -> Tally:
    """Try what belongs to these numbers."""
    tally = Tally()
    signal.signal(signal.SIGPROF, _interrupt)
    corpus(), patterns(), _stored()
    for number in numbers:
        _one(randomness(seed, number), number, tally)
    return tally


def _one(chance: Random, number: int, tally: Tally) -> None:
    name, work = _way(chance)
    _TRIED.clear()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    signal.setitimer(signal.ITIMER_PROF, HANG)
    try:
        ending = work(chance)
    except (ScriptSyntaxError, ScriptError, SnapshotError) as error:
        ending = type(error).__name__
    except ScriptLimitError as error:
        ending = "ScriptLimitError"
        if "beyond what can be run" in error.message:
            tally.failures.append((number, f"Python's own limit: {error.message}", _tried()))
    except BaseException as error:  # the finding that this storm is for
        ending = f"FOREIGN {type(error).__name__}"
        tally.failures.append((number, repr(error)[:200], _tried()))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    seconds = time.process_time() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    tally.endings[f"{name}: {ending}"] += 1
    tally.seconds += seconds
    if seconds > tally.slowest[0]:
        tally.slowest = (seconds, number, _tried())
    if grown > tally.greediest[0]:
        tally.greediest = (grown, number, _tried())
    if grown > GREEDY:
        tally.failures.append((number, f"the process grew by {grown:,} bytes", _tried()))


def _way(chance: Random) -> tuple[str, Callable[[Random], str]]:
    roll = chance.random()
    for name, share, work in WAYS:
        if roll < share:
            return name, work
        roll -= share
    return WAYS[0][0], WAYS[0][2]


def _tried() -> str:
    return repr(_TRIED[-1])[:300] if _TRIED else ""


# --- the storm --------------------------------------------------------------------------------------------------------


def storm(given: Options) -> Tally:
    """Try all."""
    total, progress = Tally(), Progress(given.count)
    for tally in spread(check, given, chunk=500):
        total.add(tally)
        progress.add(sum(tally.endings.values()))
    return total


def report(given: Options, total: Tally) -> None:
    """Print what was found."""
    print(f"fuzz: {given.count:,} mutated programs, patterns and snapshots, seed {given.seed}")
    print(f"  fuel {FUEL:,}, memory {MEMORY:,} bytes, {total.seconds:,.0f} s of processor")
    for ending, count in total.endings.most_common():
        print(f"  {count:>9,}  {ending}")
    print(
        f"  {len(total.failures):>9,}  foreign exceptions, hangs over {HANG:.0f} s, growths over {GREEDY / 1e6:.0f} MB"
    )
    print(f"  {total.slowest[0] * 1000:>9,.0f}  ms of processor at most, {total.slowest[1]}: {total.slowest[2][:150]}")
    print(f"  {total.greediest[0] / 1e6:>9,.1f}  MB grown at most, {total.greediest[1]}: {total.greediest[2][:150]}")
    for number, failure, tried in total.failures[:30]:
        print(f"--- {number}: {failure}\n{tried}")


def main() -> int:
    given = options(__doc__, count=COUNT)
    total = storm(given)
    report(given, total)
    return 1 if total.failures else 0


if __name__ == "__main__":
    sys.exit(main())
