"""Snapshots: what was stored is what is loaded, with identity and closures; anything else is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl import DslError, HostFunction, HostTable, Parameter, Run, ScriptError, ScriptLimitError, compile_script
from dsl.operators import to_plain
from dsl.snapshot import SnapshotError
from dsl.snapshot.shapes import OFTEN
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


def reloaded_often(run: Run, roots: list[Value] | None = None) -> tuple[Run, list[Value]]:
    """The same by the code for its shape, if there is any for such: that is made when it was read often."""
    for _ in range(OFTEN):
        reloaded(run, roots)
    return reloaded(run, roots)


def after_restart(source: str, restart: Callable[[Run], tuple[Run, list[Value]]]) -> object:
    """What f() gives after the top level of *source* was stored and loaded."""
    run, _ = restart(started(source))
    return to_plain(run, run.call(run.global_value("f"), []))


RESTARTS = [
    line.split(" //=> ") for line in (Path(__file__).parent / "restarts.txt").read_text(encoding="utf-8").splitlines()
]
"""Programs, each with what f() gives after a restart, as JSON."""


@pytest.mark.parametrize("restart", [reloaded, reloaded_often])
@pytest.mark.parametrize(("source", "value"), RESTARTS)
def test_state_survives_a_restart(source: str, value: str, restart: Callable[[Run], tuple[Run, list[Value]]]) -> None:
    """Closures, identity, cycles and every kind of object."""
    assert after_restart(source, restart) == json.loads(value)


@pytest.mark.parametrize(("source", "value"), RESTARTS)
def test_a_heap_goes_to_the_same_bytes_however_it_was_loaded(source: str, value: str) -> None:
    """The code for a shape makes what the general way makes, down to the order of properties and names."""
    run = started(source)
    first, often = reloaded(run)[0], reloaded_often(run)[0]
    assert first.dump([]) == often.dump([]) == run.dump([])
    assert list(first.globals) == list(often.globals)


def test_roots_come_back_in_order_with_their_closures() -> None:
    """Handlers that nothing else refers to."""
    run = started(
        "function mk(n) { return {onSuccess: () => [n, shared], onFail: () => n} } var shared = {x: 1}; var h = mk(4)"
    )
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
    [
        b"",
        b"\x00",
        b"\xc1",
        b"\x90",
        b"\xdd\xff\xff\xff\xff",
        b"\x91" * 50_000,
        b"\x97" + b"\xc0" * 7,
        b"\xdf\xff\xff\xff\xff",
        b"not a snapshot",
        b"\x80",
    ],
)
def test_foreign_bytes_are_refused(data: bytes) -> None:
    """With a SnapshotError and nothing else."""
    with pytest.raises(SnapshotError):
        Run.load(compile_script("1"), data)


RICH = """
function mk(n) {
  let m = new Map([[n, {n}]]);
  return {go: () => [m.size, n++], b: mk.bind(null, n), it: m.keys(), d: new Date(n)};
}
var h = mk(3); var e = [new Error('x'), /a/g, Object('s'), , null]; h.self = h; const k = h.go;
function A(a) { return [arguments, () => a] } var p = A(1);
function f() { return [h.go(), k(), p[1](), [...h.it], h.b().go(), String(e)] }
"""


@given(st.binary(min_size=1, max_size=6), st.integers(0, 600), st.integers(0, 3))
@settings(max_examples=400)
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


@given(st.integers(0, 2**32))
@settings(max_examples=150)
def test_random_programs_do_not_notice_restarts(seed: int) -> None:
    """The same results straight through and with dump and load between any two calls."""
    program = compile_script(ProgramWriter(Random(seed)).program())
    straight, restarted = (Run(program, fuel=100_000, clock=lambda: 0.0, random=lambda: 0.5) for _ in range(2))
    straight.start(), restarted.start()
    for number in range(5):
        restarted, _ = Run.load(program, restarted.dump([]), fuel=100_000, clock=lambda: 0.0, random=lambda: 0.5)
        for name in ("step", "show"):
            results = [_outcome(run, name, number) for run in (straight, restarted)]
            assert results[0] == results[1], program.sources[""]
            if "ScriptLimitError" in str(results[0]):
                return


def _outcome(run: Run, name: str, number: int) -> object:
    """A primitive result as text, or the exception."""
    try:
        result = run.call(run.global_value(name), [number])
    except DslError as error:
        return (type(error).__name__, error.message)
    return repr(result) if result is None or isinstance(result, str | int | float) else type(result).__name__
