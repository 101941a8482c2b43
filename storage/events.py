"""What of an audit event is kept: bounded, storable text, whatever a hostile request put into it."""

from __future__ import annotations

from dataclasses import replace

from engine.ports import AuditEvent, Sought
from storage.bounds import as_text

MOST_EVENTS = 1000
"""Events that one look gives at most."""
_LONGEST = 1000
_LONGER = {"difference": 16_384}
"""What an admin changed, line by line, which nobody else can write."""
_MOST_DETAILS = 32


def is_sought(event: AuditEvent, sought: Sought) -> bool:
    """Whether *event* is one of those that are sought."""
    words = ("name", "flow_id", "application_id", "user_id")
    fits = all(getattr(sought, word) in (None, getattr(event, word)) for word in words)
    since, until = sought.since, sought.until
    return fits and (since is None or event.at >= since) and (until is None or event.at < until)


def storable(event: AuditEvent) -> AuditEvent:
    """*event* with every text cut and cleaned, at most 32 details.  The event itself is never refused."""
    details = list(event.details.items())[:_MOST_DETAILS]
    return replace(
        event,
        name=as_text(event.name, longest=_LONGEST),
        at=float(event.at),
        flow_id=_cleaned(event.flow_id),
        application_id=_cleaned(event.application_id),
        user_id=_cleaned(event.user_id),
        username=_cleaned(event.username),
        ip=_cleaned(event.ip),
        why=_cleaned(event.why),
        details={as_text(str(k), longest=_LONGEST): _detail(str(k), str(v)) for k, v in details},
    )


def _detail(name: str, value: str) -> str:
    return as_text(value, longest=_LONGER.get(name, _LONGEST))


def _cleaned(text: str | None) -> str | None:
    return None if text is None else as_text(text, longest=_LONGEST)
