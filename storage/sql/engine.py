"""SQLite: one connection that writes, one that reads, and what "database is locked" turns into.

In one process writes queue up on the writing connection, so they never meet; only other processes can lock us out.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import URL, Table, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.sql import ClauseElement

from engine.errors import Busy
from storage.sql.database import Prepared, Rows, Run, Upsert, prepared

T = TypeVar("T")
log = logging.getLogger("doorstep.storage")

PATIENCE = 5.0
"""Seconds a call waits for the locks of other processes before it raises Busy."""
SETTLED_NS = 100_000_000
"""Nanoseconds after which another write of a file has another time."""
_PAUSE = 0.02
_PRAGMAS = (
    "PRAGMA busy_timeout=10",  # longer waits are ours: one locked write must not hold up the queue behind it
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA journal_size_limit=67108864",
)
_BUGS = (sqlite3.ProgrammingError, sqlite3.IntegrityError, sqlite3.DataError, sqlite3.NotSupportedError)


def make_private(path: Path) -> None:
    """Make the file and its folder if missing, and see that only the owner may read it.  Raises OSError.

    A file that exists is not opened: closing it again would drop the locks this process already holds on it.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    for file in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        with suppress(FileNotFoundError):
            if file.stat().st_mode & 0o077:
                file.chmod(0o600)


def sqlite_engine(path: Path) -> AsyncEngine:
    """An engine whose connections are set up; each statement is a transaction of its own unless BEGIN is said."""
    url = URL.create("sqlite+aiosqlite", database=str(path))
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT", skip_autocommit_rollback=True)
    event.listen(engine.sync_engine, "connect", set_up)
    return engine


def set_up(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    try:
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
    finally:
        cursor.close()


@dataclass(frozen=True, slots=True)
class _Held:
    """A connection for keeps: set up by SQLAlchemy, then run on its driver, one thread hop a statement and not four."""

    connection: AsyncConnection
    driver: aiosqlite.Connection

    @classmethod
    async def of(cls, engine: AsyncEngine) -> _Held:
        connection = await engine.connect()
        driver = (await connection.get_raw_connection()).driver_connection
        assert isinstance(driver, aiosqlite.Connection)
        return cls(connection, driver)


class SqliteDatabase:
    """The database on one SQLite file.  patience: seconds to wait for other processes."""

    def __init__(self, engine: AsyncEngine, *, path: Path, reader: _Held, writer: _Held, patience: float) -> None:
        self._engine = engine
        self._log = f"{path}-wal"
        self._held = (reader, writer)
        self._reader = reader.driver
        self._writer = writer.driver
        self._patience = patience
        self._alone = asyncio.Lock()
        self._transactions: set[asyncio.Task[Any]] = set()

    @classmethod
    async def open(cls, path: Path, *, patience: float = PATIENCE) -> SqliteDatabase:
        """Open a file that `migrate` has made ready.  Raises Busy."""
        engine = sqlite_engine(path)
        try:
            reader, writer = await _Held.of(engine), await _Held.of(engine)
        except (DBAPIError, sqlite3.Error) as error:
            await engine.dispose()
            raise Busy(f"{path} cannot be opened: {error}") from error
        return cls(engine, path=path, reader=reader, writer=writer, patience=patience)

    def prepare(self, statement: ClauseElement) -> Prepared:
        """Compile a statement."""
        return prepared(statement, self._engine.dialect)

    def insert(self, table: Table) -> Upsert:
        """An INSERT into *table*."""
        return sqlite.insert(table)

    async def read(self, statement: Prepared, /, **values: Any) -> Rows:
        """The rows of a SELECT, as of the latest commit."""
        return await self._patiently(self._reader, statement.sql, statement.arguments(values), self._deadline())

    async def write(self, statement: Prepared, /, **values: Any) -> Rows:
        """Run one changing statement.  What raised Busy has not happened and will not."""
        arguments = statement.arguments(values)
        if not self._alone.locked():
            with suppress(_Locked):
                return await _fetched(self._writer, statement.sql, arguments)
        deadline = self._deadline()
        async with self._exclusively(deadline):
            return await self._patiently(self._writer, statement.sql, arguments, deadline)

    async def transaction(self, work: Callable[[Run], Awaitable[T]]) -> T:
        """Run *work* between BEGIN IMMEDIATE and COMMIT, in a task of its own that a cancelled caller does not end."""
        task = asyncio.ensure_future(self._transact(work))
        self._transactions.add(task)
        task.add_done_callback(self._transactions.discard)
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(task)

    def mark(self) -> object | None:
        """What the file system says of the write-ahead log, where every commit goes.

        None while it is so new that another commit could look alike: the file system's clock is coarse.
        """
        try:
            found = os.stat(self._log)
        except OSError:
            return None
        settled = time.time_ns() - found.st_mtime_ns > SETTLED_NS
        return (found.st_ino, found.st_size, found.st_mtime_ns) if settled else None

    async def close(self) -> None:
        """Finish the transactions under way and let go of the file."""
        if self._transactions:
            await asyncio.wait(self._transactions)
        for held in self._held:
            await held.connection.close()
        await self._engine.dispose()

    async def _transact(self, work: Callable[[Run], Awaitable[T]]) -> T:
        deadline = self._deadline()
        async with self._exclusively(deadline):
            try:
                await self._patiently(self._writer, "BEGIN IMMEDIATE", [], deadline)
                result = await work(self._run)
                await _fetched(self._writer, "COMMIT", [])
            except BaseException:
                await self._roll_back()
                raise
            return result

    async def _run(self, statement: Prepared, /, **values: Any) -> Rows:
        return await _fetched(self._writer, statement.sql, statement.arguments(values))

    async def _roll_back(self) -> None:
        """Where nothing has begun, or a full disk has already ended it, there is nothing to do."""
        with suppress(Busy):
            await _fetched(self._writer, "ROLLBACK", [])

    def _deadline(self) -> float:
        return asyncio.get_running_loop().time() + self._patience

    @asynccontextmanager
    async def _exclusively(self, deadline: float) -> AsyncIterator[None]:
        """No other write of this process begins inside.  Raises Busy after *deadline*."""
        try:
            async with asyncio.timeout_at(deadline):
                await self._alone.acquire()
        except TimeoutError:
            raise Busy("other writes take too long") from None
        try:
            yield
        finally:
            self._alone.release()

    async def _patiently(self, driver: aiosqlite.Connection, sql: str, arguments: list[Any], deadline: float) -> Rows:
        """Try until other processes let go of the database, at most until *deadline*."""
        while True:
            try:
                return await _fetched(driver, sql, arguments)
            except _Locked as error:
                if asyncio.get_running_loop().time() >= deadline:
                    raise Busy(error.detail) from error
            await asyncio.sleep(_PAUSE * (0.5 + random.random()))  # noqa: S311  (spreads the attempts; no secret)


class _Locked(Busy):
    """Another process holds the lock; nothing has happened."""


async def _fetched(driver: aiosqlite.Connection, sql: str, arguments: list[Any]) -> Rows:
    """Run one statement; its rows.  Raises Busy for what the database cannot do at the moment."""
    try:
        return list(await driver.execute_fetchall(sql, arguments))  # type: ignore[arg-type]
    except _BUGS:
        raise
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        kind = _Locked if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) else Busy
        raise kind(str(error)) from error
    except ValueError as error:  # how the driver says that the connection is closed
        raise Busy(str(error)) from error
