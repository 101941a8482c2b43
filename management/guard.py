"""Who may do what: each route names the scope it wants, and lets in nobody without a token that has it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from engine.ports import Configuration
from management.client_tokens import ClientTokens
from management.tokens import AdminToken, AdminTokens
from web.refusals import Refusal

PREFIXES = ("", "/t/{tenant}")
SUPER = "carbon.super"

Endpoint = Callable[[Request, AdminToken], Awaitable[Response]]

_BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/-]+=*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Guard:
    """Puts routes behind tokens (RFC 6750 §2.1: in the header, and nowhere else)."""

    tokens: AdminTokens
    clients: ClientTokens
    configuration: Configuration

    def routes(self, path: str, methods: Mapping[str, tuple[str, Endpoint]]) -> list[Route]:
        """The route under each prefix: by method the scope that is wanted, and the endpoint."""

        async def guarded(request: Request) -> Response:
            scope, endpoint = methods["GET" if request.method == "HEAD" else request.method]
            token = await self.let_in(request, scope)
            await self._refuse_other_tenants(request)
            response = await endpoint(request, token)
            response.headers["Cache-Control"] = "no-store"
            return response

        return [Route(prefix + path, guarded, methods=[*methods]) for prefix in PREFIXES]

    async def let_in(self, request: Request, scope: str) -> AdminToken:
        """The token that the request shows.  Raises 401 without a good one, 403 without *scope*."""
        headers = request.headers.getlist("authorization")
        if not headers:
            raise _refused(401, "Bearer", "A token is needed, in the header Authorization: Bearer.")
        match = _BEARER.fullmatch(headers[0]) if len(headers) == 1 else None
        token = await self._known(match[1]) if match is not None else None
        if token is None:
            raise _refused(401, 'Bearer error="invalid_token"', "The token is not one of ours, or not good any more.")
        if scope not in token.scopes:
            challenge = f'Bearer error="insufficient_scope", scope="{scope}"'
            raise _refused(403, challenge, f"The token has not the scope {scope}.")
        return token

    async def _known(self, text: str) -> AdminToken | None:
        return await self.tokens.verified(text) or await self.clients.verified(text)

    async def _refuse_other_tenants(self, request: Request) -> None:
        named = request.path_params.get("tenant")
        if named not in (None, SUPER, (await self.configuration.settings()).tenant):
            raise Refusal(404, "http.not_found", detail="another tenant")


def _refused(status: int, challenge: str, text: str) -> Refusal:
    headers = {"WWW-Authenticate": challenge}
    return Refusal(status, "http.bad_request", detail=challenge, headers=headers, text=text)
