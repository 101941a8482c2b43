"""Everything that can be called: script functions, built-ins, bound functions.  How a call is made is in operators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from .base import (
    FROZEN,
    MISSING,
    NULL,
    OBJECT_BYTES,
    OBJECT_PROTO,
    PROPERTY_BYTES,
    SEALED,
    NativeCall,
    NativeConstruct,
    Obj,
    Value,
    ordered,
    throw_type_error,
)

if TYPE_CHECKING:
    from .run import Run

SCRIPT_FILE: Final = "<script>"
"""The name that compiled code gives as its file; places in scripts are found in tracebacks by it.  Libraries append
their own name.
"""

_NO_NAME: Final = 1
_NO_LENGTH: Final = 2
_OWN_PROTOTYPE: Final = 4
_PROTOTYPE_BYTES: Final = OBJECT_BYTES + 2 * PROPERTY_BYTES

_RESTRICTED: Final = frozenset(("caller", "arguments"))


@dataclass(slots=True, eq=False)
class FunctionCode:
    """What all closures of one function in the source share.

    body: called as body(run, function, this, args, new_target).  chain: the ids of the scopes around, innermost first;
    uses[d]: the slots that this function, or one nested in it, can touch in chain[d].  They tell what a snapshot keeps.
    """

    id: int
    name: str
    length: int
    strict: bool
    arrow: bool
    constructor: bool
    source: str
    body: Callable[[Run, Function, Value, list[Value], Obj | None], Value]
    chain: tuple[int, ...] = ()
    uses: tuple[tuple[int, ...], ...] = ()


class Invocable(Obj):
    """An object that can be called; *name* and *length* are read-only own properties that are not enumerable."""

    __slots__ = ("state",)

    class_name = "Function"
    is_callable = True

    def __init__(self, proto: Obj | None) -> None:
        super().__init__(proto)
        self.state = 0

    def own_name(self) -> str:
        raise NotImplementedError

    def own_length(self) -> int | float:
        raise NotImplementedError

    def is_constructor(self) -> bool:
        """Whether `new` may be used on it."""
        raise NotImplementedError

    def get_own(self, key: str) -> Value:
        value = self.props.get(key, MISSING)
        if value is MISSING:
            if key == "name" and not self.state & _NO_NAME:
                return self.own_name()
            if key == "length" and not self.state & _NO_LENGTH:
                return self.own_length()
        return value

    def absent(self, run: Run, key: str) -> Value:
        return self.tell_nothing(run, key) if key in _RESTRICTED else super().absent(run, key)

    def tell_nothing(self, run: Run, key: str) -> Value:
        """Answer `caller` or `arguments`, which no function tells (%ThrowTypeError%, ECMA-262 10.2.4)."""
        throw_type_error(run, f"'{key}' may not be accessed on this function")

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        if key in _RESTRICTED and key not in self.props:
            self.tell_nothing(run, key)
        if key not in self.props and self.read_only(key):
            self.refuse(run, key, strict)
        else:
            super().put(run, key, value, strict)

    def delete(self, run: Run, key: str, strict: bool) -> bool:
        if key in self.props or not self.read_only(key):
            return super().delete(run, key, strict)
        if self.level >= SEALED:
            return self.keep(run, key, strict)
        self.state |= _NO_NAME if key == "name" else _NO_LENGTH
        return True

    def inherits_read_only(self, run: Run, key: str) -> bool:
        if key in ("name", "length") and self.proto is not None and self.proto.read_only(key):
            return True
        return super().inherits_read_only(run, key)

    def own_keys(self) -> list[str]:
        keys = ordered(self.props)
        at = sum(key.isdigit() for key in keys)
        return keys[:at] + self._virtual() + keys[at:]

    def enumerable(self, key: str) -> bool:
        return super().enumerable(key) and (key in self.props or key not in ("name", "length"))

    def read_only(self, key: str) -> bool:
        if key in self.props:
            return self.level == FROZEN
        return (key == "name" and not self.state & _NO_NAME) or (key == "length" and not self.state & _NO_LENGTH)

    def _virtual(self) -> list[str]:
        return [key for key in ("length", "name") if key not in self.props and self.read_only(key)]


class Native(Invocable):
    """A built-in function.  call(run, this, args); construct(run, args, new_target) if `new` may be used on it."""

    __slots__ = ("call", "construct", "length", "name")

    def __init__(
        self,
        name: str,
        length: int,
        *,
        call: NativeCall,
        construct: NativeConstruct | None = None,
        proto: Obj | None = None,
    ) -> None:
        super().__init__(FUNCTION_PROTO if proto is None else proto)
        self.name = name
        self.length = length
        self.call = call
        self.construct = construct

    def own_name(self) -> str:
        return self.name

    def own_length(self) -> int:
        return self.length

    def is_constructor(self) -> bool:
        return self.construct is not None


def _function_prototype() -> Native:
    """Function.prototype is itself a function that does nothing (ECMA-262 20.2.3)."""
    made = Native.__new__(Native)
    Invocable.__init__(made, OBJECT_PROTO)
    made.name, made.length, made.construct = "", 0, None
    made.call = lambda run, this, args: None
    return made


FUNCTION_PROTO: Final = _function_prototype()


class Function(Invocable):
    """A closure: code and the scope it captured.  `prototype` is made when it is first looked at."""

    __slots__ = ("code", "name", "scope")

    def __init__(self, code: FunctionCode, scope: list[Any] | None, name: str | None = None) -> None:
        self.proto = FUNCTION_PROTO
        self.props = {}
        self.hidden = None
        self.level = 0
        self.state = 0
        self.code = code
        self.scope = scope
        self.name = name

    def own_name(self) -> str:
        return self.code.name if self.name is None else self.name

    def own_length(self) -> int:
        return self.code.length

    def is_constructor(self) -> bool:
        return self.code.constructor

    def get(self, run: Run, key: str) -> Value:
        if key == "prototype" and self._has_lazy_prototype():
            run.charge_memory(_PROTOTYPE_BYTES)
        return super().get(run, key)

    def get_own(self, key: str) -> Value:
        if key == "prototype" and self._has_lazy_prototype():
            self._make_prototype()
        return super().get_own(key)

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        if key == "prototype" and self._has_lazy_prototype():
            run.charge_memory(_PROTOTYPE_BYTES)
            self._make_prototype()
        super().put(run, key, value, strict)

    def delete(self, run: Run, key: str, strict: bool) -> bool:
        if key == "prototype" and self.code.constructor:
            return self.keep(run, key, strict)
        return super().delete(run, key, strict)

    def tell_nothing(self, run: Run, key: str) -> Value:
        """A function of sloppy code says that it was not called, as everywhere else."""
        return NULL if self.code.constructor and not self.code.strict else super().tell_nothing(run, key)

    def own_keys(self) -> list[str]:
        if self._has_lazy_prototype():
            self._make_prototype()
        return super().own_keys()

    def restrict(self, run: Run, level: int) -> None:
        if self._has_lazy_prototype():
            run.charge_memory(_PROTOTYPE_BYTES)
            self._make_prototype()
        super().restrict(run, level)

    def _has_lazy_prototype(self) -> bool:
        return self.code.constructor and not self.state & _OWN_PROTOTYPE

    def _make_prototype(self) -> None:
        self.state |= _OWN_PROTOTYPE
        prototype = Obj(OBJECT_PROTO, {"constructor": self})
        prototype.hide("constructor")
        self.props = {"prototype": prototype, **self.props}  # it has been there since the function was made
        self.hide("prototype")


class Bound(Invocable):
    """What Function.prototype.bind makes (ECMA-262 10.4.1)."""

    __slots__ = ("args", "length", "name", "target", "this")

    def __init__(self, target: Invocable, this: Value, args: list[Value], *, name: str, length: int | float) -> None:
        super().__init__(target.proto)
        self.target = target
        self.this = this
        self.args = args
        self.name = name
        self.length = length

    def own_name(self) -> str:
        return self.name

    def own_length(self) -> int | float:
        return self.length

    def is_constructor(self) -> bool:
        target = self.target
        while isinstance(target, Bound):
            target = target.target
        return target.is_constructor()
