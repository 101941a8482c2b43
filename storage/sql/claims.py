"""Finds users by their claims: an index of digests, kept in step with the claims of each user that is written."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import BindParameter, Integer, bindparam, delete, func, select
from sqlalchemy.sql import ClauseElement

from engine.model import User
from storage.people import MOST_SOUGHT, claim_digest, has_claims, may_be_sought
from storage.sql.columns import USER, user_of
from storage.sql.database import Database, Run
from storage.sql.tables import user_claims, users

AT_ONCE = 8
"""Entries that one statement writes; repeated ones fill it up."""
ENOUGH = 200
"""Entries after which a claim is common, however many more there are."""


class ClaimIndex:
    """Written inside the transaction that writes the claims themselves."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._put = database.prepare(_put(database))
        entry = (user_claims.c.user_id == bindparam("user_id"), user_claims.c.digest == bindparam("digest"))
        self._drop = database.prepare(delete(user_claims).where(*entry))
        self._some = database.prepare(_some())
        self._find = database.prepare(_find())

    async def write(self, run: Run, user_id: str, *, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Bring the entries of a user from the claims *before* to those *after*."""
        old, new = _digests(before), _digests(after)
        for digest in old - new:
            await run(self._drop, user_id=user_id, digest=digest)
        added = sorted(new - old)
        for at in range(0, len(added), AT_ONCE):
            await run(self._put, user_id=user_id, **_filled(added[at : at + AT_ONCE], AT_ONCE))

    async def find(self, claims: Mapping[str, str], *, limit: int) -> list[User]:
        """Users who have exactly all these claims, by id: those who have the rarest of them are looked through."""
        if not may_be_sought(claims):
            return []
        digests = sorted(_digests(claims))
        sought = {"first": await self._rarest(digests), "many": len(digests), **_filled(digests, MOST_SOUGHT)}
        rows = await self._database.read(self._find, limit=limit, **sought)
        return [user for user in map(user_of, rows) if has_claims(user, claims)]

    async def _rarest(self, digests: list[bytes]) -> bytes:
        """The one that the fewest users have, each counted up to ENOUGH."""
        counted = []
        for digest in digests if len(digests) > 1 else ():
            rows = await self._database.read(self._some, digest=digest, enough=ENOUGH)
            counted.append((len(rows), digest))
        return min(counted, default=(0, digests[0]))[1]


def _digests(claims: Mapping[str, str]) -> set[bytes]:
    return {claim_digest(uri, value) for uri, value in claims.items()}


def _filled(digests: list[bytes], size: int) -> dict[str, bytes]:
    """Parameters for that many digests, the first repeated where there are fewer."""
    names = (f"digest_{number}" for number in range(size))
    return dict(zip(names, [*digests, *digests[:1] * (size - len(digests))], strict=True))


def _put(database: Database) -> ClauseElement:
    user_id = bindparam("user_id", type_=user_claims.c.user_id.type)
    rows = [{"user_id": user_id, "digest": _digest(number)} for number in range(AT_ONCE)]
    return database.insert(user_claims).values(rows).on_conflict_do_nothing()


def _digest(number: int) -> BindParameter[bytes]:
    return bindparam(f"digest_{number}", type_=user_claims.c.digest.type)


def _some() -> ClauseElement:
    having = select(user_claims.c.user_id).where(user_claims.c.digest == bindparam("digest"))
    return having.limit(bindparam("enough", type_=Integer))


def _find() -> ClauseElement:
    """Those who have the first of the claims, if they have all of them."""
    first, others = user_claims.alias("first_claim"), user_claims.alias("others")
    found = select(func.count()).where(
        others.c.user_id == users.c.id, others.c.digest.in_([_digest(number) for number in range(MOST_SOUGHT)])
    )
    return (
        select(*USER)
        .join(first, first.c.user_id == users.c.id)
        .where(first.c.digest == bindparam("first"), found.scalar_subquery() == bindparam("many", type_=Integer))
        .order_by(first.c.user_id)
        .limit(bindparam("limit", type_=Integer))
    )
