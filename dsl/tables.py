"""The ordered hash table beneath Map and Set: insertion order, correct when changed while it is walked.

An entry that is deleted leaves a gap; when gaps outnumber entries the table moves to fresh storage and the old storage
points to it, so that a cursor on the old one finds its place again.
"""

from __future__ import annotations

from typing import Any, Final

from .base import MISSING, Obj, Value

_FEW: Final = 16


class Storage:
    """Entries as [key, value], None where one was deleted.  next: the storage that replaced this one."""

    __slots__ = ("entries", "next")

    def __init__(self) -> None:
        self.entries: list[list[Value] | None] = []
        self.next: Storage | None = None


class OrderedTable:
    """Keys are script values, equal by SameValueZero (ECMA-262 7.2.12)."""

    __slots__ = ("index", "storage")

    def __init__(self) -> None:
        self.index: dict[Any, int] = {}
        self.storage = Storage()

    def __len__(self) -> int:
        return len(self.index)

    def get(self, key: Value) -> Value:
        """The value at *key*, or MISSING."""
        at = self.index.get(_hashable(key))
        if at is None:
            return MISSING
        entry = self.storage.entries[at]
        return MISSING if entry is None else entry[1]

    def set(self, key: Value, value: Value) -> bool:
        """Set or add; true if the key is new.  -0 becomes 0."""
        hashable = _hashable(key)
        entries = self.storage.entries
        at = self.index.get(hashable)
        if at is None:
            self.index[hashable] = len(entries)
            entries.append([0 if type(key) is float and key == 0 else key, value])
            return True
        entry = entries[at]
        if entry is not None:
            entry[1] = value
        return False

    def delete(self, key: Value) -> bool:
        """Remove; whether it was there."""
        at = self.index.pop(_hashable(key), None)
        if at is None:
            return False
        self.storage.entries[at] = None
        if len(self.storage.entries) > _FEW + 2 * len(self.index):
            self._move()
        return True

    def clear(self) -> None:
        """Remove everything."""
        entries = self.storage.entries
        for at in range(len(entries)):
            entries[at] = None
        self.index.clear()
        self._move()

    def entries(self) -> list[list[Value]]:
        """The entries of this moment, in order; the inner lists are the table's own."""
        return [entry for entry in self.storage.entries if entry is not None]

    def _move(self) -> None:
        fresh = Storage()
        fresh.entries = list(self.entries())
        self.index = {_hashable(entry[0]): at for at, entry in enumerate(fresh.entries) if entry is not None}
        self.storage.next = fresh
        self.storage = fresh


class Cursor:
    """A place in a table that stays right while the table changes."""

    __slots__ = ("position", "storage")

    def __init__(self, table: OrderedTable, passed: int = 0) -> None:
        """passed: how many of the present entries lie behind (a cursor restored from a snapshot)."""
        self.storage = table.storage
        self.position = _position_after(self.storage.entries, passed)

    def step(self) -> list[Value] | None:
        """The next entry, or None at the end of this moment."""
        self._follow()
        entries = self.storage.entries
        while self.position < len(entries):
            entry = entries[self.position]
            self.position += 1
            if entry is not None:
                return entry
        return None

    def passed(self) -> int:
        """How many of the present entries lie behind."""
        self._follow()
        return sum(entry is not None for entry in self.storage.entries[: self.position])

    def _follow(self) -> None:
        while self.storage.next is not None:
            self.position = sum(entry is not None for entry in self.storage.entries[: self.position])
            self.storage = self.storage.next


def _position_after(entries: list[list[Value] | None], passed: int) -> int:
    position = 0
    while passed > 0 and position < len(entries):
        passed -= entries[position] is not None
        position += 1
    return position


def _hashable(key: Value) -> Any:
    """A Python key that is equal exactly where SameValueZero is: 1 is not true, NaN is NaN, objects are themselves."""
    kind = type(key)
    if kind is str or isinstance(key, Obj):
        return key
    if kind is bool:
        return (bool, key)
    if kind is float and key != key:
        return float
    return key
