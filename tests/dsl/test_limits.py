"""Limits: nothing that a script can write catches, delays or outruns them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dsl import Run, ScriptError, ScriptLimitError, compile_script, evaluate

ENDLESS = (Path(__file__).parent / "endless.txt").read_text(encoding="utf-8").splitlines()
"""Programs that want to run, or to grow, for ever."""


@pytest.mark.parametrize("source", ENDLESS)
def test_every_script_stops(source: str) -> None:
    """By its own limit, with a place in the script, never by a foreign exception."""
    with pytest.raises(ScriptLimitError) as caught:
        evaluate(source, fuel=100_000, memory=4_000_000)
    assert caught.value.line is not None


@pytest.mark.parametrize(
    "guard",
    [
        "try {{ {0} }} catch (e) {{ n = 1 }}",
        "try {{ {0} }} finally {{ n = 1 }}",
        "try {{ {0} }} catch {{ n = 1 }} finally {{ n = 1 }}",
        "(function () {{ try {{ {0} }} finally {{ n = 1; return 5 }} }})()",
        "a: try {{ {0} }} finally {{ n = 1; break a }}",
        "for (var i = 0; i < 2; i++) try {{ {0} }} finally {{ n = 1; continue }}",
        "[1].map(() => {{ try {{ {0} }} finally {{ n = 1 }} }})",
    ],
)
@pytest.mark.parametrize(
    "limit", ["for (;;);", "(function f() { f() })()", "var s = 'x'; for (;;) s += s", "'x'.repeat(1e8).split('')"]
)
def test_no_construct_sees_a_limit(guard: str, limit: str) -> None:
    """No catch, no finally, no jump or return in it runs."""
    run = Run(compile_script("var n = 0; " + guard.format(limit)), fuel=100_000, memory=4_000_000)
    with pytest.raises(ScriptLimitError):
        run.start()
    assert run.global_value("n") == 0
    with pytest.raises(ScriptLimitError):
        run.call(run.global_value("n"), [])


def test_fuel_is_the_same_every_time() -> None:
    """Fuel counts work, not time."""
    program = compile_script(
        "var r = []; for (let i = 0; i < 50; i++) r.push(`${i}`.padStart(9)); r.sort().join().replace(/1/g, 'x')"
    )
    used = []
    for _ in range(3):
        run = Run(program)
        run.start()
        used.append((run.fuel_used, run.memory_used))
    assert used[0] == used[1] == used[2]


def test_straight_code_costs_by_its_size() -> None:
    """A long function body is not one step."""
    run = Run(compile_script("var x = 0; function f() { " + "x = x + 1; " * 1000 + "} f()"))
    run.start()
    assert run.fuel_used > 200


@pytest.mark.parametrize(
    "source",
    [
        "function f({0}) {{ }} for (var i = 0; i < 10; i++) f()",
        "function f() {{ var {0} }} for (var i = 0; i < 10; i++) f()",
        "for (var i = 0; i < 10; i++) {{ let {0} }}",
        "for (var i = 0; i < 10; i++) [{0}] = 'abc'",
        "for (var i = 0; i < 10; i++) [{1}] = 'abc'",
        "for (var i = 0; i < 10; i++) switch (i) {{ {2} }}",
    ],
)
def test_every_part_of_a_list_costs(source: str) -> None:
    """Parameters, variables, elements of patterns and cases are work too."""
    names, holes = ", ".join(f"n{number}" for number in range(800)), "," * 800
    cases = " ".join(f"case {number}:" for number in range(1000, 1800))
    run = Run(compile_script(source.format(names, holes, cases)))
    run.start()
    assert run.fuel_used > 10 * 800 // 40


def test_text_can_be_built_piece_by_piece() -> None:
    """The pieces of a string that nobody else holds are paid once, not with every append."""
    loop = "for (var i = 0; i < 20000; i++)"
    source = f"var s = ''; {loop} s += 'ab'; var t = ''; {loop} t = t + 'ab'; s.length + t.length"
    assert evaluate(source) == 80000


def test_depth_is_counted_per_call_and_given_back() -> None:
    """A recursion of a few hundred calls is fine, again and again."""
    assert evaluate("function f(n) { return n ? 1 + f(n - 1) : 0 } f(800) + f(800)") == 1600


def test_depth_is_given_back_after_an_exception() -> None:
    """Also through native callbacks."""
    source = """
    function f(n) { if (!n) throw 1; [n].forEach(() => f(n - 1)) }
    for (var i = 0; i < 20; i++) try { f(200) } catch (e) {}
    'ok'
    """
    assert evaluate(source) == "ok"


@pytest.mark.parametrize(
    "source",
    [
        "var p = {}; p.p = p; JSON.stringify(p)",
        "'x'.repeat(1e9)",
        "'x'.repeat(-1)",
        "new Array(-1)",
        "(1).toFixed(101)",
        "decodeURIComponent('%')",
        "new RegExp('(')",
        "JSON.parse('[')",
        "new Date(NaN).toISOString()",
        "[].reduce((a, b) => a)",
        "Object.defineProperty({}, 'a', {})",
        "Symbol('x')",
    ],
)
def test_errors_of_built_ins_are_the_scripts(source: str) -> None:
    """They can be caught, and are ScriptError outside."""
    with pytest.raises(ScriptError):
        evaluate(source)
    assert evaluate(f"try {{ {source} }} catch (e) {{ 'caught' }}") == "caught"


def in_new_process(program: str, *, seed: int = 0) -> str:
    """What *program*, in Python, prints in a process of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return done.stdout


def test_counts_do_not_depend_on_the_process() -> None:
    """Another hash seed, and so another order of Python's sets, gives the same counts."""
    source = "var o = {}; for (var k of ['b', 'a', '7']) o[k] = new Set([k, /x/g, 1.5]); JSON.stringify([...'ab', o])"
    program = (
        f"from dsl import *\nrun = Run(compile_script({source!r}))\nrun.start()\nprint(run.fuel_used, run.memory_used)"
    )
    assert len({in_new_process(program, seed=seed) for seed in (1, 2, 3)}) == 1


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("var n = 0;\n  while (true) n++;", (2, 3)),
        ("var s = 'xx';\nfor (;;)\n  s = s + s;", (3, 9)),
        ("function f() {\n  return 1 + f();\n}\nf();", (2, 14)),
    ],
)
def test_a_limit_says_where_the_script_was(source: str, place: tuple[int, int]) -> None:
    """Fuel, memory and depth each name line and column."""
    with pytest.raises(ScriptLimitError) as caught:
        evaluate(source, fuel=100_000)
    assert (caught.value.line, caught.value.column) == place


@pytest.mark.parametrize(
    ("source", "least"),
    [
        ("var f = Math.max; for (var i = 0; i < 200; i++) f = f.bind(null); f()", 600),
        ("parseInt(' '.repeat(100000))", 1000),
        ("new Array(60000)", 200),
        ("'1'.repeat(100000) == 5", 1000),
        ("Object.assign([], new Array(10000).fill(1))", 10_000),
        ("Object.entries(new Array(1000).fill(1))", 2000),
        ("var s = 'x'.repeat(1000000); `${s}${s}`", 400),
        ("5e-324.toString(2)", 100),
        ("(function (" + ",".join(f"a{n}" for n in range(3000)) + ") {})()", 90),
    ],
)
def test_what_takes_long_costs_fuel(source: str, least: int) -> None:
    """Work that grows with what it is given is charged by that."""
    run = Run(compile_script(source))
    run.start()
    assert run.fuel_used >= least


GROWING = (
    "var a = []; for (;;) { var f = function () {}; f.prototype; a.push(f) }",
    "var b = new Array(1000).fill(1), a = []; for (;;) a.push(b.map((x, i) => i + 0.5))",
    "var a = []; for (var i = 0; ; i++) a.push('k' + i)",
    "var a = []; for (;;) { let p = a.length + 0.5, q = p + 1, r = q + 1; a.push(() => p + q + r) }",
    "for (var c of '\\u4e00'.repeat(3000000));",
    "escape('\\u4e00'.repeat(2000000))",
    "'\\u4e00'.repeat(600000).split('')",
)
"""Each kept several times the memory that it was charged."""
ALLOWED = 48_000_000
"""Bytes by which a process may grow for a script that may have 32,000,000: Python's allocator keeps some to itself."""


@pytest.mark.parametrize("source", GROWING)
def test_memory_bounds_what_the_process_grows_by(source: str) -> None:
    """The charge is honest: the operating system sees no more than the script was allowed."""
    program = (
        "import resource\nfrom dsl import *\nfrom dsl.library.realm_file import load_all\nload_all()\n"
        "def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024\n"
        f"program = compile_script({source!r})\nbefore = peak()\n"
        "try: Run(program, fuel=3_000_000).start()\nexcept ScriptLimitError: pass\nprint(peak() - before)"
    )
    assert int(in_new_process(program)) < ALLOWED
