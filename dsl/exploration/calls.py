"""Calls while exploring: functions of the script are run; built-ins where they cannot meet what they do not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .. import calls as real
from ..arrays import Arr
from ..base import Obj, Value, throw_type_error
from ..callables import Bound, Function, Native
from ..exotics import Collection, HostObject
from ..exotics import Iterator as ScriptIterator
from ..library import path_of
from . import judging
from .terms import MAYBE_NAN
from .unknown import Unknown

if TYPE_CHECKING:
    from ..run import Run
    from .paths import Path

MOST_LOOKED_AT = 2000
"""Objects of one call that are searched for what is not known."""


def call(run: Run, function: Value, this: Value, args: list[Value], what: str = "value") -> Value:
    """Call *function*."""
    if type(function) is Unknown:
        function = function.mind.settle(function)
    if type(function) is Unknown:
        path = function.mind
        if "function" not in judging.kinds(path, function):
            throw_type_error(run, f"{what} is not a function")
        path.give_up(f"{what} may be any function")
    while isinstance(function, Bound):
        bound = function
        function, this, args = bound.target, bound.this, [*bound.args, *args]
    rest = next((arg for arg in args if type(arg) is Unknown and arg.term in arg.mind.rests), None)
    if rest is not None:
        return _with_any_number(rest, function, args)
    if type(this) is Unknown and type(function) is Function:
        this = this.mind.settle(this)
        if type(this) is Unknown and not judging.kinds(this.mind, this) <= {"array", "object"}:
            this.mind.give_up("a function is called on what may be no object")
    if type(function) is not Native or path_of(function) is None:
        return real.call(run, function, this, args, what)
    return _built_in(run, function, this, args)


def _with_any_number(rest: Unknown, function: Value, args: list[Value]) -> Value:
    """A call with any number of arguments: only what is the same for all of them is modelled."""
    path, name = rest.mind, path_of(function) if isinstance(function, Obj) else None
    if name not in ("Math.max", "Math.min"):
        path.give_up("a function is called with a list of unknown length as its arguments")
    if any(type(arg) is Unknown and not judging.kinds(path, arg) <= _SIMPLE for arg in args):
        path.give_up(f"{name} of what may be an object")
    return path.unknown(path.fresh("extreme"), MAYBE_NAN)


_SIMPLE = frozenset({"undefined", "null", "boolean", "number", "nan", "string"})


def construct(
    run: Run, function: Value, args: list[Value], new_target: Obj | None = None, what: str = "value"
) -> Value:
    """`new function(...args)`."""
    from . import library

    path = mind_of(run)
    if path is not None and any(type(arg) is Unknown and arg.term in path.rests for arg in args):
        path.give_up("an object is made with a list of unknown length as arguments")
    if type(function) is Native and path is not None:
        made = library.construct(path, run, function, args)
        if made is not None:
            return made
    if type(function) is Unknown:
        function.mind.give_up(f"{what} may be any function")
    return real.construct(run, function, args, new_target, what)


def mind_of(run: Run) -> Path | None:
    """The way that a run takes."""
    scene = getattr(run.host_object("context"), "scene", None) if run._bind is not None else None
    return getattr(scene, "path", None)


def _built_in(run: Run, function: Native, this: Value, args: list[Value]) -> Value:
    from . import library

    path = mind_of(run)
    if path is None:
        return function.call(run, this, args)
    this, args = path.settle(this), [path.settle(arg) for arg in args]
    return library.call(path, run, function, this, args)


def tainted(*values: Value) -> Unknown | None:
    """An unknown value among *values* or inside of them."""
    seen: set[int] = set()
    stack: list[Any] = list(values)
    while stack:
        value = stack.pop()
        if type(value) is Unknown:
            return value
        if isinstance(value, Obj) and id(value) not in seen:
            seen.add(id(value))
            if len(seen) > MOST_LOOKED_AT:
                raise RecursionError("too many objects")
            stack.extend(_inside(value))
    return None


def _inside(value: Obj) -> Iterator[Value]:
    if isinstance(value, HostObject) or path_of(value) is not None:
        return
    yield from value.props.values()
    if isinstance(value, Arr):
        yield from value.items
    elif isinstance(value, Collection):
        for entry in value.table.entries():
            yield from entry
    elif isinstance(value, ScriptIterator):
        yield value.source
    elif isinstance(value, Bound):
        yield from value.args
    elif type(value) is Function:
        return


def guarded(path: Path, function: Value) -> Value:
    """*function* for a built-in that calls it: what it gives back must be known."""
    if not isinstance(function, Obj) or not function.is_callable:
        return function

    def run_it(run: Run, this: Value, args: list[Value]) -> Value:
        given = call(run, function, this, args)
        given = path.settle(given)
        if tainted(given) is not None:
            path.give_up("a callback gives back what is not known")
        return given

    return Native("guarded", 0, call=run_it)
