"""Single sign-on: what a browser has already proven, remembered on the server.

A session is a ledger that outlives its login.  Whether a fact in it still counts is looked at each time it is used.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence

import msgspec

from engine.layouts import Layout
from engine.model import Application, Device, Fact, RequestFacts, Session, SignedIn, User
from engine.ports import Clock, StateStore, Stored

KIND = "session"
KIND_REPLACED = "session-replaced"
FORMAT = 4
IDLE = 3600
"""Seconds without use after which a session ends."""
ABSOLUTE = 12 * 3600
"""Seconds after which a session ends whatever happens."""
AFTERMATH = 60
"""Seconds for which the cookie of a replaced session still signs out what took its place, and does nothing else."""
MOST_APPLICATIONS = 50
"""Applications that one session remembers, those used last."""
LONGEST_AGENT = 512
"""Characters of a User-Agent that are remembered."""


class Left(msgspec.Struct, frozen=True):
    """What is kept of a session whose place another has taken."""

    user_id: str
    chain: str
    format: int = 1


_layout = Layout(Session, number=FORMAT)
_left = Layout(Left)


def key_of(cookie: str) -> str:
    """What the store keeps of a session cookie's value."""
    return hashlib.sha256(cookie.encode("utf-8", "surrogatepass")).hexdigest()


def counts(fact: Fact, user: User | None) -> bool:
    """Whether a fact still stands: its user is live and has changed no credential since."""
    return (
        user is not None
        and user.live
        and fact.user_id == user.id
        and fact.credential_version == user.credential_version
    )


def stands(fact: Fact, user: User | None, *, devices: Iterable[Device]) -> bool:
    """Whether it counts, and the device that proved it, if one did, is still the user's."""
    enrolled = {f"device:{device.id}" for device in devices}
    return counts(fact, user) and (not fact.credential.startswith("device:") or fact.credential in enrolled)


Ended = Callable[[Session], Awaitable[None]]
"""Is told of each session that is over before its time."""


class Sessions:
    """The store of sessions.  ended: is told of those that somebody ends."""

    def __init__(self, state: StateStore, clock: Clock, ended: Ended | None = None) -> None:
        self._state = state
        self._clock = clock
        self._ended = ended

    async def read(self, cookie: str | None) -> Session | None:
        """The live session of that cookie value, or None."""
        stored = await self._state.read(KIND, key_of(cookie)) if cookie else None
        if stored is None:
            return None
        return _live(stored, self._clock())

    async def lives(self, session: Session) -> bool:
        """Whether *session*, as a login read it, still is one, or another that took its place since."""
        return any(one.chain == session.chain for one in await self.of_user(session.user_id))

    async def begin(
        self,
        user: User,
        facts: tuple[Fact, ...],
        *,
        replaces: Session | None,
        request: RequestFacts,
        application: Application,
    ) -> tuple[str, Session]:
        """A new session with a new id; gives the cookie's value, and the session.

        The one it replaces must be ended once the login is stored, not before: it may still be lost.
        """
        cookie = secrets.token_urlsafe(32)
        same = replaces if replaces is not None and replaces.user_id == user.id else None
        session = self._next(same, user, facts, cookie=cookie, request=request, application=application)
        await self._keep(session)
        # Looked at after the new one is kept: whoever ends the chain meanwhile finds it, or is found here.
        if same is not None and not any(one.chain == same.chain for one in await self._others(session)):
            await self.end(session)  # what it remembered ended while the login went on
            own = tuple(fact for fact in facts if fact not in same.facts)
            session = self._next(None, user, own, cookie=cookie, request=request, application=application)
            await self._keep(session)
        return cookie, session

    def _next(
        self,
        same: Session | None,
        user: User,
        facts: tuple[Fact, ...],
        *,
        cookie: str,
        request: RequestFacts,
        application: Application,
    ) -> Session:
        """The session after *same*, or the first of its chain."""
        now = self._clock()
        return Session(
            id=key_of(cookie),
            user_id=user.id,
            username=user.username,
            facts=_newest((*(same.facts if same else ()), *facts)),
            began_at=same.began_at if same else now,
            used_at=now,
            chain=same.chain if same else secrets.token_urlsafe(16),
            ip=request.ip,
            user_agent=request.user_agent[:LONGEST_AGENT],
            applications=_used(
                same.applications if same else (),
                SignedIn(application.id, application.name, user.username, _factors(facts)),
            ),
            format=FORMAT,
        )

    async def _keep(self, session: Session) -> None:
        expires_at = min(session.used_at + IDLE, session.began_at + ABSOLUTE)
        written = _layout.write(session)
        await self._state.create(KIND, session.id, written, expires_at=expires_at, owner=session.user_id)

    async def _others(self, session: Session) -> list[Session]:
        return [one for one in await self.of_user(session.user_id) if one.id != session.id]

    async def end(self, session: Session) -> None:
        """End a session at once."""
        await self._state.forget(KIND, session.id)

    async def replaced(self, session: Session) -> None:
        """End a session whose place another has taken."""
        left = _left.write(Left(session.user_id, session.chain))
        await self._state.create(KIND_REPLACED, session.id, left, expires_at=self._clock() + AFTERMATH)
        await self.end(session)

    async def to_leave(self, cookie: str | None) -> Session | None:
        """The session that who shows this cookie signs out of: its own, or the one that has just taken its place."""
        session = await self.read(cookie)
        if session is not None or not cookie:
            return session
        stored = await self._state.read(KIND_REPLACED, key_of(cookie))
        left = _left.read(stored.value) if stored is not None else None
        if left is None:
            return None
        return next((one for one in await self.of_user(left.user_id) if one.chain == left.chain), None)

    async def end_chain(self, user_id: str, chain: str) -> bool:
        """End the user's session of that name, and what took its place meanwhile; False if there is none."""
        found = False
        while named := [session for session in await self.of_user(user_id) if session.chain == chain]:
            found = True
            for session in named:
                await self._end_and_tell(session)
        return found

    async def end_void(self, user_id: str, user: User | None, *, devices: Sequence[Device]) -> None:
        """End those sessions of *user* (None: gone) in which a proof counts no more."""
        for session in await self.of_user(user_id):
            if not all(stands(fact, user, devices=devices) for fact in session.facts):
                await self._end_and_tell(session)

    async def _end_and_tell(self, session: Session) -> None:
        """Whoever takes it away tells; so it is told once."""
        if await self._state.take(KIND, session.id) is not None and self._ended is not None:
            await self._ended(session)

    async def of_user(self, user_id: str) -> list[Session]:
        """The user's live sessions, oldest first."""
        now = self._clock()
        found = [_live(stored, now) for stored in await self._state.owned(KIND, user_id)]
        return [session for session in found if session is not None and session.user_id == user_id]


def _live(stored: Stored, now: float) -> Session | None:
    """The session in a record, or None if its time is over or it cannot be read."""
    session = _layout.read(stored.value)
    if session is None:
        return None
    return session if now < session.used_at + IDLE and now < session.began_at + ABSOLUTE else None


def _used(before: tuple[SignedIn, ...], now: SignedIn) -> tuple[SignedIn, ...]:
    """The applications of a session, this one last."""
    others = [one for one in before if one.application_id != now.application_id]
    return (*others, now)[-MOST_APPLICATIONS:]


def _factors(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.authenticator for fact in facts))


def _newest(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """One fact an authenticator: the newest."""
    return tuple({fact.authenticator: fact for fact in sorted(facts, key=lambda fact: fact.at)}.values())
