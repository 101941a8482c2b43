"""What this face writes into the audit."""

from __future__ import annotations

from dataclasses import dataclass

from engine.ports import Audit, AuditEvent, Clock


@dataclass(frozen=True, slots=True)
class Notes:
    """Events about an application and a person."""

    audit: Audit
    clock: Clock

    async def write(
        self, name: str, application_id: str | None, *, user_id: str | None = None, why: str | None = None
    ) -> None:
        """Append an event.  Raises Busy if it cannot be written."""
        event = AuditEvent(name, self.clock(), application_id=application_id, user_id=user_id, why=why)
        await self.audit.record(event)
