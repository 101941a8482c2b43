"""Names of Python, asked of every kind of value and as variables: none but the language's own may mean anything."""

from __future__ import annotations

import builtins
import json
import sys
import types
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from dsl import ScriptError, ScriptLimitError, ScriptSyntaxError, compile_script, evaluate
from dsl.codegen.runtime import NAMESPACE
from dsl.library import PATHS
from dsl.operators import to_plain
from dsl.values import Arr, Date, ErrorObject, GlobalObject, MapObject, Obj, RegExp, SetObject, Wrapper
from tests.storms.pools import LITERALS
from tests.storms.reach import HOST, leaks, run_of
from tests.storms.statements import StatementWriter


@cache
def names() -> tuple[str, ...]:
    """Names of attributes of Python objects of all sorts, of this interpreter's own, and of generated code."""

    def generator() -> Iterator[int]:
        yield 1

    sample: tuple[object, ...] = (
        object(), type, 1, 1.5, "", b"", [], {}, set(), (), frozenset(), slice(0), range(1), None, print, len, sys,
        types, NotImplemented, generator, generator(), generator.__code__, sys._getframe(), builtins, Exception(),
        property(), BaseException, classmethod, staticmethod(len), memoryview(b""), iter([]), iter({}), {}.keys(),
        super, Random(1), run_of("1"), compile_script("1"), Path(), json, Obj(None), Arr([]), RegExp("", "", None),
        Date(0.0), MapObject(), SetObject(), Wrapper(""), PATHS["Math.max"], GlobalObject({}), ErrorObject(None), HOST,
        types.SimpleNamespace(), types.MappingProxyType({}), types.MethodType(len, 1),
    )  # fmt: skip
    found = {name for each in sample for name in dir(each)}
    found |= set(NAMESPACE) | set(dir(builtins))
    found |= {f"{letter}{number}" for letter in "lstojfo" for number in range(4)}
    found |= {"fn", "run", "this_", "new", "args", "cv", "g", "main", "tb_frame", "f_locals", "f_back", "cr_frame"}
    return tuple(sorted(found))


@cache
def own_names() -> frozenset[str]:
    """The names that the language itself gives to properties."""
    keys = {key for built_in in PATHS.values() for key in built_in.own_keys()}
    return frozenset(keys | set(run_of("1").globals)) | _VIEWS


_VIEWS: Final = frozenset(
    (
        "size", "source", "flags", "global", "ignoreCase", "multiline", "dotAll", "unicode", "sticky", "hasIndices",
        "unicodeSets", "stack", "value", "done", "index", "input", "groups", "indices", "arguments",
        "length", "name", "prototype", "callee", "lastIndex", "__proto__",
    )
)  # fmt: skip


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


_FIXED: Final = (
    "globalThis", "Math", "JSON", "echo", "Host", "Host.give", "give().map", "give().list", "Object",
    "Function.prototype", "(() => 1)",
    "(function () { return arguments })(1)", "new (function F() {})", "[].values().next()", "/a/d.exec('a')",
    *(text for kind, texts in LITERALS.items() if kind != "nil" for text in texts),
)  # fmt: skip
"""Values of every kind; further ones are made up."""


def probes(count: int, chance: Random) -> tuple[int, list[str]]:
    """At least *count* probes of names on values of every kind; what was found that is not the language's own."""
    found: list[str] = []
    each = 5 * len(names())
    rounds = max(1, -(-count // each))
    for number in range(rounds):
        made_up = StatementWriter(chance, room=6).expression("obj")
        found += _probed(_FIXED[number] if number < len(_FIXED) else made_up)
    return rounds * each, found


def _probed(value: str) -> list[str]:
    source = (
        f"{PROBE} var unset, t = x => x; function tick() {{ return true }} function enter() {{}}\n"
        f"try {{ probe({value}, {json.dumps(names())}) }} catch (e) {{ [] }}"
    )
    try:
        run = run_of(source, fuel=50_000_000, memory=500_000_000)
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
    known = own_names() | set(run_of("1").globals)
    return [name for name, kind in zip(usable, told, strict=True) if kind != "undefined" and name not in known]


def _is_word(name: str) -> bool:
    try:
        compile_script(f"typeof {name}")
    except ScriptSyntaxError:
        return True
    return False
