"""What the scripts of flows were, on a database: written in the transaction that changes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, bindparam, delete, select

from engine.model import Flow
from engine.ports import ConfigurationChange, ScriptVersion
from storage.bounds import is_name
from storage.documents import MOST_VERSIONS, is_new_version
from storage.sql.database import Database, Run
from storage.sql.tables import script_versions

_COLUMNS = tuple(script_versions.c)
_OF_FLOW = script_versions.c.flow_id == bindparam("flow_id")


class Scripts:
    """The newest MOST_VERSIONS of each flow."""

    def __init__(self, database: Database) -> None:
        self._database = database
        prepare, number = database.prepare, script_versions.c.number
        newest_first = select(*_COLUMNS).where(_OF_FLOW).order_by(number.desc())
        row: dict[str, Any] = {column.name: bindparam(column.name) for column in _COLUMNS}
        self._put = prepare(database.insert(script_versions).values(row).returning(number))
        self._latest = prepare(newest_first.limit(1))
        self._drop_older = prepare(delete(script_versions).where(_OF_FLOW, number <= bindparam("last", type_=Integer)))
        below = newest_first.where(number < bindparam("before", type_=Integer))
        self._page = prepare(below.limit(bindparam("most", type_=Integer)))

    async def write(self, run: Run, flow: Flow, change: ConfigurationChange) -> None:
        """Add a version, if the script is another one than the latest."""
        rows = await run(self._latest, flow_id=flow.id)
        latest = ScriptVersion(*rows[0]) if rows else None
        if not is_new_version(flow, latest):
            return
        number = latest.number + 1 if latest is not None else 1
        given = {"at": change.at, "by": change.by, "why": change.why, "script": flow.script}
        await run(self._put, flow_id=flow.id, number=number, **given)
        await run(self._drop_older, flow_id=flow.id, last=number - MOST_VERSIONS)

    async def forget(self, run: Run, flow_id: str) -> None:
        """A flow that is gone has none."""
        await run(self._drop_older, flow_id=flow_id, last=2**31 - 1)

    async def page(self, flow_id: str, *, before: int, limit: int) -> Sequence[ScriptVersion]:
        """Newest first, those with smaller numbers than *before*."""
        if not is_name(flow_id):
            return []
        rows = await self._database.survey(self._page, flow_id=flow_id, before=min(before, 2**31 - 1), most=limit)
        return [ScriptVersion(*row) for row in rows]
