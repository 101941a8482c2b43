"""private_key_jwt: a client proves to be itself by a word it signed, once (RFC 7523 §3; OpenID Connect Core §9)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, OKPKey, RSAKey

from engine.model import Application
from engine.ports import Clock, StateStore

ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS: Final = ("ES256", "RS256", "PS256", "EdDSA")
"""What an assertion may be signed with; which of them, its key says."""
LARGEST: Final = 8 * 1024
"""Characters of an assertion."""
LONGEST_LIFE: Final = 3600
"""Seconds that an assertion may live from now on: what the libraries of clients give it.  It is taken once."""
SKEW: Final = 30
"""Seconds by which a client's clock may be ahead or behind."""
KIND: Final = "client-assertion"

_HEADER: Final = frozenset({"alg", "kid", "typ"})
_TYPES: Final = (None, "JWT", "client-authentication+jwt")


class Assertions:
    """Verifies assertions.  audiences: what they may be addressed to: the issuer or the token endpoint."""

    def __init__(self, state: StateStore, clock: Clock, *, audiences: frozenset[str]) -> None:
        self._state = state
        self._clock = clock
        self._audiences = audiences

    @staticmethod
    def names(assertion: str) -> str | None:
        """The client that an assertion speaks of, not yet verified; None if it is no JWT."""
        try:
            claims = json.loads(jws.extract_compact(assertion.encode("ascii")).payload)
        except (JoseError, ValueError, RecursionError):
            return None
        named = claims.get("sub") if isinstance(claims, dict) and len(assertion) <= LARGEST else None
        return named if isinstance(named, str) else None

    async def proves(self, assertion: str, application: Application) -> bool:
        """Whether *application* signed it, for us, just now, and it was never shown before."""
        claims = _verified(assertion, application)
        if claims is None or not self._is_for_us(claims, application):
            return False
        token_id, expires_at = claims.get("jti"), claims["exp"]
        if not isinstance(token_id, str) or not token_id:
            return False
        key = hashlib.sha256(f"{application.id}\0{token_id}".encode()).hexdigest()
        return await self._state.create(KIND, key, b"", expires_at=expires_at + SKEW)

    def _is_for_us(self, claims: Mapping[str, Any], application: Application) -> bool:
        now, audience = self._clock(), claims.get("aud")
        times = (claims.get("exp"), claims.get("iat", 0), claims.get("nbf", 0))
        if not all(map(_is_time, times)) or not isinstance(audience, str):
            return False
        expires_at, issued_at, begins_at = map(float, times)
        return (
            claims.get("iss") == claims.get("sub") == application.id
            and audience in self._audiences
            and now - SKEW < expires_at <= now + LONGEST_LIFE + SKEW
            and max(issued_at, begins_at) <= now + SKEW
        )


def _verified(assertion: str, application: Application) -> Mapping[str, Any] | None:
    """The claims, if one of the client's keys signed them with that key's own algorithm."""
    try:
        header = jws.extract_compact(assertion.encode("ascii")).headers()
    except (JoseError, ValueError, RecursionError):
        return None
    if not set(header) <= _HEADER or header.get("typ") not in _TYPES:
        return None
    for key in map(_key, application.keys):
        if header.get("kid") not in (None, key.kid) or header.get("alg") not in algorithms_of(key):
            continue
        try:
            return jwt.decode(assertion, key, algorithms=[header["alg"]]).claims
        except (JoseError, ValueError, RecursionError):
            continue
    return None


def algorithms_of(key: Key) -> tuple[str, ...]:
    """What *key* may sign with: the algorithm it names, else those of its kind; empty if it is too weak or of none."""
    match key:
        case ECKey() if key.curve_name == "P-256":
            possible: tuple[str, ...] = ("ES256",)
        case OKPKey() if key.dict_value.get("crv") == "Ed25519":
            possible = ("EdDSA",)
        case RSAKey() if key.raw_value.key_size >= 2048:
            possible = ("RS256", "PS256")
        case _:
            return ()
    named = key.dict_value.get("alg")
    return possible if named is None else tuple(one for one in possible if one == named)


def _key(text: str) -> Key:
    return JWKRegistry.import_key(json.loads(text))


def _is_time(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e11
