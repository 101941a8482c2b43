"""PostgreSQL: servers that are gone, nodes that start at once, callers that are cancelled, transactions that meet."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from engine.errors import Busy, DirectoryError
from engine.model import Device, User
from engine.ports import AuditEvent
from storage.migrations import migrate
from storage.sql.audit import SqlAudit
from storage.sql.database import Run
from storage.sql.directory import SqlDirectory
from storage.sql.postgres import PostgresDatabase
from storage.sql.state import SqlState
from storage.sql.tables import configuration
from tests.journeys.nodes import postgres_server
from tests.storage.conftest import SettableClock

pytestmark = pytest.mark.anyio

Pair = tuple[PostgresDatabase, PostgresDatabase]


async def test_nodes_that_start_at_once_make_one_database() -> None:
    """One does it, the others find it done; and once more changes nothing."""
    with postgres_server() as url:
        await asyncio.gather(*(migrate(url) for _ in range(4)))
        await migrate(url)
        database = await PostgresDatabase.open(url)
        await SqlDirectory(database).add_user(User("u1", "Mara", "mara"))
        await database.close()


async def test_a_server_that_is_gone_is_busy() -> None:
    """Every call is refused, in time; so is opening it."""
    with postgres_server() as url:
        await migrate(url)
        database = await PostgresDatabase.open(url, patience=1.0)
        state = SqlState(database, lambda: 1_800_000_000.0)
        assert await state.hit("tries", "mara", window=60) == 1
    with pytest.raises(Busy):
        await state.hit("tries", "mara", window=60)
    with pytest.raises(Busy):
        await database.transaction(lambda run: run(database.prepare(configuration.select())))
    await database.close()
    with pytest.raises(Busy):
        await PostgresDatabase.open(url, patience=1.0)
    with pytest.raises(Busy, match="DATABASE_URL"):
        await migrate(url)


async def test_the_audit_is_append_only(postgres_url: str, postgres_pair: Pair) -> None:
    """Whoever asks: no row is changed, removed, or all of them at once."""
    await SqlAudit(postgres_pair[0]).record(AuditEvent("login_started", 1.0))
    connection = await asyncpg.connect(postgres_url)
    for change in ("UPDATE audit SET name = 'x'", "DELETE FROM audit", "TRUNCATE audit"):
        with pytest.raises(asyncpg.RaiseError, match="append-only"):
            await connection.execute(change)
    await connection.close()
    assert len(await SqlAudit(postgres_pair[1]).recent()) == 1


async def test_a_transaction_that_raises_leaves_nothing(postgres_pair: Pair) -> None:
    """Neither a trace nor a lock that would hold up the other node."""
    first, second = postgres_pair
    put = first.prepare(configuration.insert().values(kind="flow", name="a", document="{}"))

    async def work(run: Run) -> None:
        await run(put)
        raise DirectoryError("no")

    with pytest.raises(DirectoryError):
        await first.transaction(work)
    assert await second.transaction(lambda run: run(second.prepare(configuration.select()))) == []


async def test_of_devices_added_at_two_nodes_at_once_no_more_than_the_limit_stay(postgres_pair: Pair) -> None:
    """Counting and adding is one step, on whichever node."""
    people = [SqlDirectory(database) for database in postgres_pair]
    await people[0].add_user(User("u1", "Mara", "mara"))
    devices = [Device(f"d{n}", "u1", "n", "m", "fcm", "t", f"key {n}".encode(), ("RS256",)) for n in range(20)]
    adding = (people[n % 2].add_device(device, limit=3) for n, device in enumerate(devices))
    results = await asyncio.gather(*adding, return_exceptions=True)
    assert sum(isinstance(one, DirectoryError) for one in results) == 17
    assert len(await people[0].devices("u1")) == 3


async def test_cancelled_callers_do_not_harm_the_next(postgres_pair: Pair, clock: SettableClock) -> None:
    """Wherever they were: each record is there or not, and everything goes on."""
    state = SqlState(postgres_pair[0], clock)
    for steps in range(30):
        call = asyncio.ensure_future(state.create("login", f"a{steps}", b"1", expires_at=clock.now + 10))
        for _ in range(steps):
            await asyncio.sleep(0)
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        assert await state.create("login", f"b{steps}", b"1", expires_at=clock.now + 10)
        assert await state.hit("tries", "mara", window=60) == steps + 1


async def test_one_record_is_taken_once_at_two_nodes(postgres_pair: Pair, clock: SettableClock) -> None:
    """Forty codes, each asked for by twenty callers."""
    states = [SqlState(database, clock) for database in postgres_pair]
    for number in range(40):
        await states[0].create("code", str(number), b"1", expires_at=clock.now + 10)
        taken = await asyncio.gather(*(states[n % 2].take("code", str(number)) for n in range(20)))
        assert sum(one is not None for one in taken) == 1
