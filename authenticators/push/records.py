"""Short-lived records of one kind in the state store: typed, and changed by compare-and-set only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from engine.errors import Busy
from engine.layouts import Layout, Numbered
from engine.ports import StateStore

_TRIES = 64
"""Lost races after which a change is given up; each means that somebody else's change was made."""


class Kept(Numbered, Protocol):
    """What every record says of itself.  expires_at: seconds since the epoch."""

    @property
    def expires_at(self) -> float: ...


T = TypeVar("T", bound=Kept)


class Records(Generic[T]):
    """Records of type *T* under one kind."""

    def __init__(self, state: StateStore, kind: str, *, record: type[T], layout: int) -> None:
        self._state = state
        self._kind = kind
        self._layout = Layout(record, number=layout)

    async def create(self, key: str, record: T, *, owner: str | None = None) -> bool:
        """Store a new record; False if the key is taken."""
        value = self._layout.write(record)
        return await self._state.create(self._kind, key, value, expires_at=record.expires_at, owner=owner)

    async def read(self, key: str) -> T | None:
        """The record, or None; one that cannot be read does not exist."""
        stored = await self._state.read(self._kind, key)
        return self._layout.read(stored.value) if stored is not None else None

    async def change(self, key: str, decide: Callable[[T], T]) -> T | None:
        """Replace the record by what *decide* makes of it, seeing the newest one; None if there is none.

        *decide* may be called several times; what it raises is passed on and nothing is changed.
        """
        for _ in range(_TRIES):
            stored = await self._state.read(self._kind, key)
            record = self._layout.read(stored.value) if stored is not None else None
            if stored is None or record is None:
                return None
            changed = decide(record)
            if changed is record:
                return record
            value, expires_at = self._layout.write(changed), changed.expires_at
            if await self._state.replace(self._kind, key, value, revision=stored.revision, expires_at=expires_at):
                return changed
        raise Busy(f"too many changes of one {self._kind} at a time")

    async def forget(self, key: str) -> None:
        """Drop the record."""
        await self._state.forget(self._kind, key)
