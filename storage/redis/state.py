"""Short-lived records and counters on Redis: one script a change, one round trip a call, a deadline on every key."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.ports import Clock, Stored
from storage.bounds import counter_digest, is_name, may_be_stored, window_end
from storage.redis.client import PREFIX, RECORDS, Client
from storage.redis.scripts import CREATE, HIT, OWN, REPLACE, TAKE

LONGEST = 366 * 86400.0
"""Seconds a key lives at the most: the record's own deadline decides, this only frees the room."""

_FIELDS = ("r", "v", "e", "o", "s")


class RedisState:
    """Records and counters.  Deadlines are looked at on each read, by *clock*; the server only frees the room."""

    def __init__(self, client: Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock

    async def create(self, kind: str, key: str, value: bytes, *, expires_at: float, owner: str | None = None) -> bool:
        """Store a new record; False if the key exists or the record is not one a store takes."""
        now = self._clock()
        if not may_be_stored(key, value, expires_at=expires_at, now=now, owner=owner):
            return False
        deadline, lives = repr(float(expires_at)), _milliseconds(expires_at - now)
        if owner is not None:  # first, so that no record is ever missing from its owner's
            await self._client.run(OWN, _owner(kind, owner), repr(now), deadline, lives, key)
        record = _record(kind, key)
        return bool(await self._client.run(CREATE, record, repr(now), value, deadline, lives, owner or ""))

    async def read(self, kind: str, key: str) -> Stored | None:
        """The record, or None."""
        if not is_name(key):
            return None
        return self._stored(key, await self._client.ask("HMGET", _record(kind, key), *_FIELDS))

    async def replace(self, kind: str, key: str, value: bytes, *, revision: int, expires_at: float) -> bool:
        """Compare-and-set: False if the stored revision is not *revision*."""
        now = self._clock()
        if not may_be_stored(key, value, expires_at=expires_at, now=now):
            return False
        lives = _milliseconds(expires_at - now)
        arguments = (repr(now), str(revision), value, repr(float(expires_at)), lives)
        return bool(await self._client.run(REPLACE, _record(kind, key), *arguments))

    async def take(self, kind: str, key: str) -> Stored | None:
        """Remove and give the record, once."""
        if not is_name(key):
            return None
        return self._stored(key, await self._client.run(TAKE, _record(kind, key)))

    async def owned(self, kind: str, owner: str) -> list[Stored]:
        """All records of that owner, oldest first."""
        if not is_name(owner):
            return []
        listed = await self._client.ask("ZRANGE", _owner(kind, owner), 0, -1)
        keys = [key.decode() for key in listed]
        found = await self._client.ask_all([("HMGET", _record(kind, key), *_FIELDS) for key in keys])
        owners = owner.encode("utf-8")
        alive = [
            (int(fields[4]), stored)
            for key, fields in zip(keys, found, strict=True)
            if (stored := self._stored(key, fields)) is not None and fields[3] == owners
        ]
        return [stored for _, stored in sorted(alive, key=lambda one: one[0])]

    async def hit(self, kind: str, key: str, *, window: float) -> int:
        """Count one more event.  window: seconds; an end that a clock set back left further away is drawn nearer."""
        now = self._clock()
        return int(await self._client.run(HIT, _counter(kind, key), repr(now), repr(window_end(now, window))))

    async def hits(self, kind: str, key: str) -> int:
        """The events in the present window."""
        count, ends = await self._client.ask("HMGET", _counter(kind, key), "n", "e")
        return int(count) if count is not None and float(ends) > self._clock() else 0

    async def forget(self, kind: str, key: str) -> None:
        """Drop a record."""
        if is_name(key):
            await self._client.ask("DEL", _record(kind, key))

    async def forget_hits(self, kind: str, key: str) -> None:
        """Drop a counter."""
        await self._client.ask("DEL", _counter(kind, key))

    def _stored(self, key: str, fields: Sequence[bytes | None]) -> Stored | None:
        """The record of these fields, if it is one and lives: somebody else may have written there."""
        revision, value, deadline, *_ = fields
        if revision is None or value is None or deadline is None:
            return None
        try:
            stored = Stored(key, int(revision), value, float(deadline))
        except ValueError:
            return None
        return stored if stored.expires_at > self._clock() else None


def _record(kind: str, key: str) -> str:
    return f"{RECORDS}k:{kind}:{key}"


def _owner(kind: str, owner: str) -> str:
    return f"{RECORDS}o:{kind}:{owner}"


def _counter(kind: str, key: str) -> str:
    return f"{PREFIX}c:{kind}:{counter_digest(key).hex()}"


def _milliseconds(seconds: float) -> int:
    return max(1, math.ceil(min(seconds, LONGEST) * 1000))
