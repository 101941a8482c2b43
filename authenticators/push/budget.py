"""How many pushes a person may be sent since their last success, across flows, browsers and addresses.

Over it nothing is sent and no page looks different.  Passwords are not counted here, and denying never locks anyone.
"""

from __future__ import annotations

from engine.model import PushBudget
from engine.ports import Clock, StateStore

_RECENT = "push-10-minutes"
_DAY = "push-day"
_PAUSE = "push-pause"


class Budget:
    """Counts in the state store.  account: one key for each person, or for each name that is nobody's."""

    def __init__(self, state: StateStore, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    async def spend(self, account: str, allowed: PushBudget) -> bool:
        """Count one more push, before it is sent; False if it must not be sent.

        What ten minutes do not allow is no push of the day: else a quick series would close the whole day.
        """
        paused = await self._state.read(_PAUSE, account) is not None
        if paused or await self._state.hit(_RECENT, account, window=600.0) > allowed.per_10_minutes:
            return False
        return await self._state.hit(_DAY, account, window=86400.0) <= allowed.per_day

    async def denied(self, account: str, allowed: PushBudget) -> None:
        """The person denied a push: send none for a while."""
        if allowed.cooldown_after_denial > 0:
            ends = self._clock() + allowed.cooldown_after_denial
            await self._state.create(_PAUSE, account, b"", expires_at=ends)

    async def succeeded(self, account: str) -> None:
        """The person signed in: what was sent before counts no more."""
        await self._state.forget_hits(_RECENT, account)
        await self._state.forget_hits(_DAY, account)
        await self._state.forget(_PAUSE, account)
