"""Who uses an application that stands behind a proxy and speaks no protocol: sign-ins begun there, and visits.

A visit is kept for the browser at the application's own host; the store knows only the hash of its cookie.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

import msgspec

from engine.errors import Busy
from engine.layouts import Layout
from engine.model import Session, User
from engine.ports import Clock, StateStore
from oidc.codes import IssuedCode

BEGUN_FOR: Final = 600
"""Seconds a person may take to sign in."""
LONGEST: Final = 12 * 3600
"""Seconds after which a visit ends: then the session decides whether anything is asked."""

_BEGUN: Final = "visit-begun"
_VISIT: Final = "visit"


class Begun(msgspec.Struct, frozen=True):
    """A sign-in under way.  browser: SHA-256 of the cookie that began it; to: the path to go back to."""

    application_id: str
    browser: str
    verifier: str
    to: str
    format: int = 1


class Visit(msgspec.Struct, frozen=True):
    """A person at an application.  sid: the session it came from, with which it ends."""

    application_id: str
    user_id: str
    credential_version: int
    sid: str
    acr: str | None
    claims: dict[str, str]
    format: int = 1


_begun = Layout(Begun)
_visit = Layout(Visit)


class Visits:
    """The store of both."""

    def __init__(self, state: StateStore, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    async def begin(self, begun: Begun) -> str:
        """Keep a sign-in that begins; gives its `state` (RFC 6749 §10.12)."""
        key, expires_at = secrets.token_urlsafe(24), self._clock() + BEGUN_FOR
        if not await self._state.create(_BEGUN, key, _begun.write(begun), expires_at=expires_at):
            raise Busy("a sign-in was not stored")
        return key

    async def begun(self, state: str) -> Begun | None:
        """The sign-in of that `state`, once."""
        taken = await self._state.take(_BEGUN, state)
        return _begun.read(taken.value) if taken is not None else None

    async def admit(self, code: IssuedCode, user: User) -> str:
        """Begin a visit; gives the value of its cookie."""
        cookie = secrets.token_urlsafe(32)
        visit = Visit(
            application_id=code.client_id,
            user_id=user.id,
            credential_version=user.credential_version,
            sid=code.sid or "",
            acr=code.acr,
            claims=code.claims,
        )
        key, value = digest(cookie), _visit.write(visit)
        expires_at, owner = self._clock() + LONGEST, _owner(visit.sid)
        if not await self._state.create(_VISIT, key, value, expires_at=expires_at, owner=owner):
            raise Busy("a visit was not stored")
        return cookie

    async def find(self, cookie: str) -> Visit | None:
        """The visit of that cookie, if it has not ended."""
        stored = await self._state.read(_VISIT, digest(cookie))
        return _visit.read(stored.value) if stored is not None else None

    async def ended(self, session: Session) -> None:
        """End all visits that came from *session*."""
        for stored in await self._state.owned(_VISIT, _owner(session.chain)):
            await self._state.forget(_VISIT, stored.key)


def digest(cookie: str) -> str:
    """What the store keeps of a cookie's value."""
    return hashlib.sha256(cookie.encode("utf-8", "surrogatepass")).hexdigest()


def _owner(sid: str) -> str:
    return f"visits of {sid}"
