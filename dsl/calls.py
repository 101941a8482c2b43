"""How functions are called and objects made: the one place that counts the depth of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .base import OBJECT_BYTES, OBJECT_PROTO, LimitReached, Obj, Value, throw_type_error
from .callables import Bound, Function, Invocable, Native
from .units import brief

if TYPE_CHECKING:
    from .run import Run


_ARGUMENT_BYTES: Final = 8
_FREE_ARGUMENTS: Final = 32
"""A list of so few arguments is not charged: no more of them can be alive than calls are nested."""


def arg(args: list[Value], index: int) -> Value:
    """The argument at *index*, undefined if it was not given."""
    return args[index] if index < len(args) else None


def call(run: Run, function: Value, this: Value, args: list[Value], what: str = "value") -> Value:
    """Call *function*; *args* belongs to the callee from now on.  what: the callee in words, for the message."""
    depth = run.depth
    if depth <= 0:
        raise too_deep(run)
    run.depth = depth - 1
    try:
        if type(function) is Function:
            return function.code.body(run, function, this, args, None)
        if type(function) is Native:
            run.fuel -= 1
            return function.call(run, this, args)
        if isinstance(function, Bound):
            return call(run, function.target, function.this, _bound_arguments(run, function, args))
    finally:
        run.depth = depth
    throw_type_error(run, f"{what} is not a function")


def construct(
    run: Run, function: Value, args: list[Value], new_target: Obj | None = None, what: str = "value"
) -> Value:
    """`new function(...args)` (ECMA-262 13.3.5.1); new_target is the function itself unless told otherwise."""
    if not isinstance(function, Invocable) or not function.is_constructor():
        throw_type_error(run, f"{what} is not a constructor")
    depth = run.depth
    if depth <= 0:
        raise too_deep(run)
    run.depth = depth - 1
    try:
        return _construct(run, function, args, function if new_target is None else new_target)
    finally:
        run.depth = depth


def _construct(run: Run, function: Invocable, args: list[Value], new_target: Obj) -> Value:
    if isinstance(function, Function):
        run.charge_memory(OBJECT_BYTES)
        this = Obj(prototype_for(run, new_target, OBJECT_PROTO))
        made = function.code.body(run, function, this, args, new_target)
        return made if isinstance(made, Obj) else this
    if isinstance(function, Bound):
        target = function.target
        given = _bound_arguments(run, function, args)
        return construct(run, target, given, target if new_target is function else new_target)
    if isinstance(function, Native) and function.construct is not None:
        return function.construct(run, args, new_target)
    throw_type_error(run, "value is not a constructor")


def _bound_arguments(run: Run, function: Bound, args: list[Value]) -> list[Value]:
    """What the target is given; a chain of bound functions holds a longer list at each link."""
    count = len(function.args) + len(args)
    run.charge_fuel(1 + (count >> 6))
    if count > _FREE_ARGUMENTS:
        run.charge_memory(_ARGUMENT_BYTES * count)
    return function.args + args


def prototype_for(run: Run, new_target: Obj, default: Obj) -> Obj:
    """The prototype of what `new` makes: new_target.prototype if that is an object, else *default* (10.1.14)."""
    prototype = new_target.get(run, "prototype")
    return prototype if isinstance(prototype, Obj) else default


def call_method(run: Run, receiver: Value, name: str, args: list[Value]) -> Value:
    """receiver.name(...args)."""
    from .properties import get_named

    return call(run, get_named(run, receiver, name), receiver, args, name)


def require_callable(run: Run, value: Value, what: str) -> Obj:
    """*value* if it can be called, else TypeError."""
    if isinstance(value, Obj) and value.is_callable:
        return value
    throw_type_error(run, f"{brief(what)} is not a function")


def too_deep(run: Run) -> LimitReached:
    """The stop when calls are nested too deep."""
    run.aborted = True
    return LimitReached(f"calls are nested deeper than {run.max_depth}")
