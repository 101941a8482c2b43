"""Whose proofs may count no more.  Triggers of the database note them (migration 0004), whatever statement it is."""

from __future__ import annotations

from sqlalchemy import Integer, bindparam, delete, select

from engine.ports import ChangedPerson
from storage.sql.database import Database
from storage.sql.tables import changed_people


class ChangedPeople:
    """Reads the notes, and takes them off."""

    def __init__(self, database: Database) -> None:
        self._database = database
        columns, most = changed_people.c, bindparam("limit", type_=Integer)
        self._some = database.prepare(select(columns.user_id, columns.changes).order_by(columns.user_id).limit(most))
        same = (columns.user_id == bindparam("user_id"), columns.changes == bindparam("changes"))
        self._settle = database.prepare(delete(changed_people).where(*same))

    async def some(self, limit: int) -> list[ChangedPerson]:
        """At most so many."""
        return [ChangedPerson(*row) for row in await self._database.read(self._some, limit=limit)]

    async def settle(self, changed: ChangedPerson) -> None:
        """Take the note off, unless the person was changed again."""
        await self._database.write(self._settle, user_id=changed.user_id, changes=changed.changes)
