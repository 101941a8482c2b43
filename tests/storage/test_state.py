"""What every state store does, plain or sealed, in memory or on a file that two processes share."""

from __future__ import annotations

import asyncio
import math

import pytest

from engine.ports import StateStore, Stored
from storage.bounds import LARGEST_VALUE, LONGEST_NAME
from tests.storage.conftest import SettableClock

pytestmark = pytest.mark.anyio

Pair = tuple[StateStore, StateStore]
NO_NAMES = ["", "x" * (LONGEST_NAME + 1), "nul\0inside", "half a pair \ud800"]
STRANGE_NAMES = ["*", "a:b", "line\nbreak", "{x}", "' OR 1=1 --", "%_", "ключ", "𝒦", " ", "x" * LONGEST_NAME]


async def test_a_record_is_read_as_it_was_stored(state: StateStore, clock: SettableClock) -> None:
    """Value, first revision and deadline come back."""
    value = bytes(range(256)) * 8
    assert await state.create("login", "a", value, expires_at=clock.now + 0.25)
    assert await state.read("login", "a") == Stored("a", 1, value, clock.now + 0.25)


async def test_a_key_is_created_once(state: StateStore, clock: SettableClock) -> None:
    """The second creation fails and leaves the first record alone."""
    assert await state.create("login", "a", b"first", expires_at=clock.now + 10)
    assert not await state.create("login", "a", b"second", expires_at=clock.now + 99)
    assert await state.read("login", "a") == Stored("a", 1, b"first", clock.now + 10)


async def test_kinds_do_not_share_keys(state: StateStore, clock: SettableClock) -> None:
    """The same key under another kind is another record."""
    assert await state.create("login", "a", b"1", expires_at=clock.now + 10)
    assert await state.create("push", "a", b"2", expires_at=clock.now + 10)
    await state.forget("login", "a")
    assert await state.read("login", "a") is None
    assert await state.read("push", "a") is not None


async def test_a_replacement_needs_the_present_revision(state: StateStore, clock: SettableClock) -> None:
    """Compare-and-set: only who has seen the latest record may replace it."""
    await state.create("login", "a", b"1", expires_at=clock.now + 10)
    assert not await state.replace("login", "a", b"no", revision=0, expires_at=clock.now + 20)
    assert not await state.replace("login", "a", b"no", revision=2, expires_at=clock.now + 20)
    assert await state.replace("login", "a", b"2", revision=1, expires_at=clock.now + 20)
    assert not await state.replace("login", "a", b"no", revision=1, expires_at=clock.now + 30)
    assert await state.read("login", "a") == Stored("a", 2, b"2", clock.now + 20)


async def test_nothing_is_replaced_that_does_not_exist(state: StateStore, clock: SettableClock) -> None:
    """A replacement never creates."""
    assert not await state.replace("login", "a", b"1", revision=1, expires_at=clock.now + 10)
    assert not await state.replace("login", "a", b"1", revision=0, expires_at=clock.now + 10)
    assert await state.read("login", "a") is None


async def test_a_record_is_taken_once(state: StateStore, clock: SettableClock) -> None:
    """Taking gives and removes."""
    await state.create("code", "a", b"1", expires_at=clock.now + 10)
    assert await state.take("code", "a") == Stored("a", 1, b"1", clock.now + 10)
    assert await state.take("code", "a") is None
    assert await state.read("code", "a") is None
    assert await state.create("code", "a", b"2", expires_at=clock.now + 10)


async def test_a_record_past_its_deadline_does_not_exist(state: StateStore, clock: SettableClock) -> None:
    """From its deadline on no method knows the record, swept or not."""
    await state.create("login", "a", b"1", expires_at=clock.now + 10, owner="mara")
    clock.now += 10
    assert await state.read("login", "a") is None
    assert await state.owned("login", "mara") == []
    assert not await state.replace("login", "a", b"2", revision=1, expires_at=clock.now + 10)
    assert await state.take("login", "a") is None
    assert await state.create("login", "a", b"new", expires_at=clock.now + 10)
    assert await state.read("login", "a") == Stored("a", 1, b"new", clock.now + 10)


async def test_a_new_record_in_an_expired_place_has_its_own_owner(state: StateStore, clock: SettableClock) -> None:
    """Nothing of the expired record is left, neither owner nor place in the order."""
    await state.create("push", "a", b"old", expires_at=clock.now + 1, owner="mara")
    await state.create("push", "b", b"b", expires_at=clock.now + 99, owner="tom")
    clock.now += 5
    await state.create("push", "a", b"new", expires_at=clock.now + 10, owner="tom")
    assert await state.owned("push", "mara") == []
    assert [stored.key for stored in await state.owned("push", "tom")] == ["b", "a"]


async def test_a_replacement_can_prolong_and_shorten(state: StateStore, clock: SettableClock) -> None:
    """The new deadline counts, whichever way it moved."""
    await state.create("login", "a", b"1", expires_at=clock.now + 10)
    await state.replace("login", "a", b"2", revision=1, expires_at=clock.now + 100)
    clock.now += 50
    assert await state.replace("login", "a", b"3", revision=2, expires_at=clock.now + 1)
    clock.now += 1
    assert await state.read("login", "a") is None


@pytest.mark.parametrize("seconds", [0, -1, -math.inf, math.inf, math.nan])
async def test_a_deadline_must_be_finite_and_to_come(state: StateStore, clock: SettableClock, seconds: float) -> None:
    """A record that would live for ever or not at all is refused."""
    await state.create("login", "b", b"1", expires_at=clock.now + 10)
    assert not await state.create("login", "a", b"1", expires_at=clock.now + seconds)
    assert not await state.replace("login", "b", b"2", revision=1, expires_at=clock.now + seconds)
    assert await state.read("login", "a") is None
    assert await state.read("login", "b") == Stored("b", 1, b"1", clock.now + 10)


async def test_a_clock_set_back_brings_nothing_back(state: StateStore, clock: SettableClock) -> None:
    """What was taken stays taken whatever the clock says."""
    await state.create("code", "a", b"1", expires_at=clock.now + 10)
    await state.take("code", "a")
    clock.now -= 3600
    assert await state.read("code", "a") is None


async def test_the_records_of_an_owner_are_listed_oldest_first(state: StateStore, clock: SettableClock) -> None:
    """Also those made in the same instant keep their order; other owners and kinds are left out."""
    for number in range(3):
        await state.create("push", f"p{number}", b"", expires_at=clock.now + 10, owner="mara")
    clock.now += 1
    await state.create("push", "a-later", b"", expires_at=clock.now + 10, owner="mara")
    await state.create("push", "x", b"", expires_at=clock.now + 10, owner="tom")
    await state.create("session", "y", b"", expires_at=clock.now + 10, owner="mara")
    assert [one.key for one in await state.owned("push", "mara")] == ["p0", "p1", "p2", "a-later"]


async def test_an_owner_stays_when_the_value_changes(state: StateStore, clock: SettableClock) -> None:
    """A replacement keeps the owner and the place; a taken record leaves the list."""
    for key in ("a", "b", "c"):
        await state.create("push", key, b"1", expires_at=clock.now + 10, owner="mara")
    await state.replace("push", "a", b"2", revision=1, expires_at=clock.now + 10)
    await state.take("push", "b")
    await state.forget("push", "c")
    assert await state.owned("push", "mara") == [Stored("a", 2, b"2", clock.now + 10)]


@pytest.mark.parametrize("name", NO_NAMES)
async def test_what_cannot_be_a_key_names_nothing(state: StateStore, clock: SettableClock, name: str) -> None:
    """A hostile key is refused without an exception."""
    assert not await state.create("login", name, b"1", expires_at=clock.now + 10)
    assert not await state.create("login", "a", b"1", expires_at=clock.now + 10, owner=name)
    assert await state.read("login", name) is None
    assert await state.take("login", name) is None
    assert not await state.replace("login", name, b"1", revision=1, expires_at=clock.now + 10)
    assert await state.owned("login", name) == []
    await state.forget("login", name)


@pytest.mark.parametrize("name", STRANGE_NAMES)
async def test_a_strange_key_is_a_key_like_any_other(state: StateStore, clock: SettableClock, name: str) -> None:
    """No character of a key means anything to a store."""
    await state.create("login", "bystander", b"0", expires_at=clock.now + 10, owner="someone")
    assert await state.create("login", name, b"1", expires_at=clock.now + 10, owner=name)
    assert [one.key for one in await state.owned("login", name)] == [name]
    assert await state.take("login", name) == Stored(name, 1, b"1", clock.now + 10)
    assert await state.read("login", "bystander") is not None


async def test_a_value_has_a_size_limit(state: StateStore, clock: SettableClock) -> None:
    """What is too large is refused and changes nothing."""
    await state.create("login", "a", b"1", expires_at=clock.now + 10)
    assert not await state.create("login", "b", bytes(LARGEST_VALUE + 1), expires_at=clock.now + 10)
    assert not await state.replace("login", "a", bytes(LARGEST_VALUE + 1), revision=1, expires_at=clock.now + 10)
    assert await state.read("login", "a") == Stored("a", 1, b"1", clock.now + 10)


async def test_a_window_begins_with_its_first_event(state: StateStore, clock: SettableClock) -> None:
    """Events count until the window of the first is over; then the next begins another."""
    assert [await state.hit("tries", "mara", window=60) for _ in range(3)] == [1, 2, 3]
    clock.now += 59.5
    assert await state.hit("tries", "mara", window=60) == 4
    assert await state.hits("tries", "mara") == 4
    clock.now += 0.5
    assert await state.hits("tries", "mara") == 0
    assert await state.hit("tries", "mara", window=60) == 1


async def test_counters_are_apart_by_kind_and_key(state: StateStore) -> None:
    """Only the same kind and key count together; looking counts nothing."""
    await state.hit("tries", "mara", window=60)
    assert await state.hits("tries", "tom") == 0
    assert await state.hits("pushes", "mara") == 0
    assert await state.hits("tries", "mara") == 1


async def test_a_forgotten_counter_begins_anew(state: StateStore) -> None:
    """What was counted is gone, and only that."""
    await state.hit("tries", "mara", window=60)
    await state.hit("tries", "tom", window=60)
    await state.forget_hits("tries", "mara")
    assert await state.hits("tries", "mara") == 0
    assert await state.hits("tries", "tom") == 1


async def test_a_record_and_a_counter_of_one_name_are_forgotten_apart(state: StateStore, clock: SettableClock) -> None:
    """Neither drops the other."""
    await state.create("tries", "mara", b"1", expires_at=clock.now + 10)
    await state.hit("tries", "mara", window=60)
    await state.forget("tries", "mara")
    assert (await state.read("tries", "mara"), await state.hits("tries", "mara")) == (None, 1)
    await state.create("tries", "mara", b"2", expires_at=clock.now + 10)
    await state.forget_hits("tries", "mara")
    assert await state.hits("tries", "mara") == 0
    assert await state.read("tries", "mara") == Stored("mara", 1, b"2", clock.now + 10)


@pytest.mark.parametrize("name", NO_NAMES + STRANGE_NAMES)
async def test_anything_can_be_counted(state: StateStore, name: str) -> None:
    """A limit holds for hostile names as well."""
    assert await state.hit("tries", name, window=60) == 1
    assert await state.hit("tries", name, window=60) == 2
    assert await state.hits("tries", name) == 2
    await state.forget_hits("tries", name)
    assert await state.hits("tries", name) == 0


@pytest.mark.parametrize("window", [0, -5, math.inf, math.nan])
async def test_a_window_must_be_finite(state: StateStore, window: float) -> None:
    """No counter is kept for ever."""
    with pytest.raises(ValueError, match="window"):
        await state.hit("tries", "mara", window=window)


async def test_a_clock_set_back_does_not_lock_anybody_out_for_years(state: StateStore, clock: SettableClock) -> None:
    """The count stays, the window ends at most one window from now."""
    await state.hit("tries", "mara", window=60)
    clock.now -= 10 * 365 * 86_400
    assert await state.hit("tries", "mara", window=60) == 2
    clock.now += 60
    assert await state.hits("tries", "mara") == 0


async def test_of_fifty_takers_one_gets_the_record(states: Pair, clock: SettableClock) -> None:
    """One-time means one, from whichever process."""
    await states[0].create("code", "a", b"1", expires_at=clock.now + 10)
    taken = await asyncio.gather(*(states[n % 2].take("code", "a") for n in range(50)))
    assert [one for one in taken if one is not None] == [Stored("a", 1, b"1", clock.now + 10)]


async def test_of_fifty_creators_one_creates(states: Pair, clock: SettableClock) -> None:
    """Also over a record that has expired."""
    for _ in range(2):
        creators = (states[n % 2].create("code", "a", str(n).encode(), expires_at=clock.now + 10) for n in range(50))
        won = await asyncio.gather(*creators)
        stored = await states[1].read("code", "a")
        assert won.count(True) == 1
        assert stored is not None
        assert stored.value == str(won.index(True)).encode()
        clock.now += 11


async def test_of_fifty_replacements_one_wins(states: Pair, clock: SettableClock) -> None:
    """The stored value is the winner's, one revision further."""
    await states[0].create("login", "a", b"", expires_at=clock.now + 10)
    replacements = (
        states[n % 2].replace("login", "a", str(n).encode(), revision=1, expires_at=clock.now + 10) for n in range(50)
    )
    won = await asyncio.gather(*replacements)
    assert won.count(True) == 1
    winner = Stored("a", 2, str(won.index(True)).encode(), clock.now + 10)
    assert await states[0].read("login", "a") == winner


async def test_a_take_and_a_replacement_do_not_both_win(states: Pair, clock: SettableClock) -> None:
    """What is replaced is taken as replaced; what is taken cannot be replaced."""
    for number in range(10):
        key = f"k{number}"
        await states[0].create("push", key, b"old", expires_at=clock.now + 10)
        replaced, taken = await asyncio.gather(
            states[0].replace("push", key, b"new", revision=1, expires_at=clock.now + 10), states[1].take("push", key)
        )
        assert taken is not None
        assert (taken.value == b"new") == replaced


async def test_no_event_is_lost_when_fifty_count(states: Pair) -> None:
    """Each gets a number of its own."""
    counted = await asyncio.gather(*(states[n % 2].hit("tries", "mara", window=60) for n in range(50)))
    assert sorted(counted) == list(range(1, 51))
    assert await states[0].hits("tries", "mara") == 50
