"""Who of ours the users of providers elsewhere are."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select

from engine.model import User
from storage.bounds import is_name
from storage.sql.columns import USER, user_of
from storage.sql.database import Database, Run
from storage.sql.tables import associations, users


class Associations:
    """One name elsewhere is at most one user of ours; a user of ours may be many."""

    def __init__(self, database: Database) -> None:
        self._database = database
        this = (associations.c.idp == bindparam("idp"), associations.c.identifier == bindparam("identifier"))
        columns = ("idp", "identifier", "user_id")
        insert = database.insert(associations).values({name: bindparam(name) for name in columns})
        prepare = database.prepare
        self._put = prepare(insert.on_conflict_do_nothing())
        self._owner = prepare(select(associations.c.user_id).where(*this))
        self._user = prepare(select(*USER).join(associations, associations.c.user_id == users.c.id).where(*this))
        self._drop = prepare(delete(associations).where(*this).returning(associations.c.user_id))

    async def put(self, run: Run, idp: str, identifier: str, *, user_id: str) -> bool:
        """Whether the name is that user's now.  The caller has checked the names and locked the user."""
        await run(self._put, idp=idp, identifier=identifier, user_id=user_id)
        return await run(self._owner, idp=idp, identifier=identifier) == [(user_id,)]

    async def user(self, idp: str, identifier: str) -> User | None:
        """Whose the name is."""
        if not (is_name(idp) and is_name(identifier)):
            return None
        rows = await self._database.read(self._user, idp=idp, identifier=identifier)
        return user_of(rows[0]) if rows else None

    async def drop(self, idp: str, identifier: str) -> bool:
        """Whether the name was anybody's."""
        if not (is_name(idp) and is_name(identifier)):
            return False
        return bool(await self._database.write(self._drop, idp=idp, identifier=identifier))
