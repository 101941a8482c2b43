"""Brings a database to the layout of this release: makes it if there is none, upgrades it if it is older."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from pathlib import Path

import asyncpg
from alembic.command import upgrade
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from engine.errors import Busy
from storage.sql.engine import PATIENCE, make_private, set_up
from storage.sql.postgres import ONE_AT_A_TIME
from storage.urls import DatabaseUrl, PostgresUrl, SqliteUrl, parsed_url

_HERE = Path(__file__).parent
_ONE_AT_A_TIME = threading.Lock()
"""Alembic keeps the environment it runs in as a global of the process."""


async def migrate(url: str | DatabaseUrl, *, setting: str = "DATABASE_URL") -> None:
    """Make or upgrade the database at *url*, in one transaction; several processes may do so at once.

    Raises ValueError that names *setting* if the database cannot be used, Busy if others hold it for too long.
    """
    match parsed_url(url, setting=setting) if isinstance(url, str) else url:
        case SqliteUrl(path):
            await asyncio.to_thread(_migrate, path, setting=setting)
        case PostgresUrl(dsn):
            await _migrate_server(dsn, setting=setting)


async def _migrate_server(dsn: str, *, setting: str) -> None:
    """One transaction, behind the lock that all transactions take: of nodes that start at once one does the work."""

    async def connect() -> asyncpg.Connection:
        return await asyncpg.connect(dsn, timeout=PATIENCE)

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
            await connection.run_sync(_upgrade_within)
    except CommandError as error:
        raise ValueError(f"{setting}: the database was made by a newer release: {error}") from error
    except (asyncpg.PostgresConnectionError, OSError, TimeoutError) as error:
        raise Busy(f"{setting}: PostgreSQL does not answer ({type(error).__name__})") from error
    except (asyncpg.PostgresError, asyncpg.InterfaceError, DBAPIError) as error:
        raise ValueError(f"{setting}: the database cannot be used: {error}") from error
    finally:
        await engine.dispose()


def _upgrade_within(connection: Connection) -> None:
    with _ONE_AT_A_TIME:
        upgrade(configuration_for(connection), "head")


def configuration_for(connection: Connection) -> Config:
    """What Alembic needs to know."""
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _migrate(path: Path, *, setting: str) -> None:
    try:
        make_private(path)
        engine = _engine(path)
        try:
            _patiently(engine)
        finally:
            engine.dispose()
    except (OSError, sqlite3.DatabaseError, DBAPIError) as error:
        raise ValueError(f"{setting}: {path} cannot be used: {error}") from error
    except CommandError as error:
        raise ValueError(f"{setting}: {path} was made by a newer release: {error}") from error


def _engine(path: Path) -> Engine:
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, isolation_level="AUTOCOMMIT", skip_autocommit_rollback=True)
    event.listen(engine, "connect", set_up)
    return engine


def _patiently(engine: Engine) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with _ONE_AT_A_TIME, engine.connect() as connection:
                return _upgrade(connection)
        except (DBAPIError, sqlite3.OperationalError) as error:
            original = error.orig if isinstance(error, DBAPIError) else error
            if getattr(original, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            if time.monotonic() >= deadline:
                raise Busy(str(error)) from error
        time.sleep(0.05)


def _upgrade(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        upgrade(configuration_for(connection), "head")
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
