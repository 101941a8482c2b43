"""Signs and encrypts what scripts give to browsers, so that it comes back as it was or not at all.

A value is bound to the name it goes by: under another name it is none.  Knows nothing of cookies or how they are set.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
"""Bytes, drawn for each value (NIST SP 800-38D §8.2.2)."""


def _any_key() -> bytes:
    return secrets.token_bytes(32)


@dataclass(frozen=True, slots=True)
class Seals:
    """HMAC-SHA256 and AES-256-GCM, each with a key of its own.  key: 32 bytes; drawn for this process if left out."""

    key: bytes = field(default_factory=_any_key, repr=False)

    def signature(self, name: str, value: str) -> str:
        """The signature of *value* under *name*, in base64."""
        return b64encode(hmac.digest(self._derived("sign"), _told(name, value), "sha256")).decode("ascii")

    def is_signed(self, name: str, value: str, *, signature: str) -> bool:
        """Whether that is its signature."""
        return hmac.compare_digest(self.signature(name, value).encode(), signature.encode("utf-8", "replace"))

    def encrypted(self, name: str, value: str) -> str:
        """*value*, readable only by `decrypted` under the same name, in base64."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(self._derived("encrypt")).encrypt(nonce, value.encode(), name.encode())
        return b64encode(nonce + sealed).decode("ascii")

    def decrypted(self, name: str, sealed: str) -> str | None:
        """What was encrypted under that name; None for anything else."""
        try:
            raw = b64decode(sealed, validate=True)
            return AESGCM(self._derived("encrypt")).decrypt(raw[:_NONCE], raw[_NONCE:], name.encode()).decode()
        except (ValueError, InvalidTag):
            return None

    def _derived(self, purpose: str) -> bytes:
        return hmac.digest(self.key, purpose.encode(), "sha256")


def _told(name: str, value: str) -> bytes:
    """Both, so that no other pair is told alike: a name has no line end."""
    return f"{name}\n{value}".encode()
