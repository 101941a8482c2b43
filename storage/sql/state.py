"""Short-lived records and counters on a database: one statement a call, decided by what it returns."""

from __future__ import annotations

from sqlalchemy import Select, bindparam, case, delete, select, tuple_, update
from sqlalchemy.sql import ClauseElement

from engine.ports import Clock, Stored
from storage.bounds import counter_digest, is_name, may_be_stored, window_end
from storage.sql.database import Database, Rows, Upsert
from storage.sql.tables import counters, records

BATCH = 500
"""Rows that one sweeping statement removes at most, so that no write waits long behind it."""

_STORED = (records.c.key, records.c.revision, records.c.value, records.c.expires_at)
_THIS = (records.c.kind == bindparam("in_kind"), records.c.key == bindparam("in_key"))
_ALIVE = records.c.expires_at > bindparam("now")
_THIS_COUNTER = (counters.c.kind == bindparam("in_kind"), counters.c.digest == bindparam("in_digest"))


class SqlState:
    """Records and counters.  Deadlines are looked at on each read, by *clock*; `sweep` only frees the room."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        prepare = database.prepare
        self._create = prepare(_create(database.insert(records)))
        self._read = prepare(select(*_STORED).where(*_THIS, _ALIVE))
        self._replace = prepare(_replace())
        self._take = prepare(delete(records).where(*_THIS, _ALIVE).returning(*_STORED))
        self._owned = prepare(_owned())
        self._hit = prepare(_hit(database.insert(counters)))
        self._hits = prepare(select(counters.c.hits).where(*_THIS_COUNTER, counters.c.expires_at > bindparam("now")))
        self._forget = prepare(delete(records).where(*_THIS))
        self._forget_hits = prepare(delete(counters).where(*_THIS_COUNTER))
        self._sweeps = tuple(prepare(statement) for statement in (_sweep_records(), _sweep_counters()))

    async def create(self, kind: str, key: str, value: bytes, *, expires_at: float, owner: str | None = None) -> bool:
        """Store a new record; False if the key exists or the record is not one a store takes."""
        now = self._clock()
        if not may_be_stored(key, value, expires_at=expires_at, now=now, owner=owner):
            return False
        return bool(
            await self._database.write(
                self._create, kind=kind, key=key, value=value, expires_at=float(expires_at), owner=owner, now=now
            )
        )

    async def read(self, kind: str, key: str) -> Stored | None:
        """The record, or None."""
        if not is_name(key):
            return None
        return _first(await self._database.read(self._read, in_kind=kind, in_key=key, now=self._clock()))

    async def replace(self, kind: str, key: str, value: bytes, *, revision: int, expires_at: float) -> bool:
        """Compare-and-set: False if the stored revision is not *revision*."""
        now = self._clock()
        if not may_be_stored(key, value, expires_at=expires_at, now=now):
            return False
        deadline = float(expires_at)
        return bool(
            await self._database.write(
                self._replace, in_kind=kind, in_key=key, in_revision=revision, value=value, expires_at=deadline, now=now
            )
        )

    async def take(self, kind: str, key: str) -> Stored | None:
        """Remove and give the record, once."""
        if not is_name(key):
            return None
        return _first(await self._database.write(self._take, in_kind=kind, in_key=key, now=self._clock()))

    async def owned(self, kind: str, owner: str) -> list[Stored]:
        """All records of that owner, oldest first."""
        if not is_name(owner):
            return []
        return _all(await self._database.read(self._owned, in_kind=kind, in_owner=owner, now=self._clock()))

    async def hit(self, kind: str, key: str, *, window: float) -> int:
        """Count one more event.  window: seconds; an end that a clock set back left further away is drawn nearer."""
        now = self._clock()
        end = window_end(now, window)
        rows = await self._database.write(
            self._hit, kind=kind, digest=counter_digest(key), hits=1, expires_at=end, now=now
        )
        return int(rows[0][0])

    async def hits(self, kind: str, key: str) -> int:
        """The events in the present window."""
        rows = await self._database.read(self._hits, in_kind=kind, in_digest=counter_digest(key), now=self._clock())
        return int(rows[0][0]) if rows else 0

    async def forget(self, kind: str, key: str) -> None:
        """Drop a record."""
        if is_name(key):
            await self._database.write(self._forget, in_kind=kind, in_key=key)

    async def forget_hits(self, kind: str, key: str) -> None:
        """Drop a counter."""
        await self._database.write(self._forget_hits, in_kind=kind, in_digest=counter_digest(key))

    async def sweep(self) -> int:
        """Remove what is past its deadline, a batch at a time; gives how many."""
        removed = 0
        for statement in self._sweeps:
            while rows := await self._database.write(statement, now=self._clock()):
                removed += len(rows)
        return removed


def _create(insert: Upsert) -> ClauseElement:
    """A record past its deadline does not exist, so a new one may take its place."""
    names = ("kind", "key", "value", "expires_at", "owner")
    new = insert.values({name: bindparam(name) for name in names} | {"revision": 1, "created_at": bindparam("now")})
    taken_over = {name: new.excluded[name] for name in ("revision", "value", "expires_at", "owner", "created_at")}
    return new.on_conflict_do_update(
        index_elements=["kind", "key"], set_=taken_over, where=records.c.expires_at <= bindparam("now")
    ).returning(records.c.revision)


def _replace() -> ClauseElement:
    return (
        update(records)
        .where(*_THIS, records.c.revision == bindparam("in_revision"), _ALIVE)
        .values(revision=records.c.revision + 1, value=bindparam("value"), expires_at=bindparam("expires_at"))
        .returning(records.c.revision)
    )


def _owned() -> Select[tuple[str, int, bytes, float]]:
    return (
        select(*_STORED)
        .where(records.c.kind == bindparam("in_kind"), records.c.owner == bindparam("in_owner"), _ALIVE)
        .order_by(records.c.created_at, records.c.number)
    )


def _hit(insert: Upsert) -> ClauseElement:
    new = insert.values({name: bindparam(name) for name in ("kind", "digest", "hits", "expires_at")})
    over = counters.c.expires_at <= bindparam("now")
    end = new.excluded.expires_at
    return new.on_conflict_do_update(
        index_elements=["kind", "digest"],
        set_={
            "hits": case((over, 1), else_=counters.c.hits + 1),
            "expires_at": case((over, end), (counters.c.expires_at > end, end), else_=counters.c.expires_at),
        },
    ).returning(counters.c.hits)


def _sweep_records() -> ClauseElement:
    expired = select(records.c.number).where(records.c.expires_at <= bindparam("now")).limit(BATCH)
    return delete(records).where(records.c.number.in_(expired)).returning(records.c.number)


def _sweep_counters() -> ClauseElement:
    expired = select(counters.c.kind, counters.c.digest).where(counters.c.expires_at <= bindparam("now")).limit(BATCH)
    identity = tuple_(counters.c.kind, counters.c.digest)
    return delete(counters).where(identity.in_(expired)).returning(counters.c.kind)


def _first(rows: Rows) -> Stored | None:
    return next(iter(_all(rows)), None)


def _all(rows: Rows) -> list[Stored]:
    return [Stored(*row) for row in rows if _is_sound(row)]


def _is_sound(row: tuple[object, ...]) -> bool:
    """SQLite keeps any type in any column: what someone else wrote there may be no record at all."""
    match row:
        case (str(), int(), bytes(), float()):
            return True
    return False
