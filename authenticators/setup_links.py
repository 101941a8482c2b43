"""One-time links by which a person sets their password, at an admin's wish: whoever holds the link may do it.

The store knows only a link's digest.  A link is void once the person's credential is changed in any way.
"""

from __future__ import annotations

import hashlib
import secrets

from authenticators.hashing import PasswordHashing
from authenticators.password_rules import weakness
from authenticators.subjects import account_key
from authenticators.throttle import Throttle
from engine.model import SetupLink, User
from engine.ports import Clock, Configuration, Directory, PasswordRefusal

LIFETIME = 24 * 3600
"""Seconds a link is good."""
LONGEST_SECRET = 128


class SetupLinks:
    """Makes links and takes them (engine.ports.SetupLinks)."""

    def __init__(
        self,
        directory: Directory,
        configuration: Configuration,
        *,
        hashing: PasswordHashing,
        throttle: Throttle,
        clock: Clock,
    ) -> None:
        self._directory = directory
        self._configuration = configuration
        self._hashing = hashing
        self._throttle = throttle
        self._clock = clock

    async def offer(self, user: User) -> str:
        """A new link's secret, 256 random bits; an earlier link of the person is void."""
        secret = secrets.token_urlsafe(32)
        expires_at = self._clock() + LIFETIME
        link = SetupLink(user.id, _digest(secret), user.credential_version, expires_at=expires_at)
        await self._directory.offer_setup(link)
        return secret

    async def person(self, secret: str) -> User | None:
        """Whose link it is, if it is good and they may sign in at all."""
        user = await self._directory.setup_offered(_digest(secret), now=self._clock())
        if user is None or not user.live:
            return None
        return user if (await self._configuration.settings()).store_of(user.canonical) is None else None

    async def refusal(self, user: User, new: str) -> PasswordRefusal | None:
        """Why *new* may not be the person's password, or None."""
        if not new:
            return "missing"
        if self._hashing.refusal(new) is not None:
            return "unusable"
        return weakness(new, username=user.username, policy=(await self._configuration.settings()).passwords)

    async def use(self, secret: str, user: User, *, new: str) -> bool:
        """Set it, once; False if the link is not good any more.  Raises Busy."""
        hashed = await self._hashing.hash(new, (await self._configuration.settings()).argon2)
        if not await self._directory.set_up(_digest(secret), hashed, now=self._clock()):
            return False
        await self._throttle.unlock(account_key(user.canonical))
        return True


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret[:LONGEST_SECRET].encode("utf-8", "surrogatepass")).digest()
