"""What a script can reach, by keys, prototypes, elements and entries; and the host of the attempts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from dsl import HostFunction, HostTable, Parameter, Run, compile_script
from dsl.calls import call
from dsl.values import (
    HOLE,
    MISSING,
    TDZ,
    Arr,
    Collection,
    ErrorObject,
    HostObject,
    Null,
    Obj,
    SetObject,
    throw_type_error,
)

FUEL: Final = 1_000_000
MEMORY: Final = 32_000_000


def _fails(run: Run, args: list[Any]) -> object:
    raise KeyError("a fault of the host")


def _boom(run: Run, args: list[Any]) -> object:
    throw_type_error(run, "refused")


def _give(run: Run, args: list[Any]) -> object:
    return {"list": [1, [2]], "map": {"k": {}}, "big": 10**30, "text": "{0.__class__}", "none": None, "float": 1.0}


_FUNCTIONS: Final = (
    HostFunction("echo", (Parameter("value", "plain"),), lambda run, args: args[0]),
    HostFunction("needs", (Parameter("text", "string"),), lambda run, args: args[0]),
    HostFunction("callback", (Parameter("function", "function"),), lambda run, args: call(run, args[0], None, [])),
    HostFunction("give", (), _give),
    HostFunction("boom", (), _boom),
    HostFunction("fails", (), _fails),
)
HOST: Final = HostTable(_FUNCTIONS, namespaces={"Host": _FUNCTIONS[3:4]})


def run_of(program: str, *, fuel: int = FUEL, memory: int = MEMORY) -> Run:
    """A run of *program* with this host; it is always the same time, and chance is always one half."""
    return Run(compile_script(program), host=HOST, fuel=fuel, memory=memory, clock=lambda: 0.0, random=lambda: 0.5)


def leaks(run: Run, *roots: Any) -> str | None:
    """The first thing that can be reached from the globals, the top level and *roots* and is no value of a script."""
    return next((_described(found) for found in reachable(run, *roots) if not is_value(found)), None)


def reachable(run: Run, *roots: Any) -> Iterator[Any]:
    """Everything that a script can come to by keys, prototypes, elements and entries."""
    waiting: list[Any] = [*roots, *run.globals.values(), run.global_object]
    waiting += [slot for slot in run.top[1:] if slot is not TDZ]
    known: set[int] = set()
    while waiting:
        found = waiting.pop()
        yield found
        if isinstance(found, Obj) and id(found) not in known:
            known.add(id(found))
            waiting += _neighbours(run, found)


def _neighbours(run: Run, found: Obj) -> Iterator[Any]:
    if found.proto is not None:
        yield found.proto
    for key in found.own_keys():
        yield key
        value = found.get_own(key)
        if value is not MISSING:
            yield value
    if isinstance(found, Arr):
        yield from (item for item in found.items if item is not HOLE)
    if isinstance(found, Collection):
        for entry in found.table.entries():
            yield from entry[:1] if isinstance(found, SetObject) else entry
    if isinstance(found, ErrorObject):
        yield found.get(run, "stack")


def is_value(found: Any) -> bool:
    """Whether *found* is exactly a value of the language: no subclass, no integer that is too big, no text of Python.

    The host of these attempts has no objects of its own.
    """
    if isinstance(found, Obj):
        own = type(found).__module__.startswith("dsl.") and not isinstance(found, HostObject)
        return own and not hasattr(found, "__dict__")
    if type(found) is int:
        return -(2**53) <= found <= 2**53
    if type(found) is str:
        return not found or max(found) <= "\uffff"
    return found is None or type(found) in (bool, float, Null)


def _described(found: Any) -> str:
    return f"{type(found).__module__}.{type(found).__qualname__} {found!r:.80}"
