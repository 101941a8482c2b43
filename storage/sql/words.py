"""Roles and groups, which are nowhere but with the users who have them: their names, and who has one."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import ColumnElement, Integer, Text, bindparam, func, or_, select
from sqlalchemy.sql import ClauseElement

from engine.model import User
from engine.ports import WordKind
from storage.bounds import is_name, is_text
from storage.sql.columns import USER, as_json, texts_of, user_of
from storage.sql.database import Database
from storage.sql.tables import users


class Words:
    """Looks them up in the lists of the users.  One row comes for each list there is, not for each user."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lists = {kind: database.prepare(_lists(kind)) for kind in _KINDS}
        self._having = {kind: database.prepare(_having(kind)) for kind in _KINDS}

    async def counted(self, kind: WordKind) -> list[tuple[str, int]]:
        """Each that somebody has, by name, and how many have it."""
        counts: Counter[str] = Counter()
        for text, number in await self._database.read(self._lists[kind]):
            counts.update(dict.fromkeys(texts_of(text), number))
        return sorted(counts.items())

    async def having(self, kind: WordKind, name: str, *, after: str, limit: int) -> list[User]:
        """Who has it, as `users_page` gives them."""
        if not (is_name(name) and is_text(after)):
            return []
        word = as_json((name,))[1:-1]
        sought = {"first": f"[{word}", "further": f",{word}", "after": after, "most": limit}
        return [user_of(row) for row in await self._database.read(self._having[kind], **sought)]


_KINDS: tuple[WordKind, ...] = ("roles", "groups")


def _lists(kind: WordKind) -> ClauseElement:
    column = users.c[kind]
    return select(column, func.count()).where(column != "[]").group_by(column)


def _having(kind: WordKind) -> ClauseElement:
    """A list begins with the name or has a comma before it; inside a name no quote stands without a backslash."""

    def has(name: str) -> ColumnElement[bool]:
        column = users.c[kind]
        return func.replace(column, bindparam(name, type_=Text), "") != column

    found = select(*USER).where(users.c.canonical > bindparam("after"), or_(has("first"), has("further")))
    return found.order_by(users.c.canonical).limit(bindparam("most", type_=Integer))
