"""Libraries: linked with a script, run once, kept over a snapshot, told apart in errors."""

from __future__ import annotations

import pytest

from dsl import HostFunction, HostTable, Parameter, Run, ScriptError, ScriptSyntaxError, compile_script
from dsl.plain import to_plain

HOST = HostTable((HostFunction("require", (Parameter("name", "string"),), lambda run, args: run.require(args[0])),))


def ran(source: str, **libraries: str) -> object:
    """The completion value of a script linked with these libraries (`_` for `.` in their names)."""
    program = compile_script(source, {name.replace("_", "."): text for name, text in libraries.items()})
    run = Run(program, host=HOST)
    return run.convert(to_plain, run.start())


def test_a_library_exports_what_it_puts_into_exports_or_module() -> None:
    """Both ways, as the wrapped function of CommonJS gives them."""
    libraries = {"a_js": "exports.x = 1;", "b_js": "module.exports = n => n * 10;"}
    assert ran("require('a.js').x + require('b.js')(2)", **libraries) == 21


def test_a_library_runs_once_and_is_shared() -> None:
    """Also when two others require it."""
    counter = "var n = 0; exports.next = function () { return ++n; };"
    assert ran("require('c').next(); require('d').twice() + require('c').next()", c=counter,
               d="exports.twice = () => require('c').next() * 10;") == 23  # fmt: skip


def test_libraries_that_require_each_other_see_what_is_there_so_far() -> None:
    """As in CommonJS."""
    libraries = {"a": "exports.x = 1; exports.b = require('b').seen;", "b": "exports.seen = require('a').x;"}
    assert ran("require('a').b", **libraries) == 1


def test_a_librarys_variables_are_its_own() -> None:
    """What it declares is no global of the script, and strictness is each file's own."""
    assert ran("require('a'); typeof hidden + typeof leaked", a="var hidden = 1; leaked = 2;") == "undefinednumber"
    with pytest.raises(ScriptError, match="leaked is not defined"):
        ran("require('a');", a="'use strict'; leaked = 2;")


def test_a_library_that_is_not_there_throws_an_error_the_script_can_catch() -> None:
    """And one that threw is run anew when it is required again."""
    assert ran("try { require('x') } catch (e) { e.message }") == "There is no library 'x'"
    source = "var r = ''; for (var i = 0; i < 2; i++) { try { require('a') } catch (e) { r += e; } } r"
    assert ran(source, a="throw new Error('no' + (typeof seen)); ") == "Error: noundefinedError: noundefined"


def test_an_error_names_the_library_and_its_line() -> None:
    """With the line of its own text."""
    with pytest.raises(ScriptError) as error:
        ran("require('rules.js').check(null);", rules_js="exports.check = function (u) {\n  return u.name;\n};")
    assert (error.value.file, error.value.line, error.value.column) == ("rules.js", 2, 12)
    assert str(error.value).startswith("rules.js:2:12  TypeError")
    assert "    2 |   return u.name;" in str(error.value)


def test_a_syntax_error_names_the_library() -> None:
    """Before anything runs."""
    with pytest.raises(ScriptSyntaxError) as error:
        ran("1", rules_js="var = 1;")
    assert (error.value.file, error.value.line) == ("rules.js", 1)


def test_a_function_of_a_library_tells_its_own_text() -> None:
    """Not that of the script at the same place."""
    assert ran("String(require('a').f)", a="exports.f = function () { return 'a'; };") == "function () { return 'a'; }"


def test_libraries_are_kept_over_a_snapshot() -> None:
    """Their state and identity; the script's handlers may call them and require them anew."""
    program = compile_script(
        "var c = require('c');"
        "function go() { return [c.next(), require('c').next(), require('c') === c, require('d')]; }",
        {"c": "var n = 0; exports.next = () => ++n;", "d": "module.exports = 'late';"},
    )
    run = Run(program, host=HOST)
    run.start()
    run.call(run.global_value("go"), [])
    again, roots = Run.load(program, run.dump([]), host=HOST)
    assert roots == []
    assert again.convert(to_plain, again.call(again.global_value("go"), [])) == [3, 4, True, "late"]


def test_the_digest_tells_libraries_apart() -> None:
    """The same texts are the same program; another text, name or number is not."""
    alike: tuple[dict[str, str], ...] = (
        {}, {"a": "1"}, {"a": "2"}, {"b": "1"}, {"a": "1", "b": ""}, {"a": "1;b"}, {"b": "1", "a": ""},
    )  # fmt: skip
    digests = {
        compile_script("1", libraries).digest
        for libraries in alike
    }
    assert len(digests) == 7
    assert compile_script("1").digest == compile_script("1", {}).digest
