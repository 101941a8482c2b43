"""Boolean (ECMA-262 §20.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsl.library.building import add_methods, constructor, describe
from dsl.operators import arg, prototype_for, truthy
from dsl.values import BOOLEAN_PROTO, OBJECT_BYTES, Obj, Value, Wrapper, throw_type_error

if TYPE_CHECKING:
    from dsl.run import Run


def _call(run: Run, this: Value, args: list[Value]) -> Value:
    return truthy(arg(args, 0))


def _construct(run: Run, args: list[Value], new_target: Obj) -> Value:
    run.charge_memory(OBJECT_BYTES)
    return Wrapper(truthy(arg(args, 0)), prototype_for(run, new_target, BOOLEAN_PROTO))


def _this_boolean(run: Run, this: Value, method: str) -> bool:
    if this is BOOLEAN_PROTO:
        return False  # the prototype counts as a Boolean object itself (§20.3.3)
    value = this.value if isinstance(this, Wrapper) else this
    if isinstance(value, bool):
        return value
    throw_type_error(run, f"Boolean.prototype.{method} requires that 'this' be a Boolean, not {describe(this)}")


def _to_string(run: Run, this: Value, args: list[Value]) -> Value:
    return "true" if _this_boolean(run, this, "toString") else "false"


def _value_of(run: Run, this: Value, args: list[Value]) -> Value:
    return _this_boolean(run, this, "valueOf")


BOOLEAN = constructor("Boolean", 1, call=_call, construct=_construct, prototype=BOOLEAN_PROTO)
add_methods(BOOLEAN_PROTO, (("toString", 0, _to_string), ("valueOf", 0, _value_of)))
