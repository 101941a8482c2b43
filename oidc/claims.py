"""What an application learns about a person: which claim comes with which scope, and from where."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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

SINGLE = ("preferred_username", *FROM_CLAIMS["profile"], *FROM_CLAIMS["email"], "groups", "roles")
"""Claims about a person that may be asked for one by one."""
SUPPORTED = ("sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "at_hash", "sid", *SINGLE)
"""All claims a token or the userinfo endpoint may have."""


def scope_of(name: str) -> str:
    """The scope that opens a claim; a scope is its own.

    >>> scope_of("given_name"), scope_of("groups"), scope_of("openid")
    ('profile', 'groups', 'openid')
    """
    if name == "preferred_username":
        return "profile"
    return next((scope for scope, sources in FROM_CLAIMS.items() if name in sources), name)


def about(
    user: User, scope: tuple[str, ...], given: Mapping[str, str], *, asked: Collection[str] = ()
) -> dict[str, Any]:
    """The claims that *scope* opens, and those *asked* for by name.

    given: what the login itself set; it comes before the directory's.
    """
    known = {**user.claims, **given}
    claims: dict[str, Any] = {"sub": user.id}
    if "profile" in scope or "preferred_username" in asked:
        claims["preferred_username"] = user.username
    for word, sources in FROM_CLAIMS.items():
        for name, source in sources.items():
            if (word in scope or name in asked) and known.get(source):
                claims[name] = known[source]
    if "groups" in scope or "groups" in asked:
        claims["groups"] = list(user.groups)
    if "roles" in scope or "roles" in asked:
        claims["roles"] = list(user.roles)
    return claims
