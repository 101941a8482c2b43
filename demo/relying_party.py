"""The OpenID Connect half of the sample application: asks for a sign-in and checks what comes back.

It knows the issuer by its address alone; everything else it learns from discovery.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

import httpx2
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

SCOPE = "openid profile email"
ALGORITHMS = ("ES256",)
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
LEEWAY = 10
"""Seconds the two clocks may differ."""
PATIENCE = 10.0
"""Seconds to wait for the login server."""


class SignInFailed(Exception):
    """The sign-in did not work.  reason: a key of `application.REASONS`; error, description: the server's words."""

    def __init__(self, reason: str, *, error: str = "", description: str = "") -> None:
        super().__init__(f"{reason} {error} {description}".strip())
        self.reason = reason
        self.error = error
        self.description = description


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in that was asked for: what only this browser's session and the server know of it."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """One application at one issuer.  client_secret: None for a public client."""

    issuer: str
    client_id: str
    client_secret: str | None
    redirect_uri: str

    async def begin(self, *, prompt: str | None = None) -> tuple[str, Pending]:
        """Where to send the browser, and what to remember meanwhile.  Raises SignInFailed."""
        pending = Pending(*(secrets.token_urlsafe(32) for _ in range(3)))
        async with _back_channel() as http:
            metadata = await self._discover(http)
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": SCOPE,
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": _base64url(hashlib.sha256(pending.verifier.encode()).digest()),
            "code_challenge_method": "S256",
        }
        query = urlencode({**asked, "prompt": prompt} if prompt else asked, quote_via=quote)
        return f"{metadata['authorization_endpoint']}?{query}", pending

    async def finish(self, answer: Mapping[str, str], pending: Pending) -> dict[str, Any]:
        """The verified claims of the ID token that *answer*, the query of our callback, leads to.  Raises SignInFailed.

        The caller has found *pending* by the answer's state.
        """
        if answer.get("iss") != self.issuer:  # RFC 9207 §2.4, before anything else is believed
            raise SignInFailed("wrong_issuer")
        if "error" in answer:
            description = answer.get("error_description", "")
            raise SignInFailed("refused", error=answer["error"], description=description)
        if "code" not in answer:
            raise SignInFailed("malformed")
        async with _back_channel() as http:
            metadata = await self._discover(http)
            tokens = await self._redeem(http, metadata, code=answer["code"], pending=pending)
            keys = await _called(http.get(metadata["jwks_uri"]))
        return self._verified(tokens, keys, nonce=pending.nonce)

    async def _discover(self, http: httpx2.AsyncClient) -> dict[str, Any]:
        """OpenID Connect Discovery §4; the document must speak of the very issuer we asked (§4.3)."""
        metadata = await _called(http.get(self.issuer.rstrip("/") + "/.well-known/openid-configuration"))
        if metadata.get("issuer") != self.issuer:
            raise SignInFailed("wrong_issuer")
        if not all(isinstance(metadata.get(name), str) for name in ENDPOINTS):
            raise SignInFailed("malformed")
        return metadata

    async def _redeem(
        self, http: httpx2.AsyncClient, metadata: Mapping[str, Any], *, code: str, pending: Pending
    ) -> dict[str, Any]:
        """Trade the code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5)."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": pending.verifier,
        }
        headers = {}
        if self.client_secret is None:
            form["client_id"] = self.client_id
        else:
            name, secret = quote_plus(self.client_id), quote_plus(self.client_secret)
            headers["Authorization"] = "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()
        return await _called(http.post(metadata["token_endpoint"], data=form, headers=headers))

    def _verified(self, tokens: Mapping[str, Any], keys: Mapping[str, Any], *, nonce: str) -> dict[str, Any]:
        """OpenID Connect Core §3.1.3.7: signature, issuer, audience, times, nonce, and the access token's hash."""
        try:
            id_token, access_token = str(tokens["id_token"]), str(tokens["access_token"])
            key_set = KeySet.import_key_set({"keys": keys["keys"]})
            claims = jwt.decode(id_token, key_set, algorithms=ALGORITHMS).claims
            jwt.JWTClaimsRegistry(
                leeway=LEEWAY,
                iss={"essential": True, "value": self.issuer},
                aud={"essential": True, "value": self.client_id},
                sub={"essential": True},
                exp={"essential": True},
                iat={"essential": True},
                nonce={"essential": True, "value": nonce},
            ).validate(claims)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise SignInFailed("bad_token") from error
        expected = _base64url(hashlib.sha256(access_token.encode()).digest()[:16])
        if claims.get("at_hash", expected) != expected:
            raise SignInFailed("bad_token")
        return dict(claims)


def _back_channel() -> httpx2.AsyncClient:
    """A client for our own calls to the login server: no redirects, no proxies from the environment."""
    return httpx2.AsyncClient(timeout=PATIENCE, follow_redirects=False, trust_env=False)


async def _called(call: Awaitable[httpx2.Response]) -> dict[str, Any]:
    """The JSON object of a good answer.  Raises SignInFailed for an OAuth error or anything else."""
    try:
        response = await call
        content = response.json()
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise SignInFailed("unreachable") from error
    except ValueError as error:
        raise SignInFailed("malformed") from error
    if not isinstance(content, dict):
        raise SignInFailed("malformed")
    if response.status_code != 200:
        error_code, description = str(content.get("error", "")), str(content.get("error_description", ""))
        raise SignInFailed("refused", error=error_code, description=description)
    return content


def _base64url(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
