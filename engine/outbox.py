"""Effects that leave after a login is stored, and are not lost when the process ends in between.

What is to leave stands in the login itself, so it is stored with it or not at all.  The outbox only remembers in which
logins to look; an authenticator carries out each effect once, however often it is told.
"""

from __future__ import annotations

import logging
from functools import partial

from engine.errors import DirectoryError
from engine.insisting import insist
from engine.logins import Logins
from engine.model import Login
from engine.outcome import Effect
from engine.ports import Delivering, Directory, StateStore
from engine.registry import Registry
from engine.turn import Turn

KIND = "outbox"

_log = logging.getLogger("doorstep.script")


class Outbox:
    """Remembers logins whose effects may still have to leave."""

    def __init__(self, state: StateStore, logins: Logins, *, directory: Directory, registry: Registry) -> None:
        self._state = state
        self._logins = logins
        self._directory = directory
        self._registry = registry

    async def announce(self, turn: Turn) -> None:
        """Before the login is stored: remember to look at it, if something is to leave."""
        turn.leaves = turn.leaves or bool(turn.login.written)
        if turn.leaves:
            key = _key(turn.login.id, turn.login.revision + 1)
            await self._state.create(KIND, key, b"", expires_at=turn.login.expires_at, owner=KIND)

    async def settle(self, login: Login) -> None:
        """Write what a stored login still has to write into the directory: twice is as good as once."""
        for user_id, claims in login.written.items():
            try:
                await self._directory.set_claims(user_id, claims)
            except DirectoryError as error:  # the user is gone: nothing is left to write to
                _log.error("claims could not be written: %s", error.reason, extra={"flow": login.id})
        login.written = {}

    async def deliver(self, login: Login) -> None:
        """Carry out the effects of a login that is stored, and forget it."""
        for authenticator_id, name, reference in login.execution.effects if login.execution is not None else ():
            authenticator = self._registry.get(authenticator_id)
            if isinstance(authenticator, Delivering):
                await insist(partial(authenticator.deliver, Effect(name, reference)))
        await insist(partial(self._state.forget, KIND, _key(login.id, login.revision)))

    async def recover(self) -> int:
        """Look at every login that is remembered; gives how many there were.

        One that is not stored yet in the announced revision is left alone: its own process may be about to store it.
        """
        remembered = await self._state.owned(KIND, KIND)
        for stored in remembered:
            login_id, _, revision = stored.key.partition(":")
            login = await self._logins.look(login_id)
            if login is None or login.revision < int(revision):
                continue
            await self.settle(login)
            if login.outcome is None:
                await self.deliver(login)
            await self._state.forget(KIND, stored.key)
        return len(remembered)


def _key(login_id: str, revision: int) -> str:
    return f"{login_id}:{revision}"
