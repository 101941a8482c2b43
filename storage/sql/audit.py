"""The append-only record of what happened, on a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import msgspec
from sqlalchemy import Integer, and_, bindparam, or_, select
from sqlalchemy.sql import ClauseElement

from engine.ports import AuditEvent, Sought, Spot
from storage.bounds import is_text
from storage.events import MOST_EVENTS, storable
from storage.sql.columns import as_json
from storage.sql.database import Database, Prepared, Run
from storage.sql.tables import audit

_COLUMNS = tuple(column for column in audit.c if column.name != "number")


class NewEvents:
    """Appends events, inside a transaction or as one; shared by the audit and by changes that bring their events."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._appending: dict[int, Prepared] = {}

    async def add(self, run: Run, *events: AuditEvent) -> None:
        """Append them in one statement."""
        statement = self._appending.get(len(events)) or self._append(len(events))
        await run(statement, **_values([storable(event) for event in events]))

    def _append(self, count: int) -> Prepared:
        """The statement for that many events.  Few counts occur, so each is compiled once."""
        rows: Any = [{column.name: bindparam(f"{column.name}_{at}") for column in _COLUMNS} for at in range(count)]
        statement = self._database.prepare(self._database.insert(audit).values(rows).returning(audit.c.number))
        return self._appending.setdefault(count, statement)


class SqlAudit:
    """Events in the order they came.  The table refuses changes and removals, whoever asks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._new_events = NewEvents(database)
        self._pages: dict[frozenset[str], Prepared] = {}
        self._recent = database.prepare(_newest())
        self._recent_of_flow = database.prepare(_newest(audit.c.flow_id == bindparam("in_flow")))

    async def record(self, *events: AuditEvent) -> None:
        """Append them in one statement; raises Busy if it cannot be done, and then what they say must not happen."""
        await self._new_events.add(self._database.write, *events)

    async def recent(self, *, limit: int = 100, flow_id: str | None = None) -> Sequence[AuditEvent]:
        """The newest events first; at most MOST_EVENTS."""
        most = max(0, min(limit, MOST_EVENTS))
        if flow_id is None:
            rows = await self._database.survey(self._recent, most=most)
        elif is_text(flow_id):
            rows = await self._database.survey(self._recent_of_flow, most=most, in_flow=flow_id)
        else:
            rows = []
        return [_event(*row) for row in rows]

    async def page(self, sought: Sought, *, before: Spot | None, limit: int) -> Sequence[tuple[Spot, AuditEvent]]:
        """What is sought, newest first, from *before* on; at most MOST_EVENTS."""
        given: dict[str, Any] = {f"sought_{name}": value for name, value in asdict(sought).items() if value is not None}
        if not all(is_text(value) for value in given.values() if isinstance(value, str)):
            return []
        if before is not None:
            given |= {"before_at": before[0], "before_number": before[1]}
        statement = self._pages.get(frozenset(given)) or self._prepare_page(frozenset(given))
        rows = await self._database.survey(statement, most=max(0, min(limit, MOST_EVENTS)), **given)
        return [((event.at, row[0]), event) for row in rows for event in (_event(*row[1:]),)]

    def _prepare_page(self, given: frozenset[str]) -> Prepared:
        """The statement for what is given, so that each uses the index that fits.  There are few combinations."""
        newest_first = select(audit.c.number, *_COLUMNS).order_by(audit.c.at.desc(), audit.c.number.desc())
        conditions = [condition for name, condition in _SOUGHT.items() if name in given]
        statement = newest_first.where(*conditions).limit(bindparam("most", type_=Integer))
        return self._pages.setdefault(given, self._database.prepare(statement))


_SOUGHT = {
    "sought_name": audit.c.name == bindparam("sought_name"),
    "sought_flow_id": audit.c.flow_id == bindparam("sought_flow_id"),
    "sought_application_id": audit.c.application_id == bindparam("sought_application_id"),
    "sought_user_id": audit.c.user_id == bindparam("sought_user_id"),
    "sought_since": audit.c.at >= bindparam("sought_since"),
    "sought_until": audit.c.at < bindparam("sought_until"),
    "before_at": and_(
        audit.c.at <= bindparam("before_at"),
        or_(audit.c.at < bindparam("before_at"), audit.c.number < bindparam("before_number")),
    ),
}


def _values(events: Sequence[AuditEvent]) -> dict[str, Any]:
    """The parameters of `_append`."""
    values: dict[str, Any] = {}
    for at, event in enumerate(events):
        values |= {f"{column.name}_{at}": getattr(event, column.name) for column in _COLUMNS}
        values[f"details_{at}"] = as_json(event.details)
    return values


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
