"""The revocation endpoint: a client gives a token back (RFC 7009)."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from engine.model import Application
from oidc.answers import PRIVATE, refusal_json
from oidc.client_credentials import AdminAccess
from oidc.clients import Clients
from oidc.errors import ProtocolError
from oidc.held import HeldTokens, ShownAccess, ShownRefresh
from oidc.notes import Notes

_log = logging.getLogger("doorstep.oidc")


@dataclass(frozen=True, slots=True)
class RevocationEndpoint:
    """`POST /oauth2/revoke`.  A refresh token ends its grant, and with it every access token of the grant (§2.1)."""

    clients: Clients
    held: HeldTokens
    admin: AdminAccess
    notes: Notes

    async def answer(self, request: Request) -> Response:
        """200 whether there was such a token or not (§2.2); an error for who asks, or for another client's token."""
        try:
            client, parameters = await self.clients.of(request)
            await self._revoke(client, parameters.required("token"))
        except ProtocolError as error:
            _log.info("revocation refused: %s", error)
            return refusal_json(error)
        return Response(status_code=200, headers=PRIVATE)

    async def _revoke(self, client: Application, token: str) -> None:
        shown = await self.held.find(token)
        if shown is None:
            if await self.admin.take_back(client, token):
                await self.notes.write("token_revoked", client.id)
            return
        if shown.client_id != client.id:
            raise ProtocolError("invalid_request", "the token is not this client's")
        match shown:
            case ShownRefresh(id=grant_id):
                await self.held.grants.end(grant_id)
            case ShownAccess(id=token_id):
                await self.held.access.revoke(token_id)
        await self.notes.write("token_revoked", client.id, user_id=shown.user_id)
