"""The ids that ways to sign in have, and the other names that imported configurations use for them (contract 2).

A configuration is judged without starting any of them; what each does is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Method:
    """One way to sign in.  factor: whether it proves something; available: whether this version has it."""

    id: str
    aliases: tuple[str, ...] = ()
    factor: bool = True
    available: bool = True


METHODS = (
    Method("identifier", ("IdentifierExecutor",), factor=False),
    Method("password", ("basic", "BasicAuthenticator")),
    Method("push", ("push-notification-authenticator",)),
    Method("totp", available=False),
    Method("passkey", ("fido", "FIDOAuthenticator"), available=False),
    Method("email-otp", ("email-otp-authenticator",), available=False),
    Method("magic-link", ("MagicLinkAuthenticator",), available=False),
    Method("backup-code", ("backup-code-authenticator",), available=False),
)

_BY_NAME = {name.lower(): method for method in METHODS for name in (method.id, *method.aliases)}


def method_named(name: str) -> Method | None:
    """The method that *name* means, in any case, or None.

    >>> method_named("basicauthenticator").id
    'password'
    """
    return _BY_NAME.get(name.lower())


def names() -> list[str]:
    """The ids of all methods that this version has."""
    return [method.id for method in METHODS if method.available]
