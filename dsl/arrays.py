"""Arrays and the arguments object.

`Arr.items` keeps its identity for the life of the array: change it in place only, because walks hold on to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from .base import (
    FROZEN,
    HOLE,
    MISSING,
    OBJECT_PROTO,
    PROPERTY_BYTES,
    SEALED,
    Obj,
    Value,
    throw_range_error,
    throw_type_error,
)
from .units import index_of

if TYPE_CHECKING:
    from .run import Run

ITEM_BYTES: Final = 40

GAP_BYTES: Final = 16


class Arr(Obj):
    """An array.  items: its elements, HOLE where there is none; in `props` only what is not an index."""

    __slots__ = ("items",)

    class_name = "Array"
    widest_gap: ClassVar[int] = 2**18
    """Up to so many holes in a row are kept as such; beyond, an array becomes sparse."""

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
            self.place(run, index, value)

    def define(self, run: Run, key: str, value: Value) -> None:
        index = index_of(key)
        if index < 0:
            super().define(run, key, value)
        else:
            self.place(run, index, value)

    def place(self, run: Run, index: int, value: Value) -> None:
        """Make or replace an own element, whatever is inherited."""
        if self._reaches(run, index):
            self.items[index] = value
        else:
            self._become_sparse(run)
            self.place(run, index, value)

    def _reaches(self, run: Run, index: int) -> bool:
        """Fill the way to *index* with holes; false if that is too far."""
        items = self.items
        gap = index - len(items)
        if gap > self.widest_gap:
            return False
        if gap < 0:
            run.charge_memory(ITEM_BYTES - GAP_BYTES)
        else:
            run.charge_memory(ITEM_BYTES + GAP_BYTES * gap)
            run.charge_fuel(gap >> 8)
            items.extend([HOLE] * (gap + 1))
        return True

    def _become_sparse(self, run: Run) -> None:
        from .sparse import become_sparse

        run.charge_fuel(1)
        run.charge_memory(PROPERTY_BYTES)
        become_sparse(self)

    def set_length(self, run: Run, value: Value, strict: bool) -> None:
        """Assign `length` (ECMA-262 10.4.2.4), which converts the value twice."""
        from .conversions import to_number, to_uint32

        if self.level >= FROZEN:
            self.refuse(run, "length", strict)
            return
        length = value if type(value) is int else to_uint32(run, value)
        if to_number(run, value) != length or not 0 <= length < 2**32:
            throw_range_error(run, "Invalid array length")
        self.resize(run, length, strict)

    def resize(self, run: Run, length: int, strict: bool) -> None:
        """Cut or lengthen with holes; a sealed array keeps its elements."""
        if length >= len(self.items):
            self._lengthen(run, length)
            return
        kept = max(length, self.last_kept())
        del self.items[kept:]
        if kept > length:
            self.refuse(run, "length", strict)

    def last_kept(self) -> int:
        """How short the array can become: a sealed one keeps its elements."""
        if self.level < SEALED:
            return 0
        return max((at + 1 for at, item in enumerate(self.items) if item is not HOLE), default=0)

    def _lengthen(self, run: Run, length: int) -> None:
        gap = length - len(self.items)
        if gap > self.widest_gap:
            self._become_sparse(run)
            self.props["length"] = length
        elif gap:
            run.charge_memory(GAP_BYTES * gap)
            run.charge_fuel(gap >> 8)
            self.items.extend([HOLE] * gap)

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


class Arguments(Arr):
    """`arguments`.  In sloppy functions with simple parameters an element is the parameter itself: mapping gives the
    slot of *scope* (whose number is scope_id) that holds element i (ECMA-262 10.4.4).  `length` and `callee` are
    ordinary properties that are not enumerable; without a callee the object is poisoned: asking for it throws.
    """

    __slots__ = ("mapping", "poisoned", "scope", "scope_id")

    class_name = "Arguments"
    widest_gap = 2**32

    def __init__(
        self,
        items: list[Value],
        *,
        scope: list[Any] | None = None,
        scope_id: int = 0,
        mapping: dict[int, int] | None = None,
        callee: Obj | None = None,
    ) -> None:
        super().__init__(items, OBJECT_PROTO)
        self.props = {"length": len(items)} if callee is None else {"length": len(items), "callee": callee}
        self.hidden = _HIDDEN
        self.poisoned = callee is None
        self.scope = scope
        self.scope_id = scope_id
        self.mapping: dict[int, int] = {} if mapping is None else mapping

    def get(self, run: Run, key: str) -> Value:
        if key == "callee" and self.poisoned:
            throw_type_error(run, "'callee' may not be accessed in strict code")
        return super().get(run, key)

    def get_own(self, key: str) -> Value:
        if key == "callee" and self.poisoned:
            return None
        index = index_of(key)
        return self.props.get(key, MISSING) if index < 0 else self.get_index(index)

    def get_index(self, index: int) -> Value:
        if self.mapping and self.scope is not None and index in self.mapping:
            value: Value = self.scope[self.mapping[index]]
            return value
        return super().get_index(index)

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        index = index_of(key)
        if key == "callee" and self.poisoned:
            throw_type_error(run, "'callee' may not be accessed in strict code")
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
        if key == "callee" and self.poisoned:
            return self.keep(run, key, strict)
        if index < 0:
            return Obj.delete(self, run, key, strict)
        done = super().delete(run, key, strict)
        if done and index in self.mapping:
            run.charge_fuel(len(self.mapping) >> 4)
            self.mapping = {at: slot for at, slot in self.mapping.items() if at != index}
        return done

    def own_keys(self) -> list[str]:
        return [str(at) for at, item in enumerate(self.items) if item is not HOLE] + [
            *self.props,
            *(("callee",) if self.poisoned else ()),
        ]

    def enumerable(self, key: str) -> bool:
        return Obj.enumerable(self, key)


_HIDDEN: Final = frozenset(("length", "callee"))
