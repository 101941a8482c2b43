"""Snapshots: what was stored is what is loaded, with identity and closures; anything else is refused."""

from __future__ import annotations

from random import Random

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dsl import DslError, HostFunction, HostTable, Parameter, Run, ScriptError, ScriptLimitError, compile_script
from dsl.operators import to_plain
from dsl.snapshot import SnapshotError
from dsl.values import HostObject, Value
from tests.dsl.programs import ProgramWriter

HOST = HostTable(
    (HostFunction("executeStep", (Parameter("step"), Parameter("more", rest=True)), lambda run, args: None),),
    namespaces={"Log": (HostFunction("info", (Parameter("text", "plain"),), lambda run, args: None),)},
    objects=("context",),
)


def bind(path: str) -> HostObject:
    """Host objects have no state of their own."""
    return HostObject(path)


def started(source: str) -> Run:
    """A run that has done its top level."""
    run = Run(compile_script(source), host=HOST, bind=bind)
    run.start()
    return run


def reloaded(run: Run, roots: list[Value] | None = None) -> tuple[Run, list[Value]]:
    """The run after dump and load."""
    return Run.load(run.program, run.dump(roots or []), host=HOST, bind=bind)


def after_restart(source: str, call: str = "f") -> object:
    """What f() gives after the top level of *source* was stored and loaded."""
    run, _ = reloaded(started(source))
    return to_plain(run, run.call(run.global_value(call), []))


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("function mk() { let n = 1; return {up: () => ++n, get: () => n} } var c = mk(); c.up(); function f() { c.up(); return c.get() }", 3),
        ("var a = {}; a.self = a; var b = [a, a]; function f() { return [b[0] === b[1], b[0].self === a] }", [True, True]),
        ("let x = 5; const y = {z: 1}; const f = () => { x++; return [x, y.z] }", [6, 1]),
        ("var fs = []; for (let i = 0; i < 3; i++) fs.push(() => i); function f() { return fs.map(g => g()) }", [0, 1, 2]),
        ("implicit = [1]; function f() { return implicit }", [1]),
        ("var m = new Map([[1, 'a'], [NaN, 'n'], ['k', {}]]); m.set(m, m); function f() { return [m.get(NaN), m.get(m) === m, m.size] }", ["n", True, 4]),
        ("var s = new Set([1, -0, 'x']); function f() { return [...s] }", [1, 0, "x"]),
        ("var d = new Date(12345); function f() { return d.getTime() }", 12345),
        ("var r = /a(b)?/gi; r.lastIndex = 2; function f() { return [r.source, r.flags, r.lastIndex, r.test('xxab'), r.lastIndex] }", ["a(b)?", "gi", 2, True, 4]),
        ("var b = function (a, c) { return [this.k, a, c] }.bind({k: 1}, 2); function f() { return [b(3), b.name, b.length] }", [[1, 2, 3], "bound ", 1]),
        ("var it = [1, 2, 3].values(); it.next(); function f() { return [...it] }", [2, 3]),
        ("var m = new Map([[1, 2], [3, 4]]), it = m.entries(); it.next(); m.delete(1); function f() { m.set(5, 6); return [...it] }", [[3, 4], [5, 6]]),
        ("var it = 'abc'[Symbol_ ? 0 : 1]; function f() { return it } var Symbol_", "b"),
        ("function P(x) { this.x = x } P.prototype.get = function () { return this.x }; var p = new P(7); function f() { return [p.get(), p instanceof P, p.constructor === P] }", [7, True, True]),
        ("function A() {} function B() {} B.prototype = Object.create(A.prototype); var b = new B; function f() { return b instanceof A }", True),
        ("var e = new RangeError('m'); e.extra = 1; function f() { return [e.name, e.message, e instanceof RangeError, Object.keys(e)] }", ["RangeError", "m", True, ["extra"]]),
        ("var o = Object.freeze({a: 1}), s = Object.seal([1]), n = Object.create(null); function f() { o.a = 2; s.push; return [o, Object.isSealed(s), Object.getPrototypeOf(n)] }", [{"a": 1}, True, None]),
        ("var a = [1, , undefined, null]; a.x = 1; function f() { return [1 in a, 2 in a, a.length, a[3], a.x] }", [False, True, 4, None, 1]),
        ("var t = '\\ud83d\\ude00\\ud83d é', o = {'\\ud83d': 1}; function f() { return [t.length, t.charCodeAt(2), Object.keys(o)[0].length] }", [5, 55357, 1]),
        ("var w = Object('abc'), k = Object(5); w.x = 1; function f() { return [w.length, w.x, k + 1, typeof k] }", [3, 1, 6, "object"]),
        ("function g(a, b) { return [arguments, () => a] } var p = g(1, 2); function f() { p[0][0] = 9; return [p[1](), p[0].length, p[0][1]] }", [9, 2, 2]),
        ("var max = Math.max, push = [].push, P = Object.prototype; function f() { return [max === Math.max, push === Array.prototype.push, P === Object.prototype] }", [True, True, True]),
        ("var go = executeStep, log = Log, c = context; function f() { return [go === executeStep, log === Log, c === context, typeof go] }", [True, True, True, "function"]),
        ("function g() { return 1 } function f() { return [typeof g, h === g, f === f] } var h = g; g.mark = 1", ["function", True, True]),
        ("function g() { return 1 } var g = 5; function f() { return g }", 5),
        ("function g() {} g = undefined; function f() { return typeof g }", "undefined"),
        ("delete globalThis.JSON; Math = 3; function f() { return [typeof JSON, Math] }", ["undefined", 3]),
        ("var f = function fact(n) { return n === undefined ? fact(5) : n < 2 ? 1 : n * fact(n - 1) }", 120),
        ("var x = -0, y = NaN, z = 1e300, w = 9007199254740991; function f() { return [1 / x, y, z, w].map(String) }", ["-Infinity", "NaN", "1e+300", "9007199254740991"]),
        ("var o = {m() { return (() => this.v)() }, v: 4}; function f() { return o.m() }", 4),
        ("function K() { this.late = () => [this.v, new.target === K] } K.prototype.v = 3; var k = new K; function f() { return k.late() }", [3, True]),
        ("var f; { let hidden = {n: 1}; let other = () => hidden; f = () => { hidden.n++; return [hidden.n, other() === hidden] } }", [2, True]),
        ("var c = (a => b => c => a + b + c)(1)(2); function f() { return c(3) }", 6),
        ("let late = 0; var get = () => typeof never; function f() { try { early } catch (e) { return e.name } } if (0) { var never } throw_ = 1; var thrown; try { early } catch (e) { thrown = e } let early", None),
    ],
)  # fmt: skip
def test_state_survives_a_restart(source: str, value: object) -> None:
    """Closures, identity, cycles and every kind of object."""
    assert after_restart(source) == value


def test_roots_come_back_in_order_with_their_closures() -> None:
    """Handlers that nothing else refers to."""
    run = started("function mk(n) { return {onSuccess: () => [n, shared], onFail: () => n} } var shared = {x: 1}; var h = mk(4)")
    handlers = run.call(run.global_value("mk"), [7])
    restored, roots = reloaded(run, [handlers, "text", handlers])
    assert roots[0] is roots[2]
    assert roots[1] == "text"
    assert to_plain(restored, restored.call(roots[0].props["onSuccess"], [])) == [7, {"x": 1}]  # type: ignore[union-attr]


def test_only_live_slots_are_written() -> None:
    """A captured variable that no reachable function can read is not in the bytes."""
    source = """
    function mk() {
        var secret = 'dead weight'; var used = 'kept'; var later = 'also kept';
        function never() { return secret }
        return () => () => used + later;
    }
    """
    run = started(source)
    handler = run.call(run.global_value("mk"), [])
    data = run.dump([handler])
    assert b"kept" in data
    assert b"dead weight" not in data


def test_untouched_declarations_cost_nothing() -> None:
    """Functions that are as the source declares them are not written."""
    many = "".join(f"function unused{at}() {{}}" for at in range(50))
    assert len(started(many).dump([])) < 25


def test_a_login_script_fits_in_two_hundred_bytes() -> None:
    """A handler, the tracker it closes over, the lists it needs."""
    source = """
    var rolesToStepUp = ['admin', 'manager']; var maxTries = 3;
    function Tracker(limit) { var tries = 0; return {note: () => ++tries, exhausted: () => tries >= limit} }
    var onLoginRequest = function (context) {
        var tracker = Tracker(maxTries); var unused = 'a big text that no callback reads';
        return {onSuccess: function () { tracker.note() }, onFail: function () { return tracker.exhausted() }};
    };
    """
    run = started(source)
    handlers = run.call(run.global_value("onLoginRequest"), [None])
    assert len(run.dump([handlers])) < 200


def test_a_snapshot_belongs_to_its_script() -> None:
    """Another source refuses it."""
    data = started("var a = 1").dump([])
    with pytest.raises(SnapshotError, match="another script"):
        Run.load(compile_script("var a = 2"), data)


def test_a_snapshot_of_another_version_is_refused() -> None:
    """Format and layout are numbered."""
    parts = msgspec.msgpack.decode(started("var a = 1").dump([]))
    for at in (0, 1):
        changed = [part + 1 if number == at else part for number, part in enumerate(parts)]
        with pytest.raises(SnapshotError, match="another version"):
            Run.load(compile_script("var a = 1"), msgspec.msgpack.encode(changed))


def test_a_function_of_the_host_that_is_gone_is_named() -> None:
    """A snapshot that needs it cannot be loaded."""
    run = started("var go = executeStep")
    with pytest.raises(SnapshotError, match="@executeStep"):
        Run.load(run.program, run.dump([]))


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00", b"\xc1", b"\x90", b"\xdd\xff\xff\xff\xff", b"\x91" * 50_000, b"\x97" + b"\xc0" * 7, b"\xdf\xff\xff\xff\xff", b"not a snapshot", b"\x80"],
)  # fmt: skip
def test_foreign_bytes_are_refused(data: bytes) -> None:
    """With a SnapshotError and nothing else."""
    with pytest.raises(SnapshotError):
        Run.load(compile_script("1"), data)


RICH = """
function mk(n) { let m = new Map([[n, {n}]]); return {go: () => [m.size, n++], b: mk.bind(null, n), it: m.keys(), d: new Date(n)} }
var h = mk(3); var e = [new Error('x'), /a/g, Object('s'), , null]; h.self = h; const k = h.go;
function A(a) { return [arguments, () => a] } var p = A(1); function f() { return [h.go(), k(), p[1](), [...h.it], h.b().go(), String(e)] }
"""


@given(st.binary(min_size=1, max_size=6), st.integers(0, 600), st.integers(0, 3))
@settings(max_examples=400, deadline=None)
def test_damaged_bytes_are_refused_or_harmless(noise: bytes, at: int, drop: int) -> None:
    """A changed snapshot is a SnapshotError, or a heap on which the script still runs in its own terms."""
    run = started(RICH)
    data = run.dump([run.global_value("h")])
    at %= len(data)
    changed = data[:at] + noise + data[at + len(noise) - drop :]
    try:
        restored, _ = Run.load(run.program, changed, host=HOST, bind=bind, fuel=20_000, memory=2_000_000)
    except SnapshotError:
        return
    try:
        restored.call(restored.global_value("f"), [])
        restored.dump([])
    except (ScriptError, ScriptLimitError, SnapshotError):
        return


@given(st.randoms(use_true_random=False))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])
def test_random_programs_do_not_notice_restarts(random: Random) -> None:
    """The same results straight through and with dump and load between any two calls."""
    program = compile_script(ProgramWriter(random).program())
    straight, restarted = (Run(program, fuel=100_000, clock=lambda: 0.0, random=lambda: 0.5) for _ in range(2))
    straight.start(), restarted.start()
    for number in range(5):
        restarted, _ = Run.load(program, restarted.dump([]), fuel=100_000, clock=lambda: 0.0, random=lambda: 0.5)
        for name in ("step", "show"):
            results = [_outcome(run, name, number) for run in (straight, restarted)]
            assert results[0] == results[1], program.source


def _outcome(run: Run, name: str, number: int) -> object:
    """A primitive result as text, or the exception."""
    try:
        result = run.call(run.global_value(name), [number])
    except DslError as error:
        return (type(error).__name__, error.message)
    return repr(result) if result is None or isinstance(result, str | int | float) else type(result).__name__
