"""The record of what happened, in memory: the newest events only."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from engine.ports import AuditEvent, Sought, Spot
from storage.events import MOST_EVENTS, is_sought, storable


class MemoryAudit:
    """Keeps the newest events.  most_events: older ones are forgotten beyond it."""

    def __init__(self, *, most_events: int = 100_000) -> None:
        self._events: deque[AuditEvent] = deque(maxlen=most_events)
        self._recorded = 0

    async def record(self, *events: AuditEvent) -> None:
        """Append them."""
        self._events.extend(storable(event) for event in events)
        self._recorded += len(events)

    async def recent(self, *, limit: int = 100, flow_id: str | None = None) -> Sequence[AuditEvent]:
        """The newest events first; at most MOST_EVENTS."""
        newest = (event for event in reversed(self._events) if flow_id is None or event.flow_id == flow_id)
        return [event for event, _ in zip(newest, range(max(0, min(limit, MOST_EVENTS))), strict=False)]

    async def page(self, sought: Sought, *, before: Spot | None, limit: int) -> Sequence[tuple[Spot, AuditEvent]]:
        """What is sought, newest first, from *before* on; at most MOST_EVENTS."""
        numbered = enumerate(self._events, self._recorded - len(self._events) + 1)
        found = [((event.at, number), event) for number, event in numbered if is_sought(event, sought)]
        following = sorted((one for one in found if before is None or one[0] < before), key=lambda one: one[0])
        return following[::-1][: max(0, min(limit, MOST_EVENTS))]
