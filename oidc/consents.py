"""What a person allowed which application to know: remembered for a year, and what still waits for their word."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

import msgspec

from engine.errors import Busy
from engine.layouts import Layout
from engine.model import LoginResult
from engine.ports import Clock, StateStore
from engine.sessions import key_of

REMEMBERED: Final = 365 * 86400
"""Seconds after which a person is asked again."""
WAITS: Final = 300
"""Seconds in which a person may answer."""

_ALLOWED: Final = "consent"
_OPEN: Final = "consent-asked"


class Allowed(msgspec.Struct, frozen=True):
    """What was allowed: scopes and single claims.  at: seconds."""

    client_id: str
    scope: tuple[str, ...]
    at: float
    format: int = 1


class OpenQuestion(msgspec.Struct, frozen=True):
    """A login that ended well and waits for the person's word.

    session: the id of the session it began; token: what the page's form must bring.
    """

    result: LoginResult
    session: str
    scope: tuple[str, ...]
    token: str
    format: int = 1


_allowed = Layout(Allowed)
_open = Layout(OpenQuestion)


class Consents:
    """The store of both."""

    def __init__(self, state: StateStore, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    async def covers(self, user_id: str, client_id: str, scope: tuple[str, ...]) -> bool:
        """Whether the person allowed all of *scope* before."""
        return set(scope) <= set(await self._allowed(user_id, client_id))

    async def remember(self, user_id: str, client_id: str, scope: tuple[str, ...]) -> None:
        """The person allowed it, besides what they allowed before."""
        now, key = self._clock(), _key(user_id, client_id)
        scope = tuple(dict.fromkeys((*await self._allowed(user_id, client_id), *scope)))
        await self._state.forget(_ALLOWED, key)
        value = _allowed.write(Allowed(client_id, scope, now))
        await self._state.create(_ALLOWED, key, value, expires_at=now + REMEMBERED, owner=user_id)

    async def ask(self, result: LoginResult, scope: tuple[str, ...]) -> str:
        """Keep a login until the person has answered; gives the question's id."""
        question = OpenQuestion(
            msgspec.structs.replace(result, session=None),
            session=key_of(result.session or ""),
            scope=scope,
            token=secrets.token_urlsafe(24),
        )
        key = hashlib.sha256(b"consent\0" + result.ticket.encode()).hexdigest()
        if await self._state.read(_OPEN, key) is None:
            expires_at = self._clock() + WAITS
            if not await self._state.create(_OPEN, key, _open.write(question), expires_at=expires_at):
                raise Busy("a question was not stored")
        return key

    async def question(self, key: str) -> OpenQuestion | None:
        """The question, as it stands."""
        stored = await self._state.read(_OPEN, key)
        return _open.read(stored.value) if stored is not None else None

    async def answered(self, key: str) -> OpenQuestion | None:
        """Take the question, once: of any number of answers one counts."""
        taken = await self._state.take(_OPEN, key)
        return _open.read(taken.value) if taken is not None else None

    async def _allowed(self, user_id: str, client_id: str) -> tuple[str, ...]:
        stored = await self._state.read(_ALLOWED, _key(user_id, client_id))
        allowed = _allowed.read(stored.value) if stored is not None else None
        return allowed.scope if allowed is not None and allowed.client_id == client_id else ()


def _key(user_id: str, client_id: str) -> str:
    return hashlib.sha256(f"{user_id}\0{client_id}".encode()).hexdigest()
