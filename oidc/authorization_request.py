"""What an application asked for, validated and frozen: this face's part of a login, opaque to the engine."""

from __future__ import annotations

import msgspec

from engine.errors import LoginGone
from engine.layouts import Layout
from oidc.claims_request import ClaimsRequest

OFFLINE = "offline_access"
"""Asks for a refresh token (OpenID Connect Core §11)."""
SCOPES = ("openid", "profile", "email", "groups", "roles", OFFLINE)
"""The scopes this server knows; others are ignored (OpenID Connect Core §3.1.2.1)."""


class AuthorizationRequest(msgspec.Struct, frozen=True):
    """The request as the answer will need it.

    state, nonce: exactly as sent.  expected_user: the only user the answer may be about (from an `id_token_hint`).
    asks_consent: whether the person is to be asked even if they consented before (`prompt=consent`).
    """

    client_id: str
    redirect_uri: str
    scope: tuple[str, ...]
    code_challenge: str
    state: str | None = None
    nonce: str | None = None
    expected_user: str | None = None
    asked: ClaimsRequest = ClaimsRequest()
    asks_consent: bool = False
    format: int = 1


_layout = Layout(AuthorizationRequest)


def freeze(request: AuthorizationRequest) -> bytes:
    """The request as bytes, for `LoginRequest.protocol`."""
    return _layout.write(request)


def thaw(protocol: bytes) -> AuthorizationRequest:
    """The request that `freeze` wrote.  Raises LoginGone for anything else: start again."""
    request = _layout.read(protocol)
    if request is None:
        raise LoginGone("an authorization request of another format")
    return request
