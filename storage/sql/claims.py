"""Finds users by their claims: an index of digests, kept in step with the claims of each user that is written."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Integer, bindparam, delete, func, select
from sqlalchemy.sql import ClauseElement

from engine.model import User
from storage.people import MOST_SOUGHT, claim_digest, has_claims, may_be_sought
from storage.sql.columns import USER, user_of
from storage.sql.database import Database, Run
from storage.sql.tables import user_claims, users

_NAMES = tuple(f"digest_{number}" for number in range(MOST_SOUGHT))


class ClaimIndex:
    """Written inside the transaction that writes the claims themselves."""

    def __init__(self, database: Database) -> None:
        self._database = database
        insert = database.insert(user_claims).values({name: bindparam(name) for name in ("user_id", "digest")})
        self._put = database.prepare(insert.on_conflict_do_nothing())
        entry = (user_claims.c.user_id == bindparam("user_id"), user_claims.c.digest == bindparam("digest"))
        self._drop = database.prepare(delete(user_claims).where(*entry))
        self._find = database.prepare(_find())

    async def write(self, run: Run, user_id: str, *, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Bring the entries of a user from the claims *before* to those *after*."""
        old, new = _digests(before), _digests(after)
        for digest in old - new:
            await run(self._drop, user_id=user_id, digest=digest)
        for digest in new - old:
            await run(self._put, user_id=user_id, digest=digest)

    async def find(self, claims: Mapping[str, str], *, limit: int) -> list[User]:
        """Users who have exactly all these claims, by canonical name."""
        if not may_be_sought(claims):
            return []
        digests = sorted(_digests(claims))
        sought = dict(zip(_NAMES, digests + digests[:1] * (MOST_SOUGHT - len(digests)), strict=True))
        rows = await self._database.read(self._find, first=digests[0], many=len(digests), limit=limit, **sought)
        return [user for user in map(user_of, rows) if has_claims(user, claims)]


def _digests(claims: Mapping[str, str]) -> set[bytes]:
    return {claim_digest(uri, value) for uri, value in claims.items()}


def _find() -> ClauseElement:
    """Those who have the first of the claims, if they have all of them."""
    with_first = select(user_claims.c.user_id).where(user_claims.c.digest == bindparam("first"))
    found = select(func.count()).where(
        user_claims.c.user_id == users.c.id,
        user_claims.c.digest.in_([bindparam(name, type_=user_claims.c.digest.type) for name in _NAMES]),
    )
    return (
        select(*USER)
        .where(users.c.id.in_(with_first), found.scalar_subquery() == bindparam("many", type_=Integer))
        .order_by(users.c.canonical)
        .limit(bindparam("limit", type_=Integer))
    )
