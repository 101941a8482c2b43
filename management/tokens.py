"""Tokens of admins' programs: made at a terminal, shown once, kept as a hash, good for some scopes and some time.

They lie among the sealed secrets of the configuration, where no script can name them.  Knows no HTTP.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from engine.ports import Clock, ConfigurationChange, ConfigurationStore

PREFIX = "admin.token."
"""Of the stored secrets that hold them."""

_TOKEN = re.compile(r"dst_([0-9a-f]{16})_([A-Za-z0-9_-]{43})")


class Kept(msgspec.Struct, frozen=True):
    """What is stored of a token.  digest: SHA-256 of its secret part, hex; times: seconds since the epoch."""

    name: str
    scopes: tuple[str, ...]
    digest: str
    made_at: float
    expires_at: float


@dataclass(frozen=True, slots=True)
class AdminToken:
    """A token that is known.  name: what its maker called it."""

    id: str
    name: str
    scopes: frozenset[str]
    made_at: float
    expires_at: float


class AdminTokens:
    """All of them."""

    def __init__(self, configuration: ConfigurationStore, clock: Clock) -> None:
        self._configuration = configuration
        self._clock = clock

    async def make(self, name: str, scopes: frozenset[str], *, days: int) -> tuple[AdminToken, str]:
        """A new token and its text, which is told this once.  scopes: of engine.admin_scopes."""
        token_id, secret, now = secrets.token_hex(8), secrets.token_urlsafe(32), self._clock()
        kept = Kept(name, tuple(sorted(scopes)), _digest(secret), now, now + days * 86400.0)
        value = msgspec.json.encode(kept).decode()
        await self._configuration.commit(ConfigurationChange(secrets={PREFIX + token_id: value}))
        return _token(token_id, kept), f"dst_{token_id}_{secret}"

    async def verified(self, text: str) -> AdminToken | None:
        """The token that *text* is, as long as it is good."""
        match = _TOKEN.fullmatch(text)
        kept = await self._kept(match[1]) if match is not None else None
        if match is None or kept is None:
            return None
        is_it = hmac.compare_digest(_digest(match[2]), kept.digest)
        return _token(match[1], kept) if is_it and self._clock() < kept.expires_at else None

    async def all(self) -> list[AdminToken]:
        """Those that are stored, expired ones too, oldest first."""
        names = [name for name in await self._configuration.secret_names() if name.startswith(PREFIX)]
        found = [(name.removeprefix(PREFIX), await self._kept(name.removeprefix(PREFIX))) for name in names]
        return sorted((_token(id_, kept) for id_, kept in found if kept), key=lambda token: token.made_at)

    async def revoke(self, token_id: str) -> bool:
        """Let it be good for nothing any more; False if there is no such token."""
        if PREFIX + token_id not in await self._configuration.secret_names():
            return False
        await self._configuration.commit(ConfigurationChange(secrets={PREFIX + token_id: None}))
        return True

    async def _kept(self, token_id: str) -> Kept | None:
        value = await self._configuration.secret(PREFIX + token_id)
        try:
            return msgspec.json.decode(value, type=Kept) if value is not None else None
        except msgspec.DecodeError:
            return None


def _digest(secret: str) -> str:
    """The secret is 256 random bits, so one hash does."""
    return sha256(secret.encode()).hexdigest()


def _token(token_id: str, kept: Kept) -> AdminToken:
    return AdminToken(token_id, kept.name, frozenset(kept.scopes), kept.made_at, kept.expires_at)
