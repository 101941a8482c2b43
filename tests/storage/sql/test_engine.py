"""SQLite: locks of other processes, full disks, broken files, cancelled callers, file rights."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import Busy, DirectoryError
from engine.model import Device, User
from engine.ports import AuditEvent
from storage.migrations import migrate
from storage.sql.audit import SqlAudit
from storage.sql.database import Prepared, Run
from storage.sql.directory import SqlDirectory
from storage.sql.engine import SqliteDatabase, make_private
from storage.sql.state import BATCH, SqlState
from storage.sql.tables import configuration, records
from tests.storage.conftest import SettableClock, opened

pytestmark = pytest.mark.anyio

MARA = User("u1", "Mara", "mara")
PHONE = Device("d1", "u1", "n", "m", "fcm", "t", b"key", ("RS256",))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "doorstep.sqlite3"


@pytest.fixture
async def impatient(file: Path) -> AsyncIterator[SqliteDatabase]:
    """A database that waits a tenth of a second for others."""
    async with AsyncExitStack() as stack:
        yield await opened(stack, file, patience=0.1)


@pytest.fixture
def intruder(file: Path) -> Iterator[sqlite3.Connection]:
    """Another process's connection to the same file."""
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    yield connection
    connection.close()


def rows(connection: sqlite3.Connection, table: str) -> int:
    """How many rows the table has."""
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


async def test_the_file_is_for_its_owner_alone(file: Path) -> None:
    """With all that SQLite lays beside it; a file with wider rights, e.g. from a backup, is narrowed."""
    async with AsyncExitStack() as stack:
        database = await opened(stack, file)
        await SqlDirectory(database).add_user(MARA)
        modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in file.parent.iterdir()}
        assert modes == {file.name + end: 0o600 for end in ("", "-wal", "-shm")}
    os.chmod(file, 0o644)
    make_private(file)
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600


async def test_connections_are_set_up(database: SqliteDatabase) -> None:
    """Write-ahead log, foreign keys, synchronous NORMAL."""
    found: dict[str, object] = {}
    for pragma in ("journal_mode", "foreign_keys", "synchronous", "trusted_schema"):
        await database.transaction(lambda run, name=pragma: note(run, name, found))  # type: ignore[misc]
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "trusted_schema": 0}


async def note(run: Run, pragma: str, found: dict[str, object]) -> None:
    """Write down what the pragma is set to."""
    found[pragma] = (await run(Prepared(f"PRAGMA {pragma}", (), {})))[0][0]


async def test_a_long_lock_of_another_process_is_busy_and_changes_nothing(
    impatient: SqliteDatabase, intruder: sqlite3.Connection, clock: SettableClock
) -> None:
    """Every write is refused for the time being, reads go on, and nothing of what was refused happens later."""
    state, directory, audit = SqlState(impatient, clock), SqlDirectory(impatient), SqlAudit(impatient)
    refused = AuditEvent("login_success", clock.now)
    await directory.add_user(MARA)
    await state.create("login", "a", b"1", expires_at=clock.now + 10)
    intruder.execute("BEGIN IMMEDIATE")
    writes = [
        *(state.create("login", f"b{n}", b"", expires_at=clock.now + 10) for n in range(20)),
        state.take("login", "a"),
        audit.record(refused),
        state.hit("tries", "mara", window=60),
        directory.add_device(PHONE, limit=1),
        directory.set_enabled("u1", False),
    ]
    results = await asyncio.gather(*writes, return_exceptions=True)
    assert all(isinstance(one, Busy) for one in results)
    assert await state.read("login", "a") is not None
    assert await directory.user("u1") == MARA
    intruder.execute("ROLLBACK")
    assert await state.hit("tries", "mara", window=60) == 1
    assert [rows(intruder, table) for table in ("records", "devices", "audit")] == [1, 0, 0]


async def test_a_short_lock_of_another_process_is_waited_for(
    database: SqliteDatabase, intruder: sqlite3.Connection, clock: SettableClock
) -> None:
    """Single writes and transactions alike."""
    state, directory = SqlState(database, clock), SqlDirectory(database)
    intruder.execute("BEGIN IMMEDIATE")
    write = asyncio.ensure_future(state.create("login", "a", b"1", expires_at=clock.now + 10))
    transaction = asyncio.ensure_future(directory.add_user(MARA))
    await asyncio.sleep(0.05)
    assert not write.done()
    intruder.execute("COMMIT")
    assert await write
    await transaction
    assert await directory.user("u1") == MARA


async def test_a_transaction_that_raises_leaves_nothing(database: SqliteDatabase, intruder: sqlite3.Connection) -> None:
    """Neither a trace nor a lock."""
    put = database.prepare(configuration.insert().values(kind="flow", name="a", document="{}"))

    async def work(run: Run) -> None:
        await run(put)
        raise DirectoryError("no")

    with pytest.raises(DirectoryError):
        await database.transaction(work)
    assert rows(intruder, "configuration") == 0
    intruder.execute("BEGIN IMMEDIATE")
    intruder.execute("ROLLBACK")


async def test_no_write_slips_into_a_transaction(
    database: SqliteDatabase, intruder: sqlite3.Connection, clock: SettableClock
) -> None:
    """What others write meanwhile is not rolled back with it."""
    state = SqlState(database, clock)
    put = database.prepare(configuration.insert().values(kind="flow", name="a", document="{}"))
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def work(run: Run) -> None:
        await run(put)
        begun.set()
        await go_on.wait()
        raise DirectoryError("no")

    transaction = asyncio.ensure_future(database.transaction(work))
    await begun.wait()
    write = asyncio.ensure_future(state.create("login", "a", b"1", expires_at=clock.now + 10))
    await asyncio.sleep(0)
    go_on.set()
    with pytest.raises(DirectoryError):
        await transaction
    assert await write
    assert [rows(intruder, table) for table in ("configuration", "records")] == [0, 1]


async def test_a_transaction_ends_although_its_caller_is_cancelled(
    database: SqliteDatabase, intruder: sqlite3.Connection
) -> None:
    """It is done as a whole, and the database is free afterwards."""
    first = database.prepare(configuration.insert().values(kind="flow", name="a", document="{}"))
    second = database.prepare(configuration.insert().values(kind="flow", name="b", document="{}"))
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def work(run: Run) -> None:
        await run(first)
        begun.set()
        await go_on.wait()
        await run(second)

    caller = asyncio.ensure_future(database.transaction(work))
    await begun.wait()
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    go_on.set()
    await database.transaction(lambda run: run(database.prepare(configuration.select())))
    assert rows(intruder, "configuration") == 2


async def test_cancelled_callers_do_not_harm_the_next(database: SqliteDatabase, clock: SettableClock) -> None:
    """Wherever they were: each record is there or not, and everything goes on."""
    state = SqlState(database, clock)
    for steps in range(8):
        call = asyncio.ensure_future(state.create("login", f"a{steps}", b"1", expires_at=clock.now + 10))
        for _ in range(steps):
            await asyncio.sleep(0)
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        assert await state.create("login", f"b{steps}", b"1", expires_at=clock.now + 10)
        assert await state.hit("tries", "mara", window=60) == steps + 1


async def test_a_full_disk_is_busy_and_heals_by_itself(
    database: SqliteDatabase, intruder: sqlite3.Connection, clock: SettableClock
) -> None:
    """Nothing is stored, and as soon as there is room everything goes on."""
    state, directory = SqlState(database, clock), SqlDirectory(database)
    limit = database.prepare(records.select())
    await directory.add_user(MARA)
    await pragma(database, "max_page_count = 1")
    with pytest.raises(Busy):
        await state.create("login", "a", bytes(500_000), expires_at=clock.now + 10)
    with pytest.raises(Busy):
        await directory.add_device(replace(PHONE, name="x" * 500_000), limit=1)
    assert await database.read(limit) == []
    assert rows(intruder, "devices") == 0
    await pragma(database, "max_page_count = 100000")
    assert await state.create("login", "a", bytes(500_000), expires_at=clock.now + 10)
    await directory.add_device(PHONE, limit=1)


async def pragma(database: SqliteDatabase, text: str) -> None:
    """Set something on the writing connection."""
    await database.write(Prepared(f"PRAGMA {text}", (), {}))


async def test_a_read_only_database_is_busy(database: SqliteDatabase, clock: SettableClock) -> None:
    """Reads go on; writes are refused until it can be written again."""
    state = SqlState(database, clock)
    await pragma(database, "query_only = 1")
    with pytest.raises(Busy):
        await state.create("login", "a", b"1", expires_at=clock.now + 10)
    assert await state.read("login", "a") is None
    await pragma(database, "query_only = 0")
    assert await state.create("login", "a", b"1", expires_at=clock.now + 10)


async def test_a_closed_database_is_busy(file: Path, clock: SettableClock) -> None:
    """For reads, writes and transactions."""
    async with AsyncExitStack() as stack:
        database = await opened(stack, file)
    state, directory = SqlState(database, clock), SqlDirectory(database)
    for call in (state.read("login", "a"), state.take("login", "a"), directory.add_user(MARA)):
        with pytest.raises(Busy):
            await call


async def test_a_spoiled_file_never_answers_wrongly(file: Path, clock: SettableClock) -> None:
    """Whatever page is overwritten: the record as it was, none, or Busy."""
    async with AsyncExitStack() as stack:
        state = SqlState(await opened(stack, file), clock)
        for number in range(50):
            await state.create("login", f"k{number}", b"%d" % number * 50, expires_at=clock.now + 10)
    spoiled = list(spoilt_pages(file))
    for content in spoiled:
        write(file, content)
        for number in (0, 25, 49):
            assert await answer(file, f"k{number}", clock) in (b"%d" % number * 50, None, Busy)


def spoilt_pages(file: Path) -> Iterator[bytes]:
    """The file with one page after the other, but for the first, overwritten."""
    sound = file.read_bytes()
    for page in range(1, len(sound) // 4096):
        yield sound[: page * 4096] + b"\xa5" * 4096 + sound[(page + 1) * 4096 :]


def write(file: Path, content: bytes) -> None:
    """Put *content* into the file."""
    file.write_bytes(content)


async def answer(file: Path, key: str, clock: SettableClock) -> bytes | type[Busy] | None:
    """What the store says of that record."""
    try:
        async with AsyncExitStack() as stack:
            database = await SqliteDatabase.open(file)
            stack.push_async_callback(database.close)
            stored = await SqlState(database, clock).read("login", key)
    except Busy:
        return Busy
    return None if stored is None else stored.value


async def test_records_outlive_the_process(file: Path, clock: SettableClock) -> None:
    """Opened again, everything is as it was, deadlines included."""
    async with AsyncExitStack() as stack:
        database = await opened(stack, file)
        state = SqlState(database, clock)
        await state.create("login", "a", b"1", expires_at=clock.now + 10, owner="mara")
        await state.create("login", "b", b"2", expires_at=clock.now + 99)
        await state.take("login", "b")
        await state.hit("tries", "mara", window=60)
        await SqlDirectory(database).add_user(MARA)
    async with AsyncExitStack() as stack:
        database = await opened(stack, file)
        state = SqlState(database, clock)
        assert len(await state.owned("login", "mara")) == 1
        assert await state.take("login", "b") is None
        assert await state.hit("tries", "mara", window=60) == 2
        assert await SqlDirectory(database).user("u1") == MARA
        clock.now += 10
        assert await state.read("login", "a") is None


TAKE = """
import asyncio, sys
from pathlib import Path
from storage.sql.engine import SqliteDatabase
from storage.sql.state import SqlState

async def main():
    database = await SqliteDatabase.open(Path(sys.argv[1]))
    state = SqlState(database, lambda: 1_800_000_000.0)
    print("ready", flush=True)
    sys.stdin.readline()
    taken = [await state.take("code", str(n)) for n in range(200)]
    counted = [await state.hit("tries", "mara", window=60) for _ in range(100)]
    print(sum(one is not None for one in taken), *counted, flush=True)
    await database.close()

asyncio.run(main())
"""


async def test_of_two_processes_one_gets_each_record(
    file: Path, database: SqliteDatabase, clock: SettableClock
) -> None:
    """Two hundred codes make two hundred takes, and no count is given twice."""
    state = SqlState(database, clock)
    for number in range(200):
        await state.create("code", str(number), b"1", expires_at=clock.now + 10)
    command = [sys.executable, "-c", TAKE, str(file)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    processes = [await asyncio.create_subprocess_exec(*command, **pipes) for _ in range(2)]  # type: ignore[arg-type]
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    printed = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    numbers = [[int(number) for number in out.split()] for out, _ in printed]
    assert sum(one[0] for one in numbers) == 200
    assert sorted(numbers[0][1:] + numbers[1][1:]) == list(range(1, 201))


async def test_expired_rows_are_swept_in_batches(
    database: SqliteDatabase, intruder: sqlite3.Connection, clock: SettableClock
) -> None:
    """All that is past its deadline goes, nothing else."""
    state = SqlState(database, clock)
    for number in range(BATCH + 10):
        await state.create("login", str(number), b"", expires_at=clock.now + 1)
    await state.hit("tries", "old", window=1)
    clock.now += 1
    await state.create("login", "kept", b"", expires_at=clock.now + 1)
    await state.hit("tries", "kept", window=1)
    assert await state.sweep() == BATCH + 11
    assert await state.sweep() == 0
    assert [rows(intruder, table) for table in ("records", "counters")] == [1, 1]


async def test_every_lookup_goes_by_an_index(database: SqliteDatabase, intruder: sqlite3.Connection) -> None:
    """No statement of the hot path reads a whole table."""
    state, directory = SqlState(database, float), SqlDirectory(database)
    statements = [
        *(state._read, state._take, state._replace, state._owned, state._hits, *state._sweeps),
        *(state._forget, state._forget_hits),
        *(directory._user, directory._user_named, directory._devices, directory._device),
        *(directory._claims._find, directory._claims._drop, directory._claims._some),
        *(directory._associations._user, directory._associations._owner, directory._associations._drop),
    ]
    for statement in statements:
        plan = intruder.execute(f"EXPLAIN QUERY PLAN {statement.sql}", [1] * len(statement.names)).fetchall()
        assert not [line for *_, line in plan if line.startswith("SCAN") and "USING" not in line], statement.sql


async def test_migrating_again_changes_nothing(file: Path, database: SqliteDatabase) -> None:
    """While the database is in use."""
    await SqlDirectory(database).add_user(MARA)
    await migrate(f"sqlite:///{file}")
    assert await SqlDirectory(database).user("u1") == MARA
