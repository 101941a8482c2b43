"""The token endpoint: which client asks, and for which kind of grant (RFC 6749 §3.2)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from engine.model import Application
from oidc.answers import private_json, refusal_json
from oidc.client_credentials import ClientGrant
from oidc.clients import Clients
from oidc.errors import ProtocolError
from oidc.parameters import Parameters
from oidc.redeeming import CodeGrant
from oidc.refreshing import RefreshGrant

GRANT_TYPES = ("authorization_code", "refresh_token", "client_credentials")

_log = logging.getLogger("doorstep.oidc")


@dataclass(frozen=True, slots=True)
class TokenEndpoint:
    """`POST /oauth2/token`."""

    clients: Clients
    code: CodeGrant
    refresh: RefreshGrant
    client: ClientGrant

    async def answer(self, request: Request) -> Response:
        """Tokens, or an error in the words of RFC 6749 §5.2.  Raises Busy if a store cannot be reached."""
        try:
            client, parameters = await self.clients.of(request)
            return private_json(await self._grant(client, parameters))
        except ProtocolError as error:
            _log.info("token refused: %s", error)
            return refusal_json(error)

    async def _grant(self, client: Application, parameters: Parameters) -> Mapping[str, Any]:
        match parameters.required("grant_type"):
            case "authorization_code":
                return await self.code.tokens(client, parameters)
            case "refresh_token":
                return await self.refresh.tokens(client, parameters)
            case "client_credentials":
                return await self.client.tokens(client, parameters)
            case _:
                raise ProtocolError("unsupported_grant_type", f"supported are {', '.join(GRANT_TYPES)}")
