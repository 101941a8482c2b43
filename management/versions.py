"""What the script of a flow was, by HTTP: when, by whom and why it changed.  To go back, put the flow with its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from engine.ports import ScriptVersion
from management.desk import Desk
from management.kinds import digest
from management.models import ListOf, ScriptBody, ScriptBrief
from management.paging import Paging, not_ours, page, read
from management.problems import missing
from management.table import Answer, Call, Row

_PATH = "/flows/{id}/scripts"
_NUMBER = re.compile(r"[0-9]{1,9}")
_LATEST = 10**9


@dataclass(frozen=True, slots=True)
class Versions:
    """The rows."""

    desk: Desk

    def rows(self) -> list[Row]:
        """Both of them."""
        return [
            Row(
                "GET", _PATH, "flows:read", self.list, "The versions of a flow's script, newest first",
                query=Paging, gives=ListOf(ScriptBrief),
            ),
            Row("GET", f"{_PATH}/{{number}}", "flows:read", self.read, "One version", gives=ScriptBody),
        ]  # fmt: skip

    async def list(self, call: Call) -> Answer:
        """A page."""
        await self._flow(call)
        before, limit = read(call.query.cursor) or str(_LATEST), call.query.limit
        if not _NUMBER.fullmatch(before) and before != str(_LATEST):
            raise not_ours()
        found = await self.desk.store.script_versions(call.path["id"], before=int(before), limit=limit + 1)
        return Answer(page(found, limit, key=lambda one: str(one.number), shown=_brief))

    async def read(self, call: Call) -> Answer:
        """One, with its text."""
        await self._flow(call)
        number = call.path["number"]
        before = int(number) + 1 if _NUMBER.fullmatch(number) else 0
        found = await self.desk.store.script_versions(call.path["id"], before=before, limit=1)
        if not found or found[0].number != before - 1:
            raise missing("version")
        return Answer(_brief(found[0]) | {"source": found[0].script})

    async def _flow(self, call: Call) -> None:
        if await self.desk.store.flow(call.path["id"]) is None:
            raise missing("flow")


def _brief(one: ScriptVersion) -> dict[str, Any]:
    sha = None if one.script is None else digest(one.script)
    return {"number": one.number, "at": one.at, "by": one.by, "why": one.why, "digest": sha}
