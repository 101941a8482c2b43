"""Browsers that a person has signed in with by push: they are known again by a cookie, of which only a hash is kept.

Being known opens nothing: such a browser has a small push budget of its own, and the phone is told that it was seen
before.  A changed credential makes every browser unknown.
"""

from __future__ import annotations

from engine.model import User
from engine.ports import Clock, StateStore

KIND = "push-browser"
REMEMBERED = 180 * 86400.0
"""Seconds since the last success for which a browser stays known."""
RENEWED = 86400.0
"""Seconds after which a success makes it known for longer."""
MOST = 20
"""Browsers of one person; beyond it the oldest is forgotten."""


class Browsers:
    """Knows browsers again.  browser: RequestFacts.browser, empty for one without our cookie."""

    def __init__(self, state: StateStore, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    async def known(self, browser: str, user: User | None) -> str:
        """The key of a browser that is the person's own, or empty.  For nobody the same is done."""
        key = _key(browser, user.id if user is not None else "-")
        stored = await self._state.read(KIND, key)
        return key if browser and user is not None and stored is not None and stored.value == _mark(user) else ""

    async def remember(self, browser: str, user: User) -> None:
        """The person has just signed in with it, and approved that on a device."""
        if not browser:
            return
        key, now = _key(browser, user.id), self._clock()
        stored = await self._state.read(KIND, key)
        if stored is None:
            await self._state.create(KIND, key, _mark(user), expires_at=now + REMEMBERED, owner=user.id)
            await self._forget_oldest(user.id)
        elif stored.value != _mark(user) or stored.expires_at < now + REMEMBERED - RENEWED:
            until = now + REMEMBERED
            await self._state.replace(KIND, key, _mark(user), revision=stored.revision, expires_at=until)

    async def _forget_oldest(self, user_id: str) -> None:
        for stored in (await self._state.owned(KIND, user_id))[:-MOST]:
            await self._state.forget(KIND, stored.key)


def _key(browser: str, user_id: str) -> str:
    return f"{browser}:{user_id}"


def _mark(user: User) -> bytes:
    return str(user.credential_version).encode()
