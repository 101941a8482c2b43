"""An application that acts for itself (RFC 6749 §4.4): it may manage this server, as far as its registration says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from engine.model import Application
from oidc.errors import ProtocolError
from oidc.notes import Notes
from oidc.parameters import Parameters


class AdminAccess(Protocol):
    """Tokens that open the management API."""

    @property
    def life(self) -> int:
        """Seconds that a token counts."""
        ...

    async def give(self, client: Application, scopes: tuple[str, ...]) -> str:
        """A new token with *scopes*."""
        ...

    async def take_back(self, client: Application, token: str) -> bool:
        """Let it count no more; False if it is none of this client's."""
        ...


@dataclass(frozen=True, slots=True)
class ClientGrant:
    """`grant_type=client_credentials`."""

    admin: AdminAccess
    notes: Notes

    async def tokens(self, client: Application, parameters: Parameters) -> Mapping[str, Any]:
        """The token.  Raises ProtocolError: for a public client, and for a scope that it was not given."""
        if not (client.is_confidential and client.admin_scopes):
            raise ProtocolError("unauthorized_client", "this client has no admin_scopes")
        wanted = parameters.words("scope") or client.admin_scopes
        if not set(wanted) <= set(client.admin_scopes):
            raise ProtocolError("invalid_scope", "a scope is not among the admin_scopes of this client")
        scopes = tuple(dict.fromkeys(wanted))
        token = await self.admin.give(client, scopes)
        await self.notes.write("admin_access_given", client.id)
        return {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": self.admin.life,
            "scope": " ".join(scopes),
        }
