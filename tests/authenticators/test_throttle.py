"""Throttling, apart from the password step: counts that two nodes share."""

from __future__ import annotations

import asyncio

import pytest

from authenticators.subjects import account_key
from authenticators.throttle import FREE_TRIES, MOST_TRIES, Throttle
from tests.authenticators.bench import Bench

pytestmark = pytest.mark.anyio

MARA = account_key("mara")


async def test_two_nodes_share_one_count(bench: Bench) -> None:
    """A hundred tries over two nodes are let in as often as over one."""
    nodes = [Throttle(bench.state, bench.clock) for _ in range(2)]
    tries = await asyncio.gather(*(nodes[n % 2].reserve(MARA, "192.0.2.1") for n in range(100)))
    assert sum(each.allowed for each in tries) == FREE_TRIES


async def test_a_hundred_wrong_tries_are_the_most_there_ever_are(bench: Bench) -> None:
    """Whatever patience: after a hundred the account waits a month, or for its owner at a known address."""
    throttle = Throttle(bench.state, bench.clock)
    home = await throttle.reserve(MARA, "192.0.2.1")
    await throttle.succeeded(home, MARA, ip="192.0.2.1")
    allowed = 0
    for _ in range(MOST_TRIES * 2):
        allowed += (await throttle.reserve(MARA, "198.51.100.1")).allowed
        bench.clock.advance(1200)
    assert allowed == MOST_TRIES
    assert await throttle.is_locked(MARA, "198.51.100.1")
    assert not await throttle.is_locked(MARA, "192.0.2.1")
    assert (await throttle.reserve(MARA, "192.0.2.1")).allowed


async def test_an_address_that_is_no_address_is_one_address(bench: Bench) -> None:
    """Whatever stands in the place of an address is counted together."""
    throttle = Throttle(bench.state, bench.clock)
    for n in range(100):
        await throttle.reserve(account_key(f"name-{n}"), f"nonsense-{n}")
    assert not (await throttle.reserve(MARA, "")).allowed


async def test_an_admin_lets_a_locked_account_try_anew(bench: Bench) -> None:
    """However many tries there were, and whatever pause."""
    throttle = Throttle(bench.state, bench.clock)
    for _ in range(MOST_TRIES + 1):
        await throttle.reserve(MARA, "198.51.100.1")
        bench.clock.advance(1200)
    assert await throttle.is_locked(MARA, "192.0.2.1")
    await throttle.unlock(MARA)
    assert not await throttle.is_locked(MARA, "192.0.2.1")
    assert (await throttle.reserve(MARA, "192.0.2.1")).allowed
