"""The userinfo endpoint: what an access token's holder may know of the person, as it is now (Core §5.3)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from engine.ports import Configuration, Directory
from oidc.access import Access, AccessTokens
from oidc.answers import private_json
from oidc.claims import about
from oidc.errors import MalformedParameters, ProtocolError, TokenRefused
from oidc.parameters import form_of
from oidc.tokens import Tokens
from web.forms import FORM_TYPE

_log = logging.getLogger("doorstep.oidc")
_REALM = 'Bearer realm="userinfo"'


@dataclass(frozen=True, slots=True)
class UserinfoEndpoint:
    """`GET` and `POST /oauth2/userinfo`."""

    configuration: Configuration
    directory: Directory
    access: AccessTokens
    tokens: Tokens

    async def answer(self, request: Request) -> Response:
        """Claims, or an error of RFC 6750 §3.1."""
        try:
            token = await _bearer(request)
            if token is None:
                return private_json({}, status=401, headers={"WWW-Authenticate": _REALM})
            return private_json(await self._claims(token))
        except ProtocolError as error:
            return _refusal(error)
        except TokenRefused as error:
            _log.info("userinfo refused: %s", error)
            return _refusal(ProtocolError("invalid_token", "the access token is not valid", status=401))

    async def _claims(self, token: str) -> Mapping[str, Any]:
        access = await self._access(token)
        user = await self.directory.user(access.user_id)
        if user is None or not user.live or user.credential_version != access.credential_version:
            raise TokenRefused("the user may no longer sign in, or has changed a credential")
        application = await self.configuration.application(access.client_id)
        if application is None or not application.enabled:
            raise TokenRefused("the application is gone or disabled")
        if "openid" not in access.scope:
            raise ProtocolError("insufficient_scope", "scope openid is needed", status=403)
        return about(user, access.scope, access.claims)

    async def _access(self, token: str) -> Access:
        access = await self.access.find(await self.tokens.read_access_token(token))
        if access is None:
            raise TokenRefused("revoked, or lost with the store")
        return access


async def _bearer(request: Request) -> str | None:
    """The one access token of the request, from its header or its form, never from its address (RFC 6750 §2)."""
    header = _from_header(request)
    posted = await _from_form(request)
    if header is not None and posted is not None:
        raise ProtocolError("invalid_request", "more than one access token")
    return header or posted


def _from_header(request: Request) -> str | None:
    headers = request.headers.getlist("authorization")
    if len(headers) > 1:
        raise ProtocolError("invalid_request", "more than one Authorization header")
    scheme, _, token = (headers[0] if headers else "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


async def _from_form(request: Request) -> str | None:
    if request.method != "POST" or not request.headers.get("content-type", "").lower().startswith(FORM_TYPE):
        return None
    try:
        parameters = await form_of(request)
    except MalformedParameters as error:
        raise ProtocolError("invalid_request", "the form is malformed") from error
    parameters.refuse_repeated()
    return parameters.get("access_token")


def _refusal(error: ProtocolError) -> Response:
    challenge = f'{_REALM}, error="{error.error}", error_description="{error.description}"'
    content = {"error": error.error, "error_description": error.description}
    return private_json(content, status=error.status, headers={"WWW-Authenticate": challenge})
