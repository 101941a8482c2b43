"""Every class of escape known from embedded interpreters, tried; and whatever a script can reach after each attempt is
walked: nothing but the language's own values may be found.  Then names of Python are asked of every kind of value.
"""

from __future__ import annotations

import builtins
import json
import sys
import types
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from dsl import (
    HostFunction,
    HostTable,
    Parameter,
    Run,
    ScriptError,
    ScriptLimitError,
    ScriptSyntaxError,
    compile_script,
    evaluate,
)
from dsl.calls import call
from dsl.codegen.runtime import NAMESPACE
from dsl.library import PATHS
from dsl.operators import to_plain
from dsl.values import (
    HOLE,
    MISSING,
    TDZ,
    Arr,
    Collection,
    Date,
    ErrorObject,
    GlobalObject,
    HostObject,
    MapObject,
    Null,
    Obj,
    RegExp,
    SetObject,
    Wrapper,
    throw_type_error,
)
from tests.storms.command import Options, options, randomness
from tests.storms.pools import LITERALS
from tests.storms.statements import StatementWriter

COUNT: Final = 1_000_000
FUEL: Final = 1_000_000
MEMORY: Final = 32_000_000
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


@cache
def classes() -> tuple[EscapeClass, ...]:
    """The classes of escapes.txt: a heading `## name | how | why`, then a program a line."""
    found: list[EscapeClass] = []
    for part in ESCAPES.read_text("utf-8").split("## ")[1:]:
        head, *lines = part.splitlines()
        name, how, why = head.split(" | ")
        pairs = [line.partition(" //=> ") for line in lines if line]
        found.append(EscapeClass(name, how, why, tuple(Attempt(text, expected) for text, _, expected in pairs)))
    return tuple(found)


# --- the host of the attempts -------------------------------------------------------------------------------------------


def _fails(run: Run, args: list[Any]) -> object:
    raise KeyError("a fault of the host")


def _boom(run: Run, args: list[Any]) -> object:
    throw_type_error(run, "refused")


def _give(run: Run, args: list[Any]) -> object:
    return {"list": [1, [2]], "map": {"k": {}}, "big": 10**30, "text": "{0.__class__}", "none": None, "float": 1.0}


_FUNCTIONS: Final = (
    HostFunction("echo", (Parameter("value", "plain"),), lambda run, args: args[0]),
    HostFunction("needs", (Parameter("text", "string"),), lambda run, args: args[0]),
    HostFunction("callback", (Parameter("function", "function"),), lambda run, args: call(run, args[0], None, [])),
    HostFunction("give", (), _give),
    HostFunction("boom", (), _boom),
    HostFunction("fails", (), _fails),
)
HOST: Final = HostTable(_FUNCTIONS, namespaces={"Host": _FUNCTIONS[3:4]})


def attempt(tried: Attempt) -> str | None:
    """Make the attempt; says what is wrong with its outcome."""
    try:
        run = _run(tried.program)
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


def _run(program: str) -> Run:
    return Run(compile_script(program), host=HOST, fuel=FUEL, memory=MEMORY, clock=lambda: 0.0, random=lambda: 0.5)


def _is_expected(outcome: str, expected: str) -> bool:
    if expected == "throws *":
        return outcome.startswith("throws ")
    if not expected:
        return outcome not in ("fault", "Python's own limit")
    try:
        return json.dumps(json.loads(outcome)) == json.dumps(json.loads(expected))
    except ValueError:
        return outcome == expected


# --- what a script can reach --------------------------------------------------------------------------------------------


def leaks(run: Run, *roots: Any) -> str | None:
    """The first thing that can be reached from the globals, the top level and *roots* and is no value of a script."""
    return next((_described(found) for found in reachable(run, *roots) if not is_value(found)), None)


def reachable(run: Run, *roots: Any) -> Iterator[Any]:
    """Everything that a script can come to by keys, prototypes, elements and entries."""
    waiting: list[Any] = [*roots, *run.globals.values(), run.global_object]
    waiting += [slot for slot in run.top[1:] if slot is not TDZ]
    known: set[int] = set()
    while waiting:
        found = waiting.pop()
        yield found
        if isinstance(found, Obj) and id(found) not in known:
            known.add(id(found))
            waiting += _neighbours(run, found)


def _neighbours(run: Run, found: Obj) -> Iterator[Any]:
    if found.proto is not None:
        yield found.proto
    for key in found.own_keys():
        yield key
        value = found.get_own(key)
        if value is not MISSING:
            yield value
    if isinstance(found, Arr):
        yield from (item for item in found.items if item is not HOLE)
    if isinstance(found, Collection):
        for entry in found.table.entries():
            yield from entry[:1] if isinstance(found, SetObject) else entry
    if isinstance(found, ErrorObject):
        yield found.get(run, "stack")


def is_value(found: Any) -> bool:
    """Whether *found* is exactly a value of the language: no subclass, no integer that is too big, no text of Python.

    The host of these attempts has no objects of its own.
    """
    if isinstance(found, Obj):
        return type(found).__module__.startswith("dsl.") and not isinstance(found, HostObject) and not hasattr(found, "__dict__")
    if type(found) is int:
        return -(2**53) <= found <= 2**53
    if type(found) is str:
        return not found or max(found) <= "\uffff"
    return found is None or type(found) in (bool, float, Null)


def _described(found: Any) -> str:
    return f"{type(found).__module__}.{type(found).__qualname__} {found!r:.80}"


# --- names of Python ----------------------------------------------------------------------------------------------------


@cache
def names() -> tuple[str, ...]:
    """Names of attributes of Python objects of all sorts, of this interpreter's own, and of generated code."""
    def generator() -> Iterator[int]:
        yield 1

    sample: tuple[object, ...] = (
        object(), type, 1, 1.5, "", b"", [], {}, set(), (), frozenset(), slice(0), range(1), None, NotImplemented, print, len,
        generator, generator(), generator.__code__, sys._getframe(), sys, types, builtins, Exception(), BaseException,
        property(), classmethod(len), staticmethod(len), memoryview(b""), iter([]), iter({}), {}.keys(), super, Random(1),
        _run("1"), compile_script("1"), Path(), json, Obj(None), Arr([]), RegExp("", "", None), Date(0.0), MapObject(),
        SetObject(), Wrapper(""), PATHS["Math.max"], GlobalObject({}), ErrorObject(None), HOST, types.SimpleNamespace(),
        types.MappingProxyType({}), types.MethodType(len, 1), type(generator.__code__).co_positions,
    )  # fmt: skip
    found = {name for each in sample for name in dir(each)}
    found |= set(NAMESPACE) | set(dir(builtins))
    found |= {f"{letter}{number}" for letter in "lstojfo" for number in range(4)}
    found |= {"fn", "run", "this_", "new", "args", "cv", "g", "main", "tb_frame", "f_locals", "f_back", "gi_frame", "cr_frame"}
    return tuple(sorted(found))


@cache
def own_names() -> frozenset[str]:
    """The names that the language itself gives to properties."""
    keys = {key for built_in in PATHS.values() for key in built_in.own_keys()}
    views = {"size", "source", "flags", "global", "ignoreCase", "multiline", "dotAll", "unicode", "sticky", "hasIndices"}
    keys |= set(_run("1").globals)
    return frozenset(keys | views | {"unicodeSets", "stack", "length", "name", "prototype", "callee", "lastIndex", "__proto__"})


PROBE: Final = """
function probe(value, names) {
  var found = [], box = Object(value), name;
  for (name of names) {
    var seen = value[name] !== undefined;
    if (name in box !== seen && value !== globalThis) found.push(name);
    if (value?.[name] !== undefined !== seen || Object.keys(box).includes(name)) found.push(name);
    var {[name]: taken} = box;
    if (taken !== undefined) found.push(name);
  }
  return found;
}
"""


def probes(count: int, chance: Random) -> tuple[int, list[str]]:
    """At least *count* probes of names on values of every kind; what was found that is not the language's own."""
    done, found = 0, []
    literals = [text for kind, texts in LITERALS.items() if kind != "nil" for text in texts]
    fixed = ["globalThis", "Math", "JSON", "echo", "Host", "Host.give", "give()", "Object", "Function.prototype", "(() => 1)",
             "(function () { return arguments })(1)", "new (function F() {})", "[].values().next()", "/a/d.exec('a')"]  # fmt: skip
    while done < count:
        writer = StatementWriter(chance, room=6)
        value = (fixed + literals)[done // (5 * len(names()))] if done // (5 * len(names())) < len(fixed + literals) else ""
        found += _probed(value or writer.expression("obj"))
        done += 5 * len(names())
    return done, found


def _probed(value: str) -> list[str]:
    quoted = json.dumps(names())
    source = f"{PROBE} var unset, tick = () => true, enter = () => 1; var t = x => x; try {{ probe({value}, {quoted}) }} catch (e) {{ [] }}"
    try:
        run = Run(compile_script(source), host=HOST, fuel=50_000_000, memory=500_000_000)
        outcome = run.start()
        leak = leaks(run, outcome)
        found = run.convert(to_plain, outcome)
    except (ScriptError, ScriptLimitError):
        return []
    assert isinstance(found, list)
    return [f"{value}: {name}" for name in found if name not in own_names()] + ([f"{value}: {leak}"] if leak else [])


def global_names() -> list[str]:
    """Names of Python that mean something in a script though the language does not say so."""
    usable = [name for name in names() if name.isidentifier() and not _is_word(name)]
    told = evaluate("[" + ", ".join(f"typeof {name}" for name in usable) + "]", fuel=50_000_000)
    assert isinstance(told, list)
    known = own_names() | set(_run("1").globals)
    return [name for name, kind in zip(usable, told, strict=True) if kind != "undefined" and name not in known]


def _is_word(name: str) -> bool:
    try:
        compile_script(f"typeof {name}")
    except ScriptSyntaxError:
        return True
    return False


# --- the storm --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Found:
    """What the storm came to."""

    attempts: Counter[str] = field(default_factory=Counter)
    escapes: list[str] = field(default_factory=list)
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
                found.escapes.append(f"{each.name}: {tried.program[:160]}\n    {wrong}, expected {tried.expected or 'no harm'}")
    found.probes, found.leaked = probes(given.count, randomness(given.seed, 0))
    found.leaked += global_names()
    return found


def report(given: Options, found: Found) -> None:
    """Print what was found."""
    print(f"escape: {len(found.attempts)} classes, {sum(found.attempts.values())} attempts, seed {given.seed}")
    for name, count in found.attempts.items():
        print(f"  {count:>9}  {name}")
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
