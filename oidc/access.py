"""What is kept of each access token, so that it can be revoked: no record, no access."""

from __future__ import annotations

import msgspec

from engine.errors import Busy
from engine.layouts import Layout
from engine.ports import StateStore
from oidc.grants import Grants

KIND = "access-token"


class Access(msgspec.Struct, frozen=True):
    """What an access token lets its holder read.  credential_version: the user's; issued_at, expires_at: seconds.

    grant: the grant it came from, without which it does not count; None if it came from a code alone.
    asked: claims that it opens besides those of its scope.  auth_time, amr: when and how the person was proven.
    """

    client_id: str
    user_id: str
    credential_version: int
    scope: tuple[str, ...]
    issued_at: float
    expires_at: float
    grant: str | None = None
    claims: dict[str, str] = msgspec.field(default_factory=dict)
    asked: tuple[str, ...] = ()
    auth_time: float = 0.0
    amr: tuple[str, ...] = ()
    format: int = 1


_layout = Layout(Access)


class AccessTokens:
    """The store of access tokens that are alive.  token_id: their `jti`."""

    def __init__(self, state: StateStore, grants: Grants) -> None:
        self._state = state
        self._grants = grants

    async def keep(self, token_id: str, access: Access) -> None:
        """Make the token count from now on.  Raises Busy if the store does not take it."""
        value = _layout.write(access)
        if not await self._state.create(KIND, token_id, value, expires_at=access.expires_at, owner=access.user_id):
            raise Busy("an access token was not stored")

    async def find(self, token_id: str) -> Access | None:
        """What the token gives, or None if it is expired, revoked, or lost with the store."""
        stored = await self._state.read(KIND, token_id)
        access = _layout.read(stored.value) if stored is not None else None
        if access is None or (access.grant is not None and not await self._grants.lives(access.grant)):
            return None
        return access

    async def revoke(self, token_id: str) -> None:
        """Make the token count no more."""
        await self._state.forget(KIND, token_id)
