"""Objects with a state of their own: arrays, arguments, wrappers, RegExp, Date, Map, Set, iterators, host, global.

`Arr.items` keeps its identity for the life of the array: change it in place only, because walks hold on to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .base import (
    FROZEN,
    HOLE,
    MISSING,
    NOT_EXTENSIBLE,
    OBJECT_PROTO,
    SEALED,
    Obj,
    Value,
    index_of,
    ordered,
    throw_range_error,
    throw_type_error,
)
from .tables import Cursor, OrderedTable

if TYPE_CHECKING:
    from .run import Run

ITEM_BYTES: Final = 40
GAP_BYTES: Final = 16


class Arr(Obj):
    """An array.  items: its elements, HOLE where there is none; in `props` only what is not an index."""

    __slots__ = ("items",)

    class_name = "Array"

    def __init__(self, items: list[Value], proto: Obj | None = None) -> None:
        self.proto = ARRAY_PROTO if proto is None else proto
        self.props = {}
        self.hidden = None
        self.level = 0
        self.items = items

    def get_own(self, key: str) -> Value:
        index = index_of(key)
        if index >= 0:
            return self.get_index(index)
        if key == "length":
            return len(self.items)
        return self.props.get(key, MISSING)

    def get_index(self, index: int) -> Value:
        """The own element, or MISSING."""
        if index < len(self.items):
            value = self.items[index]
            return MISSING if value is HOLE else value
        return MISSING

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        index = index_of(key)
        if index >= 0:
            self.put_index(run, index, value, strict)
        elif key == "length":
            self.set_length(run, value, strict)
        else:
            super().put(run, key, value, strict)

    def put_index(self, run: Run, index: int, value: Value, strict: bool) -> None:
        """Assign an element; a far index fills the way with holes and pays for them first."""
        items = self.items
        if index < len(items) and items[index] is not HOLE:
            if self.level < FROZEN:
                items[index] = value
            else:
                self.refuse(run, str(index), strict)
        elif self.level or self.inherits_read_only(run, str(index)):
            self.refuse(run, str(index), strict)
        else:
            self._grow(run, index)
            items[index] = value

    def define(self, run: Run, key: str, value: Value) -> None:
        index = index_of(key)
        if index < 0:
            super().define(run, key, value)
        else:
            self._grow(run, index)
            self.items[index] = value

    def _grow(self, run: Run, index: int) -> None:
        items = self.items
        gap = index - len(items)
        if gap >= 0:
            run.charge_memory(ITEM_BYTES + GAP_BYTES * gap)
            items.extend([HOLE] * (gap + 1))

    def set_length(self, run: Run, value: Value, strict: bool) -> None:
        """Assign `length` (ECMA-262 10.4.2.4)."""
        from .conversions import to_number

        number = to_number(run, value)
        if number != number or number < 0 or number > 2**32 - 1 or number != int(number):
            throw_range_error(run, "Invalid array length")
        self.resize(run, int(number), strict)

    def resize(self, run: Run, length: int, strict: bool) -> None:
        """Cut or lengthen with holes.  A frozen array refuses; a sealed one keeps its elements."""
        items = self.items
        if self.level >= FROZEN or (self.level == SEALED and length < len(items)):
            if length != len(items) or self.level >= FROZEN:
                self.refuse(run, "length", strict)
        elif length > len(items):
            run.charge_memory(GAP_BYTES * (length - len(items)))
            items.extend([HOLE] * (length - len(items)))
        else:
            del items[length:]

    def delete(self, run: Run, key: str, strict: bool) -> bool:
        index = index_of(key)
        if key == "length":
            return self.keep(run, key, strict)
        if index < 0:
            return super().delete(run, key, strict)
        if self.get_index(index) is MISSING:
            return True
        if self.level >= SEALED:
            return self.keep(run, key, strict)
        self.items[index] = HOLE
        return True

    def own_keys(self) -> list[str]:
        return [str(at) for at, item in enumerate(self.items) if item is not HOLE] + ["length", *self.props]

    def enumerable(self, key: str) -> bool:
        return key != "length" and super().enumerable(key)

    def read_only(self, key: str) -> bool:
        return self.level == FROZEN and self.has_own(key)


ARRAY_PROTO: Final = Arr([], OBJECT_PROTO)
STRING_PROTO: Final = Obj(OBJECT_PROTO)
NUMBER_PROTO: Final = Obj(OBJECT_PROTO)
BOOLEAN_PROTO: Final = Obj(OBJECT_PROTO)
REGEXP_PROTO: Final = Obj(OBJECT_PROTO)
DATE_PROTO: Final = Obj(OBJECT_PROTO)
MAP_PROTO: Final = Obj(OBJECT_PROTO)
SET_PROTO: Final = Obj(OBJECT_PROTO)
ITERATOR_PROTO: Final = Obj(OBJECT_PROTO)
ARRAY_ITERATOR_PROTO: Final = Obj(ITERATOR_PROTO)
STRING_ITERATOR_PROTO: Final = Obj(ITERATOR_PROTO)
MAP_ITERATOR_PROTO: Final = Obj(ITERATOR_PROTO)
SET_ITERATOR_PROTO: Final = Obj(ITERATOR_PROTO)
REGEXP_ITERATOR_PROTO: Final = Obj(ITERATOR_PROTO)


class Arguments(Arr):
    """`arguments`.  In sloppy functions with simple parameters an element is the parameter itself: mapping gives the
    slot of *scope* (whose number is scope_id) that holds element i (ECMA-262 10.4.4).  `length` is an ordinary property
    that is not enumerable.
    """

    __slots__ = ("mapping", "scope", "scope_id")

    class_name = "Arguments"

    def __init__(
        self,
        items: list[Value],
        *,
        scope: list[Any] | None = None,
        scope_id: int = 0,
        mapping: dict[int, int] | None = None,
    ) -> None:
        super().__init__(items, OBJECT_PROTO)
        self.props["length"] = len(items)
        self.hidden = _HIDDEN_LENGTH
        self.scope = scope
        self.scope_id = scope_id
        self.mapping: dict[int, int] = {} if mapping is None else mapping

    def get_own(self, key: str) -> Value:
        index = index_of(key)
        return self.props.get(key, MISSING) if index < 0 else self.get_index(index)

    def get_index(self, index: int) -> Value:
        if self.mapping and self.scope is not None and index in self.mapping:
            value: Value = self.scope[self.mapping[index]]
            return value
        return super().get_index(index)

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        index = index_of(key)
        if index < 0:
            Obj.put(self, run, key, value, strict)
        else:
            self.put_index(run, index, value, strict)

    def put_index(self, run: Run, index: int, value: Value, strict: bool) -> None:
        if self.level < FROZEN and self.scope is not None and index in self.mapping:
            self.scope[self.mapping[index]] = value
        super().put_index(run, index, value, strict)

    def restrict(self, run: Run, level: int) -> None:
        if level >= FROZEN and self.scope is not None:
            for index, slot in self.mapping.items():
                self.items[index] = self.scope[slot]
            self.mapping = {}
        super().restrict(run, level)

    def delete(self, run: Run, key: str, strict: bool) -> bool:
        index = index_of(key)
        if index < 0:
            return Obj.delete(self, run, key, strict)
        done = super().delete(run, key, strict)
        if done and index in self.mapping:
            self.mapping = {at: slot for at, slot in self.mapping.items() if at != index}
        return done

    def own_keys(self) -> list[str]:
        return [str(at) for at, item in enumerate(self.items) if item is not HOLE] + list(self.props)

    def enumerable(self, key: str) -> bool:
        return Obj.enumerable(self, key)


_HIDDEN_LENGTH: Final = frozenset(("length",))


class Wrapper(Obj):
    """A String, Number or Boolean object.  A string's indices and length are own read-only properties."""

    __slots__ = ("value",)

    def __init__(self, value: str | int | float | bool, proto: Obj | None = None) -> None:
        super().__init__(wrapper_proto(value) if proto is None else proto)
        self.value = value

    @property
    def class_name(self) -> str:  # type: ignore[override]
        return "String" if isinstance(self.value, str) else "Boolean" if isinstance(self.value, bool) else "Number"

    def get_own(self, key: str) -> Value:
        if isinstance(self.value, str):
            if key == "length":
                return len(self.value)
            index = index_of(key)
            if 0 <= index < len(self.value):
                return self.value[index]
        return self.props.get(key, MISSING)

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        if self._fixed(key):
            self.refuse(run, key, strict)
        else:
            super().put(run, key, value, strict)

    def delete(self, run: Run, key: str, strict: bool) -> bool:
        return self.keep(run, key, strict) if self._fixed(key) else super().delete(run, key, strict)

    def own_keys(self) -> list[str]:
        if not isinstance(self.value, str):
            return ordered(self.props)
        rest = ordered(self.props)
        indices = [key for key in rest if index_of(key) >= 0]
        return [str(at) for at in range(len(self.value))] + indices + ["length"] + rest[len(indices) :]

    def enumerable(self, key: str) -> bool:
        return not (key == "length" and self._fixed(key)) and super().enumerable(key)

    def read_only(self, key: str) -> bool:
        return self._fixed(key) or super().read_only(key)

    def _fixed(self, key: str) -> bool:
        if not isinstance(self.value, str):
            return False
        return key == "length" or 0 <= index_of(key) < len(self.value)


def wrapper_proto(value: str | int | float | bool) -> Obj:
    """The prototype of a wrapper of *value*."""
    if isinstance(value, str):
        return STRING_PROTO
    return BOOLEAN_PROTO if isinstance(value, bool) else NUMBER_PROTO


class RegExp(Obj):
    """A regular expression.  matcher: what the library compiled from source and flags; lastIndex is in `props`."""

    __slots__ = ("flags", "matcher", "source")

    class_name = "RegExp"

    def __init__(self, source: str, flags: str, matcher: Any, proto: Obj | None = None) -> None:
        super().__init__(REGEXP_PROTO if proto is None else proto, {"lastIndex": 0})
        self.hidden = _HIDDEN_LAST_INDEX
        self.source = source
        self.flags = flags
        self.matcher = matcher

    def get(self, run: Run, key: str) -> Value:
        """What the standard answers by accessors of the prototype (source, flags, global ...) is answered here."""
        if key in _REGEXP_VIEWS and key not in self.props:
            return self.view(key)
        return super().get(run, key)

    def view(self, key: str) -> Value:
        """source, flags, or whether the flag of that name is set."""
        if key == "source":
            return self.source or "(?:)"
        if key == "flags":
            return self.flags
        return _REGEXP_VIEWS[key] in self.flags

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        if key in _REGEXP_VIEWS and key not in self.props:
            self.refuse(run, key, strict)
        else:
            super().put(run, key, value, strict)

    def delete(self, run: Run, key: str, strict: bool) -> bool:
        return self.keep(run, key, strict) if key == "lastIndex" else super().delete(run, key, strict)


_HIDDEN_LAST_INDEX: Final = frozenset(("lastIndex",))
_REGEXP_VIEWS: Final = {
    "source": "", "flags": "", "global": "g", "ignoreCase": "i", "multiline": "m", "dotAll": "s", "unicode": "u",
    "unicodeSets": "v", "sticky": "y", "hasIndices": "d",
}  # fmt: skip


class Date(Obj):
    """A point in time.  time: milliseconds since the epoch, or NaN."""

    __slots__ = ("time",)

    class_name = "Date"

    def __init__(self, time: float, proto: Obj | None = None) -> None:
        super().__init__(DATE_PROTO if proto is None else proto)
        self.time = time


class Collection(Obj):
    """What Map and Set share: a table, and `size` as a view on it."""

    __slots__ = ("table",)

    def get(self, run: Run, key: str) -> Value:
        if key == "size" and key not in self.props:
            return len(self.table)
        return super().get(run, key)

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        if key == "size" and key not in self.props:
            self.refuse(run, key, strict)
        else:
            super().put(run, key, value, strict)

    def __init__(self, proto: Obj) -> None:
        super().__init__(proto)
        self.table = OrderedTable()


class MapObject(Collection):
    """A Map."""

    __slots__ = ()

    class_name = "Map"

    def __init__(self, proto: Obj | None = None) -> None:
        super().__init__(MAP_PROTO if proto is None else proto)


class SetObject(Collection):
    """A Set: the table's keys; its values are unused."""

    __slots__ = ()

    class_name = "Set"

    def __init__(self, proto: Obj | None = None) -> None:
        super().__init__(SET_PROTO if proto is None else proto)


class Iterator(Obj):
    """A resumable walk.  kind: a key of ITERATOR_PROTOS; source: what is walked, None once it is over.

    position: index in an array or string; cursor: place in a Map or Set.  How it steps is in operators (and for
    "regexp" in the library).
    """

    __slots__ = ("cursor", "kind", "position", "source")

    class_name = "Iterator"

    def __init__(self, kind: str, source: Value, position: int = 0) -> None:
        super().__init__(ITERATOR_PROTOS[kind])
        self.kind = kind
        self.source = source
        self.position = position
        self.cursor = Cursor(source.table, position) if isinstance(source, Collection) else None


ITERATOR_PROTOS: Final = {
    "array-keys": ARRAY_ITERATOR_PROTO, "array-values": ARRAY_ITERATOR_PROTO, "array-entries": ARRAY_ITERATOR_PROTO,
    "string": STRING_ITERATOR_PROTO, "regexp": REGEXP_ITERATOR_PROTO,
    "map-keys": MAP_ITERATOR_PROTO, "map-values": MAP_ITERATOR_PROTO, "map-entries": MAP_ITERATOR_PROTO,
    "set-values": SET_ITERATOR_PROTO, "set-entries": SET_ITERATOR_PROTO,
}  # fmt: skip


class HostObject(Obj):
    """An object of the host: a subclass overrides get_own, put, delete and own_keys with closed tables.

    path: how a snapshot names it; the host binds the path again when the snapshot is loaded.
    """

    __slots__ = ("path",)

    def __init__(self, path: str, proto: Obj | None = OBJECT_PROTO) -> None:
        super().__init__(proto)
        self.path = path

    def set_prototype(self, run: Run, proto: Obj | None) -> bool:
        return proto is self.proto


class GlobalObject(Obj):
    """globalThis.  fixed: names that a script declared with var or function and so cannot delete."""

    __slots__ = ("fixed",)

    class_name = "global"

    def __init__(self, props: dict[str, Value]) -> None:
        super().__init__(OBJECT_PROTO, props)
        self.fixed: frozenset[str] = CONSTANT_GLOBALS

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        if key in CONSTANT_GLOBALS:
            self.refuse(run, key, strict)
        else:
            super().put(run, key, value, strict)

    def delete(self, run: Run, key: str, strict: bool) -> bool:
        return self.keep(run, key, strict) if key in self.fixed else super().delete(run, key, strict)

    def set_prototype(self, run: Run, proto: Obj | None) -> bool:
        return proto is self.proto

    def restrict(self, run: Run, level: int) -> None:
        """Scripts reach globals without asking the object, so it always stays open."""
        if level >= NOT_EXTENSIBLE:
            throw_type_error(run, "Cannot restrict the global object")


CONSTANT_GLOBALS: Final = frozenset(("undefined", "NaN", "Infinity"))
