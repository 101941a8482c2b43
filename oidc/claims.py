"""What an application learns about a person: which claim comes with which scope, and from where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.model import User

WSO2 = "http://wso2.org/claims/"

FROM_CLAIMS: Mapping[str, Mapping[str, str]] = {
    "profile": {
        "name": WSO2 + "fullname",
        "given_name": WSO2 + "givenname",
        "family_name": WSO2 + "lastname",
    },
    "email": {"email": WSO2 + "emailaddress"},
}
"""Scope -> claim -> the user's claim that it is taken from (OpenID Connect Core §5.4)."""

SUPPORTED = (
    *("sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "at_hash"),
    *("preferred_username", *FROM_CLAIMS["profile"], *FROM_CLAIMS["email"], "groups", "roles"),
)
"""All claims a token or the userinfo endpoint may have."""


def about(user: User, scope: tuple[str, ...], given: Mapping[str, str]) -> dict[str, Any]:
    """The claims that *scope* opens.  given: what the login itself set; it comes before the directory's."""
    known = {**user.claims, **given}
    claims: dict[str, Any] = {"sub": user.id}
    if "profile" in scope:
        claims["preferred_username"] = user.username
    for word in scope:
        for name, source in FROM_CLAIMS.get(word, {}).items():
            if known.get(source):
                claims[name] = known[source]
    if "groups" in scope:
        claims["groups"] = list(user.groups)
    if "roles" in scope:
        claims["roles"] = list(user.roles)
    return claims
