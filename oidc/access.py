"""What is kept of each access token, so that it can be revoked: no record, no access."""

from __future__ import annotations

import msgspec

from engine.errors import Busy
from engine.ports import StateStore

KIND = "access-token"


class Access(msgspec.Struct, frozen=True):
    """What an access token lets its holder read.  credential_version: the user's; expires_at: seconds."""

    client_id: str
    user_id: str
    credential_version: int
    scope: tuple[str, ...]
    expires_at: float
    claims: dict[str, str] = msgspec.field(default_factory=dict)
    format: int = 1


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Access)


class AccessTokens:
    """The store of access tokens that are alive.  token_id: their `jti`."""

    def __init__(self, state: StateStore) -> None:
        self._state = state

    async def keep(self, token_id: str, access: Access) -> None:
        """Make the token count from now on.  Raises Busy if the store does not take it."""
        value = _encoder.encode(access)
        if not await self._state.create(KIND, token_id, value, expires_at=access.expires_at, owner=access.user_id):
            raise Busy("an access token was not stored")

    async def find(self, token_id: str) -> Access | None:
        """What the token gives, or None if it is expired, revoked, or lost with the store."""
        stored = await self._state.read(KIND, token_id)
        if stored is None:
            return None
        try:
            access = _decoder.decode(stored.value)
        except msgspec.DecodeError:
            return None
        return access if access.format == 1 else None

    async def revoke(self, token_id: str) -> None:
        """Make the token count no more."""
        await self._state.forget(KIND, token_id)
