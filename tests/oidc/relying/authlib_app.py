"""A relying party on Authlib's Starlette client: a small application that signs people in."""

from __future__ import annotations

import secrets
from typing import Any

from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]
from authlib.integrations.starlette_client import OAuth  # type: ignore[import-untyped]
from authlib.oauth2.rfc7523 import PrivateKeyJWT  # type: ignore[import-untyped]
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.oidc.relying.registered import SCOPE, Client


class AuthlibApp:
    """The application.  issuer: the provider's; home: its own address."""

    def __init__(self, issuer: str, home: str, clients: list[Client]) -> None:
        self._issuer = issuer
        self._home = home
        self._oauth = OAuth()
        self._visits: dict[str, dict[str, Any]] = {}
        for client in clients:
            self._register(client)
        does = (self.enter, self.callback, self.userinfo, self.refresh, self.introspect, self.revoke, self.leave)
        routes = [Route(f"/{{id}}/{one.__name__}", self._visited(one)) for one in (*does, self.left)]
        self.app = Starlette(routes=routes, exception_handlers={OAuthError: _refused})

    def _register(self, client: Client) -> None:
        jwt = [PrivateKeyJWT(f"{self._issuer}/oauth2/token")] if client.auth == "private_key_jwt" else None
        self._oauth.register(
            client.id,
            client_id=client.id,
            client_secret=client.jwk if jwt else client.secret,
            server_metadata_url=f"{self._issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": SCOPE,
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": client.auth,
            },
            client_auth_methods=jwt,
        )

    def _visited(self, does: Any) -> Any:
        async def answer(request: Request) -> Response:
            name = request.cookies.get("visit", secrets.token_hex(8))
            request.scope["session"] = self._visits.setdefault(name, {})
            response: Response = await does(request, self._oauth.create_client(request.path_params["id"]))
            response.set_cookie("visit", name)
            return response

        return answer

    # --- what the application does ------------------------------------------------------------------------------------

    async def enter(self, request: Request, client: Any) -> Response:
        """Off to the provider, with what the page asks for."""
        address = f"{self._home}/{client.client_id}/callback"
        response: Response = await client.authorize_redirect(request, address, **request.query_params)
        return response

    async def callback(self, request: Request, client: Any) -> Response:
        """Back again."""
        request.session["tokens"] = await client.authorize_access_token(request)
        return JSONResponse(dict(request.session["tokens"]["userinfo"]))

    async def userinfo(self, request: Request, client: Any) -> Response:
        """What the provider tells of the person."""
        return JSONResponse(dict(await client.userinfo(token=request.session["tokens"])))

    async def refresh(self, request: Request, client: Any) -> Response:
        """The next tokens."""
        tokens = request.session["tokens"]
        before = tokens["refresh_token"]
        fetched = await client.fetch_access_token(grant_type="refresh_token", refresh_token=before)
        request.session["tokens"] = tokens | fetched
        return JSONResponse({"before": before, "after": fetched["refresh_token"]})

    async def introspect(self, request: Request, client: Any) -> Response:
        """What the provider says of the access token."""
        async with await self._session(client) as session:
            address = client.server_metadata["introspection_endpoint"]
            answer = await session.introspect_token(address, token=request.session["tokens"]["access_token"])
        return JSONResponse(answer.json(), answer.status_code)

    async def revoke(self, request: Request, client: Any) -> Response:
        """The grant is given back."""
        tokens = request.session["tokens"]
        async with await self._session(client) as session:
            answer = await session.revoke_token(
                client.server_metadata["revocation_endpoint"], token=tokens["refresh_token"]
            )
        return JSONResponse({"access_token": tokens["access_token"]}, answer.status_code)

    async def leave(self, request: Request, client: Any) -> Response:
        """Off to the provider, to sign out."""
        response: Response = await client.logout_redirect(
            request, f"{self._home}/{client.client_id}/left", id_token_hint=request.session["tokens"]["id_token"]
        )
        return response

    async def left(self, request: Request, client: Any) -> Response:
        """Signed out."""
        await client.validate_logout_response(request)
        return JSONResponse({"left": True})

    async def _session(self, client: Any) -> Any:
        return client._get_oauth_client(**await client.load_server_metadata())


async def _refused(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": getattr(error, "error", str(error))}, 500)
