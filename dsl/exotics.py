"""Objects with a state of their own: wrappers, RegExp, Date, Map, Set, iterators, the host's, the global object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .base import (
    MISSING,
    NOT_EXTENSIBLE,
    OBJECT_PROTO,
    Obj,
    Value,
    ViewedPrototype,
    ordered,
    throw_type_error,
)
from .tables import Cursor, OrderedTable
from .units import index_of

if TYPE_CHECKING:
    from .run import Run


DATE_PROTO: Final = Obj(OBJECT_PROTO)
ITERATOR_PROTO: Final = Obj(OBJECT_PROTO)
ARRAY_ITERATOR_PROTO: Final = Obj(ITERATOR_PROTO)
STRING_ITERATOR_PROTO: Final = Obj(ITERATOR_PROTO)
MAP_ITERATOR_PROTO: Final = Obj(ITERATOR_PROTO)
SET_ITERATOR_PROTO: Final = Obj(ITERATOR_PROTO)
REGEXP_ITERATOR_PROTO: Final = Obj(ITERATOR_PROTO)


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


STRING_PROTO: Final = Wrapper("", OBJECT_PROTO)
NUMBER_PROTO: Final = Wrapper(0, OBJECT_PROTO)
BOOLEAN_PROTO: Final = Wrapper(False, OBJECT_PROTO)
"""These prototypes are objects of their own kind (22.1.3, 21.1.3, 20.3.3)."""


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
        if key in _REGEXP_VIEWS and (self.proto is REGEXP_PROTO or self.viewed_by(key) is REGEXP_PROTO):
            return self.told(key)
        return super().get(run, key)

    def told(self, key: str) -> Value:
        """source, flags, or whether the flag of that name is set."""
        if key == "source":
            return self.source or "(?:)"
        if key == "flags":
            return self.flags
        return _REGEXP_VIEWS[key] in self.flags

    def delete(self, run: Run, key: str, strict: bool) -> bool:
        return self.keep(run, key, strict) if key == "lastIndex" else super().delete(run, key, strict)


_HIDDEN_LAST_INDEX: Final = frozenset(("lastIndex",))
_REGEXP_VIEWS: Final = {
    "source": "", "flags": "", "hasIndices": "d", "global": "g", "ignoreCase": "i", "multiline": "m", "dotAll": "s",
    "unicode": "u", "unicodeSets": "v", "sticky": "y",
}  # fmt: skip


class RegExpPrototype(ViewedPrototype):
    """RegExp.prototype, which is no RegExp but answers as an empty one would (22.2.6)."""

    __slots__ = ()

    views = frozenset(_REGEXP_VIEWS)

    def view(self, run: Run, heir: Obj, key: str) -> Value:
        if key == "flags":
            told = [(flag, heir.get(run, name)) for name, flag in _REGEXP_VIEWS.items() if flag]
            return "".join(flag for flag, value in told if value and value == value)
        if heir is not self:
            throw_type_error(run, f"Only a RegExp has '{key}'")
        return "(?:)" if key == "source" else None


REGEXP_PROTO: Final = RegExpPrototype(OBJECT_PROTO)


class Date(Obj):
    """A point in time.  time: milliseconds since the epoch, or NaN."""

    __slots__ = ("time",)

    class_name = "Date"

    def __init__(self, time: float, proto: Obj | None = None) -> None:
        super().__init__(DATE_PROTO if proto is None else proto)
        self.time = time


class CollectionPrototype(ViewedPrototype):
    """Map.prototype or Set.prototype: neither has a size itself, nor has any heir that is no such collection."""

    __slots__ = ()

    views = frozenset(("size",))

    def view(self, run: Run, heir: Obj, key: str) -> Value:
        throw_type_error(run, "Only a Map or a Set has a size")


MAP_PROTO: Final = CollectionPrototype(OBJECT_PROTO)
SET_PROTO: Final = CollectionPrototype(OBJECT_PROTO)


class Collection(Obj):
    """What Map and Set share: a table, and `size` as a view on it."""

    __slots__ = ("table",)

    prototype: Obj

    def __init__(self, proto: Obj) -> None:
        super().__init__(proto)
        self.table = OrderedTable()

    def get(self, run: Run, key: str) -> Value:
        if key == "size" and (self.proto is self.prototype or self.viewed_by(key) is self.prototype):
            return len(self.table)
        return super().get(run, key)


class MapObject(Collection):
    """A Map."""

    __slots__ = ()

    class_name = "Map"
    prototype = MAP_PROTO

    def __init__(self, proto: Obj | None = None) -> None:
        super().__init__(MAP_PROTO if proto is None else proto)


class SetObject(Collection):
    """A Set: the table's keys; its values are unused."""

    __slots__ = ()

    class_name = "Set"
    prototype = SET_PROTO

    def __init__(self, proto: Obj | None = None) -> None:
        super().__init__(SET_PROTO if proto is None else proto)


class Iterator(Obj):
    """A resumable walk.  kind: a key of ITERATOR_PROTOS; source: what is walked, None once it is over.

    position: index in an array or string; cursor: place in a Map or Set.  How it steps is in iteration.
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
