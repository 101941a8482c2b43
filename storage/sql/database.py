"""What the stores ask of a database: prepared statements, one round trip each, and transactions.

Statements are written in SQLAlchemy Core, compiled once, and run on the driver without anything between.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler

T = TypeVar("T")
Rows = Sequence[tuple[Any, ...]]
Upsert = sqlite.Insert | postgresql.Insert
"""An INSERT that may say what happens on a conflict; both dialects write it alike."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A compiled statement.  names: its parameters in order; fixed: the values that the statement brought along."""

    sql: str
    names: tuple[str, ...]
    fixed: Mapping[str, Any]

    def arguments(self, given: Mapping[str, Any]) -> list[Any]:
        """The parameters in order.  Raises KeyError for one that is missing."""
        return [given[name] if name in given else self.fixed[name] for name in self.names]


def prepared(statement: ClauseElement, dialect: Dialect) -> Prepared:
    """Compile *statement* for a driver with positional parameters."""
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    names = tuple(compiled.positiontup or ())
    fixed = {name: compiled.binds[name].effective_value for name in names if not compiled.binds[name].required}
    return Prepared(compiled.string, names, fixed)


class Run(Protocol):
    """Runs one statement of a transaction."""

    async def __call__(self, statement: Prepared, /, **values: Any) -> Rows:
        """Its rows: what it selects or returns."""
        ...


class Database(Protocol):
    """Every method raises Busy when the database cannot be reached, is locked for too long, full or broken."""

    def prepare(self, statement: ClauseElement) -> Prepared:
        """Compile a statement."""
        ...

    def insert(self, table: Table) -> Upsert:
        """An INSERT into *table*."""
        ...

    async def read(self, statement: Prepared, /, **values: Any) -> Rows:
        """The rows of a SELECT."""
        ...

    async def survey(self, statement: Prepared, /, **values: Any) -> Rows:
        """The rows of a SELECT that may look at many rows: it holds up no other call."""
        ...

    async def write(self, statement: Prepared, /, **values: Any) -> Rows:
        """Run one changing statement as a transaction of its own; what it returns decides who has won."""
        ...

    async def transaction(self, work: Callable[[Run], Awaitable[T]]) -> T:
        """Run *work* as one transaction: all of it or, if it raises, nothing.  No other write comes between.

        It goes to its end even if the caller is cancelled.  *work* must await nothing but the statements it runs.
        """
        ...

    def mark(self) -> object | None:
        """The same as long as nobody has written since, in whichever process; None if that cannot be told."""
        ...

    async def close(self) -> None:
        """Let go of the database; what is called afterwards raises Busy."""
        ...
