"""Every statement is one that PostgreSQL takes as well."""

from __future__ import annotations

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql import ClauseElement

from storage.sealing import Sealer
from storage.sql.audit import SqlAudit
from storage.sql.configuration import SqlConfiguration
from storage.sql.database import Database, Prepared, Upsert, prepared
from storage.sql.directory import SqlDirectory
from storage.sql.signals import SqlSignals
from storage.sql.state import SqlState
from storage.sql.tables import metadata

DIALECT = asyncpg_dialect()  # type: ignore[no-untyped-call]


class Dry:
    """Compiles for PostgreSQL and runs nothing."""

    def __init__(self) -> None:
        self.statements: list[Prepared] = []

    def prepare(self, statement: ClauseElement) -> Prepared:
        self.statements.append(prepared(statement, DIALECT))
        return self.statements[-1]

    def insert(self, table: Table) -> Upsert:
        return postgresql.insert(table)


def test_every_statement_compiles_for_postgresql() -> None:
    """With numbered parameters, each of which the statement names once."""
    dry = Dry()
    database: Database = dry  # type: ignore[assignment]
    SqlState(database, float)
    SqlDirectory(database)
    SqlConfiguration(database, Sealer([bytes(32)]))
    SqlAudit(database)
    SqlSignals(database, float)
    assert len(dry.statements) > 30
    for statement in dry.statements:
        assert statement.sql.count("$") >= len(statement.names) > 0 or "$" not in statement.sql
        assert all(f"${number}" in statement.sql for number in range(1, len(statement.names) + 1))


def test_every_table_compiles_for_postgresql() -> None:
    """Numbers that the database counts up are 64 bits wide there."""
    made = [str(CreateTable(table).compile(dialect=DIALECT)) for table in metadata.sorted_tables]
    made += [
        str(CreateIndex(index).compile(dialect=DIALECT)) for table in metadata.sorted_tables for index in table.indexes
    ]
    assert "BIGSERIAL" in "".join(made)
    assert "WHERE owner IS NOT NULL" in "".join(made)
