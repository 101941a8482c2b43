"""Links by which people set their password once: one a person, the newest."""

from __future__ import annotations

from sqlalchemy import Double, bindparam, delete, select, update
from sqlalchemy.sql import ClauseElement

from engine.model import SetupLink, User
from storage.sql.columns import USER, user_of
from storage.sql.database import Database, Run
from storage.sql.tables import setup_links, users


class SetupLinks:
    """The links, by the digests of their secrets."""

    def __init__(self, database: Database) -> None:
        self._database = database
        prepare, columns = database.prepare, setup_links.c
        now = bindparam("now", type_=Double)
        this, lives = columns.digest == bindparam("digest"), columns.expires_at > now
        insert = database.insert(setup_links).values({column.name: bindparam(column.name) for column in columns})
        new = {name: insert.excluded[name] for name in ("digest", "credential_version", "expires_at")}
        self._put = prepare(insert.on_conflict_do_update(index_elements=["user_id"], set_=new))
        fits = columns.credential_version == users.c.credential_version
        self._user = prepare(select(*USER).join(setup_links, columns.user_id == users.c.id).where(this, lives, fits))
        taken = delete(setup_links).where(this, lives)
        self._take = prepare(taken.returning(columns.user_id, columns.credential_version))
        self._set = prepare(_set_password())

    async def put(self, link: SetupLink) -> None:
        """Keep *link* in place of the person's earlier one; the person exists."""
        given = {name: getattr(link, name) for name in ("user_id", "digest", "credential_version", "expires_at")}
        await self._database.write(self._put, **given)

    async def user(self, digest: bytes, *, now: float) -> User | None:
        """Whose link it is, while it is good."""
        rows = await self._database.read(self._user, digest=digest, now=now)
        return user_of(rows[0]) if rows else None

    async def use(self, digest: bytes, password_hash: str, *, now: float) -> bool:
        """Use the link up and set the password; False if it is not good any more."""

        async def work(run: Run) -> bool:
            for user_id, version in await run(self._take, digest=digest, now=now):
                return bool(await run(self._set, in_id=user_id, in_version=version, password_hash=password_hash))
            return False

        return await self._database.transaction(work)


def _set_password() -> ClauseElement:
    same = (users.c.id == bindparam("in_id"), users.c.credential_version == bindparam("in_version"))
    values = {"password_hash": bindparam("password_hash"), "credential_version": users.c.credential_version + 1}
    return update(users).where(*same).values(values).returning(users.c.id)
