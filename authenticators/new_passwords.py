"""Sets people's passwords, for whoever may: the caller has decided that.  One policy holds for all of them."""

from __future__ import annotations

from authenticators.hashing import PasswordHashing, normalised
from authenticators.password_rules import weakness
from authenticators.subjects import account_key
from authenticators.throttle import Throttle
from engine.errors import DirectoryError
from engine.model import User
from engine.ports import Configuration, Directory, PasswordRefusal


class NewPasswords:
    """A new password makes another credential version, and ends a pause after wrong tries with the old one."""

    def __init__(
        self, directory: Directory, configuration: Configuration, *, hashing: PasswordHashing, throttle: Throttle
    ) -> None:
        self._directory = directory
        self._configuration = configuration
        self._hashing = hashing
        self._throttle = throttle

    async def set(self, user_id: str, password: str, *, as_it_is: bool = False) -> bool:
        """Store it; False if it is none that may be used, or there is no such user.  Raises Busy.

        as_it_is: whatever the policy says.
        """
        user, settings = await self._directory.user(user_id), await self._configuration.settings()
        if user is None or settings.store_of(user.canonical) or self._hashing.refusal(password) is not None:
            return False
        if not as_it_is and weakness(password, username=user.username, policy=settings.passwords) is not None:
            return False
        hashed = await self._hashing.hash(password, settings.argon2)
        try:
            await self._directory.set_password(user_id, hashed)
        except DirectoryError:  # the user has gone meanwhile
            return False
        await self._throttle.unlock(account_key(user.canonical))
        return True

    async def refusal(self, user: User, present: str, *, new: str, ip: str) -> PasswordRefusal | None:
        """Why the person may not set *new* in place of *present* (engine.ports.OwnPasswords)."""
        settings = await self._configuration.settings()
        if settings.store_of(user.canonical) is not None:
            return "elsewhere"
        if not present or not new:
            return "missing"
        if self._hashing.refusal(present) is not None or self._hashing.refusal(new) is not None:
            return "unusable"
        weak = weakness(new, username=user.username, policy=settings.passwords)
        if weak is not None:
            return weak
        if not await self._is_right(user, normalised(present), ip):
            return "wrong"
        return "same" if normalised(present) == normalised(new) else None

    async def replace(self, user: User, new: str) -> bool:
        """Set it, unless somebody else was faster."""
        hashed = await self._hashing.hash(new, (await self._configuration.settings()).argon2)
        await self._directory.set_password(user.id, hashed, replacing=user.password_hash)
        now = await self._directory.user(user.id)
        return now is not None and now.password_hash == hashed

    async def _is_right(self, user: User, password: bytes, ip: str) -> bool:
        """Count the try, then check: a found session must not be a place to guess at."""
        account = account_key(user.canonical)
        settings = await self._configuration.settings()
        async with self._hashing.place() as place:
            reservation = await self._throttle.reserve(account, ip)
            stored = user.password_hash if reservation.allowed else None
            match = await place.check(stored, password, settings=settings.argon2, decoys=settings.decoys)
        if match.right:
            await self._throttle.succeeded(reservation, account, ip=ip)
        return match.right
