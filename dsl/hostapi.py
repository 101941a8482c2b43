"""How the host offers functions and objects to scripts: one table that feeds run time, checks, docs and the editor.

What a function is given is converted by its declaration and what it returns is copied; it may raise Throw (an exception
in the script) or Suspend.  Any other exception is a fault of the host and ends the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from .base import NULL, OBJECT_PROTO, Abort, Obj, Value, throw_type_error
from .callables import Function, Native
from .conversions import to_number, to_string, truthy
from .exotics import HostObject
from .library import REALM
from .plain import TEXT_OF_A_STEP, from_plain, to_plain
from .units import text
from .values import seal_realm

if TYPE_CHECKING:
    from .run import Run

ParameterType: TypeAlias = Literal["value", "plain", "string", "number", "boolean", "object", "function"]
Bind: TypeAlias = Callable[[str], HostObject]
HOST_PREFIX: Final = "@"

class Suspend(Abort):
    """Raised by a host function whose answer must be fetched first; the run ends without a trace.

    The host fetches what *request* asks, and runs again from the same snapshot with the answer at hand.
    """

    def __init__(self, request: object) -> None:
        self.request = request
        super().__init__(request)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter.  type: "value" and "object" and "function" are given as script values, the rest as plain data.

    rest: takes all arguments that are left, as they are declared; only the last may be one.
    """

    name: str
    type: ParameterType = "value"
    optional: bool = False
    rest: bool = False


@dataclass(frozen=True, slots=True)
class HostFunction:
    """A function of the host.

    call(run, args) gets one entry for each parameter, None where an optional one is left out.  waits: whether it may
    raise Suspend; throws: whether it may throw although what it is given is in order.  For the writer of a script: doc,
    one sentence; returns, what comes back, in the words of the editor (`boolean`, `User | null`); events, the handlers
    that may be called later; fails, what happens when it cannot.
    """

    name: str
    parameters: tuple[Parameter, ...]
    call: Callable[[Run, list[Any]], object]
    waits: bool = False
    doc: str = ""
    returns: str = "void"
    events: tuple[str, ...] = ()
    fails: str = ""
    throws: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class HostTable:
    """Everything the host offers; closed once made.

    namespaces: objects whose properties are functions (`Log.info`).  objects: names of global host objects, made for
    each run by its `bind`, with the name as path.  fresh: what a run's globals are at first, but for those objects;
    hidden: the names of all of them.
    """

    functions: tuple[HostFunction, ...] = ()
    namespaces: Mapping[str, tuple[HostFunction, ...]] = field(default_factory=dict)
    objects: tuple[str, ...] = ()
    values: dict[str, Value] = field(init=False, repr=False)
    fresh: dict[str, Value] = field(init=False, repr=False)
    hidden: frozenset[str] = field(init=False, repr=False)
    paths: dict[int, str] = field(init=False, repr=False)
    by_path: dict[str, Obj] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        values: dict[str, Value] = {}
        by_path: dict[str, Obj] = {}
        for function in self.functions:
            values[function.name] = by_path[HOST_PREFIX + function.name] = native(function)
        for name, members in self.namespaces.items():
            values[name] = by_path[HOST_PREFIX + name] = _namespace(name, members, by_path)
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "fresh", {**REALM, **values})
        object.__setattr__(self, "hidden", frozenset((*REALM, *values, *self.objects, "globalThis")))
        object.__setattr__(self, "by_path", by_path)
        object.__setattr__(self, "paths", {id(made): path for path, made in by_path.items()})

    def names(self) -> frozenset[str]:
        """All global names that the host defines."""
        return frozenset(self.values) | frozenset(self.objects)

    @staticmethod
    def of(functions: Mapping[str, Callable[..., object]]) -> HostTable:
        """A table of plain Python functions, called with plain data."""
        return HostTable(functions=tuple(_plain_function(name, function) for name, function in functions.items()))


NO_HOST: Final = HostTable()


def native(function: HostFunction) -> Native:
    """The built-in through which scripts reach *function*."""

    exact = tuple(_EXACT.get(parameter.type) for parameter in function.parameters)

    def run_it(run: Run, this: Value, args: list[Value]) -> Value:
        given = args if tuple(map(type, args)) == exact else convert_arguments(run, function, args)
        result = function.call(run, given)
        return None if result is None else from_plain(run, result)

    required = sum(not parameter.optional and not parameter.rest for parameter in function.parameters)
    made = Native(function.name, required, call=run_it)
    seal_realm(made)
    return made


def convert_arguments(run: Run, function: HostFunction, args: list[Value]) -> list[Any]:
    """The arguments as declared; a TypeError in the script where one does not fit.  Long texts are paid for."""
    for value in args:
        if type(value) is str and len(value) >= TEXT_OF_A_STEP:
            run.charge_fuel(len(value) // TEXT_OF_A_STEP)
    converted: list[Any] = []
    for at, parameter in enumerate(function.parameters):
        if parameter.rest:
            converted.extend(_convert(run, value, parameter, function.name) for value in args[at:])
        else:
            converted.append(_convert(run, args[at] if at < len(args) else None, parameter, function.name))
    return converted


_EXACT: Final[dict[ParameterType, type]] = {"object": Obj, "number": int, "boolean": bool, "function": Function}
"""What needs no conversion."""


def _convert(run: Run, value: Value, parameter: Parameter, function: str) -> Any:
    kind = parameter.type
    if kind == "value" or type(value) is _EXACT.get(kind):
        return value
    if parameter.optional and (value is None or value is NULL):
        return None
    match kind:
        case "plain":
            return to_plain(run, value)
        case "string" if value is not None and value is not NULL:
            return text(to_string(run, value))
        case "number":
            return to_number(run, value)
        case "boolean":
            return truthy(value)
        case "object" if isinstance(value, Obj):
            return value
        case "function" if isinstance(value, Obj) and value.is_callable:
            return value
    throw_type_error(run, f"{function}: '{parameter.name}' must be a {parameter.type}")


def _namespace(name: str, members: Iterable[HostFunction], by_path: dict[str, Obj]) -> Obj:
    made = Obj(OBJECT_PROTO)
    for member in members:
        made.props[member.name] = by_path[f"{HOST_PREFIX}{name}.{member.name}"] = native(member)
    seal_realm(made)
    return made


def _plain_function(name: str, function: Callable[..., object]) -> HostFunction:
    return HostFunction(
        name, (Parameter("args", "plain", optional=True, rest=True),), lambda run, args: function(*args)
    )
