"""What programs mean beside their cases: completion values, names that nobody defines, positions, long chains."""

from __future__ import annotations

import pytest

from dsl import ScriptError, ScriptSyntaxError, compile_script, evaluate
from dsl.parser import parse
from dsl.scopes import unknown_names


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("1;;", 1),
        ("1; var x = 2", 1),
        ("1; {}", 1),
        ("1; if (true) {}", None),
        ("1; if (0) 2; else 3", 3),
        ("1; while (false);", None),
        ("1; do { 2; break } while (0)", 2),
        ("for (var i = 0; i < 3; i++) i * 2", 4),
        ("1; switch (1) { case 1: 5; break }", 5),
        ("1; try { 5 } catch (e) {}", 5),
        ("1; try { throw 2 } catch (e) { e }", 2),
        ("1; try { 3 } finally { 4 }", 3),
        ("do { 1; try { 39 } finally { 42; break } } while (0)", 42),
        ("1; a: { 2; break a; 3 }", 2),
        ("1; function f() {}", 1),
        ("'use strict'", "use strict"),
        ("", None),
        ("var x = 5", None),
    ],
)
def test_the_completion_value_of_a_script(source: str, value: object) -> None:
    """As eval of the standard would give it."""
    assert evaluate(source) == value


def test_top_level_variables_are_properties_of_the_global_object() -> None:
    """var and function are, let and const are not."""
    source = (
        "var a = 1; function b() {} let c = 1; [globalThis.a, typeof globalThis.b, globalThis.c, delete globalThis.a]"
    )
    assert evaluate(source) == [1, "function", None, False]


def test_a_built_in_name_may_be_shadowed_but_not_changed() -> None:
    """Only the run's own name changes; the built-in is the same for all."""
    assert evaluate("Math = 5; var before = Math; [before, typeof JSON]") == [5, "object"]
    assert evaluate("Array.prototype.map = 1; Math.extra = 1; [typeof [].map, typeof Math.extra]") == [
        "function",
        "undefined",
    ]


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("var x;\n  x.y", 2, 5),
        ("\n\n missing()", 3, 2),
        ("function f() {\n  throw new Error('x');\n}\nf()", 2, 3),
        ("[1].map(function (x) {\n  return x.a.b;\n})", 2, 14),
        ("'use strict';\nvar o = Object.freeze({a: 1});\no.a = 2", 3, 3),
        ("try {\n throw 1 } catch (e) {\n throw e }", 3, 2),
        ("let f = 1;\nf()", 2, 1),
        ("const c = 1;\nc = 2", 2, 1),
        ("({}).a.b.c", 1, 8),
        ("new (void 0)", 1, 1),
        ("JSON.parse('{')", 1, 6),
        ("[...5]", 1, 2),
    ],
)
def test_an_uncaught_exception_has_its_place(source: str, line: int, column: int) -> None:
    """Line and column of the innermost place in the script, 1-based."""
    with pytest.raises(ScriptError) as caught:
        evaluate(source)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("executStep(1)", "executStep is not defined"),
        ("var a = {b: {}}; a.b.c()", "a.b.c is not a function"),
        ("undefined.x", "Cannot read properties of undefined (reading 'x')"),
        ("x; let x", "Cannot access 'x' before initialization"),
        ("for (var x of {}) ;", "value is not iterable"),
        ("null.a = 1", "Cannot set properties of null (setting 'a')"),
    ],
)
def test_a_message_names_the_thing(source: str, message: str) -> None:
    """So that the writer of the script knows what to look for."""
    with pytest.raises(ScriptError) as caught:
        evaluate(source)
    assert caught.value.message == message


def test_names_that_nobody_defines_are_found() -> None:
    """With their place, and what was perhaps meant."""
    source = "executStep(1); function go() { return Maths.max(1, typeof unsure, later) } later = 1; var go2 = go;"
    found = unknown_names(parse(source), ["executeStep", "Math"])
    assert found == [(1, 1, "executStep", "executeStep"), (1, 39, "Maths", "Math")]


def test_strict_code_does_not_define_by_assignment() -> None:
    """What sloppy code would make a global is an unknown name there."""
    assert unknown_names(parse("function f() { 'use strict'; made = 1 } other = 1; other"), []) == [
        (1, 30, "made", None)
    ]


def test_nested_beyond_what_can_be_compiled_is_a_syntax_error() -> None:
    """Never a foreign exception."""
    with pytest.raises(ScriptSyntaxError, match="nested too deeply"):
        compile_script("while (1) {" * 25 + "}" * 25)


@pytest.mark.parametrize(
    "source",
    [
        "+".join(["1"] * 499),
        "&&".join(["1"] * 499),
        "".join("if (0) {} else " for _ in range(499)) + "1",
        "var a = {}; a.a = a; a" + ".a" * 499 + " && 1",
        "var f = () => f; f" + "()" * 499 + " && 1",
        "(" * 150 + "1" + ")" * 150,
        "0 ? 0 : " * 150 + "1",
        "[" * 150 + "]" * 150 + " && 1",
        "!" * 150 + "1",
        "1; " + "{" * 150 + "}" * 150,
        ",".join(["1"] * 3000),
        "try { throw 1 } catch (e) { " * 40 + "e" + "}" * 40,
        "try { throw 1 } catch (e) { " * 8 + "e" + "} finally { }" * 8,
    ],
)
def test_long_chains_and_deep_nests_compile(source: str) -> None:
    """Within the parser's bounds nothing fails."""
    assert evaluate(source) in (1, 499, True)


def test_the_same_source_is_compiled_once() -> None:
    """Programs are cached by digest."""
    assert compile_script("1 + 1") is compile_script("1 + 1")
    assert compile_script("1 + 1").digest != compile_script("1 + 2").digest


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("var ran = 1; let undefined", "SyntaxError"),
        ("const [a, {NaN}] = 1", "SyntaxError"),
        ("'use strict'; function Infinity() {}", "TypeError"),
    ],
)
def test_a_constant_of_the_language_can_only_be_declared_by_var(source: str, kind: str) -> None:
    """Neither lexically nor as a function at the top level (GlobalDeclarationInstantiation, 16.1.7)."""
    with pytest.raises(ScriptError) as caught:
        evaluate(source)
    assert caught.value.name == kind
    assert evaluate("var undefined = 1, NaN; { let Infinity = 2; [undefined, NaN, Infinity].join() }") == ",NaN,2"
