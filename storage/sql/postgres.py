"""PostgreSQL: a pool of connections, one round trip a statement, and what its refusals turn into.

Transactions queue up behind one lock of the database, as they do in a file: what one decides no other has overtaken.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import asyncpg
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql.asyncpg import dialect
from sqlalchemy.sql import ClauseElement

from engine.errors import Busy
from storage.sql.database import Prepared, Rows, Run, Upsert, prepared

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds a call waits for a connection, for a lock and for its answer, each, before it raises Busy."""
MOST_CONNECTIONS = 16
ONE_AT_A_TIME = 0x646F6F72
"""The lock behind which transactions queue up; any number that nobody else of this database uses."""

_DIALECT = dialect()  # type: ignore[no-untyped-call]
_NOT_NOW = ("08", "25006", "40", "53", "55P03", "57", "58")
"""Classes of SQLSTATE that pass: connection, read-only, conflict, resources, lock, operator, system."""


class PostgresDatabase:
    """The database on one PostgreSQL server.  patience: seconds to wait for others."""

    def __init__(self, pool: asyncpg.Pool, *, patience: float) -> None:
        self._pool = pool
        self._patience = patience
        self._transactions: set[asyncio.Task[Any]] = set()

    @classmethod
    async def open(cls, dsn: str, *, patience: float = PATIENCE) -> PostgresDatabase:
        """Open a database that `migrate` has made ready.  Raises Busy."""
        settings = {"application_name": "doorstep", "lock_timeout": str(int(patience * 1000))}
        with_settings = {"command_timeout": patience, "timeout": patience, "server_settings": settings}
        async with _told():
            pool = await asyncpg.create_pool(
                dsn, min_size=1, max_size=MOST_CONNECTIONS, statement_cache_size=512, **with_settings
            )
        return cls(pool, patience=patience)

    def prepare(self, statement: ClauseElement) -> Prepared:
        """Compile a statement."""
        return prepared(statement, _DIALECT)

    def insert(self, table: Table) -> Upsert:
        """An INSERT into *table*."""
        return postgresql.insert(table)

    async def read(self, statement: Prepared, /, **values: Any) -> Rows:
        """The rows of a SELECT, as of the latest commit."""
        async with self._connection() as connection:
            return await _fetched(connection, statement, values)

    async def survey(self, statement: Prepared, /, **values: Any) -> Rows:
        """The same: a statement of PostgreSQL holds up nobody else."""
        return await self.read(statement, **values)

    async def write(self, statement: Prepared, /, **values: Any) -> Rows:
        """Run one changing statement.  What raised Busy may have happened all the same, if the answer was lost."""
        return await self.read(statement, **values)

    async def transaction(self, work: Callable[[Run], Awaitable[T]]) -> T:
        """Run *work* as one transaction, in a task of its own that a cancelled caller does not end."""
        task = asyncio.ensure_future(self._transact(work))
        self._transactions.add(task)
        task.add_done_callback(self._transactions.discard)
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(task)

    def mark(self) -> object | None:
        """None: whether anybody has written is not known without asking."""
        return None

    async def close(self) -> None:
        """Finish the transactions under way and let go of the server."""
        if self._transactions:
            await asyncio.wait(self._transactions)
        try:
            async with asyncio.timeout(self._patience):
                await self._pool.close()
        except TimeoutError:
            self._pool.terminate()

    async def _transact(self, work: Callable[[Run], Awaitable[T]]) -> T:
        async with self._connection() as connection:

            async def run(statement: Prepared, /, **values: Any) -> Rows:
                async with _told():
                    return await _fetched(connection, statement, values)

            async with connection.transaction():
                await connection.execute("SELECT pg_advisory_xact_lock($1)", ONE_AT_A_TIME)
                return await work(run)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[asyncpg.pool.PoolConnectionProxy]:
        async with _told(), self._pool.acquire(timeout=self._patience) as connection:
            yield connection


async def _fetched(connection: asyncpg.pool.PoolConnectionProxy, statement: Prepared, values: dict[str, Any]) -> Rows:
    return [tuple(row) for row in await connection.fetch(statement.sql, *statement.arguments(values))]


@asynccontextmanager
async def _told() -> AsyncIterator[None]:
    """Raises Busy for what the server cannot do at the moment; what is a fault of ours stays one."""
    try:
        yield
    except asyncpg.PostgresError as error:
        if (error.sqlstate or "").startswith(_NOT_NOW):
            raise Busy(f"PostgreSQL: {type(error).__name__}") from error
        raise
    except (asyncpg.InterfaceError, OSError, TimeoutError) as error:
        raise Busy(f"PostgreSQL: {type(error).__name__}") from error
