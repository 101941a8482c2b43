"""Random calls of the built-ins, compared with another engine: the same value, the same error, the same changes."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import quickjs  # type: ignore[import-untyped]

from dsl import evaluate
from dsl.library import PATHS
from dsl.values import Native

SHOW = (Path(__file__).parent / "show.js").read_text("utf-8")
CALLS = 40
VALUES = """
undefined | null | true | false | 0 | -0 | 1 | -1 | 2 | 3 | 1.5 | -2.7 | NaN | Infinity | -Infinity | 10 | 100 | 1e21
1e-7 | 255 | 2147483648 | "" | "a" | "abc" | "0" | "-1" | "1.5" | " 12 " | "length" | "toString" | "aXbXc" | "x,y,,z"
"\\ud83d\\ude00b" | "\\ud83d" | "$&$1$`" | "2020-01-02T03:04:05Z" | [] | [1, 2, 3] | [3, 1, 2] | [, 1, , 2] | ["b", "a"]
[[1, [2, [3]]], 4] | [undefined, null, NaN] | [["a", 1], ["b", 2]] | {} | {a: 1, b: {c: 2}}
{length: 2, 0: "p", 1: "q"} | {length: "3", 1: 5} | {length: -1} | {length: 1.9, 0: 7}
{valueOf() { return 2 }} | {toString() { return "ts" }}
{valueOf() { throw new RangeError("v") }} | {toString: null, valueOf: null} | {toJSON() { return 5 }} | x => x
function () { return arguments.length } | function (a, b) { return a > b ? 1 : -1 } | (a, b) => a - b | x => [x, x]
() => { throw new URIError("u") } | () => undefined | (a, b) => String(a) + String(b) | /b/ | /[a-c]/g | /(X)|(b)/
/(?:)/g | /^|$/gm | /b/y | new Map([["k", 1], [2, "v"]]) | new Set([1, "s"]) | new Number(3)
new String("str") | new Boolean(false) | Object.create(null) | Object.freeze([1, 2]) | Object.freeze({z: 1})
Object.seal([1, 2]) | Object.preventExtensions([1, 2]) | new Error("e") | (function () { return arguments })(1, 2)
"""
RECEIVERS = {
    "Array": "[] | [1, 2, 3] | [3, 1, 2] | [, 1, , 2] | [[1, [2, [3]]], 4] | {length: 3, 0: 1} | Object.freeze([2, 1])",
    "String": '"abc" | "aXbXc" | "\\ud83d\\ude00b\\ud83d" | "  x " | "" | new String("obj") | "a,b,,c" | 123',
    "Number": "0 | -0 | 1.5 | 123.456 | -1e-7 | NaN | Infinity | 255 | 0.1 | new Number(7)",
    "Date": "new Date(0) | new Date(NaN) | new Date(1577934245678) | new Date(-1)",
    "RegExp": "/b/ | /b/g | /(X)|(b)/y | /./gu",
    "Map": 'new Map([["k", 1], [2, "v"]])',
    "Set": 'new Set([1, "s", NaN])',
}
NOT_COMPARED = frozenset(
    (
        "Function", "Date", "Date.now", "Date.parse", "Math.random", "Function.prototype",
        "Function.prototype.toString",
        "Object.create", "Object.setPrototypeOf", "Object.getOwnPropertyNames", "RegExp.prototype.compile",
        "String.prototype.equals", "String.prototype.localeCompare", "Error.prototype.toString", "JSON.parse",
        "Date.prototype.toString", "Date.prototype.toTimeString", "Number.prototype.toString",
    )
)  # fmt: skip
"""What depends on time or chance, is ours alone, is left to each engine, or is a known fault of the other one."""


def _pool(text: str) -> list[str]:
    return [value.strip() for line in text.splitlines() for value in line.split(" | ") if value.strip()]


def _paths() -> list[str]:
    native = [path for path, built_in in PATHS.items() if isinstance(built_in, Native)]
    return [
        path
        for path in native
        if path not in NOT_COMPARED
        and not path.startswith(("%", "Math.", "Date.prototype.set"))
        and "Locale" not in path
    ]


def _call(chance: random.Random, path: str) -> str:
    values = _pool(VALUES)
    args = [chance.choice(values) for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3, 4)))]
    if ".prototype." not in path:
        return f"{path}({', '.join(args)})"
    kind = path.partition(".")[0]
    receiver = chance.choice(_pool(RECEIVERS[kind]) if kind in RECEIVERS and chance.random() < 0.85 else values)
    call = f"{path}.call({', '.join(['r', *args])})"
    return f"(function () {{ var r = {receiver}, v = {call}; return [v === r, v, r] }})()"


@pytest.mark.parametrize("seed", range(25))
def test_random_calls_give_what_another_engine_gives(seed: int) -> None:
    """Values, errors and changed receivers are the same, call by call."""
    chance = random.Random(seed)  # a fixed sequence, so that a failure can be seen again
    other = quickjs.Context()
    other.eval(SHOW)
    known = [path for path in _paths() if other.eval(f"try {{ typeof {path} }} catch (e) {{ '' }}") == "function"]
    calls = [_call(chance, chance.choice(known)) for _ in range(CALLS)]
    shown = f"[{', '.join(f'shown(function () {{ return ({call}) }})' for call in calls)}]"
    ours = evaluate(f"{SHOW}\n{shown}", fuel=50_000_000, memory=500_000_000)
    theirs = json.loads(other.eval(f"JSON.stringify({shown})"))
    assert isinstance(ours, list)
    assert list(zip(calls, ours, strict=True)) == list(zip(calls, theirs, strict=True))
