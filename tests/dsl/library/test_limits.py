"""No built-in does unpaid work: what grows or repeats without end stops the run."""

from __future__ import annotations

import pytest

from dsl import Run, ScriptError, ScriptLimitError, compile_script, evaluate


@pytest.mark.parametrize(
    "source",
    [
        'var s = "a"; for (;;) s = s.replace(/a/g, "aaaaaaaaaa")',
        'var s = "ab"; for (;;) s = s.concat(s)',
        'var s = "ab".repeat(100000); s.split("").join(s)',
        '[1, 2].join("x".repeat(2e7))',
        "[...new Array(1e9)]",
        "var a = []; a.length = 4e9; a.fill(0)",
        "var a = []; a[4e9] = 1; a.forEach(x => x)",
        "for (var a = [], i = 0; ; i += 1e5) a[i] = i",
        "var a = [1]; for (;;) a = a.concat(a)",
        "var a = [1]; for (;;) a.push(1, 2, 3)",
        "var m = new Map(); for (var i = 0; ; i++) m.set(i, i)",
        "[].fill.call({length: 2 ** 53}, 0)",
        "Array.prototype.indexOf.call({length: 2 ** 53 - 1}, 1)",
        "Math.max.apply(null, {length: 1e9})",
        "var a = []; for (var i = 0; i < 1e5; i++) a.push(a); a.flat(Infinity)",
        '"\\u00e9".repeat(1e6).normalize("NFKD")',
        'escape("\\u00e9".repeat(1e7))',
        "/^(a+)+$/.test('a'.repeat(30) + '!')",
        "'a'.repeat(40).replace(/(a|a)+[bc]/g, '')",
        "'a'.repeat(60).split(/(?:a*)*[bc]/)",
        "new RegExp('(a+)+'.repeat(3000)).test('a'.repeat(100))",
        "for (;;) new RegExp('a'.repeat(1000))",
        "[3, 2, 1].sort(function f(a, b) { return [3, 2, 1].sort(f) })",
        "var o = {toString() { return String(o) }}; String(o)",
        "JSON.stringify({toJSON: function f() { return JSON.stringify({toJSON: f}) }})",
        "[1].map(function f(x) { return [x].map(f) })",
        "(function f() { f.call() })()",
        "(function f() { [f].forEach(g => g()) })()",
        "JSON.parse('[1]', function f(k, v) { return JSON.parse('[1]', f) })",
        "for (;;) [].values().next()",
        "var o = {}; for (var i = 0; i < 3000; i++) o = Object.create(o); for (;;) Object.prototype.toString.call(o)",
        "for (;;) new Date()",
    ],
)
def test_work_without_end_stops_the_run(source: str) -> None:
    """Fuel, memory or depth runs out; a script cannot catch that."""
    with pytest.raises(ScriptLimitError):
        evaluate(f"try {{ {source} }} catch (e) {{ }} finally {{ }}", fuel=300_000, memory=16_000_000)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ('"a".repeat(1e9)', "RangeError"),
        ('"a".padStart(1e9)', "RangeError"),
        ("JSON.parse('['.repeat(1e5))", "RangeError"),
        ("new Array(-1)", "RangeError"),
        ("new RegExp('a'.repeat(20001))", "SyntaxError"),
        ("[].push.call({length: 2 ** 53 - 1}, 1)", "TypeError"),
    ],
)
def test_what_can_never_be_is_an_error_of_the_script(source: str, name: str) -> None:
    """Some things are refused at once, as by any engine."""
    with pytest.raises(ScriptError) as caught:
        evaluate(source)
    assert caught.value.name == name


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("var a = []; for (var i = 0; i < 4000; i++) a = [a]; JSON.stringify(a).length", 8002),
        ("var a = []; for (var i = 0; i < 4000; i++) a = [a]; a.flat(Infinity).length", 0),
        ("JSON.stringify(JSON.parse('['.repeat(4000) + ']'.repeat(4000))).length", 8000),
        ("for (var a = [], i = 0; i < 5000; i++) { a.unshift(i); a.splice(a.length >> 1, 0, 'x') } a.length", 10000),
        ("var a = new Array(5000).fill('x'), n = 0; for (var i = 0; i < 2000; i++) n += a.indexOf('y'); n", -2000),
        ("'a'.repeat(20000).replace(/a/g, 'bc').length", 40000),
        ("'\\ud83d\\ude00'.repeat(5000).match(/./gu).length", 5000),
        ("'a,'.repeat(50000).split(',').length", 50001),
    ],
)
def test_much_honest_work_is_done(source: str, expected: int) -> None:
    """Depth of data is no danger, and length costs in proportion."""
    assert evaluate(source) == expected


def test_the_built_ins_cannot_be_changed() -> None:
    """One realm serves all runs, so nothing a script does stays behind in it."""
    source = """
        Array.prototype.x = 1; Object.prototype.y = 2; Math.max = null; String.prototype.trim = 5;
        delete Array.prototype.map; Object.setPrototypeOf; Array.prototype.push.z = 1; JSON = 7; undefined = 3;
        try { Array.prototype.push(1) } catch (e) {}
        try { Object.setPrototypeOf(Array.prototype, {}) } catch (e) {}
        Object.freeze(Math); Date.prototype.getTime = () => 0; RegExp.prototype.exec = () => null;
    """
    evaluate(source)
    check = """
        [[].x, ({}).y, typeof Math.max, typeof "".trim, typeof [].map, [].push.z, typeof JSON, Array.prototype.length,
         Object.getPrototypeOf(Array.prototype) === Object.prototype, new Date(5).getTime(), /a/.test("a")]
    """
    expected = [None, None, "function", "function", "function", None, "object", 0, True, 5, True]
    assert evaluate(check) == expected
    assert evaluate(source + "typeof JSON") == "number"


def test_a_literal_pattern_is_compiled_once_for_its_program() -> None:
    """A loop over many literals pays little for each, because none is compiled again, in this run or the next."""
    program = compile_script(f"for (var i = 0; i < 3; i++) {{ {'; '.join(f'/a{at}/' for at in range(700))} }}")
    Run(program).start()
    first = dict(program.patterns)
    Run(program).start()
    assert len(first) == 700
    assert all(program.patterns[key] is matcher for key, matcher in first.items())


@pytest.mark.parametrize(
    ("body", "least"),
    [
        ('new RegExp("[\\\\p{L}" + i + "]", "iu")', 600),
        ('/./uy.exec("\\ud83d\\ude00".repeat(1000) + i)', 500),
        ('/^/u.exec("\\u0416".repeat(12800) + i)', 100),
        ('/^(?:(a)){1}/.exec("a").length', 8),
        ('"x".replace(/x/, "$1".repeat(1000))', 1000),
    ],
)
def test_what_a_pattern_costs_to_make_and_apply_is_paid(body: str, least: int) -> None:
    """Wide classes, texts that must be taken apart into code points, results: each round takes its fuel."""
    used = []
    for rounds in (10, 20):
        run = Run(compile_script(f"for (var i = 100; i < {100 + rounds}; i++) {body}"))
        run.start()
        used.append(run.fuel_used)
    assert (used[1] - used[0]) / 10 >= least


@pytest.mark.parametrize(
    "body",
    [
        'try { decodeURI("%" + String.fromCharCode(unit) + "1") } catch (e) { if (e instanceof URIError) count++ }',
        'if (String.fromCharCode(unit).replace(/\\S+/g, "") === "") count++',
        "if (same(String.fromCharCode(unit).charCodeAt(0), unit)) count++",
    ],
)
def test_a_look_at_every_code_unit_stays_within_the_limits(body: str) -> None:
    """65,536 turns with a few calls each are honest work."""
    source = f"""
        function same(a, b) {{ return a === b }}
        var count = 0;
        for (var unit = 0; unit < 65536; unit++) {{ {body} }}
        count
    """
    assert evaluate(source) > 65000
