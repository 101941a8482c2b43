"""The built-ins are declared in realm.json, and their code is loaded when it is first needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dsl import evaluate
from dsl.library.realm import BUILT_INS, NotDeclared
from dsl.library.realm_file import load_all


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A process of its own, in which nothing is loaded yet."""
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True)


def test_the_file_says_what_the_modules_define() -> None:
    """realm.json is what realm_file would write."""
    done = python("-m", "dsl.library.realm_file", "--check")
    assert done.returncode == 0, done.stderr or "run `python -m dsl.library.realm_file`"


def test_a_built_in_that_is_not_declared_is_a_fault() -> None:
    """A module cannot add what realm.json does not know, or knows otherwise."""
    with pytest.raises(NotDeclared):
        BUILT_INS.function("Math.nothing", 1, call=lambda run, this, args: None)
    with pytest.raises(NotDeclared):
        BUILT_INS.function("parseInt", 7, call=lambda run, this, args: None)


def test_importing_loads_neither_compiler_nor_library() -> None:
    """What a process does not use it does not load; Lark is loaded by nothing but a change of the grammar."""
    asked = "import sys, dsl; print(*(name for name in sys.modules if name.startswith(('dsl', 'lark', 'msgspec'))))"
    loaded = python("-c", asked).stdout.split()
    assert "dsl.run" in loaded
    spared = ("dsl.parser", "dsl.codegen", "dsl.snapshot", "dsl.library.array", "dsl.library.regexp", "lark", "msgspec")
    assert not set(spared) & set(loaded)


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("Object.prototype.toString.call(Math)", "[object Math]"),
        ("new Date(0).toISOString()", "1970-01-01T00:00:00.000Z"),
        ("[...'aXbX'.matchAll(/X/g)].length", 2),
        ("new Map([[1, 2]]).size", 1),
        ("String(new RangeError('x'))", "RangeError: x"),
        ("Object.keys(JSON).length + Object.getOwnPropertyNames(Number).includes('EPSILON')", 1),
    ],
)
def test_the_first_call_in_a_process_is_like_any_other(source: str, result: object) -> None:
    """The same value comes whether the built-in's code was loaded before or not."""
    program = f"import dsl; print(repr(dsl.evaluate({source!r})))"
    assert python("-c", program).stdout.strip() == repr(result)
    load_all()
    assert evaluate(source) == result
