"""A run from the host's side: calls, globals, host functions and objects, suspension, errors."""

from __future__ import annotations

import pytest

from dsl import (
    HostFunction,
    HostTable,
    Parameter,
    Run,
    ScriptError,
    ScriptLimitError,
    Suspend,
    compile_script,
    evaluate,
)
from dsl.hostapi import ParameterType
from dsl.operators import to_plain
from dsl.values import HostObject, Obj, Value


def started(source: str, host: HostTable | None = None) -> Run:
    """A run that has done its top level."""
    run = Run(compile_script(source), host=host or HostTable())
    run.start()
    return run


@pytest.mark.parametrize(
    "declared", ["var f = function (x)", "function f(x)", "const f = function (x)", "let f = function (x)"]
)
def test_the_host_finds_what_the_top_level_declares(declared: str) -> None:
    """Whatever the kind of declaration."""
    run = started(f"{declared} {{ return x + 1 }}")
    assert run.call(run.global_value("f"), [1]) == 2


def test_what_is_not_declared_is_undefined_to_the_host() -> None:
    """Also a name that is not initialised."""
    assert started("").global_value("nothing") is None


def _kept(given: list[list[object]], args: list[object]) -> dict[str, list[int]]:
    given.append(args)
    return {"a": [1]}


def test_host_functions_get_values_by_their_declaration() -> None:
    """Plain data or script values, padded with None; what is returned is copied."""
    given: list[list[object]] = []
    parameters = (
        Parameter("name", "string"),
        Parameter("options", "plain", optional=True),
        Parameter("handler", "function", optional=True),
    )
    table = HostTable((HostFunction("go", parameters, lambda run, args: _kept(given, args)),))
    assert evaluate("go('n', {x: [1]}).a", table) == [1]
    evaluate("go(5, null, () => 1)", table)
    assert given[0] == ["n", {"x": [1]}, None]
    assert given[1][:2] == ["5", None]
    assert isinstance(given[1][2], Obj)


@pytest.mark.parametrize(("kind", "value"), [("string", "undefined"), ("function", "{}"), ("object", "1")])
def test_an_argument_of_the_wrong_kind_is_a_type_error(kind: ParameterType, value: str) -> None:
    """It names the function and the parameter."""
    table = HostTable((HostFunction("go", (Parameter("what", kind),), lambda run, args: None),))
    with pytest.raises(ScriptError, match=f"go: 'what' must be a {kind}") as caught:
        evaluate(f"go({value})", table)
    assert caught.value.name == "TypeError"


def test_rest_parameters_take_what_is_left() -> None:
    """As they are declared."""
    table = HostTable((HostFunction("go", (Parameter("all", "plain", rest=True),), lambda run, args: args),))
    assert evaluate("go(1, 'a', [2])", table) == [1, "a", [2]]


def test_namespaces_hold_functions_and_cannot_be_changed() -> None:
    """Log.info and its like."""
    table = HostTable(namespaces={"Log": (HostFunction("info", (Parameter("x", "plain"),), lambda run, args: "told"),)})
    assert evaluate("Log.info = 1; Log.extra = 2; [Log.info(1), Log.extra]", table) == ["told", None]


def test_a_plain_mapping_of_functions_is_a_host() -> None:
    """For small uses."""
    assert evaluate("twice(21)", {"twice": lambda x: 2 * x}) == 42


@pytest.mark.parametrize("value", ["var o = {}; o.o = o", "new Array(4294967295)", "var a = []; a[4294967294] = 1; a"])
def test_a_script_that_ran_to_its_end_does_not_fail_by_its_value(value: str) -> None:
    """What plain data cannot be made of is None."""
    assert evaluate(value) is None


class Clockwork(HostObject):
    """A host object with one property."""

    __slots__ = ("writes",)

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.writes: list[tuple[str, Value]] = []

    def get_own(self, key: str) -> Value:
        return "tick" if key == "sound" else super().get_own(key)

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        self.writes.append((key, value))


def test_host_objects_answer_from_closed_tables() -> None:
    """Reads and writes go to the class, and nothing of Python shows."""
    clockwork = Clockwork("clock")
    run = Run(
        compile_script("[clock.sound, clock.writes, clock.__class__, clock.path, clock.x = 1]"),
        host=HostTable(objects=("clock",)),
        bind=lambda path: clockwork,
    )
    assert to_plain(run, run.start()) == ["tick", None, None, None, 1]
    assert clockwork.writes == [("x", 1)]


def test_a_suspension_leaves_without_a_trace() -> None:
    """No catch and no finally sees it; the run is dead afterwards."""

    def ask(run: Run, args: list[object]) -> object:
        raise Suspend(("ask", args))

    table = HostTable((HostFunction("ask", (Parameter("what", "plain"),), ask, waits=True),))
    run = Run(compile_script("var n = 0; try { ask(7) } catch (e) { n = 1 } finally { n = 2 }"), host=table)
    with pytest.raises(Suspend) as caught:
        run.start()
    assert caught.value.request == ("ask", [7])
    assert run.global_value("n") == 0
    with pytest.raises(ScriptLimitError):
        run.call(run.global_value("n"), [])


def test_clock_and_randomness_are_the_hosts() -> None:
    """Nothing in a script depends on anything else."""
    run = Run(
        compile_script("[Date.now(), new Date().getTime(), Math.random()]"), clock=lambda: 1234.0, random=lambda: 0.25
    )
    assert to_plain(run, run.start()) == [1234, 1234, 0.25]


@pytest.mark.parametrize(
    ("source", "name", "message"),
    [
        ("throw new RangeError('far')", "RangeError", "far"),
        ("throw 'text'", "Error", "text"),
        ("throw 5", "Error", "5"),
        ("throw null", "Error", "null"),
        ("function Own(m) { this.message = m } throw new Own('x')", "Own", "x"),
        ("throw {name: 'N', message: 'm'}", "N", "m"),
        ("throw {name: {}, message: {}}", "Object", ""),
        ("var e = new Error('a\\ud800b'); throw e", "Error", "a\ufffdb"),
    ],
)
def test_an_uncaught_exception_tells_name_and_message(source: str, name: str, message: str) -> None:
    """Read without running anything of the script."""
    with pytest.raises(ScriptError) as caught:
        evaluate(source)
    assert (caught.value.name, caught.value.message) == (name, message)


def test_a_run_goes_on_after_an_exception() -> None:
    """An uncaught exception ends the call, not the run."""
    run = started("var n = 0; function f() { n++; if (n == 1) throw 1; return n }")
    with pytest.raises(ScriptError):
        run.call(run.global_value("f"), [])
    assert run.call(run.global_value("f"), []) == 2


def test_runs_share_nothing() -> None:
    """Two runs of one program have their own globals."""
    program = compile_script("var n = 0; function f() { return ++n }")
    first, second = Run(program), Run(program)
    first.start(), second.start()
    first.call(first.global_value("f"), [])
    assert second.call(second.global_value("f"), []) == 1


@pytest.mark.parametrize(
    "probe",
    [
        "''.__class__",
        "(1).__class__",
        "[].__len__",
        "(function(){}).__globals__",
        "(function(){}).__code__",
        "Math.__dict__",
        "({}).__init__",
        "Object.getOwnPropertyNames('').concat(Object.getOwnPropertyNames([])).filter(k => k[0] == '_')[0]",
        "JSON.parse.call.__self__",
        "(function () { return this.run || this.fn || this.args })()",
        "(() => { try { null.x } catch (e) { return e.__traceback__ } })()",
        "typeof run === 'undefined' ? undefined : 1",
        "[typeof f, typeof fn, typeof s0, typeof l1].some(t => t != 'undefined') || undefined",
    ],
)
def test_nothing_of_python_can_be_reached(probe: str) -> None:
    """Names from scripts are keys of tables."""
    assert evaluate(f"{probe}") is None
