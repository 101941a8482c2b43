"""Error and its kinds (ECMA-262 §20.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsl.library.building import add_methods, charge_text, constructor, new_array
from dsl.library.realm import BUILT_INS
from dsl.operators import arg, prototype_for, spread, to_string
from dsl.values import (
    ERROR_PROTO,
    EVAL_ERROR_PROTO,
    OBJECT_BYTES,
    RANGE_ERROR_PROTO,
    REFERENCE_ERROR_PROTO,
    SYNTAX_ERROR_PROTO,
    TYPE_ERROR_PROTO,
    URI_ERROR_PROTO,
    ErrorObject,
    Native,
    Obj,
    Value,
    throw_type_error,
)

if TYPE_CHECKING:
    from dsl.run import Run

AGGREGATE_ERROR_PROTO = BUILT_INS.object("AggregateError.prototype", ERROR_PROTO)


def _set_hidden(run: Run, error: ErrorObject, key: str, value: Value) -> None:
    error.define(run, key, value)
    error.hide(key)


def _make(run: Run, proto: Obj, message: Value, options: Value) -> ErrorObject:
    """An error as its constructor makes it: `message` unless undefined, `cause` if *options* has one."""
    run.charge_memory(OBJECT_BYTES)
    error = ErrorObject(proto)
    if message is not None:
        _set_hidden(run, error, "message", to_string(run, message))
    if isinstance(options, Obj) and options.has(run, "cause"):
        _set_hidden(run, error, "cause", options.get(run, "cause"))
    return error


def _kind(name: str, prototype: Obj, parent: Native | None) -> Native:
    """The constructor of one kind of error; works with and without `new`."""

    def construct(run: Run, args: list[Value], new_target: Obj) -> Value:
        return _make(run, prototype_for(run, new_target, prototype), arg(args, 0), arg(args, 1))

    def call(run: Run, this: Value, args: list[Value]) -> Value:
        return _make(run, prototype, arg(args, 0), arg(args, 1))

    made = constructor(name, 1, call=call, construct=construct, prototype=prototype, parent=parent)
    prototype.props.update(name=name, message="")
    return made


def _aggregate(run: Run, proto: Obj, args: list[Value]) -> Value:
    error = _make(run, proto, arg(args, 1), arg(args, 2))
    _set_hidden(run, error, "errors", new_array(run, spread(run, arg(args, 0), "errors")))
    return error


def _call_aggregate(run: Run, this: Value, args: list[Value]) -> Value:
    return _aggregate(run, AGGREGATE_ERROR_PROTO, args)


def _construct_aggregate(run: Run, args: list[Value], new_target: Obj) -> Value:
    return _aggregate(run, prototype_for(run, new_target, AGGREGATE_ERROR_PROTO), args)


def _to_string(run: Run, this: Value, args: list[Value]) -> Value:
    if not isinstance(this, Obj):
        throw_type_error(run, "Error.prototype.toString was called on a primitive value")
    given_name = this.get(run, "name")
    name = "Error" if given_name is None else to_string(run, given_name)
    given_message = this.get(run, "message")
    message = "" if given_message is None else to_string(run, given_message)
    if not name or not message:
        return name or message
    charge_text(run, len(name) + len(message) + 2)
    return f"{name}: {message}"


ERROR = _kind("Error", ERROR_PROTO, None)
add_methods(ERROR_PROTO, (("toString", 0, _to_string),))
AGGREGATE_ERROR = constructor(
    "AggregateError",
    2,
    call=_call_aggregate,
    construct=_construct_aggregate,
    prototype=AGGREGATE_ERROR_PROTO,
    parent=ERROR,
)
AGGREGATE_ERROR_PROTO.props.update(name="AggregateError", message="")
KINDS: dict[str, Native] = {
    "Error": ERROR,
    "AggregateError": AGGREGATE_ERROR,
    "EvalError": _kind("EvalError", EVAL_ERROR_PROTO, ERROR),
    "RangeError": _kind("RangeError", RANGE_ERROR_PROTO, ERROR),
    "ReferenceError": _kind("ReferenceError", REFERENCE_ERROR_PROTO, ERROR),
    "SyntaxError": _kind("SyntaxError", SYNTAX_ERROR_PROTO, ERROR),
    "TypeError": _kind("TypeError", TYPE_ERROR_PROTO, ERROR),
    "URIError": _kind("URIError", URI_ERROR_PROTO, ERROR),
}
