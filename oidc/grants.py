"""Grants: what an application may do for a person beyond one code, kept for as long as its refresh tokens rotate.

A grant is the family of its refresh tokens.  Only the newest of them counts, and the store knows only its SHA-256;
whoever shows an older one ends the whole family (RFC 9700 §4.14.2).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence, Set
from dataclasses import dataclass

import msgspec

from engine.errors import Busy
from engine.layouts import Layout
from engine.model import Device, User
from engine.ports import Clock, StateStore
from oidc.claims_request import ClaimsRequest

KIND = "grant"
IDLE = 14 * 24 * 3600
"""Seconds without a refresh after which a grant ends."""
ABSOLUTE = 90 * 24 * 3600
"""Seconds after which a grant ends however often it is refreshed: then the person signs in again."""
LONGEST_TOKEN = 128


class Grant(msgspec.Struct, frozen=True):
    """What was granted when the person signed in, and which refresh token counts now.

    credentials: what proved the person, with the credential version then.  current: the token's SHA-256, hex;
    auth_time, began_at, expires_at: seconds.
    """

    client_id: str
    user_id: str
    scope: tuple[str, ...]
    credentials: tuple[tuple[str, int], ...]
    auth_time: float
    amr: tuple[str, ...]
    began_at: float
    expires_at: float
    current: str
    acr: str | None = None
    sid: str | None = None
    claims: dict[str, str] = msgspec.field(default_factory=dict)
    asked: ClaimsRequest = ClaimsRequest()
    format: int = 1


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A grant as it was read; it is changed only while it still is so."""

    id: str
    revision: int
    grant: Grant


_layout = Layout(Grant)


def new_id() -> str:
    """The id of a new grant: 128 random bits."""
    return secrets.token_urlsafe(16)


def new_token(grant_id: str) -> tuple[str, str]:
    """A refresh token with 256 random bits, and what is kept of it."""
    token = f"{grant_id}.{secrets.token_urlsafe(32)}"
    return token, _digest(token)


class Grants:
    """The store of grants."""

    def __init__(self, state: StateStore, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    async def add(self, grant_id: str, grant: Grant) -> None:
        """Keep a new grant.  Raises Busy if the store does not take it."""
        expires_at = _until(grant, self._clock())
        if not await self._state.create(
            KIND, grant_id, _layout.write(grant), expires_at=expires_at, owner=grant.user_id
        ):
            raise Busy("a grant was not stored")

    async def lives(self, grant_id: str) -> bool:
        """Whether there is such a grant still."""
        return await self._read(grant_id) is not None

    async def find(self, token: str) -> tuple[HeldGrant, bool] | None:
        """The grant a refresh token belongs to, and whether the token is its newest; None if there is none."""
        grant_id, dot, _ = token.partition(".")
        if not dot or len(token) > LONGEST_TOKEN or not token.isascii():
            return None
        held = await self._read(grant_id)
        return (held, hmac.compare_digest(_digest(token), held.grant.current)) if held is not None else None

    async def rotate(self, held: HeldGrant) -> str | None:
        """A new refresh token in place of the newest one; None if another was quicker."""
        token, current = new_token(held.id)
        grant = msgspec.structs.replace(held.grant, current=current)
        expires_at = _until(grant, self._clock())
        value = _layout.write(grant)
        replaced = await self._state.replace(KIND, held.id, value, revision=held.revision, expires_at=expires_at)
        return token if replaced else None

    async def end(self, grant_id: str) -> None:
        """End the grant: neither its refresh tokens nor its access tokens count any more."""
        await self._state.forget(KIND, grant_id)

    async def end_void(self, user_id: str, user: User | None, *, devices: Sequence[Device]) -> None:
        """End those grants of *user* (None: gone) that rest on a credential that counts no more."""
        enrolled = {f"device:{device.id}" for device in devices}
        for stored in await self._state.owned(KIND, user_id):
            grant = _layout.read(stored.value)
            if grant is not None and not _stands(grant, user, enrolled=enrolled):
                await self.end(stored.key)

    async def _read(self, grant_id: str) -> HeldGrant | None:
        stored = await self._state.read(KIND, grant_id)
        grant = _layout.read(stored.value) if stored is not None else None
        if stored is None or grant is None or grant.expires_at <= self._clock():
            return None
        return HeldGrant(stored.key, stored.revision, grant)


def _stands(grant: Grant, user: User | None, *, enrolled: Set[str]) -> bool:
    return (
        user is not None
        and user.live
        and all(version == user.credential_version for _, version in grant.credentials)
        and all(name in enrolled for name, _ in grant.credentials if name.startswith("device:"))
    )


def _until(grant: Grant, now: float) -> float:
    return min(now + IDLE, grant.expires_at)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
