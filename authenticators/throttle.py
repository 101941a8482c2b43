"""Throttling of password tries: counted before the check, in the shared store, for accounts that exist or not.

An account has five tries; then each further one is let in only after a pause that grows to twenty minutes, and after a
hundred there is none for a month, until the password is right once (NIST SP 800-63B §5.2.2).  An address where the
account has signed in before has tries of its own, so that a stranger's guesses do not keep its owner out.  An address
(IPv6: a /64) has a limit over all accounts; right passwords are given back to it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from engine.addresses import network
from engine.ports import Clock, StateStore

FREE_TRIES = 5
MOST_TRIES = 100
REMEMBERED = 30 * 86400.0
"""Seconds for which tries are counted and a known address stays known."""
FIRST_PAUSE = 30.0
LONGEST_PAUSE = 1200.0
ADDRESS_WINDOW = 300.0
ADDRESS_TRIES = 100

_ACCOUNT = "password-tries"
_PAUSE = "password-pause"
_KNOWN = "password-known"
_ADDRESS = "password-address"
_GIVEN_BACK = "password-address-right"


@dataclass(frozen=True, slots=True)
class Reservation:
    """A try that is counted already.  allowed: whether the password may be looked at."""

    allowed: bool
    account: str
    address: str
    known: bool


class Throttle:
    """Counts tries in the state store; any number of nodes share the counts."""

    def __init__(self, state: StateStore, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    async def reserve(self, account: str, ip: str) -> Reservation:
        """Count one try on *account* (an account key) from *ip*, and say whether it may go on."""
        known, counter = await self._counter(account, ip)
        address = self._address_key(ip)
        from_here = known or await self._address_allows(address)
        allowed = from_here and await self._account_allows(counter)
        return Reservation(allowed, counter, address, known)

    async def succeeded(self, reservation: Reservation, account: str, *, ip: str) -> None:
        """The password was right: forget the account's tries, know the address, give the address its try back."""
        await self._state.forget_hits(_ACCOUNT, reservation.account)
        await self._state.forget(_PAUSE, reservation.account)
        if not reservation.known:
            await self._state.hit(_GIVEN_BACK, reservation.address, window=2 * ADDRESS_WINDOW)
            await self._state.create(_KNOWN, _pair(account, ip), b"", expires_at=self._clock() + REMEMBERED)

    async def unlock(self, account: str) -> None:
        """An admin has looked into it: what strangers tried on *account* so far counts no more."""
        await self._state.forget_hits(_ACCOUNT, account)
        await self._state.forget(_PAUSE, account)

    async def is_locked(self, account: str, ip: str) -> bool:
        """Whether a try on *account* from *ip* would not be let in now, for any password.  Changes nothing."""
        _, counter = await self._counter(account, ip)
        paused = await self._state.read(_PAUSE, counter)
        return paused is not None or await self._state.hits(_ACCOUNT, counter) >= MOST_TRIES

    async def _counter(self, account: str, ip: str) -> tuple[bool, str]:
        known = await self._state.read(_KNOWN, _pair(account, ip)) is not None
        return known, _pair(account, ip) if known else account

    async def _account_allows(self, counter: str) -> bool:
        if await self._state.read(_PAUSE, counter) is not None:
            return False
        count = await self._state.hit(_ACCOUNT, counter, window=REMEMBERED)
        if count < FREE_TRIES:
            return True
        return count <= MOST_TRIES and await self._take_the_one_try_before_a_pause(counter, count)

    async def _take_the_one_try_before_a_pause(self, counter: str, count: int) -> bool:
        """Whoever makes the pause has its try; of any number at the same time one does."""
        ends = self._clock() + pause_after(count)
        return await self._state.create(_PAUSE, counter, b"", expires_at=ends)

    async def _address_allows(self, address: str) -> bool:
        count = await self._state.hit(_ADDRESS, address, window=2 * ADDRESS_WINDOW)
        return count <= ADDRESS_TRIES or count - await self._state.hits(_GIVEN_BACK, address) <= ADDRESS_TRIES

    def _address_key(self, ip: str) -> str:
        return f"{network(ip)}|{int(self._clock() // ADDRESS_WINDOW)}"


def pause_after(count: int) -> float:
    """Seconds of pause that the *count*-th try in a row brings.

    >>> [pause_after(count) for count in (5, 6, 7, 11, 99)]
    [30.0, 60.0, 120.0, 1200.0, 1200.0]
    """
    doublings = min(count - FREE_TRIES, 16)
    return min(FIRST_PAUSE * float(2**doublings), LONGEST_PAUSE)


def _pair(account: str, ip: str) -> str:
    return hashlib.sha256(f"{account}|{network(ip)}".encode()).hexdigest()
