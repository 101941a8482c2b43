"""Sets people's passwords, for whoever may: the caller has decided that.  The rules are those of any password."""

from __future__ import annotations

from authenticators.hashing import PasswordHashing
from authenticators.subjects import account_key
from authenticators.throttle import Throttle
from engine.errors import DirectoryError
from engine.ports import Configuration, Directory


class NewPasswords:
    """A new password makes another credential version, and ends a pause after wrong tries with the old one."""

    def __init__(
        self, directory: Directory, configuration: Configuration, *, hashing: PasswordHashing, throttle: Throttle
    ) -> None:
        self._directory = directory
        self._configuration = configuration
        self._hashing = hashing
        self._throttle = throttle

    async def set(self, user_id: str, password: str) -> bool:
        """Store it; False if it is none that may be used, or there is no such user.  Raises Busy."""
        user = await self._directory.user(user_id)
        if user is None or self._hashing.refusal(password) is not None:
            return False
        hashed = await self._hashing.hash(password, (await self._configuration.settings()).argon2)
        try:
            await self._directory.set_password(user_id, hashed)
        except DirectoryError:  # the user has gone meanwhile
            return False
        await self._throttle.unlock(account_key(user.canonical))
        return True
