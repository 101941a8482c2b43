"""The signed tokens this face issues and, where they come back, reads: ID tokens and access tokens.

Each kind is told from the other by its `typ` and its audience, so that neither passes for the other (RFC 8725 §3.12).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from engine.ports import Clock
from oidc.encoding import half_hash
from oidc.errors import TokenRefused
from oidc.keys import ALGORITHM, SigningKeys

ID_TOKEN_LIFE = 600
"""Seconds."""
ACCESS_TOKEN_LIFE = 300
"""Seconds; short, because a resource that does not ask us learns of a revocation only at its end."""
LARGEST = 16 * 1024
"""Characters of a token that comes back."""

_OF_IDENTITY = "JWT"
_OF_ACCESS = "at+jwt"
"""The `typ` of each kind (RFC 9068 §2.1)."""


class Tokens:
    """Signs and reads tokens of one issuer."""

    def __init__(self, issuer: str, keys: SigningKeys, *, clock: Clock) -> None:
        self.issuer = issuer
        self._keys = keys
        self._clock = clock

    async def id_token(self, client_id: str, claims: Mapping[str, Any], *, access_token: str) -> str:
        """An ID token (OpenID Connect Core §2).  claims: about the person; ours are put over them."""
        now = int(self._clock())
        ours = {
            "iss": self.issuer,
            "aud": client_id,
            "iat": now,
            "exp": now + ID_TOKEN_LIFE,
            "at_hash": half_hash(access_token),
        }
        return await self._sign(_OF_IDENTITY, {**claims, **ours})

    async def access_token(self, token_id: str, claims: Mapping[str, Any]) -> str:
        """An access token (RFC 9068 §2).  token_id: its `jti`."""
        now = int(self._clock())
        ours = {
            "iss": self.issuer,
            "aud": self.issuer,
            "iat": now,
            "exp": now + ACCESS_TOKEN_LIFE,
            "jti": token_id,
        }
        return await self._sign(_OF_ACCESS, {**claims, **ours})

    async def read_access_token(self, token: str) -> str:
        """The `jti` of a valid access token (RFC 9068 §4), revoked or not.  Raises TokenRefused."""
        claims = await self._verified(token, kind=_OF_ACCESS, audience=self.issuer)
        expires_at, token_id = claims.get("exp"), claims.get("jti")
        if not isinstance(expires_at, int) or self._clock() >= expires_at:
            raise TokenRefused("expired")
        if not isinstance(token_id, str):
            raise TokenRefused("no jti")
        return token_id

    async def read_hint(self, token: str, *, client_id: str) -> str:
        """The user whom an ID token of ours for that application names, be it expired.  Raises TokenRefused."""
        claims = await self._verified(token, kind=_OF_IDENTITY, audience=client_id)
        subject = claims.get("sub")
        if not isinstance(subject, str):
            raise TokenRefused("no sub")
        return subject

    async def _sign(self, kind: str, claims: Mapping[str, Any]) -> str:
        key = await self._keys.signer()
        header = {"alg": ALGORITHM, "kid": key.kid, "typ": kind}
        present = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(header, present, key, [ALGORITHM])

    async def _verified(self, token: str, *, kind: str, audience: str) -> Mapping[str, Any]:
        """The claims of a token of that kind that we signed for that audience."""
        key = await self._key_of(token, kind=kind)
        try:
            claims = jwt.decode(token, key, algorithms=[ALGORITHM]).claims
        except (JoseError, ValueError) as error:
            raise TokenRefused("the signature or the payload is wrong") from error
        if claims.get("iss") != self.issuer or claims.get("aud") != audience:
            raise TokenRefused("another issuer or audience")
        return claims

    async def _key_of(self, token: str, *, kind: str) -> ECKey:
        """The key the token names, once its header is exactly the one we write."""
        if len(token) > LARGEST or not token.isascii():
            raise TokenRefused("no token of ours is like that")
        try:
            header = jws.extract_compact(token.encode()).headers()
        except (JoseError, ValueError) as error:
            raise TokenRefused("no compact JWS") from error
        kid = header.get("kid")
        if set(header) != {"alg", "kid", "typ"} or header["alg"] != ALGORITHM or header["typ"] != kind:
            raise TokenRefused("another header than ours")
        key = await self._keys.verifier(kid) if isinstance(kid, str) else None
        if key is None:
            raise TokenRefused("an unknown key")
        return key
