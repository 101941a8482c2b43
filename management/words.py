"""Roles and groups by HTTP.  They are words of the users who have them: one that nobody has is not there, and needs no
making; to give or take one, change the user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.ports import WordKind
from management.desk import Desk
from management.models import ListOf, UserBrief, WordBrief
from management.paging import Paging, page, read
from management.people import brief
from management.problems import missing
from management.table import Answer, Call, Row

LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Words:
    """The rows of one of both."""

    kind: WordKind
    desk: Desk

    def rows(self) -> list[Row]:
        """Both of them."""
        path, word = f"/{self.kind}", self.kind[:-1]
        return [
            Row(
                "GET", path, "users:read", self.list, f"Every {word} that somebody has, by name",
                query=Paging, gives=ListOf(WordBrief),
            ),
            Row(
                "GET", f"{path}/{{name:path}}/members", "users:read", self.members, f"Who has a {word}, by name",
                query=Paging, gives=ListOf(UserBrief),
            ),
        ]  # fmt: skip

    async def list(self, call: Call) -> Answer:
        """A page."""
        after = read(call.query.cursor) or ""
        found = [one for one in await self.desk.store.words(self.kind) if one[0] > after]
        return Answer(page(found, call.query.limit, key=lambda one: one[0], shown=_shown))

    async def members(self, call: Call) -> Answer:
        """A page; empty if nobody has it.  404 for what is too long to be one."""
        after, limit, name = read(call.query.cursor) or "", call.query.limit, call.path["name"]
        if len(name) > LONGEST_NAME:
            raise missing(self.kind[:-1])
        found = await self.desk.store.users_with_word(self.kind, name, after=after, limit=limit + 1)
        return Answer(page(found, limit, key=lambda one: one.canonical, shown=brief))


def _shown(counted: tuple[str, int]) -> dict[str, Any]:
    name, members = counted
    return {"name": name, "members": members}
