"""The audit by HTTP: in pages, or all of it as a stream, one JSON object a line."""

from __future__ import annotations

import json
import math
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from starlette.responses import Response, StreamingResponse

from configuration.part import Part
from configuration.rules import refuse
from engine.ports import AuditEvent, AuditLog, Sought, Spot
from management.models import EventBody, ListOf
from management.paging import USUAL, Cursor, Limit, not_ours, page, read
from management.table import Answer, Call, Row

LINES = "application/x-ndjson"
AT_ONCE = 500
"""Events that are read at a time for a stream."""


def _moment(value: object) -> object:
    """RFC 3339, to seconds."""
    if not isinstance(value, str):
        return value
    try:
        found = datetime.fromisoformat(value)
        if found.tzinfo is not None:
            return found.timestamp()
    except (ValueError, OverflowError):
        pass
    raise refuse("must be a date and time with a zone, as 2026-01-31T12:00:00Z")


Moment = Annotated[
    float, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time", "maxLength": 40})
]
Name = Annotated[str, Field(min_length=1, max_length=512)]


class EventsSought(Part):
    """Which events; until is not among them."""

    user: Name | None = None
    flow: Name | None = None
    application: Name | None = None
    event: Name | None = None
    since: Moment | None = Field(default=None, alias="from")
    until: Moment | None = Field(default=None, alias="to")

    def sought(self) -> Sought:
        """The same for the store."""
        return Sought(self.event, self.flow, self.application, self.user, self.since, self.until)


class EventsPaged(EventsSought):
    """Which events, and which page of them."""

    limit: Limit = USUAL
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Events:
    """The rows."""

    audit: AuditLog

    def rows(self) -> list[Row]:
        """Both of them."""
        return [
            Row(
                "GET", "/audit", "audit:read", self.list, "What happened, newest first",
                query=EventsPaged, gives=ListOf(EventBody),
            ),
            Row(
                "GET", "/audit/export", "audit:read", self.export, "The same as a stream, one event a line",
                query=EventsSought, streams=LINES,
            ),
        ]  # fmt: skip

    async def list(self, call: Call) -> Answer:
        """A page."""
        limit = call.query.limit
        found = await self.audit.page(call.query.sought(), before=_spot(call.query.cursor), limit=limit + 1)
        return Answer(page(found, limit, key=lambda one: json.dumps(one[0]), shown=lambda one: asdict(one[1])))

    async def export(self, call: Call) -> Response:
        """All of it; what happens meanwhile is not in it."""
        return StreamingResponse(self._lines(call.query.sought()), media_type=LINES)

    async def _lines(self, sought: Sought) -> AsyncIterator[str]:
        before: Spot | None = None
        while found := await self.audit.page(sought, before=before, limit=AT_ONCE):
            yield "".join(_line(event) for _, event in found)
            before = found[-1][0]


def _line(event: AuditEvent) -> str:
    return json.dumps(asdict(event), ensure_ascii=False) + "\n"


def _spot(cursor: str | None) -> Spot | None:
    text = read(cursor)
    if text is None:
        return None
    try:
        found: Any = json.loads(text)
        at, number = float(found[0]), int(found[1])
    except (ValueError, TypeError, IndexError, KeyError, OverflowError, RecursionError):
        raise not_ours() from None
    if not (math.isfinite(at) and 0 <= number < 2**63):
        raise not_ours()
    return at, number
