"""Limits: nothing that a script can write catches, delays or outruns them."""

from __future__ import annotations

import pytest

from dsl import Run, ScriptError, ScriptLimitError, compile_script, evaluate

ENDLESS = [
    "while (true) {}", "for (;;);", "do {} while (1)", "while (true) { try { while (true) {} } catch (e) {} finally { continue } }",
    "a: while (true) { try { continue a } finally { continue a } }", "function f() { f() } f()", "var f = () => f(); f()",
    "function f() { try { f() } catch (e) { f() } finally { f() } } f()", "function f() { for (;;) try { return f() } finally { continue } } f()",
    "var o = {toString() { return o + '' }}; o + ''", "var o = {valueOf() { return o * 1 }}; o * 1", "(function f() { f`x` })()",
    "[2, 1].sort(function s(a, b) { return [a, b].sort(s) })", "var a = [1]; for (var x of a) a.push(x)", "var s = new Set([1]); for (var x of s) s.add(x + 1)",
    "var m = new Map([[1, 1]]); m.forEach((v, k) => m.set(k + 1, v))", "/(a+)+b/.test('a'.repeat(40))", "var a = 'x'.repeat(1e6); for (;;) a === 'x'.repeat(1e6)",
    "var a = 'x'.repeat(1e6) + 'a', b = 'x'.repeat(1e6) + 'b'; for (;;) a < b", "var o = {}; for (var i = 0; i < 1e4; i++) o = Object.create(o); for (;;) o.zzz",
    "function F() { new F } new F", "function f(...a) { f(...a, ...a) } f(1, 2)", "var f = () => { }; for (;;) f = f.bind()", "JSON.parse('[' + '1,'.repeat(1e6) + '1]')",
]  # fmt: skip
GREEDY = [
    "var s = 'x'; for (;;) s += s", "var s = 'x'; for (;;) s = s + s", "var s = 'x'.repeat(100), a = []; for (;;) a.push(s += 'x')", "var t = ''; for (;;) t = `${t}${t}xxxxxxxx`",
    "var a = []; a[4294967290] = 1", "new Array(4294967295)", "var a = []; a.length = 4294967295", "var o = {}; for (var i = 0;; i++) o[i] = i", "var o = {}; for (;;) o = {o}",
    "var a = [1]; for (;;) a = [...a, ...a]", "var a = [1]; for (;;) a = a.concat(a)", "Array.from({length: 1e9})", "[].fill.call({length: 1e9}, 1)", "var f; for (;;) { let g = f; f = () => g }",
    "var m = new Map(); for (var i = 0;; i++) m.set(i, {})", "var a = Array(1e5).fill('x'.repeat(1e3)); a.join('y')", "function g(n) { return n ? [g(n - 1), g(n - 1)] : 0 } g(40)",
    "(function f() { return [].concat(...Array(1e5).fill(Array(1e5).fill(1))) })()",
]  # fmt: skip


@pytest.mark.parametrize("source", ENDLESS + GREEDY)
def test_every_script_stops(source: str) -> None:
    """By its own limit, with a place in the script, never by a foreign exception."""
    with pytest.raises(ScriptLimitError) as caught:
        evaluate(source, fuel=100_000, memory=4_000_000)
    assert caught.value.line is not None


@pytest.mark.parametrize(
    "guard",
    [
        "try {{ {0} }} catch (e) {{ n = 1 }}", "try {{ {0} }} finally {{ n = 1 }}", "try {{ {0} }} catch {{ n = 1 }} finally {{ n = 1 }}",
        "(function () {{ try {{ {0} }} finally {{ n = 1; return 5 }} }})()", "a: try {{ {0} }} finally {{ n = 1; break a }}",
        "for (var i = 0; i < 2; i++) try {{ {0} }} finally {{ n = 1; continue }}", "[1].map(() => {{ try {{ {0} }} finally {{ n = 1 }} }})",
    ],
)  # fmt: skip
@pytest.mark.parametrize("limit", ["for (;;);", "(function f() { f() })()", "var s = 'x'; for (;;) s += s", "'x'.repeat(1e8).split('')"])
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
    program = compile_script("var r = []; for (let i = 0; i < 50; i++) r.push(`${i}`.padStart(9)); r.sort().join().replace(/1/g, 'x')")
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


def test_text_can_be_built_piece_by_piece() -> None:
    """The pieces of a string that nobody else holds are paid once, not with every append."""
    source = "var s = ''; for (var i = 0; i < 20000; i++) s += 'ab'; var t = ''; for (var i = 0; i < 20000; i++) t = t + 'ab'; s.length + t.length"
    assert evaluate(source) == 80000


def test_depth_is_counted_per_call_and_given_back() -> None:
    """A recursion of a few hundred calls is fine, again and again."""
    assert evaluate("function f(n) { return n ? 1 + f(n - 1) : 0 } f(800) + f(800)") == 1600


def test_depth_is_given_back_after_an_exception() -> None:
    """Also through native callbacks."""
    source = "function f(n) { if (!n) throw 1; [n].forEach(() => f(n - 1)) } for (var i = 0; i < 20; i++) try { f(200) } catch (e) {} 'ok'"
    assert evaluate(source) == "ok"


@pytest.mark.parametrize(
    "source",
    [
        "var p = {}; p.p = p; JSON.stringify(p)", "'x'.repeat(1e9)", "'x'.repeat(-1)", "new Array(-1)", "(1).toFixed(101)", "decodeURIComponent('%')",
        "new RegExp('(')", "JSON.parse('[')", "new Date(NaN).toISOString()", "[].reduce((a, b) => a)", "Object.defineProperty({}, 'a', {})", "Symbol('x')",
    ],
)  # fmt: skip
def test_errors_of_built_ins_are_the_scripts(source: str) -> None:
    """They can be caught, and are ScriptError outside."""
    with pytest.raises(ScriptError):
        evaluate(source)
    assert evaluate(f"try {{ {source} }} catch (e) {{ 'caught' }}") == "caught"
