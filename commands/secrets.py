"""How the command line hashes and checks secrets: as the password authenticator and the token endpoint do."""

from __future__ import annotations

from authenticators.hashing import PasswordHashing, UnusablePassword, normalised
from engine.model import Argon2Settings
from oidc.secrets import hash_secret, is_weak, verify_secret


class People:
    """Passwords of people."""

    def __init__(self) -> None:
        self._hashing = PasswordHashing()

    def refusal(self, password: str) -> str | None:
        """Why *password* can be nobody's, or None."""
        try:
            normalised(password)
        except UnusablePassword as error:
            return str(error)
        return None

    async def hash(self, password: str, cost: Argon2Settings) -> str:
        """A new hash."""
        return await self._hashing.hash(password, cost)

    async def matches(self, password: str, stored: str) -> bool:
        """Whether *stored* is a hash of *password*."""
        return await self._hashing.is_right(stored, password, settings=Argon2Settings())


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
