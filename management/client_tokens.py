"""Tokens of applications that manage the server for themselves: short-lived, and good only while the application is
enabled, has the scopes, and proves itself by what it did then.  Knows no HTTP."""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

import msgspec

from engine.errors import Busy
from engine.layouts import Layout
from engine.model import Application
from engine.ports import Clock, Configuration, StateStore
from management.tokens import AdminToken

KIND = "admin_access"
LIFE = 600
"""Seconds that a token counts."""

_TOKEN = re.compile(r"dsa_([0-9a-f]{32})_([A-Za-z0-9_-]{43})")


class Given(msgspec.Struct, frozen=True):
    """What is stored of a token.  digest: SHA-256 of its secret part; proof: of what the application is known by."""

    application_id: str
    scopes: tuple[str, ...]
    digest: bytes
    proof: bytes
    given_at: float
    expires_at: float
    format: int = 1


_layout = Layout(Given)


@dataclass(frozen=True, slots=True)
class ClientTokens:
    """All of them."""

    life: ClassVar[int] = LIFE

    state: StateStore
    configuration: Configuration
    clock: Clock

    async def give(self, client: Application, scopes: tuple[str, ...]) -> str:
        """A new token with *scopes*.  Raises Busy if it cannot be stored."""
        token_id, secret, now = secrets.token_hex(16), secrets.token_urlsafe(32), self.clock()
        given = Given(client.id, scopes, _digest(secret), _proof(client), now, now + LIFE)
        if not await self.state.create(KIND, token_id, _layout.write(given), expires_at=given.expires_at):
            raise Busy("a token was not stored")
        return f"dsa_{token_id}_{secret}"

    async def verified(self, text: str) -> AdminToken | None:
        """The token that *text* is, as long as it is good, with those of its scopes that the application still has."""
        found = await self._found(text)
        if found is None:
            return None
        application = await self.configuration.application(found.application_id)
        if application is None or not application.enabled or not hmac.compare_digest(_proof(application), found.proof):
            return None
        scopes = frozenset(found.scopes) & frozenset(application.admin_scopes)
        who = f"application:{application.id}"
        return AdminToken(who, application.name, scopes, found.given_at, found.expires_at)

    async def take_back(self, client: Application, token: str) -> bool:
        """Let it count no more; False if it is none of this client's."""
        found = await self._found(token)
        if found is None or found.application_id != client.id:
            return False
        await self.state.forget(KIND, token.split("_")[1])
        return True

    async def _found(self, text: str) -> Given | None:
        match = _TOKEN.fullmatch(text)
        stored = await self.state.read(KIND, match[1]) if match is not None else None
        given = _layout.read(stored.value) if stored is not None else None
        if match is None or given is None or given.expires_at <= self.clock():
            return None
        return given if hmac.compare_digest(_digest(match[2]), given.digest) else None


def _digest(secret: str) -> bytes:
    """The secret is 256 random bits, so one hash does."""
    return sha256(secret.encode()).digest()


def _proof(application: Application) -> bytes:
    return sha256(msgspec.json.encode([application.secret_hash, application.keys])).digest()
