"""Function.prototype: call, apply, bind, toString (ECMA-262 §20.2.3).

`Function` is there for `instanceof` and its prototype, but never makes code from text.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dsl.library.building import add_methods, charge_text, constructor, describe, list_from
from dsl.operators import arg, call, instance_of, to_integer
from dsl.values import (
    FUNCTION_PROTO,
    ITEM_BYTES,
    NULL,
    OBJECT_BYTES,
    Bound,
    Function,
    Invocable,
    Native,
    Obj,
    Value,
    throw_type_error,
)

if TYPE_CHECKING:
    from dsl.run import Run


def _refuse_text(run: Run, this: Value, args: list[Value]) -> Value:
    throw_type_error(run, "Making code from text is not part of the script language")


def _refuse_new(run: Run, args: list[Value], new_target: Obj) -> Value:
    throw_type_error(run, "Making code from text is not part of the script language")


def _callable(run: Run, this: Value, method: str) -> Invocable:
    if isinstance(this, Invocable):
        return this
    throw_type_error(run, f"Function.prototype.{method} was called on {describe(this)}, which is not a function")


def _apply(run: Run, this: Value, args: list[Value]) -> Value:
    function = _callable(run, this, "apply")
    given = arg(args, 1)
    arguments = [] if given is None or given is NULL else list_from(run, given)
    return call(run, function, arg(args, 0), arguments)


def _call(run: Run, this: Value, args: list[Value]) -> Value:
    return call(run, _callable(run, this, "call"), arg(args, 0), args[1:])


def _bind(run: Run, this: Value, args: list[Value]) -> Value:
    target = _callable(run, this, "bind")
    run.charge_memory(OBJECT_BYTES + ITEM_BYTES * len(args))
    run.charge_fuel(2 + (len(args) >> 4))
    length: int | float = 0
    if target.has_own("length"):
        own = target.get(run, "length")
        if isinstance(own, int | float) and not isinstance(own, bool):
            whole = to_integer(run, own)
            length = whole if whole == -math.inf else max(whole - max(len(args) - 1, 0), 0)
            length = max(length, 0)
    name = target.get(run, "name")
    bound_name = f"bound {name}" if isinstance(name, str) else "bound "
    charge_text(run, len(bound_name))
    return Bound(target, arg(args, 0), args[1:], name=bound_name, length=length)


def _to_string(run: Run, this: Value, args: list[Value]) -> Value:
    function = _callable(run, this, "toString")
    if isinstance(function, Function):
        charge_text(run, len(function.code.source))
        return function.code.source
    name = function.name if isinstance(function, Native) else ""
    return f"function {name}() {{ [native code] }}"


FUNCTION = constructor("Function", 1, call=_refuse_text, construct=_refuse_new, prototype=FUNCTION_PROTO)
add_methods(
    FUNCTION_PROTO,
    (
        ("apply", 2, _apply),
        ("bind", 1, _bind),
        ("call", 1, _call),
        ("toString", 0, _to_string),
    ),
)

__all__ = ["FUNCTION", "instance_of"]
