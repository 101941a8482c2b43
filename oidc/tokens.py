"""The signed tokens this face issues and, where they come back, reads: ID tokens and access tokens.

Each kind is told from the other by its `typ` and its audience, so that neither passes for the other (RFC 8725 §3.12).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError

from engine.ports import Clock
from oidc.encoding import half_hash
from oidc.errors import TokenRefused
from oidc.keys import ALGORITHM, SigningKey, SigningKeys

ID_TOKEN_LIFE = 600
"""Seconds."""
ACCESS_TOKEN_LIFE = 300
"""Seconds; short, because a resource that does not ask us learns of a revocation only at its end."""
LOGOUT_TOKEN_LIFE = 120
"""Seconds."""
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
LARGEST = 16 * 1024
"""Characters of a token that comes back."""

_OF_IDENTITY = "JWT"
_OF_ACCESS = "at+jwt"
_OF_LOGOUT = "logout+jwt"
"""The `typ` of each kind (RFC 9068 §2.1; Back-Channel Logout §2.4)."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What an `id_token_hint` says: to which application it was given, about whom, in which session."""

    client_id: str
    user_id: str
    sid: str | None


class Tokens:
    """Signs and reads tokens of one issuer."""

    def __init__(self, issuer: str, keys: SigningKeys, *, clock: Clock) -> None:
        self.issuer = issuer
        self._keys = keys
        self._clock = clock

    async def id_token(
        self, client_id: str, claims: Mapping[str, Any], *, access_token: str, algorithm: str = ALGORITHM
    ) -> str:
        """An ID token (OpenID Connect Core §2).  claims: about the person; ours are put over them."""
        now = int(self._clock())
        ours = {
            "iss": self.issuer,
            "aud": client_id,
            "iat": now,
            "exp": now + ID_TOKEN_LIFE,
            "at_hash": half_hash(access_token),
        }
        return await self._sign(_OF_IDENTITY, {**claims, **ours}, algorithm)

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

    async def logout_token(self, client_id: str, *, user_id: str, sid: str, token_id: str) -> str:
        """A word to an application that a session has ended (OpenID Connect Back-Channel Logout §2.4)."""
        now = int(self._clock())
        claims = {
            "iss": self.issuer,
            "aud": client_id,
            "iat": now,
            "exp": now + LOGOUT_TOKEN_LIFE,
            "jti": token_id,
            "sub": user_id,
            "sid": sid,
            "events": {LOGOUT_EVENT: {}},
        }
        return await self._sign(_OF_LOGOUT, claims)

    async def read_hint(self, token: str) -> Hint:
        """What an ID token of ours names, be it expired.  Raises TokenRefused."""
        claims = await self._verified(token, kind=_OF_IDENTITY)
        client_id, subject, sid = claims.get("aud"), claims.get("sub"), claims.get("sid")
        if not isinstance(client_id, str) or not isinstance(subject, str):
            raise TokenRefused("no aud or no sub")
        return Hint(client_id, subject, sid if isinstance(sid, str) else None)

    async def _sign(self, kind: str, claims: Mapping[str, Any], algorithm: str = ALGORITHM) -> str:
        key = await self._keys.signer(algorithm)
        header = {"alg": algorithm, "kid": key.kid, "typ": kind}
        present = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(header, present, key.key, [algorithm])

    async def _verified(self, token: str, *, kind: str, audience: str | None = None) -> Mapping[str, Any]:
        """The claims of a token of that kind that we signed, for that audience if one is given."""
        key = await self._key_of(token, kind=kind)
        try:
            claims = jwt.decode(token, key.key, algorithms=[key.algorithm]).claims
        except (JoseError, ValueError) as error:
            raise TokenRefused("the signature or the payload is wrong") from error
        if claims.get("iss") != self.issuer or (audience is not None and claims.get("aud") != audience):
            raise TokenRefused("another issuer or audience")
        return claims

    async def _key_of(self, token: str, *, kind: str) -> SigningKey:
        """The key the token names, once its header is exactly the one we write."""
        if len(token) > LARGEST or not token.isascii():
            raise TokenRefused("no token of ours is like that")
        try:
            header = jws.extract_compact(token.encode()).headers()
        except (JoseError, ValueError) as error:
            raise TokenRefused("no compact JWS") from error
        kid = header.get("kid")
        if set(header) != {"alg", "kid", "typ"} or header["typ"] != kind:
            raise TokenRefused("another header than ours")
        key = await self._keys.verifier(kid) if isinstance(kid, str) else None
        if key is None or header["alg"] != key.algorithm:
            raise TokenRefused("an unknown key, or another algorithm than its own")
        return key
