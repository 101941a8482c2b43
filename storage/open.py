"""The one door to the stores: addresses and keys in, everything the server keeps out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

from engine.errors import Busy
from engine.ports import Audit, AuditEvent, AuditLog, Clock, ConfigurationStore, Directory, Signals, StateStore
from storage.memory import MemoryAudit, MemoryConfiguration, MemoryDirectory, MemoryState
from storage.migrations import migrate
from storage.sealing import SealedState, Sealer, Tampered
from storage.signals import LocalSignals
from storage.sql.audit import SqlAudit
from storage.sql.configuration import SqlConfiguration
from storage.sql.database import Database
from storage.sql.directory import SqlDirectory
from storage.sql.engine import SqliteDatabase
from storage.sql.signals import SqlSignals
from storage.sql.state import SqlState
from storage.urls import (
    DatabaseUrl,
    MemoryUrl,
    PostgresUrl,
    RedisUrl,
    SqliteUrl,
    StateUrl,
    parsed_state_url,
    parsed_url,
)

Sweep = Callable[[], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Stores:
    """What the server keeps.  Records of `state` are sealed.

    sweep: frees the room of what is past its deadline, once; the server runs it now and then, correctness never needs
    it.  close: lets go of files; what is called afterwards raises Busy.
    """

    state: StateStore
    directory: Directory
    configuration: ConfigurationStore
    audit: AuditLog
    signals: Signals
    sweep: Sweep
    close: Callable[[], Awaitable[None]]

    async def reachable(self) -> bool:
        """Whether the stores answer at the moment."""
        try:
            await self.configuration.settings()
            await self.state.hits("probe", "probe")
        except Busy:
            return False
        return True


async def open_stores(
    database_url: str,
    state_url: str | None = None,
    *,
    keys: Sequence[bytes],
    clock: Clock,
    present_keys: Callable[[], Sequence[bytes]] | None = None,
) -> Stores:
    """Open, and if need be make or upgrade, the stores.

    database_url, state_url: `sqlite:///relative`, `sqlite:////absolute`, `postgresql://...` or `memory:`; state_url
    may also be a Redis server's, and without it state lies in the database.  keys, present_keys: see `Sealer`.
    Raises ValueError that names the setting, or Busy.
    """
    lasting = parsed_url(database_url, setting="DATABASE_URL")
    passing = parsed_state_url(state_url) if state_url else lasting
    sealer = Sealer(keys, present_keys=present_keys)
    async with AsyncExitStack() as stack:
        opener = _Opener(stack, clock)
        directory, configuration, audit, tampered = await opener.lasting(lasting, sealer)
        state, signals, sweep = await opener.passing(passing)
        return Stores(
            state=SealedState(state, sealer, clock, tampered=tampered),
            directory=directory,
            configuration=configuration,
            audit=audit,
            signals=signals,
            sweep=sweep,
            close=stack.pop_all().aclose,
        )


async def meet(state_url: str | None) -> None:
    """See that the server of what is short-lived can be used.  Raises ValueError that names the setting, or Busy."""
    match parsed_state_url(state_url) if state_url else None:
        case RedisUrl() as url:
            from storage.redis.client import Client

            await (await Client.open(url)).close()


class _Opener:
    """Opens each file once, whichever stores lie in it; all is closed again if one cannot be opened."""

    def __init__(self, stack: AsyncExitStack, clock: Clock) -> None:
        self._stack = stack
        self._clock = clock
        self._databases: dict[DatabaseUrl, Database] = {}

    async def lasting(
        self, url: DatabaseUrl, sealer: Sealer
    ) -> tuple[Directory, ConfigurationStore, AuditLog, Tampered]:
        match url:
            case MemoryUrl():
                people = MemoryDirectory()
                events = MemoryAudit()
                return people, MemoryConfiguration(people, events), events, self._tampered(events)
            case SqliteUrl() | PostgresUrl():
                database = await self._database(url, setting="DATABASE_URL")
                audit = SqlAudit(database)
                tampered = self._tampered(audit)
                return SqlDirectory(database), SqlConfiguration(database, sealer, tampered=tampered), audit, tampered

    async def passing(self, url: StateUrl) -> tuple[StateStore, Signals, Sweep]:
        match url:
            case MemoryUrl():
                memory = MemoryState(self._clock)
                return memory, LocalSignals(), memory.sweep
            case SqliteUrl() | PostgresUrl():
                database = await self._database(url, setting="STATE_URL")
                state = SqlState(database, self._clock)
                signals = SqlSignals(database, self._clock)
                self._stack.push_async_callback(signals.close)
                return state, signals, _both(state.sweep, signals.sweep)
            case RedisUrl():
                return await self._redis(url)

    async def _redis(self, url: RedisUrl) -> tuple[StateStore, Signals, Sweep]:
        from storage.redis.client import Client
        from storage.redis.signals import RedisSignals
        from storage.redis.state import RedisState

        client = await Client.open(url)
        self._stack.push_async_callback(client.close)
        signals = RedisSignals(client)
        self._stack.push_async_callback(signals.close)
        return RedisState(client, self._clock), signals, _nothing

    async def _database(self, url: SqliteUrl | PostgresUrl, *, setting: str) -> Database:
        if url not in self._databases:
            await migrate(url, setting=setting)
            self._databases[url] = await _opened(url)
            self._stack.push_async_callback(self._databases[url].close)
        return self._databases[url]

    def _tampered(self, audit: Audit) -> Tampered:
        """Audits a record that cannot be opened.  Its key stays out: it may be what somebody holds as a secret."""

        async def record(kind: str, _: str) -> None:
            await audit.record(AuditEvent("record_tampered", self._clock(), why=kind))

        return record


async def _opened(url: SqliteUrl | PostgresUrl) -> Database:
    match url:
        case SqliteUrl(path):
            return await SqliteDatabase.open(path)
        case PostgresUrl(dsn):
            from storage.sql.postgres import PostgresDatabase

            return await PostgresDatabase.open(dsn)


async def _nothing() -> int:
    """The server frees the room of what is past its deadline by itself."""
    return 0


def _both(first: Sweep, second: Sweep) -> Sweep:
    async def sweep() -> int:
        return await first() + await second()

    return sweep
