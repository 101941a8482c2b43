"""The append-only record of what happened, on a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.sql import ClauseElement

from engine.ports import AuditEvent
from storage.bounds import is_text
from storage.events import MOST_EVENTS, storable
from storage.sql.columns import as_json
from storage.sql.database import Database
from storage.sql.tables import audit

_COLUMNS = tuple(column for column in audit.c if column.name != "number")


class SqlAudit:
    """Events in the order they came.  The table refuses changes and removals, whoever asks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        row: dict[str, Any] = {column.name: bindparam(column.name) for column in _COLUMNS}
        self._record = database.prepare(database.insert(audit).values(row).returning(audit.c.number))
        self._recent = database.prepare(_newest())
        self._recent_of_flow = database.prepare(_newest(audit.c.flow_id == bindparam("in_flow")))

    async def record(self, event: AuditEvent) -> None:
        """Append *event*; raises Busy if it cannot be written, and then what it speaks of must not happen."""
        kept = storable(event)
        columns = {column.name: getattr(kept, column.name) for column in _COLUMNS}
        await self._database.write(self._record, **{**columns, "details": as_json(kept.details)})

    async def recent(self, *, limit: int = 100, flow_id: str | None = None) -> Sequence[AuditEvent]:
        """The newest events first; at most MOST_EVENTS."""
        most = max(0, min(limit, MOST_EVENTS))
        if flow_id is None:
            rows = await self._database.read(self._recent, most=most)
        elif is_text(flow_id):
            rows = await self._database.read(self._recent_of_flow, most=most, in_flow=flow_id)
        else:
            rows = []
        return [_event(*row) for row in rows]


def _newest(*conditions: Any) -> ClauseElement:
    return select(*_COLUMNS).where(*conditions).order_by(audit.c.number.desc()).limit(bindparam("most"))


def _event(*row: Any) -> AuditEvent:
    values = dict(zip((column.name for column in _COLUMNS), row, strict=True))
    return AuditEvent(**{**values, "details": _details(values["details"])})


def _details(text: str) -> Mapping[str, str]:
    try:
        return msgspec.json.decode(text, type=dict[str, str])
    except (msgspec.DecodeError, TypeError, UnicodeError):
        return {"unreadable": "the stored details"}
