"""Arrays with wide gaps: `a[4294967294] = 1` and `new Array(4e9)` cost what is in them, not how long they are.

An array becomes one of these when a gap would be too wide to fill with holes, and stays one until it is cut down to
where it has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arrays import GAP_BYTES, Arr
from .base import FROZEN, HOLE, MISSING, PROPERTY_BYTES, SEALED, Value, ordered
from .units import index_of

if TYPE_CHECKING:
    from .run import Run


class Sparse(Arr):
    """The first elements are in `items`, those behind the gap in `props` by their index, and there is `length` too."""

    __slots__ = ()

    def length(self) -> int:
        """The length; at least that of `items`."""
        length = self.props["length"]
        assert isinstance(length, int)
        return length

    def is_sound(self) -> bool:
        """Whether `length` is a length, beyond all elements (asked of what a snapshot brings)."""
        length = self.props.get("length")
        if type(length) is not int or not len(self.items) <= length < 2**32:
            return False
        return all(index < 0 or len(self.items) <= index < length for index in map(index_of, self.props))

    def get_own(self, key: str) -> Value:
        index = index_of(key)
        return self.props.get(key, MISSING) if index < 0 else self.get_index(index)

    def get_index(self, index: int) -> Value:
        if index < len(self.items):
            return super().get_index(index)
        return self.props.get(str(index), MISSING)

    def put_index(self, run: Run, index: int, value: Value, strict: bool) -> None:
        key = str(index)
        if self.get_index(index) is not MISSING:
            if self.level < FROZEN:
                self._store(index, value)
            else:
                self.refuse(run, key, strict)
        elif self.level or self.inherits_read_only(run, key):
            self.refuse(run, key, strict)
        else:
            self.place(run, index, value)

    def place(self, run: Run, index: int, value: Value) -> None:
        run.charge_memory(PROPERTY_BYTES)
        self._store(index, value)
        self.props["length"] = max(self.length(), index + 1)

    def _store(self, index: int, value: Value) -> None:
        if index < len(self.items):
            self.items[index] = value
        else:
            self.props[str(index)] = value

    def resize(self, run: Run, length: int, strict: bool) -> None:
        if length >= self.length():
            self.props["length"] = length
            return
        run.charge_fuel(1 + (len(self.props) >> 3))
        kept = max(length, self.last_kept())
        self._cut(run, kept)
        if kept > length:
            self.refuse(run, "length", strict)

    def last_kept(self) -> int:
        if self.level < SEALED:
            return 0
        return max(super().last_kept(), *(index_of(key) + 1 for key in self.props))

    def _cut(self, run: Run, length: int) -> None:
        """Drop what is behind *length*; an array without a wide gap is an ordinary one again."""
        del self.items[length:]
        for key in [key for key in self.props if index_of(key) >= length]:
            del self.props[key]
        self.props["length"] = length
        gap = length - len(self.items)
        if gap <= self.widest_gap and not any(index_of(key) >= 0 for key in self.props):
            run.charge_memory(GAP_BYTES * gap)
            self.items.extend([HOLE] * gap)
            _become_dense(self)

    def delete(self, run: Run, key: str, strict: bool) -> bool:
        index = index_of(key)
        if index < len(self.items):
            return super().delete(run, key, strict)
        if key not in self.props:
            return True
        if self.level >= SEALED:
            return self.keep(run, key, strict)
        del self.props[key]
        return True

    def own_keys(self) -> list[str]:
        near = [str(at) for at, item in enumerate(self.items) if item is not HOLE]
        keys = ordered(self.props)
        behind = sum(index_of(key) >= 0 for key in keys)
        return [*near, *keys[:behind], "length", *(key for key in keys[behind:] if key != "length")]


def become_sparse(array: Arr) -> None:
    """Turn an ordinary array into a sparse one; its identity, and that of its list, stay."""
    array.props["length"] = len(array.items)
    array.__class__ = Sparse


def _become_dense(array: Arr) -> None:
    del array.props["length"]
    array.__class__ = Arr
