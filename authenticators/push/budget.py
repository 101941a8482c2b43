"""How many pushes may be sent: to a person since their last success, for an address, and for one login.

Beyond it nothing is sent and no page looks different.  Strangers share one purse of the person's; a browser that the
person signed in with before has a small one of its own, which strangers cannot empty.  Passwords are not counted here,
and denying never locks anyone.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.addresses import is_loopback, network
from engine.model import PushBudget
from engine.ports import Clock, StateStore

TEN_MINUTES = 600.0
HOUR = 3600.0
DAY = 86400.0
MOST_STRIKES = 3
"""Denials and wrong numbers of one hour after which the pause is longer."""
LONGER = 10
"""How many times as long it is then, and when the person says that it was not them."""
MOST_DENIED = 10
"""Denials in an hour after which an address has nothing more sent."""

_RECENT = "push-10-minutes"
_DAY = "push-day"
_PAUSE = "push-pause"
_FLOW = "push-flow"
_ADDRESS = "push-address"
_DENIED = "push-address-denied"
_STRIKES = "push-strikes"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who has a push sent, and to whom.

    push_id: which one; account: one key for each person, or for each name that is nobody's; browser: the key of a
    browser known to be the person's own, or empty; ip: where the login is tried from.
    """

    push_id: str
    account: str
    flow_id: str
    browser: str
    ip: str


class Budget:
    """Counts in the state store; any number of nodes share the counts."""

    def __init__(self, state: StateStore, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    async def spend(self, asker: Asker, allowed: PushBudget) -> bool:
        """Count one more push, before it is sent; False if it must not be sent."""
        if await self._state.hit(_FLOW, asker.flow_id, window=HOUR) > allowed.per_flow:
            return False
        common = await self._spend_common(asker, allowed)
        if not asker.browser or not allowed.per_known_browser:
            return common
        # Counted even if the common purse pays: a browser that has used that one up alone gets nothing on top.
        own = await self._spend_from(asker.browser, allowed.per_known_browser, a_day=allowed.per_day)
        return common or own

    async def left(self, account: str, allowed: PushBudget) -> int:
        """How many pushes may still be sent to a person at the moment, by anyone.  Changes nothing."""
        if await self._state.read(_PAUSE, account) is not None:
            return 0
        recent, day = await self._state.hits(_RECENT, account), await self._state.hits(_DAY, account)
        return max(0, min(allowed.per_10_minutes - recent, allowed.per_day - day))

    async def denied(self, asker: Asker, allowed: PushBudget, *, not_me: bool) -> int:
        """The person denied a push: none is sent for a while, to anybody but their own browsers.

        Gives how many strikes there are in this hour, this one included.
        """
        if allowed.cooldown_after_denial:
            await self._state.hit(_DENIED, network(asker.ip), window=HOUR)
        strikes = await self._state.hit(_STRIKES, asker.account, window=HOUR)
        await self._pause(asker, allowed, longer=not_me or strikes >= MOST_STRIKES)
        return strikes

    async def reported(self, asker: Asker, allowed: PushBudget) -> None:
        """The person at the browser says that they did not ask for it: the pause is longer."""
        await self._pause(asker, allowed, longer=True)

    async def wrong_number(self, asker: Asker, allowed: PushBudget) -> int:
        """A wrong number ended a push: one is a slip, several are guesses.  Gives the strikes of this hour."""
        strikes = await self._state.hit(_STRIKES, asker.account, window=HOUR)
        if strikes >= MOST_STRIKES:
            await self._pause(asker, allowed, longer=True)
        return strikes

    async def succeeded(self, asker: Asker) -> None:
        """The person signed in: what was sent before counts no more."""
        for purse in filter(None, (asker.account, asker.browser)):
            await self._state.forget_hits(_RECENT, purse)
            await self._state.forget_hits(_DAY, purse)
            await self._state.forget(_PAUSE, purse)
        await self._state.forget_hits(_STRIKES, asker.account)
        await self._state.forget(_ADDRESS, asker.push_id)

    async def _spend_common(self, asker: Asker, allowed: PushBudget) -> bool:
        """Whether the address has room, then the person's purse: a crowd at one address empties nobody's purse."""
        if not await self._has_room(asker.ip, allowed):
            return False
        if not await self._spend_from(asker.account, allowed.per_10_minutes, a_day=allowed.per_day):
            return False
        until = self._clock() + TEN_MINUTES
        await self._state.create(_ADDRESS, asker.push_id, b"", expires_at=until, owner=network(asker.ip))
        return await self._has_room(asker.ip, allowed, reserved=1)

    async def _has_room(self, ip: str, allowed: PushBudget, *, reserved: int = 0) -> bool:
        """Whether the address may have one more sent.  This machine itself may: it may be a proxy nobody told of."""
        address = network(ip)
        if is_loopback(ip):
            return True
        if await self._state.hits(_DENIED, address) >= MOST_DENIED:
            return False
        return len(await self._state.owned(_ADDRESS, address)) - reserved < allowed.per_address

    async def _spend_from(self, purse: str, most: int, *, a_day: int) -> bool:
        """What ten minutes do not allow is no push of the day: else a quick series would close the whole day."""
        paused = await self._state.read(_PAUSE, purse) is not None
        if paused or await self._state.hit(_RECENT, purse, window=TEN_MINUTES) > most:
            return False
        return await self._state.hit(_DAY, purse, window=DAY) <= a_day

    async def _pause(self, asker: Asker, allowed: PushBudget, *, longer: bool) -> None:
        ends = self._clock() + allowed.cooldown_after_denial * (LONGER if longer else 1)
        for purse in filter(None, (asker.account, asker.browser)):
            if ends > self._clock() and not await self._state.create(_PAUSE, purse, b"", expires_at=ends):
                await self._prolong(purse, ends)

    async def _prolong(self, purse: str, ends: float) -> None:
        """Make a pause end later, if it does not already; of two at once one does it, and both mean to."""
        stored = await self._state.read(_PAUSE, purse)
        if stored is not None and stored.expires_at < ends:
            await self._state.replace(_PAUSE, purse, b"", revision=stored.revision, expires_at=ends)
