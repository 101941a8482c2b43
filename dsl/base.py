"""The bottom of the value model: primitives, the plain object, the exceptions that carry a script's throw or a stop.

Undefined is None, null is NULL, booleans are bool, numbers are int (|n| <= 2**53) or float, strings are str whose every
character is one UTF-16 code unit.  Nothing here converts or computes; that is operators.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Final, NoReturn, TypeAlias, cast

from .units import brief, index_of

if TYPE_CHECKING:
    from .run import Run

MAX_SAFE: Final = 2**53
PROPERTY_BYTES: Final = 120
OBJECT_BYTES: Final = 300
STRING_BYTES: Final = 56
"""What a string takes beside its code units, which are two bytes each at most."""

OPEN: Final = 0
NOT_EXTENSIBLE: Final = 1
SEALED: Final = 2
FROZEN: Final = 3
REALM: Final = 4
"""Levels of an object.  REALM is a built-in: nothing of it ever changes, yet an object that inherits from it may shadow
its properties, as ECMAScript's writable built-ins allow."""

VIEWED: Final = frozenset(
    ("__proto__", "size", "source", "flags", "global", "ignoreCase", "multiline", "dotAll", "unicode", "unicodeSets",
     "sticky", "hasIndices")
)  # fmt: skip
"""The names of the accessors that prototypes have (ViewedPrototype)."""


class Null:
    """The type of null; NULL is its only value."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "null"


class Mark:
    """A mark that is no value of the language and never reaches a script."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"<{self.name}>"


NULL: Final = Null()
MISSING: Final[Value] = cast("Value", Mark("missing"))
HOLE: Final[Value] = cast("Value", Mark("hole"))
TDZ: Final[Value] = cast("Value", Mark("not initialised"))
"""The three stand where a value could: no property, no element, not initialised yet.  Compare with `is`."""


class Throw(Exception):
    """A value thrown by a script or by a built-in; the only exception that a script's catch and finally see."""

    def __init__(self, value: Value) -> None:
        self.value = value


class Abort(BaseException):
    """The run stops now: a limit, or a suspension by the host.  No construct of a script sees or delays it."""


class LimitReached(Abort):
    """Fuel, memory or depth is used up; *message* says which and the bound."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class Obj:
    """An ordinary object.  Subclasses answer the same seven questions for their own kinds of property.

    props: own properties by key; integer keys as canonical decimal text.  hidden: own keys that are not enumerable.
    """

    __slots__ = ("hidden", "level", "props", "proto")

    class_name = "Object"
    is_callable = False
    views: frozenset[str] = frozenset()

    def __init__(self, proto: Obj | None, props: dict[str, Value] | None = None) -> None:
        self.proto = proto
        self.props: dict[str, Value] = {} if props is None else props
        self.hidden: frozenset[str] | None = None
        self.level = OPEN

    def get(self, run: Run, key: str) -> Value:
        """The value of *key*, own or inherited; undefined if there is none."""
        value = self.get_own(key)
        if value is not MISSING:
            return value
        proto = self.proto
        while proto is not None:
            value = proto.get_own(key)
            if value is not MISSING:
                return value
            run.fuel -= 1
            proto = proto.proto
        return self.absent(run, key)

    def absent(self, run: Run, key: str) -> Value:
        """What a property that nobody has reads as: undefined, but for what the standard answers by accessors."""
        viewed = self.viewed_by(key) if key in VIEWED else None
        return None if viewed is None else viewed.view(run, self, key)

    def get_own(self, key: str) -> Value:
        """The value of the own property *key*, or MISSING."""
        return self.props.get(key, MISSING)

    def has_own(self, key: str) -> bool:
        return self.get_own(key) is not MISSING

    def has(self, run: Run, key: str) -> bool:
        """Whether *key* is there, own or inherited."""
        found: Obj | None = self
        while found is not None:
            if found.has_own(key):
                return True
            run.fuel -= 1
            found = found.proto
        return False

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        """Assign; a refused assignment is a TypeError in strict code and silent otherwise (ECMA-262 10.1.9)."""
        props = self.props
        if key in props:
            if self.level < FROZEN:
                props[key] = value
            else:
                self.refuse(run, key, strict)
        elif key in VIEWED and (viewed := self.viewed_by(key)) is not None:
            viewed.put_view(run, self, key, value=value, strict=strict)
        elif self.level or self.inherits_read_only(run, key):
            self.refuse(run, key, strict)
        else:
            run.charge_memory(PROPERTY_BYTES)
            props[key] = value

    def define(self, run: Run, key: str, value: Value) -> None:
        """Make or replace an own enumerable property, whatever is inherited (object literals, copies)."""
        if key not in self.props:
            run.charge_memory(PROPERTY_BYTES)
        self.props[key] = value

    def delete(self, run: Run, key: str, strict: bool) -> bool:
        """Remove an own property; false (strict: TypeError) if it may not be removed (ECMA-262 10.1.10)."""
        if key not in self.props:
            return True
        if self.level >= SEALED:
            return self.keep(run, key, strict)
        del self.props[key]
        if self.hidden and key in self.hidden:
            self.hidden -= {key}
        return True

    def own_keys(self) -> list[str]:
        """All own keys: array indices ascending, then the others as they came (ECMA-262 10.1.11)."""
        return ordered(self.props)

    def enumerable(self, key: str) -> bool:
        """Whether the own property *key* is enumerable."""
        return self.hidden is None or key not in self.hidden

    def read_only(self, key: str) -> bool:
        """Whether *key* is an own property that cannot be written, so that heirs cannot assign it either."""
        return self.level == FROZEN and key in self.props

    def inherits_read_only(self, run: Run, key: str) -> bool:
        proto = self.proto
        while proto is not None and proto.level != REALM:
            if proto.read_only(key):
                return True
            if proto.has_own(key):
                return False
            run.fuel -= 1
            proto = proto.proto
        return False

    def viewed_by(self, key: str) -> ViewedPrototype | None:
        """The nearest prototype that has an accessor of that name, unless a property hides it."""
        link: Obj | None = self
        while link is not None and not link.has_own(key):
            link = link.proto
        return link if isinstance(link, ViewedPrototype) and key in link.views else None

    def set_prototype(self, run: Run, proto: Obj | None) -> bool:
        """Change the prototype; false if the object may not change or a cycle would come of it (10.1.2)."""
        if self.proto is proto:
            return True
        if self.level != OPEN:
            return False
        link = proto
        while link is not None:
            if link is self:
                return False
            run.charge_fuel(1)
            link = link.proto
        self.proto = proto
        return True

    def hide(self, key: str) -> None:
        """Make the own property *key* not enumerable."""
        self.hidden = with_hidden(self.hidden, key)

    def restrict(self, run: Run, level: int) -> None:
        """Take away the right to extend, delete or write (Object.preventExtensions, seal, freeze)."""
        self.level = max(self.level, level)

    def refuse(self, run: Run, key: str, strict: bool) -> None:
        """An assignment that is not allowed: TypeError in strict code, else nothing."""
        if strict:
            if self.has_own(key) or self.inherits_read_only(run, key):
                throw_type_error(run, f"Cannot assign to read only property '{brief(key)}' of object")
            throw_type_error(run, f"Cannot add property {brief(key)}, object is not extensible")

    def keep(self, run: Run, key: str, strict: bool) -> bool:
        """A deletion that is not allowed: TypeError in strict code, else false."""
        if strict:
            throw_type_error(run, f"Cannot delete property '{brief(key)}' of object")
        return False


Value: TypeAlias = Null | bool | int | float | str | Obj | None
NativeCall: TypeAlias = "Callable[[Run, Value, list[Value]], Value]"
NativeConstruct: TypeAlias = "Callable[[Run, list[Value], Obj], Value]"


@cache
def with_hidden(hidden: frozenset[str] | None, key: str) -> frozenset[str]:
    """*hidden* and *key*; one set for all that hide the same.  Only built-ins hide, and names of their own."""
    return frozenset((key,)) if hidden is None else hidden | {key}


def ordered(props: dict[str, Value]) -> list[str]:
    """Keys in ECMAScript's order: array indices ascending, then insertion."""
    indices = [key for key in props if key and key[0] in "0123456789" and index_of(key) >= 0]
    if not indices:
        return list(props)
    known = set(indices)
    return sorted(indices, key=int) + [key for key in props if key not in known]


class ViewedPrototype(Obj):
    """A prototype with what the standard makes accessors: the names in `views`.

    Of an heir such a property is read by `view` and written by `put_view`.  What the prototype has of that name in its
    own `props` only tells that it is there.
    """

    __slots__ = ()

    def view(self, run: Run, heir: Obj, key: str) -> Value:
        """What the accessor answers for *heir*, which may be the prototype itself."""
        raise NotImplementedError

    def put_view(self, run: Run, heir: Obj, key: str, *, value: Value, strict: bool) -> None:
        """Assign to it; most have no setter."""
        heir.refuse(run, key, strict)

    def get_own(self, key: str) -> Value:
        return MISSING if key in self.views else self.props.get(key, MISSING)

    def has_own(self, key: str) -> bool:
        return key in self.props


class ObjectPrototype(ViewedPrototype):
    """Object.prototype, with `__proto__` (20.1.3.8)."""

    __slots__ = ()

    views = frozenset(("__proto__",))

    def view(self, run: Run, heir: Obj, key: str) -> Value:
        return NULL if heir.proto is None else heir.proto

    def put_view(self, run: Run, heir: Obj, key: str, *, value: Value, strict: bool) -> None:
        """Nothing but an object or null counts."""
        if isinstance(value, Obj) or value is NULL:
            proto = value if isinstance(value, Obj) else None
            if not heir.set_prototype(run, proto):
                throw_type_error(run, "Cannot set this prototype")

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        if key == "__proto__":
            self.put_view(run, self, key, value=value, strict=strict)
        else:
            super().put(run, key, value, strict)


class ErrorObject(Obj):
    """An instance of Error or one of its kinds.

    `stack` reads as the name and the message, unless the script gave it one: where we are in the host is not told.
    """

    __slots__ = ()

    class_name = "Error"

    def get(self, run: Run, key: str) -> Value:
        value = super().get(run, key)
        if key != "stack" or value is not None:
            return value
        parts = [part for part in (super().get(run, "name"), super().get(run, "message")) if isinstance(part, str)]
        return ": ".join(part for part in parts if part)


OBJECT_PROTO: Final = ObjectPrototype(None)
ERROR_PROTO: Final = Obj(OBJECT_PROTO)
TYPE_ERROR_PROTO: Final = Obj(ERROR_PROTO)
RANGE_ERROR_PROTO: Final = Obj(ERROR_PROTO)
SYNTAX_ERROR_PROTO: Final = Obj(ERROR_PROTO)
REFERENCE_ERROR_PROTO: Final = Obj(ERROR_PROTO)
URI_ERROR_PROTO: Final = Obj(ERROR_PROTO)
EVAL_ERROR_PROTO: Final = Obj(ERROR_PROTO)
"""The prototypes are made empty here and filled by the library, once, before the first run."""


def new_error(run: Run, proto: Obj, message: str) -> ErrorObject:
    """An error of the kind *proto*, as `new TypeError(message)` makes it."""
    run.charge_memory(OBJECT_BYTES + 2 * len(message))
    error = ErrorObject(proto, {"message": message})
    error.hide("message")
    return error


def throw_type_error(run: Run, message: str) -> NoReturn:
    raise Throw(new_error(run, TYPE_ERROR_PROTO, message))


def throw_range_error(run: Run, message: str) -> NoReturn:
    raise Throw(new_error(run, RANGE_ERROR_PROTO, message))


def throw_syntax_error(run: Run, message: str) -> NoReturn:
    raise Throw(new_error(run, SYNTAX_ERROR_PROTO, message))


def throw_reference_error(run: Run, message: str) -> NoReturn:
    raise Throw(new_error(run, REFERENCE_ERROR_PROTO, message))


def throw_uri_error(run: Run, message: str) -> NoReturn:
    raise Throw(new_error(run, URI_ERROR_PROTO, message))
