"""The introspection endpoint: whether a token counts right now (RFC 7662), told only to the client it was given to."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from engine.model import Application, User
from engine.ports import Directory
from oidc.answers import private_json, refusal_json
from oidc.clients import Clients, refused_client
from oidc.errors import ProtocolError
from oidc.held import HeldTokens, ShownAccess, ShownRefresh

_log = logging.getLogger("doorstep.oidc")
_INACTIVE: Mapping[str, Any] = {"active": False}
"""All that is said of a token that does not count, or is another's (§2.2)."""


@dataclass(frozen=True, slots=True)
class IntrospectionEndpoint:
    """`POST /oauth2/introspect`."""

    clients: Clients
    held: HeldTokens
    directory: Directory
    issuer: str

    async def answer(self, request: Request) -> Response:
        """What the token allows, or that it counts no more.  Public clients are refused: anybody could be one."""
        try:
            client, parameters = await self.clients.of(request)
            if not client.is_confidential:
                raise refused_client()
            return private_json(await self._told(client, parameters.required("token")))
        except ProtocolError as error:
            _log.info("introspection refused: %s", error)
            return refusal_json(error)

    async def _told(self, client: Application, token: str) -> Mapping[str, Any]:
        shown = await self.held.find(token)
        if shown is None or shown.client_id != client.id:
            return _INACTIVE
        user = await self.directory.user(shown.user_id)
        if user is None or not user.live:
            return _INACTIVE
        return self._described(shown, user)

    def _described(self, shown: ShownAccess | ShownRefresh, user: User) -> Mapping[str, Any]:
        match shown:
            case ShownAccess(access=access):
                if access.credential_version != user.credential_version:
                    return _INACTIVE
                scope, begins, ends = access.scope, access.issued_at, access.expires_at
                kind = {"token_type": "Bearer"}
            case ShownRefresh(grant=grant, newest=newest):
                if not newest or any(version != user.credential_version for _, version in grant.credentials):
                    return _INACTIVE
                scope, begins, ends = grant.scope, grant.began_at, grant.expires_at
                kind = {}
        return {
            "active": True,
            "iss": self.issuer,
            "sub": user.id,
            "username": user.username,
            "client_id": shown.client_id,
            "scope": " ".join(scope),
            "iat": int(begins),
            "exp": int(ends),
            **kind,
        }
