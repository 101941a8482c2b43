"""A snapshot that is well-formed bytes but not one of ours is refused, wherever its parts were swapped for others."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from dsl import Program, Run, ScriptError, ScriptLimitError, compile_script
from dsl.plain import to_plain
from dsl.snapshot import SnapshotError
from dsl.snapshot.shapes import OFTEN
from dsl.values import Obj

SOURCE = r"""
let count = 1; var old = {a: [1, , 'x', null, -0, NaN], when: new Date(5), re: /a(b)?/gi};
old.self = old;
const cells = new Map([[old, new Set([1, 'two', old])]]);
function Point(x) { this.x = x; }
Point.prototype.twice = function () { return this.x * 2; };
var point = Object.freeze(new Point(4)), wrapped = [new Number(5), new String('s'), new Boolean(true)];
var bound = Point.bind(null, 9), iterator = cells.entries(), letters = 'a\ud83d\ude00b'.matchAll(/./gu);
var failure = new TypeError('no'), given = (function () { return arguments; })(1, 2), plain = Object.create(null);
made = 1; delete globalThis.made; JSON = 7;
function counter() { let n = count; return {up: () => ++n, same: () => { count = n; return [count, old.a.length]; }}; }
var handlers = counter(); handlers.up();
"""
FOREIGN = (
    None, True, False, 0, -1, 1, 7, 2**31, 2**63, 0.5, float("nan"), "", "x", "Array.prototype.map", "@Log",
    b"", b"\x00", [], [0], [1, 2], [[]], {}, {"a": 1}, [[0, 0], [0, 1]],
)  # fmt: skip


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a decoded snapshot."""
    parts = enumerate(node) if isinstance(node, list) else node.items() if isinstance(node, dict) else ()
    for at, part in parts:
        yield (*path, at)
        yield from places(part, (*path, at))


def opened(data: bytes) -> list[Any]:
    """The parts of a snapshot, with its shape as parts too."""
    whole = msgspec.msgpack.decode(data)
    whole[3] = msgspec.msgpack.decode(whole[3])
    return whole  # type: ignore[no-any-return]


def closed(whole: list[Any]) -> bytes:
    """The snapshot of these parts."""
    parts = [
        msgspec.msgpack.encode(part) if at == 3 and isinstance(part, list) else part for at, part in enumerate(whole)
    ]
    return msgspec.msgpack.encode(parts)


def changed(whole: list[Any], path: tuple[Any, ...], chance: random.Random) -> bytes:
    """The snapshot with the part at *path* replaced, removed, or put where another belongs."""
    copy = msgspec.msgpack.decode(msgspec.msgpack.encode(whole))
    parent = copy
    for at in path[:-1]:
        parent = parent[at]
    match chance.randrange(4):
        case 0:
            del parent[path[-1]]
        case 1 if isinstance(parent, dict):
            parent[chance.choice((-1, 0, 1, 99, True, "x"))] = parent[path[-1]]
        case 1:
            parent.insert(path[-1], parent[path[-1]])
        case _:
            parent[path[-1]] = chance.choice(FOREIGN)
    return closed(copy)


def snapshot() -> tuple[Any, bytes]:
    """A program and a heap of every kind of value."""
    program = compile_script(SOURCE)
    run = Run(program, fuel=100_000)
    run.start()
    return program, run.dump([run.global_value("handlers")])


@pytest.mark.parametrize("seed", range(8))
def test_a_part_in_the_wrong_place_is_refused_or_harmless(seed: int) -> None:
    """Loading ends in SnapshotError or in a heap that works on within its limits; nothing else ever comes out."""
    program, data = snapshot()
    whole = opened(data)
    ways = list(places(whole))
    chance = random.Random(seed)
    refused = 0
    for _ in range(400):
        damaged = changed(whole, chance.choice(ways), chance)
        try:
            run, roots = Run.load(program, damaged, fuel=20_000)
            for name in ("up", "same"):
                handlers = roots[0] if roots else None
                run.call(handlers.get(run, name) if isinstance(handlers, Obj) else None, [])
            run.dump(roots)
        except SnapshotError:
            refused += 1
        except (ScriptError, ScriptLimitError):
            continue
    assert refused > 100


def test_an_unharmed_snapshot_of_every_kind_of_value_works_on() -> None:
    """The base of the damage: it loads, runs, and goes to the same bytes again."""
    program, data = snapshot()
    run, roots = Run.load(program, data)
    assert run.dump(roots) == data
    (handlers,) = roots
    assert isinstance(handlers, Obj)
    run.call(handlers.get(run, "up"), [])
    assert run.convert(to_plain, run.call(handlers.get(run, "same"), [])) == [3, 6]


LOGIN = """
var roles = ['admin', 'auditor'], most = 3;
function open(user) { let tries = 0; return {up: () => (++tries, [user, tries]), same: () => [tries < most, roles]}; }
var login = open({name: 'mara', own: [1, , null]});
"""
"""Its heap has code of its own once it was loaded a few times."""


def often_loaded() -> tuple[Program, bytes]:
    """A program and a snapshot of it whose shape is known."""
    program = compile_script(LOGIN)
    run = Run(program)
    run.start()
    data = run.dump([run.global_value("login")])
    for _ in range(OFTEN):
        Run.load(program, data)
    return program, data


@pytest.mark.parametrize("plain", [[], [1], *([each] * 6 for each in FOREIGN)])
def test_plain_values_that_do_not_fit_a_known_shape_are_refused_or_harmless(plain: list[Any]) -> None:
    """Code that was made for a shape is given as many values of the language as it needs, or nothing is loaded."""
    program, data = often_loaded()
    whole = opened(data)
    assert len(whole[4]) == 6
    whole[4] = plain
    try:
        run, (login,) = Run.load(program, closed(whole), fuel=20_000)
    except SnapshotError:
        return
    assert len(plain) == 6
    assert isinstance(login, Obj)
    run.call(login.get(run, "up"), [])
    run.dump([login])


def test_damage_beside_a_known_shape_is_refused_as_before() -> None:
    """A shape that differs from a known one is another one, and read with all checks."""
    program, data = often_loaded()
    whole, chance = opened(data), random.Random(3)
    refused = 0
    for way in places(whole[3], (3,)):
        try:
            Run.load(program, changed(whole, way, chance))
        except SnapshotError:
            refused += 1
    assert refused > 20
