"""Whoever shows an access token of ours to one of our own endpoints, and how we refuse (RFC 6750; RFC 9470)."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from engine.model import User
from engine.ports import Configuration, Directory
from oidc.access import Access, AccessTokens
from oidc.answers import private_json
from oidc.errors import MalformedParameters, ProtocolError, TokenRefused
from oidc.parameters import form_of
from oidc.tokens import Tokens
from web.forms import FORM_TYPE


@dataclass(frozen=True, slots=True)
class Bearer:
    """The person an access token is about, as they are now, and what it allows."""

    user: User
    access: Access


@dataclass(frozen=True, slots=True)
class Bearers:
    """Reads access tokens."""

    configuration: Configuration
    directory: Directory
    access: AccessTokens
    tokens: Tokens

    async def of(self, request: Request) -> Bearer | None:
        """The bearer; None if the request shows no token.  Raises TokenRefused, or ProtocolError for two tokens."""
        token = await _token(request)
        return await self.bearer(token) if token is not None else None

    async def bearer(self, token: str) -> Bearer:
        """Whose token it is.  Raises TokenRefused if it does not count, for whatever reason."""
        access = await self.access.find(await self.tokens.read_access_token(token))
        if access is None:
            raise TokenRefused("revoked, or lost with the store")
        user = await self.directory.user(access.user_id)
        if user is None or not user.live or user.credential_version != access.credential_version:
            raise TokenRefused("the user may no longer sign in, or has changed a credential")
        application = await self.configuration.application(access.client_id)
        if application is None or not application.enabled:
            raise TokenRefused("the application is gone or disabled")
        return Bearer(user, access)


def missing(realm: str) -> Response:
    """The answer to a request without a token: no error, only what is needed (RFC 6750 §3)."""
    return private_json({}, status=401, headers=challenge(realm=realm))


def refusal(error: ProtocolError, realm: str) -> Response:
    """The answer to a token that does not suffice (RFC 6750 §3.1)."""
    content = {"error": error.error, "error_description": error.description}
    return private_json(content, status=error.status, headers=challenge(realm=realm, **content))


def challenge(**said: str) -> dict[str, str]:
    """The header that names what a request lacks (RFC 6750 §3): its values are ours, so nothing in them is escaped."""
    return {"WWW-Authenticate": "Bearer " + ", ".join(f'{name}="{value}"' for name, value in said.items())}


def invalid_token() -> ProtocolError:
    """The one refusal of a token that does not count, whatever the reason (RFC 6750 §3.1)."""
    return ProtocolError("invalid_token", "the access token is not valid", status=401)


async def _token(request: Request) -> str | None:
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
