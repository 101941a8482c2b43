"""What a function tells the audit before it changes something outside of the login; never a value, never a secret."""

from __future__ import annotations

from engine.ports import AuditEvent
from engine.questions import Asked

LONGEST = 500
"""Characters of one detail."""


async def tell(asked: Asked, name: str, *, user_id: str | None, **details: str) -> None:
    """Write that *name* is about to happen to that user; raises Busy, and then it must not."""
    turn = asked.turn
    event = AuditEvent(
        name,
        turn.now,
        flow_id=turn.login.id,
        application_id=turn.application.id,
        user_id=user_id,
        ip=turn.request.ip or None,
        details={key: turn.masked(value)[:LONGEST] for key, value in details.items() if value},
    )
    await asked.services.audit.record(event)
