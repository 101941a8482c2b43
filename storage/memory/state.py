"""Short-lived records and counters in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.errors import Busy
from engine.ports import Clock, Stored
from storage.bounds import counter_digest, may_be_stored, window_end

Place = tuple[str, str]
"""Kind and key of a record; kind and owner in the index of owners."""


@dataclass(frozen=True, slots=True)
class _Record:
    revision: int
    value: bytes
    expires_at: float
    owner: str | None
    created_at: float


class MemoryState:
    """Records and counters.  most_records: beyond it, new ones are refused with Busy while old ones go on."""

    def __init__(self, clock: Clock, *, most_records: int = 1_000_000) -> None:
        self._clock = clock
        self._most_records = most_records
        self._records: dict[Place, _Record] = {}
        self._owned: dict[Place, dict[str, None]] = {}
        self._counters: dict[tuple[str, bytes], tuple[int, float]] = {}

    async def create(self, kind: str, key: str, value: bytes, *, expires_at: float, owner: str | None = None) -> bool:
        """Store a new record; False if the key exists or the record is not one a store takes."""
        now = self._clock()
        if not may_be_stored(key, value, expires_at=expires_at, now=now, owner=owner):
            return False
        if self._live(kind, key) is not None:
            return False
        self._drop(kind, key)
        await self._make_room()
        self._records[kind, key] = _Record(1, value, expires_at, owner, now)
        if owner is not None:
            self._owned.setdefault((kind, owner), {})[key] = None
        return True

    async def read(self, kind: str, key: str) -> Stored | None:
        """The record, or None."""
        record = self._live(kind, key)
        return None if record is None else _stored(key, record)

    async def replace(self, kind: str, key: str, value: bytes, *, revision: int, expires_at: float) -> bool:
        """Compare-and-set: False if the stored revision is not *revision*."""
        record = self._live(kind, key)
        if record is None or record.revision != revision:
            return False
        if not may_be_stored(key, value, expires_at=expires_at, now=self._clock()):
            return False
        self._records[kind, key] = replace(record, revision=revision + 1, value=value, expires_at=expires_at)
        return True

    async def take(self, kind: str, key: str) -> Stored | None:
        """Remove and give the record, once."""
        record = self._live(kind, key)
        if record is None:
            return None
        self._drop(kind, key)
        return _stored(key, record)

    async def owned(self, kind: str, owner: str) -> list[Stored]:
        """All records of that owner, oldest first."""
        living = ((key, self._live(kind, key)) for key in self._owned.get((kind, owner), ()))
        found = [(key, record) for key, record in living if record is not None]
        return [_stored(key, record) for key, record in sorted(found, key=lambda one: one[1].created_at)]

    async def hit(self, kind: str, key: str, *, window: float) -> int:
        """Count one more event.  window: seconds; an end that a clock set back left further away is drawn nearer."""
        now = self._clock()
        end = window_end(now, window)
        place = (kind, counter_digest(key))
        if place not in self._counters:
            await self._make_room()
        count, until = self._counters.get(place, (0, end))
        counted = (1, end) if until <= now else (count + 1, min(until, end))
        self._counters[place] = counted
        return counted[0]

    async def hits(self, kind: str, key: str) -> int:
        """The events in the present window."""
        count, until = self._counters.get((kind, counter_digest(key)), (0, 0.0))
        return count if self._clock() < until else 0

    async def forget(self, kind: str, key: str) -> None:
        """Drop a record."""
        self._drop(kind, key)

    async def forget_hits(self, kind: str, key: str) -> None:
        """Drop a counter."""
        self._counters.pop((kind, counter_digest(key)), None)

    async def sweep(self) -> int:
        """Drop what is past its deadline; gives how many."""
        now = self._clock()
        records = [place for place, record in self._records.items() if record.expires_at <= now]
        counters = [place for place, (_, until) in self._counters.items() if until <= now]
        for kind, key in records:
            self._drop(kind, key)
        for place in counters:
            del self._counters[place]
        return len(records) + len(counters)

    async def _make_room(self) -> None:
        if len(self._records) + len(self._counters) >= self._most_records and not await self.sweep():
            raise Busy(f"{self._most_records} records and counters")

    def _live(self, kind: str, key: str) -> _Record | None:
        record = self._records.get((kind, key))
        return record if record is not None and record.expires_at > self._clock() else None

    def _drop(self, kind: str, key: str) -> None:
        record = self._records.pop((kind, key), None)
        if record is not None and record.owner is not None:
            keys = self._owned[kind, record.owner]
            del keys[key]
            if not keys:
                del self._owned[kind, record.owner]


def _stored(key: str, record: _Record) -> Stored:
    return Stored(key, record.revision, record.value, record.expires_at)
