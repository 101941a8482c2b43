"""Mutated programs, patterns and snapshots through compile, run and load: nothing but the language's own three errors,
no hang, no memory over the limit.
"""

from __future__ import annotations

import re
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
from tests.storms.pools import LITERALS
from tests.storms.statements import StatementWriter

COUNT: Final = 1_000_000
FUEL: Final = 10_000
MEMORY: Final = 2_000_000
LONGEST: Final = 1_000
"""Characters of a program at most, so that a million of them can be run."""
HANG: Final = 5.0
"""Seconds of processor after which a program counts as hanging and is interrupted."""
GREEDY: Final = 32_000_000
"""Bytes over what the process had before, from which a program counts as greedy."""

_HERE: Final = Path(__file__).parent
_TOKEN: Final = re.compile(r"\s+|[\w$]+|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|=>|\?\.|\.\.\.|[-+*/%&|^<>=!?]{1,4}|.", re.S)
_ODD: Final = (
    "\0", "\ufeff", "\u2028", "\u00e9", "\u212a", "\ud83d", "\U0001f600", "\u200d", "\\u0061", "\\u{110000}", "`", "${", "}",
    "/*", "*/", "//", "<!--", "-->", "#!", "'", '"', "\\", "\n", "\r", "0b", "0x", "1e", "1_", "..", "?.", "??=", "**", "=>",
    "...", "@", "#", "__proto__", "__class__", "__builtins__", "constructor", "arguments", "eval", "new.target", "super",
    "async", "await", "yield", "class", "get", "set", "static", "let", "of", "import", "export", "with", "debugger",
    "1e309", "9007199254740993", "0.1e-400", "-0", "99999999999999999999", "4294967295", "'use strict';", "/(?<a>.)\\k<a>/u",
    "(?:", "[^]", "{1,99999}", "\\p{L}", "\\b", "(?<!", ")*",
)  # fmt: skip


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
    return tuple(text[1 : text.rindex("/")] for text in LITERALS["re"]) + (
        "^(?:(\\d+)-)?([a-f]+)\\1$", "(?<year>\\d{4})-(?<m>\\d\\d)", "[\\p{Lu}--[A-C]]", "(a|ab)(c|bcd)(d*)", "(?:a*)*b",
        "(?=.*\\d)(?!.*\\s).{8,}", "\\u{1F600}|[^\\w\\-]", "^(([a-z])+.)+[A-Z]([a-z])+$",
    )  # fmt: skip


def program(chance: Random) -> str:
    """A program to be mutated: from the corpus, or made up."""
    if chance.random() < 0.6:
        return chance.choice(corpus())
    writer = StatementWriter(chance, room=12)
    head = "var t = v => v, n = 0; function tick() { return ++n > 9 } function enter() { if (++n > 50) throw n }\n"
    return (head + writer.statements(chance.randint(1, 3)))[:LONGEST]


# --- mutations --------------------------------------------------------------------------------------------------------


def mutated(chance: Random, text: str, other: Callable[[], str]) -> str:
    """*text* with one to four changes of tokens or of characters."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3))):
        change = chance.choices((_alike, _tokens, _characters, _nested), (80, 10, 7, 3))[0]
        text = change(chance, text, other)[: LONGEST * 2]
    return text


def _alike(chance: Random, text: str, other: Callable[[], str]) -> str:
    """A token in the place of one of its kind, from the program itself, from another or from the odd ones."""
    parts = _TOKEN.findall(text)
    kinds = [_kind(part) for part in parts]
    places = [at for at, kind in enumerate(kinds) if kind]
    if not places:
        return _tokens(chance, text, other)
    at = chance.choice(places)
    same = [part for part in (parts if chance.random() < 0.6 else _TOKEN.findall(other())) if _kind(part) == kinds[at]]
    parts[at] = chance.choice([*same, *_SWAPS[kinds[at]]])
    return "".join(parts)


def _kind(token: str) -> str:
    """Which tokens may stand for this one without the program becoming no program; empty if none."""
    if token in _SWAPS["operator"]:
        return "operator"
    if token[0] in "'\"":
        return "text"
    if token[0].isdigit():
        return "number"
    return "name" if token.isidentifier() and token not in _WORDS else ""


_SWAPS: Final[dict[str, tuple[str, ...]]] = {
    "operator": (
        "+", "-", "*", "/", "%", "**", "&", "|", "^", "<<", ">>", ">>>", "<", ">", "<=", ">=", "==", "!=", "===", "!==",
        "&&", "||",
    ),
    "text": ("''", "'\\ud83d'", "'__proto__'", "'constructor'", "'length'", "'__class__'", "'$1$&'", "'x'.repeat(9999)"),
    "number": (
        "0", "-1", "1e309", "NaN", "-0", "2 ** 53", "2 ** 32", "4294967295", "1e21", "0.1", "1e9", "[]", "{}", "null",
        "undefined", "'7'", "x => x", "'x'.repeat(1e4)", "Array(1e4)", "/a/g",
    ),
    "name": (
        "undefined", "arguments", "this", "null", "Object", "Array", "String", "Map", "JSON", "Math", "__proto__",
        "constructor", "prototype", "length", "toString", "valueOf", "name", "globalThis", "__class__", "parseInt", "Date",
        "RegExp", "eval", "sort", "replace", "repeat", "concat", "splice", "bind", "call", "apply", "freeze", "raw",
    ),
}  # fmt: skip
_WORDS: Final = frozenset(
    "var let const function return if else for in of while do break continue switch case default try catch finally throw "
    "new delete typeof void instanceof".split()
)


def _tokens(chance: Random, text: str, other: Callable[[], str]) -> str:
    parts = _TOKEN.findall(text)
    if not parts:
        return chance.choice(_ODD)
    at = chance.randrange(len(parts))
    end = min(len(parts), at + chance.choice((1, 1, 2, 5, 20)))
    match chance.randrange(6):
        case 0:
            del parts[at:end]
        case 1:
            parts[at:at] = parts[at:end]
        case 2:
            parts[at] = chance.choice(_ODD)
        case 3:
            place = chance.randrange(len(parts))
            parts[at], parts[place] = parts[place], parts[at]
        case 4:
            strange = _TOKEN.findall(other())
            start = chance.randrange(len(strange) or 1)
            parts[at:end] = strange[start : start + chance.choice((1, 3, 10))]
        case _:
            parts.insert(at, f" {chance.choice(_ODD)} ")
    return "".join(parts)


def _characters(chance: Random, text: str, other: Callable[[], str]) -> str:
    at = chance.randrange(len(text) + 1)
    match chance.randrange(5):
        case 0:
            return text[:at] + text[at + chance.randint(1, 4) :]
        case 1:
            return text[:at] + chr(chance.choice((chance.randrange(128), chance.randrange(0x11000)))) + text[at + 1 :]
        case 2:
            return text[:at] + chance.choice(_ODD) + text[at:]
        case 3:
            return text[:at]
        case _:
            return text[:at] + text[max(0, at - chance.randint(1, 9)) : at] * chance.choice((2, 3, 50)) + text[at:]


def _nested(chance: Random, text: str, other: Callable[[], str]) -> str:
    opening, closing = chance.choice((("(", ")"), ("[", "]"), ("{", "}"), ("x=>", ""), ("-", ""), ("a?b:", ""), ("`${", "}`")))
    count = chance.choice((1, 2, 10, 150))
    at = chance.randrange(len(text) + 1)
    end = chance.randint(at, len(text))
    return text[:at] + opening * count + text[at:end] + closing * count + text[end:]


# --- what is done with them ---------------------------------------------------------------------------------------------


def _run_source(chance: Random) -> str:
    source = mutated(chance, program(chance), lambda: program(chance))
    _TRIED.append(source)
    return f"value {type(evaluate(source, fuel=FUEL, memory=MEMORY)).__name__}"


def _run_pattern(chance: Random) -> str:
    pattern = mutated(chance, chance.choice(patterns()), lambda: chance.choice(patterns()))
    flags = "".join(flag for flag in "dgimsuvy" if chance.random() < 0.2)
    subject = chance.choice(corpus())[:60] + "aaaaaaaaaaaaaaaaaaab \u212a\ud83d\ude00"
    source = f"var r = new RegExp(p, f), a = [r.test(s), s.replace(r, '$1$<n>'), r.exec(s), s.split(r)]; String(a).length"
    quoted = (msgspec.json.encode(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")).decode() for text in (pattern, flags, subject))
    _TRIED.append("var [p, f, s] = [" + ", ".join(quoted) + f"]; {source}")
    return f"value {type(evaluate(_TRIED[-1], fuel=FUEL, memory=MEMORY)).__name__}"


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
        changed[at:end] = chance.choice(
            (b"", chance.randbytes(1), chance.randbytes(4), changed[end : end + 5], bytes((changed[at] ^ (1 << chance.randrange(8)),)))
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
    print(f"  {len(total.failures):>9,}  foreign exceptions, hangs over {HANG:.0f} s, growths over {GREEDY / 1e6:.0f} MB")
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
