"""The sample application's own sessions, in memory: who is signed in here, and which sign-ins are under way.

They say nothing about the session at the login server.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from demo.relying_party import Pending

LIFE = 3600
"""Seconds a session lasts."""
MOST_SESSIONS = 10_000
MOST_PENDING = 5
"""Sign-ins one browser may have under way at once (tabs)."""


@dataclass(slots=True)
class Session:
    """One browser's.  claims: of the verified ID token, None while nobody is signed in."""

    expires_at: float
    claims: Mapping[str, Any] | None = None
    pending: dict[str, Pending] = field(default_factory=dict)


class Sessions:
    """The sessions by their id, which only the browser's cookie holds."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._sessions: dict[str, Session] = {}

    def find(self, session_id: str | None) -> Session | None:
        """The live session with that id."""
        session = self._sessions.get(session_id or "")
        return session if session is not None and self._clock() < session.expires_at else None

    def remember(self, session_id: str | None, pending: Pending) -> str:
        """Note a sign-in under way, in the browser's session or in a new one; gives the session's id."""
        session = self.find(session_id)
        if session is None or session_id is None:
            session_id, session = self._new()
        session.pending[pending.state] = pending
        while len(session.pending) > MOST_PENDING:
            del session.pending[next(iter(session.pending))]
        return session_id

    def take(self, session_id: str | None, state: str) -> Pending | None:
        """The sign-in this browser began with that state, once."""
        session = self.find(session_id)
        return session.pending.pop(state, None) if session is not None else None

    def sign_in(self, session_id: str | None, claims: Mapping[str, Any]) -> str:
        """A new session for the person, in place of the old one; gives its id."""
        self.end(session_id)
        session_id, session = self._new()
        session.claims = claims
        return session_id

    def end(self, session_id: str | None) -> None:
        """Forget a session."""
        self._sessions.pop(session_id or "", None)

    def _new(self) -> tuple[str, Session]:
        now = self._clock()
        if len(self._sessions) >= MOST_SESSIONS:
            self._sessions = {key: session for key, session in self._sessions.items() if now < session.expires_at}
        while len(self._sessions) >= MOST_SESSIONS:
            del self._sessions[next(iter(self._sessions))]
        session_id = secrets.token_urlsafe(32)
        self._sessions[session_id] = Session(now + LIFE)
        return session_id, self._sessions[session_id]
