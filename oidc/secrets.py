"""Client secrets as they are stored: a salted SHA-256, compared in constant time.

A client secret is made by a machine and read by a machine: with 128 random bits no table and no guessing reaches it,
so a slow hash would only tax every token request (argon2id: 18 ms of a core) and give a stranger a way to burn our
time.  A secret that a person thought up is another matter; `is_weak` tells whoever configures it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

SHORTEST = 22
"""Characters of a secret with 128 random bits in base64."""
LONGEST = 1024
"""Characters of any secret."""

_SALT_BYTES = 16
_PREFIX = "sha256"
_NOBODYS = "none$00000000000000000000000000000000$" + "0" * 64
"""Compared with when there is nothing to compare with, so that both cases cost the same."""


def new_secret() -> str:
    """A secret with 256 random bits."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """What to store of *secret*: `sha256$<salt, 32 hex>$<hash, 64 hex>`."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return f"{_PREFIX}${salt.hex()}${_digest(salt, secret)}"


def verify_secret(stored: str | None, secret: str) -> bool:
    """Whether *secret* is the one behind *stored*.  A stored value that cannot be read fits nothing."""
    prefix, salt, expected = _parts(stored or _NOBODYS)
    if len(secret) > LONGEST:
        return False
    fits = hmac.compare_digest(_digest(salt, secret), expected)
    return fits and prefix == _PREFIX


def is_weak(secret: str) -> bool:
    """Whether a secret is too short to have been made by a machine with 128 bits of randomness."""
    return len(secret) < SHORTEST or len(set(secret)) < 8


def _digest(salt: bytes, secret: str) -> str:
    return hashlib.sha256(salt + secret.encode("utf-8", "surrogatepass")).hexdigest()


def _parts(stored: str) -> tuple[str, bytes, str]:
    try:
        prefix, salt, expected = stored.split("$")
        return prefix, bytes.fromhex(salt), expected if expected.isascii() else ""
    except ValueError:
        return "", b"", ""
