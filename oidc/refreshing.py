"""A refresh token for new tokens and the next refresh token (RFC 6749 §6), each once (RFC 9700 §4.14.2).

Whoever shows one that was used before, or loses a race for it, ends the grant: one of the two holders is a thief, and
nobody can tell which.  Clients that refresh must not do so twice at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.model import Application, User
from engine.ports import Directory
from oidc.errors import ProtocolError
from oidc.grants import Grants, HeldGrant
from oidc.issuing import Issuer
from oidc.notes import Notes
from oidc.parameters import Parameters
from oidc.redemption import OF_GRANT, checked, invalid_grant, redemption_of


@dataclass(frozen=True, slots=True)
class RefreshGrant:
    """`grant_type=refresh_token`."""

    directory: Directory
    grants: Grants
    issuer: Issuer
    notes: Notes

    async def tokens(self, client: Application, parameters: Parameters) -> Mapping[str, Any]:
        """The tokens, with a refresh token that takes the place of the one shown.  Raises ProtocolError."""
        held = await self._shown(parameters.required("refresh_token"))
        user = await self._checked(held, client, parameters)
        token = await self.grants.rotate(held)
        if token is None:
            await self._reused(held)
            raise _unusable()
        grant, wanted = held.grant, parameters.words("scope")
        scope = tuple(word for word in grant.scope if not wanted or word in wanted)
        token_id = await self.issuer.allow(grant, user, scope=scope, grant=held.id)
        await self.notes.write("tokens_refreshed", client.id, user_id=user.id)
        return await self.issuer.answer(
            grant, user, client=client, scope=scope, token_id=token_id, refresh_token=token
        )

    async def _shown(self, token: str) -> HeldGrant:
        """The grant whose newest refresh token was shown."""
        found = await self.grants.find(token)
        if found is None:
            raise _unusable()
        held, newest = found
        if not newest:
            await self._reused(held)
            raise _unusable()
        return held

    async def _checked(self, held: HeldGrant, client: Application, parameters: Parameters) -> User:
        """The user whom the tokens are about.  What another client shows was stolen from the first."""
        grant = held.grant
        redemption = await redemption_of(grant, client, parameters=parameters, directory=self.directory)
        try:
            return checked(redemption, OF_GRANT)
        except ProtocolError as error:
            if error.error == "invalid_grant":
                await self.grants.end(held.id)
            await self.notes.write("refresh_refused", client.id, user_id=grant.user_id, why=error.description)
            raise

    async def _reused(self, held: HeldGrant) -> None:
        await self.grants.end(held.id)
        await self.notes.write("refresh_token_reused", held.grant.client_id, user_id=held.grant.user_id)


def _unusable() -> ProtocolError:
    return invalid_grant("the refresh token is unknown, expired, revoked or was used before")
