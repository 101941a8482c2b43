"""Makes the tokens of a successful token request (RFC 6749 §5.1; OpenID Connect Core §3.1.3.3)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.model import Application, User
from engine.ports import Clock
from oidc.access import Access, AccessTokens
from oidc.claims import about
from oidc.codes import IssuedCode
from oidc.grants import Grant
from oidc.tokens import ACCESS_TOKEN_LIFE, Tokens


@dataclass(frozen=True, slots=True)
class Issuer:
    """Signs tokens, and keeps what makes an access token count."""

    access: AccessTokens
    tokens: Tokens
    clock: Clock

    async def allow(
        self, given: IssuedCode | Grant, user: User, *, scope: tuple[str, ...], grant: str | None
    ) -> str:
        """Make an access token count from now on; gives its id.  It is signed by `answer`."""
        token_id, now = secrets.token_urlsafe(32), self.clock()
        access = Access(
            client_id=given.client_id,
            user_id=user.id,
            credential_version=user.credential_version,
            scope=scope,
            issued_at=now,
            expires_at=now + ACCESS_TOKEN_LIFE,
            grant=grant,
            claims=given.claims,
            asked=given.asked.userinfo,
            auth_time=given.auth_time,
            amr=tuple(given.amr),
        )
        await self.access.keep(token_id, access)
        return token_id

    async def answer(
        self,
        given: IssuedCode | Grant,
        user: User,
        *,
        client: Application,
        scope: tuple[str, ...],
        token_id: str,
        refresh_token: str | None,
    ) -> Mapping[str, Any]:
        """What the client gets."""
        access_token = await self.tokens.access_token(token_id, _access_claims(given, user, scope))
        id_token = await self.tokens.id_token(
            client.id,
            _id_claims(given, user, scope),
            access_token=access_token,
            algorithm=client.signing_algorithm,
        )
        refresh = {"refresh_token": refresh_token} if refresh_token is not None else {}
        return {
            "access_token": access_token,
            "token_type": "Bearer",
            "expires_in": ACCESS_TOKEN_LIFE,
            "id_token": id_token,
            "scope": " ".join(scope),
            **refresh,
        }


def _how(given: IssuedCode | Grant) -> dict[str, Any]:
    """How and when the person was authenticated."""
    return {"auth_time": int(given.auth_time), "acr": given.acr, "amr": list(given.amr)}


def _access_claims(given: IssuedCode | Grant, user: User, scope: tuple[str, ...]) -> dict[str, Any]:
    return {"sub": user.id, "client_id": given.client_id, "scope": " ".join(scope), **_how(given)}


def _id_claims(given: IssuedCode | Grant, user: User, scope: tuple[str, ...]) -> dict[str, Any]:
    """A refreshed ID token has no nonce (Core §12.2); `sid` names the session (Back-Channel Logout §2.1)."""
    nonce = given.nonce if isinstance(given, IssuedCode) else None
    known = about(user, scope, given.claims, asked=given.asked.id_token)
    return {**known, "nonce": nonce, "sid": given.sid, **_how(given)}
