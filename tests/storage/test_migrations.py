"""The layout of the database: made once, in whatever order processes start, and as the tables say."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade, upgrade
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine

from storage.migrations import configuration_for, migrate
from storage.people import claim_digest
from storage.sql.tables import metadata

pytestmark = pytest.mark.anyio


def layout(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Names and definitions of everything in the database but Alembic's own."""
    query = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '%alembic%' AND name NOT LIKE 'sqlite_%'"
    return sorted((name, " ".join(sql.replace('"', "").split())) for name, sql in connection.execute(query))


def differences(connection: Connection) -> list[object]:
    """What the tables say and the database has not, or the other way round."""
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


async def test_migrations_and_tables_agree(tmp_path: Path) -> None:
    """In what Alembic compares, and in columns, keys, defaults as SQLite has them."""
    await migrate(f"sqlite:///{tmp_path}/migrated")
    with create_engine(f"sqlite:///{tmp_path}/migrated").connect() as connection:
        assert differences(connection) == []
    metadata.create_all(create_engine(f"sqlite:///{tmp_path}/made"))
    for table in metadata.tables:
        columns = [
            sqlite3.connect(tmp_path / name).execute(f"PRAGMA table_info({table})").fetchall()
            for name in ("migrated", "made")
        ]
        assert columns[0] == columns[1]


def test_migrations_go_back_and_forth(tmp_path: Path) -> None:
    """Down to nothing and up again gives the same layout."""
    engine = create_engine(f"sqlite:///{tmp_path}/database", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection, sqlite3.connect(tmp_path / "database") as look:
        upgrade(configuration_for(connection), "head")
        made = layout(look)
        downgrade(configuration_for(connection), "base")
        assert layout(look) == []
        upgrade(configuration_for(connection), "head")
        assert layout(look) == made


async def test_several_may_migrate_at_once(tmp_path: Path) -> None:
    """One does it, the others find it done."""
    url = f"sqlite:///{tmp_path}/new/database"
    await asyncio.gather(*(migrate(url) for _ in range(4)))
    with create_engine(url).connect() as connection:
        assert differences(connection) == []


async def test_one_process_may_migrate_several_databases_at_once(tmp_path: Path) -> None:
    """Alembic's one environment a process is taken in turns."""
    urls = [f"sqlite:///{tmp_path}/{number}/database" for number in range(8)]
    await asyncio.gather(*(migrate(url) for url in urls))
    for url in urls:
        with create_engine(url).connect() as connection:
            assert differences(connection) == []


async def test_a_migration_that_fails_leaves_nothing_half_done(tmp_path: Path) -> None:
    """A table in the way, and the others are not made either."""
    with sqlite3.connect(tmp_path / "database") as connection:
        connection.execute("CREATE TABLE audit (x)")
    with pytest.raises(ValueError, match="DATABASE_URL"):
        await migrate(f"sqlite:///{tmp_path}/database")
    with sqlite3.connect(tmp_path / "database") as connection:
        assert layout(connection) == [("audit", "CREATE TABLE audit (x)")]


async def test_a_database_of_a_newer_release_is_refused(tmp_path: Path) -> None:
    """By name of the setting, and without touching it."""
    url = f"sqlite:///{tmp_path}/database"
    await migrate(url)
    with sqlite3.connect(tmp_path / "database") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ValueError, match=r"STATE_URL.*newer release"):
        await migrate(url, setting="STATE_URL")


async def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    """A file of something else, a folder, a place that cannot be."""
    (tmp_path / "text").write_text("no database" * 1000)
    (tmp_path / "folder").mkdir()
    for name in ("text", "folder", "text/below"):
        with pytest.raises(ValueError, match="DATABASE_URL"):
            await migrate(f"sqlite:///{tmp_path}/{name}")
    assert (tmp_path / "text").read_text() == "no database" * 1000


async def test_users_of_an_older_release_are_found_by_their_claims(tmp_path: Path) -> None:
    """Their claims are written into the index when the database is upgraded; what cannot be read is no claim."""
    engine = create_engine(f"sqlite:///{tmp_path}/database", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection, sqlite3.connect(tmp_path / "database") as old:
        upgrade(configuration_for(connection), "0001")
        for user, claims in (("u1", '{"mail":"m@a.test","unit":"7"}'), ("u2", '{"unit":"7","n":1}'), ("u3", "no JSON")):
            old.execute("INSERT INTO users VALUES (?, ?, ?, NULL, 1, 1, '[]', '[]', ?)", (user, user, user, claims))
        old.commit()
    await migrate(f"sqlite:///{tmp_path}/database")
    with sqlite3.connect(tmp_path / "database") as new:
        entries = new.execute("SELECT user_id, digest FROM user_claims ORDER BY user_id, digest").fetchall()
    expected = [("u1", claim_digest("mail", "m@a.test")), *((u, claim_digest("unit", "7")) for u in ("u1", "u2"))]
    assert entries == sorted(expected)
