"""How the command line hashes secrets of applications: as the token endpoint does."""

from __future__ import annotations

from oidc.secrets import hash_secret, is_weak, verify_secret


class Clients:
    """Secrets of applications."""

    def hash(self, secret: str) -> str:
        """A new hash."""
        return hash_secret(secret)

    def matches(self, secret: str, stored: str) -> bool:
        """Whether *stored* is a hash of *secret*."""
        return verify_secret(stored, secret)

    def is_weak(self, secret: str) -> bool:
        """Whether *secret* is too short or too plain to be a random one."""
        return is_weak(secret)
