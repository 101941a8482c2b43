"""Random programs, run step by step: once straight through, once with dump and load before every step and at every call
of a host function that must be waited for.  Both must trace the same, whatever state the steps leave behind.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any, Final

from dsl import (
    DslError,
    HostFunction,
    HostTable,
    Parameter,
    Program,
    Run,
    ScriptLimitError,
    ScriptSyntaxError,
    Suspend,
    compile_script,
    nodes,
)
from dsl.parser import parse
from dsl.snapshot.shapes import LARGEST, OFTEN
from dsl.values import Obj, Value
from tests.storms.command import Options, Progress, options, randomness, spread
from tests.storms.expressions import Name
from tests.storms.statements import PRELUDE, StatementWriter

COUNT: Final = 10_000
STEPS: Final = 4
FUEL: Final = 2_000_000
MEMORY: Final = 100_000_000
ANSWERS: Final = (None, True, 7, -0.5, "text \ud83d\ude00", [1, [2]], {"k": 1, "l": {"k": [3]}})
FORMS: Final = frozenset(
    kind.__name__ for kind in vars(nodes).values() if isinstance(kind, type) and issubclass(kind, nodes.Node)
) - {"Node"}


class StepWriter(StatementWriter):
    """Writes programs whose steps share state: variables, closures that were kept, handlers that the host holds."""

    def trace(self) -> str:
        roll = self.chance.random()
        if roll < 0.12:
            return f"kept.push({self.function()});"
        if roll < 0.2:
            return f"kept.push({self.expression('any')});"
        if roll < 0.28:
            return f"if (kept.length) t(kept[n % kept.length]?.call?.({self.arguments() or 'n'}));"
        if roll < 0.34:
            return f"t(ask({self.expression('any')}));"
        if roll < 0.38:
            return f"for (const one of {self.expression('iter')}) {{ t(one); break; }}"
        return super().trace()

    def program(self) -> str:
        """A program that declares step(n) and handlers(n)."""
        self.strict = self.maybe(0.2)
        self.names.append(Name("kept", "arr", writable=False))
        top = "\n".join(self._refilled(self.top_declaration) for _ in range(self.chance.randint(3, 6)))
        steps = "\n".join(f"case {number}: {self._step()} break;" for number in range(STEPS))
        handlers = ", ".join(f"{key}: {self._refilled(self.function)}" for key in ("onSuccess", "onFail"))
        shown = " ".join(f"t({name.text});" for name in self.names)
        directive = "'use strict';\n" if self.strict else ""
        return (
            f"{directive}{PRELUDE}\nvar kept = [], n = 0, state = 0;\n{top}\n"
            f"function step(n) {{ trace = []; ticks = calls = 0;\n"
            f"try {{ switch (n) {{\n{steps}\n}} }} catch (e) {{ t(e) }}"
            f" finally {{ {shown} }} return trace.join('\\n') }}\n"
            f"function handlers(n) {{ return {{ {handlers} }} }}\n"
            f"function handle(held) {{ trace = []; ticks = calls = 0; let own = ++state;\n"
            f"try {{ t(held.onSuccess(own)); t(held.onFail(held)); }} catch (e) {{ t(e) }} return trace.join('\\n') }}"
        )

    def _refilled(self, write: Any) -> str:
        self.room = 30
        return str(write())

    def _step(self) -> str:
        self.room = 40
        with self.block():
            self.in_function, self.functions = True, 1
            text = " ".join(self.guarded() for _ in range(self.chance.randint(1, 3)))
            self.in_function, self.functions = False, 0
        return "{ " + text + " }"


@dataclass(slots=True)
class Answers:
    """What the host answers to `ask`, in order.  straight: at once; else only what is recorded, and the run stops."""

    straight: bool
    given: int = 0
    recorded: list[Any] = field(default_factory=list)
    position: int = 0

    def ask(self, run: Run, args: list[Any]) -> Any:
        self.position += 1
        if self.straight or self.position <= len(self.recorded):
            return ANSWERS[(self.given + self.position) % len(ANSWERS)]
        raise Suspend("ask")

    def host(self) -> HostTable:
        return HostTable((HostFunction("ask", (Parameter("question"),), self.ask, waits=True),))

    def next_step(self) -> None:
        """The step is over: what it was answered is history."""
        self.given += self.position
        self.position = 0
        self.recorded.clear()


def straight(program: Program) -> Iterator[str]:
    """What each step traces without any restart."""
    answers = Answers(straight=True)
    run = _fresh(program, answers)
    yield _outcome(run.start)
    held: Value = None
    for number in range(STEPS):
        answers.next_step()
        yield _outcome(lambda run=run, number=number: run.call(run.global_value("step"), [number]))
        answers.next_step()
        if held is not None:
            yield _outcome(lambda run=run, held=held: run.call(run.global_value("handle"), [held]))
        answers.next_step()
        held = run.call(run.global_value("handlers"), [number])


@dataclass(slots=True)
class Restarted:
    """The same with a restart wherever one can be.  written: bytes of all snapshots together."""

    program: Program
    restarts: int = 0
    written: int = 0

    def trace(self) -> Iterator[str]:
        answers = Answers(straight=False)
        data, outcome = self._first(answers)
        yield outcome
        held = False
        for number in range(STEPS):
            answers.next_step()
            data, outcome = self._done(data, answers, lambda run, roots, number=number: ("step", [number]))
            yield outcome
            answers.next_step()
            if held:
                data, outcome = self._done(data, answers, lambda run, roots: ("handle", [roots[0]]))
                yield outcome
            answers.next_step()
            run, _ = self._load(data, answers)
            data = self._dump(run, [run.call(run.global_value("handlers"), [number])])
            held = True

    def _first(self, answers: Answers) -> tuple[bytes, str]:
        while True:
            run = _fresh(self.program, answers)
            try:
                outcome = _outcome(run.start)
                return self._dump(run, []), outcome
            except Suspend:
                self._record(answers)

    def _done(self, data: bytes, answers: Answers, what: Any) -> tuple[bytes, str]:
        """Call from the snapshot, again whenever the run was stopped for an answer."""
        while True:
            run, roots = self._load(data, answers)
            name, args = what(run, roots)
            try:
                outcome = _outcome(lambda run=run, name=name, args=args: run.call(run.global_value(name), args))
                return self._dump(run, roots), outcome
            except Suspend:
                self._record(answers)

    def _record(self, answers: Answers) -> None:
        answers.recorded.append(None)
        answers.position = 0

    def _load(self, data: bytes, answers: Answers) -> tuple[Run, list[Value]]:
        self.restarts += 1
        for _ in range(OFTEN if len(data) <= LARGEST else 0):  # the code for a heap of this shape reads it then
            Run.load(self.program, data, host=answers.host(), clock=_clock, random=_random, fuel=FUEL, memory=MEMORY)
        return Run.load(self.program, data, host=answers.host(), clock=_clock, random=_random, fuel=FUEL, memory=MEMORY)

    def _dump(self, run: Run, roots: list[Value]) -> bytes:
        if run.aborted:
            raise Stopped
        data = run.dump(roots)
        self.written += len(data)
        return data


class Stopped(Exception):
    """A limit ended the program."""


def _clock() -> float:
    return 0.0


def _random() -> float:
    return 0.5


def _fresh(program: Program, answers: Answers) -> Run:
    return Run(program, host=answers.host(), clock=_clock, random=_random, fuel=FUEL, memory=MEMORY)


def _outcome(work: Any) -> str:
    try:
        value = work()
    except ScriptLimitError:
        raise Stopped from None
    except DslError as error:
        return f"{type(error).__name__} {error.message}"
    return value if isinstance(value, str) else type(value).__name__ if isinstance(value, Obj) else repr(value)


# --- the storm --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """Of some programs: what they were made of, how often they restarted, which noticed it."""

    programs: int = 0
    stopped: int = 0
    restarts: int = 0
    written: int = 0
    lines: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    noticed: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        for each in fields(self):
            mine = getattr(self, each.name)
            setattr(self, each.name, mine + getattr(other, each.name))


def check(seed: int, numbers: range) -> Tally:
    """Run the programs of these numbers both ways."""
    tally = Tally()
    for number in numbers:
        source = StepWriter(randomness(seed, number)).program()
        tally.programs += 1
        if number % 10 == 0:
            tally.forms += Counter(forms(source))
        noticed = difference(source, tally)
        if noticed is not None:
            tally.noticed.append((number, noticed))
    return tally


def difference(source: str, tally: Tally) -> str | None:
    """What a program traced otherwise after restarts; None if it noticed nothing."""
    try:
        program = compile_script(source)
    except ScriptSyntaxError:
        tally.stopped += 1
        return None
    restarted = Restarted(program)
    try:
        for expected, found in zip(straight(program), restarted.trace(), strict=True):
            tally.lines += expected.count("\n") + 1
            if expected != found:
                return f"{_cut(expected, found)}\n  restarted: {_cut(found, expected)}"
    except Stopped:
        tally.stopped += 1
    finally:
        tally.restarts += restarted.restarts
        tally.written += restarted.written
    return None


def _cut(text: str, other: str) -> str:
    """The first line of *text* that is not in *other* at its place."""
    others = other.split("\n")
    for at, line in enumerate(text.split("\n")):
        if at >= len(others) or others[at] != line:
            return line[:300]
    return "(no more)"


def forms(source: str) -> set[str]:
    """The kinds of node that a program is made of."""
    found: set[str] = set()
    waiting: list[Any] = [parse(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, nodes.Node):
            found.add(type(node).__name__)
            waiting += [getattr(node, each.name) for each in fields(node)]
    return found


def storm(given: Options) -> Tally:
    """Check all programs."""
    total, progress = Tally(), Progress(given.count)
    for tally in spread(check, given, chunk=50):
        total.add(tally)
        progress.add(tally.programs)
    return total


def report(given: Options, total: Tally) -> None:
    """Print what was found."""
    met = {form: count for form, count in total.forms.items() if form in FORMS}
    print(f"restarts: {given.count:,} random programs, seed {given.seed}, {STEPS} steps each")
    size = total.written / max(total.restarts, 1)
    print(f"  {total.restarts:>9,}  restarts (dump, load, go on), {size:,.0f} bytes on average")
    print(f"  {total.lines:>9,}  values, errors and side effects traced and equal")
    print(f"  {total.stopped:>9,}  programs refused, or stopped by a limit of the language")
    print(f"  {len(met):>9}  of {len(FORMS)} statement and expression forms in a sample of every tenth program")
    rare = sorted(met.items(), key=lambda pair: pair[1])[:5]
    print(f"             rarest: {', '.join(f'{form} in {count}' for form, count in rare)}")
    print(f"             missing: {', '.join(sorted(FORMS - set(met))) or 'none'}")
    print(f"  {len(total.noticed):>9}  programs that noticed a restart")
    for number, noticed in total.noticed[:20]:
        print(f"--- {number}\n  straight:  {noticed}")


def main() -> int:
    given = options(__doc__, count=COUNT)
    total = storm(given)
    report(given, total)
    return 1 if total.noticed or FORMS - set(total.forms) else 0


if __name__ == "__main__":
    sys.exit(main())
