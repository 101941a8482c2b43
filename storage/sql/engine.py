"""SQLite: a connection that writes, one that reads, one that surveys, and what "database is locked" turns into.

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
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Table, create_engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement

from engine.errors import Busy
from storage.sql.database import Prepared, Rows, Run, Upsert, prepared

T = TypeVar("T")
log = logging.getLogger("doorstep.storage")

PATIENCE = 5.0
"""Seconds a call waits for the locks of other processes before it raises Busy."""
SETTLED_NS = 100_000_000
"""Nanoseconds after which another write of a file has another time."""
TIDY_AFTER = 500
"""Writes after which the write-ahead log is carried into the file; about as many pages as SQLite's own habit."""
BREATH = 64
"""Statements of a long transaction after which others get a turn."""
_PAUSE = 0.02
_CLOSED = "Cannot operate on a closed database."
_DIALECT = create_engine("sqlite://").dialect
_PRAGMAS = (
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


def set_up(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    try:
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
    finally:
        cursor.close()


class SqliteDatabase:
    """The database on one SQLite file.  patience: seconds to wait for other processes.

    A point read or a write takes less time than handing it to a thread does, so both run where they are called; what
    may look at many rows (`survey`) and the write-ahead log's way into the file, which waits for the disk, do not.
    """

    def __init__(self, path: Path, *, patience: float) -> None:
        self._log = f"{path}-wal"
        self._reader, self._writer, self._surveyor = (_connection(path, patience) for _ in range(3))
        for connection in (self._reader, self._writer):
            connection.execute("PRAGMA busy_timeout=0")  # waiting is ours: it must not hold up everything else
        self._writer.execute("PRAGMA wal_autocheckpoint=0")
        self._aside = ThreadPoolExecutor(1, "doorstep-sqlite")
        self._patience = patience
        self._alone = asyncio.Lock()
        self._transactions: set[asyncio.Task[Any]] = set()
        self._written = 0
        self._tidying: asyncio.Future[None] | None = None

    @classmethod
    async def open(cls, path: Path, *, patience: float = PATIENCE) -> SqliteDatabase:
        """Open a file that `migrate` has made ready.  Raises Busy."""
        try:
            return cls(path, patience=patience)
        except sqlite3.Error as error:
            raise Busy(f"{path} cannot be opened: {error}") from error

    def prepare(self, statement: ClauseElement) -> Prepared:
        """Compile a statement."""
        return prepared(statement, _DIALECT)

    def insert(self, table: Table) -> Upsert:
        """An INSERT into *table*."""
        return sqlite.insert(table)

    async def read(self, statement: Prepared, /, **values: Any) -> Rows:
        """The rows of a SELECT, as of the latest commit."""
        arguments = statement.arguments(values)
        with suppress(_Locked):
            return _fetched(self._reader, statement.sql, arguments)
        return await self._patiently(self._reader, statement.sql, arguments, self._deadline())

    async def survey(self, statement: Prepared, /, **values: Any) -> Rows:
        """The same for a SELECT that may look at many rows: it holds up nobody but the next of its kind."""
        return await self._surveyed(statement.sql, statement.arguments(values))

    async def write(self, statement: Prepared, /, **values: Any) -> Rows:
        """Run one changing statement.  What raised Busy has not happened and will not."""
        arguments = statement.arguments(values)
        if not self._alone.locked():
            with suppress(_Locked):
                rows = _fetched(self._writer, statement.sql, arguments)
                self._tidy()
                return rows
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
        if self._tidying is not None:
            await self._tidying
        await asyncio.to_thread(self._aside.shutdown)
        for connection in (self._surveyor, self._reader, self._writer):
            connection.close()

    async def _transact(self, work: Callable[[Run], Awaitable[T]]) -> T:
        deadline = self._deadline()
        async with self._exclusively(deadline):
            try:
                await self._patiently(self._writer, "BEGIN IMMEDIATE", [], deadline)
                result = await work(self._run)
                _fetched(self._writer, "COMMIT", [])
            except BaseException:
                self._roll_back()
                raise
            self._tidy()
            return result

    async def _run(self, statement: Prepared, /, **values: Any) -> Rows:
        self._written += 1
        if self._written % BREATH == 0:
            await asyncio.sleep(0)
        return _fetched(self._writer, statement.sql, statement.arguments(values))

    def _roll_back(self) -> None:
        """Where nothing has begun, or a full disk has already ended it, there is nothing to do."""
        with suppress(Busy):
            _fetched(self._writer, "ROLLBACK", [])

    def _tidy(self) -> None:
        """After so many writes carry the write-ahead log into the file, beside everything else."""
        self._written += 1
        if self._written >= TIDY_AFTER and (self._tidying is None or self._tidying.done()):
            self._written = 0
            self._tidying = asyncio.ensure_future(self._checkpoint())

    async def _checkpoint(self) -> None:
        """What readers or other processes hold up is carried the next time."""
        with suppress(Busy):
            await self._surveyed("PRAGMA wal_checkpoint(PASSIVE)", [])

    async def _surveyed(self, sql: str, arguments: list[Any]) -> Rows:
        try:
            survey = self._aside.submit(_fetched, self._surveyor, sql, arguments)
        except RuntimeError as error:  # how the thread says that it has ended
            raise Busy(str(error)) from error
        return await asyncio.wrap_future(survey)

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

    async def _patiently(self, connection: sqlite3.Connection, sql: str, arguments: list[Any], deadline: float) -> Rows:
        """Try until other processes let go of the database, at most until *deadline*."""
        while True:
            try:
                return _fetched(connection, sql, arguments)
            except _Locked as error:
                if asyncio.get_running_loop().time() >= deadline:
                    raise Busy(error.detail) from error
            await asyncio.sleep(_PAUSE * (0.5 + random.random()))  # noqa: S311  (spreads the attempts; no secret)


class _Locked(Busy):
    """Another process holds the lock; nothing has happened."""


def _fetched(connection: sqlite3.Connection, sql: str, arguments: list[Any]) -> Rows:
    """Run one statement; its rows.  Raises Busy for what the database cannot do at the moment."""
    try:
        return connection.execute(sql, arguments).fetchall()
    except _BUGS as error:
        if str(error) == _CLOSED:
            raise Busy(_CLOSED) from error
        raise
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        kind = _Locked if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) else Busy
        raise kind(str(error)) from error


def _connection(path: Path, patience: float) -> sqlite3.Connection:
    """A connection that is set up; each statement is a transaction of its own unless BEGIN is said."""
    connection = sqlite3.connect(path, patience, isolation_level=None, check_same_thread=False, cached_statements=512)
    set_up(connection, None)
    return connection
