"""Contract, section 5: the script language, from Python."""

from __future__ import annotations

import contextlib
import math
import time

import pytest

from dsl import ScriptError, ScriptLimitError, ScriptSyntaxError, compile_script, evaluate

VALUES = [
    ("1 + 2", 3),
    ("'a' + 1", "a1"),
    ("var a = [1, 'b', null, true]; a", [1, "b", None, True]),
    ("({a: {b: [1.5]}})", {"a": {"b": [1.5]}}),
    ("undefined", None),
    ("null", None),
    ("var x = 1;", None),
    ("", None),
    ("function f() {}", None),
    ("if (true) { 7 } else { 8 }", 7),
    ("4294967295 + 1", 4294967296),
    ("2147483647 + 1", 2147483648),
    ("200 * Math.pow(256, 3) + 255", 3355443455),
    ("1 << 31", -2147483648),
    ("-1 >>> 0", 4294967295),
    ("0.1 + 0.2", 0.1 + 0.2),
    ("7 % -3", 1),
    ("-7 % 3", -1),
    ("2 ** 10", 1024),
    ("'3' >= 3", True),
    ("'10' < '9'", True),
    ("null == undefined", True),
    ("null === undefined", False),
    ("NaN == NaN", False),
    ("[] + {}", "[object Object]"),
    ("[1, 2] + ''", "1,2"),
    ("+'0x1f'", 31),
    ("+' 12 '", 12),
    ("parseInt('08')", 8),
    ("parseInt('12px')", 12),
    ("parseFloat('1.5e3x')", 1500),
    ("(255).toString(16)", "ff"),
    ("(1e21).toString()", "1e+21"),
    ("String(0.000001)", "0.000001"),
    ("String(1e-7)", "1e-7"),
    ("(1.005).toFixed(2)", "1.00"),
    ("typeof null", "object"),
    ("typeof function () {}", "function"),
    ("typeof nobody", "undefined"),
    ("'abc'.charAt(1) + 'abc'[2]", "bc"),
    ("'a-b-c'.split('-').reverse().join('+')", "c+b+a"),
    ("'2001-02-03'.match(/^(\\d{4})-(\\d{2})-(\\d{2})$/)[2]", "02"),
    ("'aXbX'.replace(/X/g, function (m, at) { return at; })", "a1b3"),
    ("[3, 1, 2].sort().concat([4]).slice(1).map(function (x) { return x * 2; })", [4, 6, 8]),
    ("[1, 2, 3, 4].filter(x => x % 2).reduce((a, b) => a + b)", 4),
    ("[10, 9, 1].sort()", [1, 10, 9]),
    ("JSON.stringify({b: 1, a: [undefined, null], c: undefined})", '{"b":1,"a":[null,null]}'),
    ('JSON.parse(\'{"a": [1, {"b": null}]}\').a[1].b', None),
    ("new Date(0).toUTCString()", "Thu, 01 Jan 1970 00:00:00 GMT"),
    ("new Date('2000-02-29').getTime()", 951782400000),
    ("new Date(2000, 0, 31).getMonth()", 0),
    ("encodeURIComponent('ä &')", "%C3%A4%20%26"),
    ("var o = {}; o.a = 1; 'a' in o && delete o.a && !('a' in o)", True),
    ("var s = ''; for (var k in {x: 1, y: 2}) { s += k; } s", "xy"),
    ("var s = 0; for (const v of [1, 2, 3]) { s += v; } s", 6),
    ("var {a, b: [c, ...d], e = 5} = {a: 1, b: [2, 3, 4]}; [a, c, d, e]", [1, 2, [3, 4], 5]),
    ("const f = (a, b = a, ...c) => [a, b, c.length]; f(1)", [1, 1, 0]),
    ("`a${1 + 1}b`", "a2b"),
    ("var o = {a: {b: 1}}; [o?.a?.b, o.x?.y.z, o.x ?? 'none']", [1, None, "none"]),
    ("switch (3) { case 1: 'a'; default: 'd'; case 3: 'c'; }", "c"),
    ("outer: for (var i = 0; ; i++) { for (;;) { if (i > 2) { break outer; } continue outer; } } i", 3),
    ("(function () { try { return 'a'; } finally { x = 'b'; } })() + x", "ab"),
    ("try { null.x; } catch (e) { e instanceof TypeError && e.name; }", "TypeError"),
    ("try { nobody; } catch ({name}) { name; }", "ReferenceError"),
    ("var n = 0; function g() { n++; if (n < 5) { g(); } } g(); n", 5),
    ("function f() { late = 1; } f(); late", 1),
    ("hoisted(); function hoisted() { return 9; }", 9),
    ("var f = function fact(n) { return n < 2 ? 1 : n * fact(n - 1); }; f(10)", 3628800),
    ("var a = []; for (let i = 0; i < 3; i++) { a.push(() => i); } a.map(f => f())", [0, 1, 2]),
    ("function P(n) { this.n = n; } P.prototype.get = function () { return this.n; }; new P(4).get()", 4),
    ("var m = new Map([['a', 1]]); m.set('b', 2); [...m.keys()].join() + m.size", "a,b2"),
    ("[...new Set([1, 1, 2])].length", 2),
    ("Object.keys({b: 1, a: 2, 1: 3}).join()", "1,b,a"),
    ("Object.entries({a: 1}).map(([k, v]) => k + v)[0]", "a1"),
    ("'abc'.equals('abc')", True),
    ("'😀'.length", 2),
    ("[...'😀a'].length", 2),
    ("'İ'.toLowerCase().length", 2),
    ("isNaN(parseInt('x'))", True),
    ("Math.max() === -Infinity", True),
    ("[1, , 3].length", 3),
    ("void 0", None),
    ("(1, 2)", 2),
    ("'use strict'; (function () { return typeof this; })()", "undefined"),
    ("label: { break label; }", None),
    ("do { var d = 1; } while (false); d", 1),
    ("/a(?<year>\\d+)/.exec('a19').groups.year", "19"),
    ("'x'.padStart(3, 'ab') + 'y'.repeat(2)", "abxyy"),
    ("[1, [2, [3]]].flat(Infinity).join('')", "123"),
    ("[1, 2, 3].at(-1)", 3),
    ("var i = 1; i++ + ++i", 4),
    ("a = b = 3; a + b", 6),
    ("var x = 5; x **= 2; x ||= 1; x &&= x - 1; x ??= 0; x", 24),
]


@pytest.mark.parametrize(("source", "value"), VALUES)
def test_a_script_gives_its_completion_value_as_plain_data(source: str, value: object) -> None:
    """Numbers, texts, lists, objects, None: as a JavaScript engine has it."""
    found = evaluate(source)
    assert found == value
    assert isinstance(found, bool) == isinstance(value, bool)


def test_not_a_number_and_infinity_are_floats() -> None:
    """Python has them too."""
    assert repr(evaluate("0 / 0")) == "nan"
    assert evaluate("1 / 0") == math.inf
    assert repr(evaluate("-0")) == "-0.0"


def test_each_run_has_a_fresh_realm() -> None:
    """Nothing of one script is left for the next."""
    evaluate("leak = 1; Array.prototype.leak = 2; Object.prototype.leak = 3; Math.max = function () { return 0; };")
    assert evaluate("typeof leak + typeof [].leak + Math.max(1, 2)") == "undefinedundefined2"


@pytest.mark.parametrize(
    "source",
    [
        "var",
        "1 +",
        "{",
        "(",
        "'open",
        "/open",
        "`open",
        "a b",
        "class A {}",
        "function* g() {}",
        "async function f() {}",
        "await x",
        "import a from 'a'",
        "export var a",
        "with (a) {}",
        "break;",
        "continue;",
        "return 1;",
        "let a; let a;",
        "let a; var a;",
        "const a;",
        "x: x: 1;",
        "'use strict'; undeclared: 08",
        "'use strict'; delete x;",
        "'use strict'; var eval;",
        "function f(a, a) { 'use strict'; }",
        "(a, a) => 1",
        "1 = 2",
        "1++",
        "if (1) let a",
        "for (let x of []) var x;",
        "({get a() { return 1; }})",
        "({a: 1, a = 2})",
        "10n",
        "/(/",
        "/a/gg",
        "new.target",
        "a?.b = 1",
        "-1 ** 2",
        "a ?? b || c",
        "\\u0030a",
        "#!x\n@",
        "throw\n1",
        "var a = 1 var b",
    ],
)
def test_what_does_not_parse_is_a_syntax_error_with_its_place(source: str) -> None:
    """Parse and early errors; line and column are there."""
    with pytest.raises(ScriptSyntaxError) as raised:
        evaluate(source)
    assert raised.value.line is not None
    assert raised.value.line >= 1
    assert raised.value.column is not None


def test_the_place_of_a_syntax_error_is_where_it_is() -> None:
    """Line 3, not 1."""
    with pytest.raises(ScriptSyntaxError) as raised:
        evaluate("var a = 1;\nvar b = 2;\nvar = 3;")
    assert raised.value.line == 3
    assert raised.value.column == 5


@pytest.mark.parametrize(
    ("source", "name", "line"),
    [
        ("\nnull.a;", "TypeError", 2),
        ("\n\nnobody;", "ReferenceError", 3),
        ("throw new RangeError('far')", "RangeError", 1),
        ("'use strict'; undeclared = 1;", "ReferenceError", 1),
        ("const c = 1;\nc = 2;", "TypeError", 2),
        ("x; let x = 1;", "ReferenceError", 1),
        ("({}).f();", "TypeError", 1),
        ("new (() => 1)()", "TypeError", 1),
        ("JSON.parse('{')", "SyntaxError", 1),
        ("decodeURIComponent('%')", "URIError", 1),
        ("new Array(-1)", "RangeError", 1),
        ("(1).toFixed(101)", "RangeError", 1),
        ("null[Symbol]", "ReferenceError", 1),
        ("var a = {}; a.a = a; JSON.stringify(a)", "TypeError", 1),
        ("new RegExp('(')", "SyntaxError", 1),
    ],
)
def test_an_exception_nobody_caught_has_name_and_place(source: str, name: str, line: int) -> None:
    """`.name`, `.message`, `.line`, `.column`."""
    with pytest.raises(ScriptError) as raised:
        evaluate(source)
    assert raised.value.name == name
    assert isinstance(raised.value.message, str)
    assert raised.value.line == line
    assert raised.value.column is not None


def test_the_message_of_a_thrown_error_is_its_own() -> None:
    """And a thrown value that is no error is told too."""
    with pytest.raises(ScriptError) as raised:
        evaluate("throw new Error('my words')")
    assert raised.value.message == "my words"
    with pytest.raises(ScriptError):
        evaluate("throw 'only words'")
    with pytest.raises(ScriptError):
        evaluate("throw null")


@pytest.mark.parametrize(
    "source",
    [
        "for (;;) {}",
        "while (true) { try { for (;;) {} } catch (e) {} }",
        "do {} while (true)",
        "try { for (;;) {} } finally { for (;;) {} }",
        "var s = 'ab'; for (;;) { s += s; }",
        "var a = [0]; for (;;) { a = a.concat(a); }",
        "'x'.repeat(1 << 28)",
        "'x'.padEnd(1e9)",
        "new Array(1e8).fill(1)",
        "new Array(4294967295).join('xx')",
        "Array.from({length: 1e9})",
        "var o = {}; for (var i = 0; ; i++) { o['k' + i] = i; }",
        "var m = new Map(); for (var i = 0; ; i++) { m.set(i, i); }",
        "[1, 2].sort(function () { for (;;) {} })",
        "JSON.parse('[' + new Array(3000000).join('1,') + '1]')",
        "'a'.replace(/a/, function () { for (;;) {} })",
        "String({toString: function () { for (;;) {} }})",
        "var a = []; a[0] = a; for (;;) { a = [a, a]; }",
        "[...Array(1e8).keys()].length",
        "/(x+x+)+y/.test(new Array(3000).join('x')); for (;;) {}",
    ],
)
def test_whatever_takes_too_much_is_stopped_in_time(source: str) -> None:
    """No construct of the script sees or outlives the limit; or the language refuses it with an error of its own."""
    began = time.monotonic()
    with pytest.raises((ScriptLimitError, ScriptError)) as raised:
        evaluate(source)
    if isinstance(raised.value, ScriptError):
        assert raised.value.name in ("RangeError", "SyntaxError")
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    "source",
    [
        "function f() { f(); } f();",
        "function f() { try { f(); } catch (e) { f(); } } f();",
        "var f = () => [1].map(f); f();",
        "var o = {toString: () => '' + o}; '' + o;",
    ],
)
def test_endless_recursion_is_stopped(source: str) -> None:
    """A limit, or the language's own RangeError; never Python's."""
    with pytest.raises((ScriptLimitError, ScriptError)):
        evaluate(source)


def test_fuel_and_memory_can_be_given() -> None:
    """Less of either stops earlier."""
    with pytest.raises(ScriptLimitError):
        evaluate("for (var i = 0; i < 1000; i++) {}", fuel=500)
    with pytest.raises(ScriptLimitError):
        evaluate("'x'.repeat(100000)", memory=50_000)
    assert evaluate("for (var i = 0; i < 1000; i++) {} i") == 1000


@pytest.mark.parametrize(
    "source",
    [
        "typeof __import__ + typeof __builtins__ + typeof require + typeof process + typeof Python",
        "typeof ''.__class__ + typeof [].__class__ + typeof ({}).__dict__ + typeof isNaN.__globals__ + typeof self",
        "typeof (() => 1).__code__ + typeof (1).__class__ + typeof evaluate + typeof object + typeof host",
        "typeof Math.max.__self__ + typeof JSON.__class__ + typeof Date.now.__func__ + typeof os + typeof sys",
    ],
)
def test_nothing_of_python_can_be_seen(source: str) -> None:
    """Attributes of Python are no properties."""
    assert evaluate(source) == "undefined" * 5


@pytest.mark.parametrize(
    "source", ["eval('1')", "new Function('return 1')()", "isNaN.constructor('return 1')()", "setTimeout(isNaN, 1)"]
)
def test_there_is_no_way_to_run_text_or_later(source: str) -> None:
    """`eval`, `Function` and timers are not in the language."""
    with pytest.raises((ScriptError, ScriptSyntaxError)):
        evaluate(source)


def test_a_program_has_a_digest_of_its_text() -> None:
    """Equal texts, equal digests; another text, another."""
    first, same, other = compile_script("1"), compile_script("1"), compile_script("2")
    assert first.digest == same.digest
    assert first.digest != other.digest


@pytest.mark.parametrize("count", [200, 5000, 50_000])
@pytest.mark.parametrize(
    "shape",
    [
        "{0}1{1}:(:)",
        "{0}{1}:[:]",
        "{0}1:-:",
        "{0}1:!:",
        "{0};:if(1):",
        "a{0}:.a:",
        "1{0}:+1:",
        "a{0}:(1):",
        "{0}{1}:{{:}}",
    ],
)
def test_deep_and_long_sources_are_read_or_refused(shape: str, count: int) -> None:
    """Never Python's recursion limit, never a crash."""
    frame, opening, closing = shape.split(":")
    source = frame.replace("{0}", opening.replace("{{", "{") * count).replace("{1}", closing.replace("}}", "}") * count)
    with contextlib.suppress(ScriptSyntaxError, ScriptError, ScriptLimitError):
        evaluate(source)
