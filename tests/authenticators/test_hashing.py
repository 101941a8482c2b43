"""The hashing pool: bounded, and equal work."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from argon2.low_level import hash_secret_raw

from authenticators.hashing import PasswordHashing, UnusablePassword, hash_now, normalised
from engine.errors import Busy
from engine.model import Argon2Settings
from tests.authenticators.bench import CHEAP

pytestmark = pytest.mark.anyio


async def test_more_than_the_pool_and_its_queue_hold_is_refused() -> None:
    """Over the limit nothing is hashed: the caller hears Busy at once."""
    pool = PasswordHashing(workers=1, waiting=2)
    found = await asyncio.gather(*(pool.hash("a password", CHEAP) for _ in range(20)), return_exceptions=True)
    assert sum(isinstance(each, str) for each in found) == 4
    assert sum(isinstance(each, Busy) for each in found) == 16
    assert (await pool.hash("later", CHEAP)).startswith("$argon2id$")
    pool.close()


async def test_a_cancelled_wait_gives_its_place_back() -> None:
    """A browser that went away holds nothing."""
    pool = PasswordHashing(workers=1, waiting=0)
    async with pool.place():
        waiting = asyncio.ensure_future(pool.hash("x", CHEAP))
        await asyncio.sleep(0)
        waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await pool.matches("x", await pool.hash("x", CHEAP))
    pool.close()


@pytest.mark.parametrize("stored", ["", "plain", "$2b$12$abcdefghijklmnopqrstuv", "$argon2i$v=19$m=64,t=1,p=1$YWJjZGVmZ2g$eA", "$argon2id$v=19$m=8,t=1,p=1$!!$!!"])  # fmt: skip # noqa: E501
async def test_a_stored_text_that_is_no_argon2id_hash_fits_no_password(stored: str) -> None:
    """Neither an error nor an entrance."""
    pool = PasswordHashing(workers=1)
    assert not await pool.matches("plain", stored)
    pool.close()


async def test_a_cheaper_old_hash_is_made_up_to_the_present_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong password on an old hash takes the memory-time product that a present one takes."""
    made_up: list[int] = []

    def noted(*args: Any, **more: Any) -> bytes:
        made_up.append(more["memory_cost"])
        return hash_secret_raw(*args, **more)

    monkeypatch.setattr("authenticators.hashing.hash_secret_raw", noted)
    old = hash_now(b"right", Argon2Settings(memory_kib=64, time_cost=1))
    pool = PasswordHashing(workers=1)
    async with pool.place() as place:
        for password in (b"wrong", b"right"):
            await place.check(old, password, settings=Argon2Settings(memory_kib=256, time_cost=2))
    assert made_up == [2 * 256 - 64]
    pool.close()


async def test_what_can_be_nobody_s_password_is_told_beforehand() -> None:
    """The same rule at setting and at checking."""
    assert PasswordHashing.refusal("x" * 1024) is None
    assert PasswordHashing.refusal("x" * 1025)
    assert PasswordHashing.refusal("\ud800")
    assert PasswordHashing.refusal("")
    with pytest.raises(UnusablePassword):
        normalised("x" * 1025)
