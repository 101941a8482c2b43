"""Sealed records: what was not sealed by us for this very place does not exist."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from engine.errors import Busy
from engine.ports import Stored
from storage.memory import MemoryState
from storage.sealing import FORMAT, NotAuthentic, SealedState, Sealer, derived_key, place
from storage.sql.engine import SqliteDatabase
from storage.sql.state import SqlState
from storage.sql.tables import records
from tests.storage.conftest import SettableClock

pytestmark = pytest.mark.anyio

HERE = place("record", "login", "a", 1, 10.0)
OLD, NEW = os.urandom(32), os.urandom(32)


def test_what_is_sealed_can_be_opened(sealer: Sealer) -> None:
    """Empty and large values alike; the same value never looks the same twice."""
    for plain in (b"", b"x", os.urandom(100_000)):
        sealed = sealer.seal(plain, HERE)
        assert sealer.open(sealed, HERE) == plain
        assert sealed != sealer.seal(plain, HERE)
        assert sealed[0] == FORMAT


def test_a_change_of_any_bit_is_noticed(sealer: Sealer) -> None:
    """In head, nonce, text or tag."""
    sealed = sealer.seal(b"subject=mara", HERE)
    for index in range(len(sealed)):
        for bit in range(8):
            changed = bytearray(sealed)
            changed[index] ^= 1 << bit
            with pytest.raises(NotAuthentic):
                sealer.open(bytes(changed), HERE)


def test_a_cut_or_lengthened_record_is_noticed(sealer: Sealer) -> None:
    """At each length."""
    sealed = sealer.seal(b"subject=mara", HERE)
    for length in range(len(sealed)):
        with pytest.raises(NotAuthentic):
            sealer.open(sealed[:length], HERE)
    with pytest.raises(NotAuthentic):
        sealer.open(sealed + b"\0", HERE)


@pytest.mark.parametrize("found", [b"", b"\x80\x04\x95pickle", os.urandom(500), "text", None, 5, bytes(500)])
def test_foreign_bytes_are_noticed(sealer: Sealer, found: object) -> None:
    """Whatever is there, the answer is the same exception."""
    with pytest.raises(NotAuthentic):
        sealer.open(found, HERE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "elsewhere",
    [
        place("secret", "login", "a", 1, 10.0),
        place("record", "push", "a", 1, 10.0),
        place("record", "login", "b", 1, 10.0),
        place("record", "login", "a", 2, 10.0),
        place("record", "login", "a", 1, 10.5),
        place("record", "logina", "", 1, 10.0),
        place("record", "login", b"a", 1, 10.0),
        place("record", "login", "a", "1", 10.0),
        place("record", "login", "a", 1),
        b"",
    ],
)
def test_a_record_cannot_be_moved(sealer: Sealer, elsewhere: bytes) -> None:
    """Another kind, key, revision or deadline, and it cannot be opened."""
    with pytest.raises(NotAuthentic):
        sealer.open(sealer.seal(b"x", HERE), elsewhere)


def test_the_newest_key_seals_and_all_open() -> None:
    """After a rotation old records can be read, new ones not with the old key alone."""
    before = Sealer([OLD]).seal(b"x", HERE)
    both = Sealer([NEW, OLD])
    assert both.open(before, HERE) == b"x"
    with pytest.raises(NotAuthentic):
        Sealer([OLD]).open(both.seal(b"x", HERE), HERE)
    with pytest.raises(NotAuthentic):
        Sealer([NEW]).open(before, HERE)


def test_a_running_server_follows_a_rotation() -> None:
    """A record sealed with a key it does not hold makes it look for the keys once more."""
    keys = [OLD]
    running = Sealer(keys, present_keys=lambda: keys)
    keys = [NEW, OLD]
    sealed = Sealer(keys).seal(b"x", HERE)
    assert running.open(sealed, HERE) == b"x"
    assert Sealer([NEW]).open(running.seal(b"y", HERE), HERE) == b"y"


def test_keys_that_cannot_be_read_again_leave_those_held() -> None:
    """A broken key file in the middle of a rotation stops nobody."""

    def broken() -> list[bytes]:
        raise ValueError("not a key file")

    running = Sealer([OLD], present_keys=broken)
    with pytest.raises(NotAuthentic):
        running.open(Sealer([NEW]).seal(b"x", HERE), HERE)
    assert running.open(running.seal(b"x", HERE), HERE) == b"x"


@pytest.mark.parametrize("keys", [[], [b"short"], [OLD, b""]])
def test_a_key_has_32_bytes(keys: list[bytes]) -> None:
    """And there is at least one."""
    with pytest.raises(ValueError, match="32 bytes"):
        Sealer(keys)


def test_each_purpose_has_its_own_key() -> None:
    """No derived key tells of another."""
    keys = {derived_key(OLD, "names"), derived_key(OLD, "forms"), derived_key(NEW, "names"), OLD}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}


# --- the wrapper ------------------------------------------------------------------------------------------------------


class Told(list[tuple[str, str]]):
    """Remembers what it is told; can be made to fail as an audit does."""

    failing = False

    async def __call__(self, kind: str, key: str) -> None:
        if self.failing:
            raise Busy("the disk is full")
        self.append((kind, key))


async def test_values_are_not_stored_in_clear(clock: SettableClock, sealer: Sealer) -> None:
    """Who reads the store learns nothing of them."""
    inner = MemoryState(clock)
    await SealedState(inner, sealer, clock).create("login", "a", b"canary", expires_at=clock.now + 10)
    stored = await inner.read("login", "a")
    assert stored is not None
    assert b"canary" not in stored.value


async def test_a_record_changed_in_the_store_does_not_exist(
    database: SqliteDatabase, clock: SettableClock, sealer: Sealer
) -> None:
    """Byte by byte, and whatever column was changed."""
    inner, told = SqlState(database, clock), Told()
    state = SealedState(inner, sealer, clock, tampered=told)
    await state.create("login", "a", b"subject=mara", expires_at=clock.now + 10, owner="mara")
    good = (await inner.read("login", "a") or Stored("", 0, b"", 0)).value
    flipped = [good[:n] + bytes([good[n] ^ 1]) + good[n + 1 :] for n in range(len(good))]
    values: list[dict[str, object]] = [{"value": value} for value in (*flipped, b"", good[:-1], "text", 5)]
    columns: tuple[dict[str, object], ...] = (
        {"key": "b"},
        {"kind": "push"},
        {"revision": 7},
        {"expires_at": clock.now + 11},
        {"expires_at": "soon"},
    )
    row = {"kind": "login", "key": "a", "revision": 1, "value": good, "expires_at": clock.now + 10}
    for change in (*values, *columns):
        changed = {**row, **change}
        await overwrite(database, changed)
        kind, key = str(changed["kind"]), str(changed["key"])
        assert await state.read(kind, key) is None
        assert await state.owned(kind, "mara") == []
    await overwrite(database, row)
    assert await state.read("login", "a") == Stored("a", 1, b"subject=mara", clock.now + 10)
    assert set(told) == {("login", "a"), ("login", "b"), ("push", "a")}


async def overwrite(database: SqliteDatabase, columns: dict[str, object]) -> None:
    """Write *columns* into the only record, past all stores and all types."""
    assignments = ", ".join(f'"{name}" = ?' for name in columns)
    statement = database.prepare(records.update().values(columns))
    await database.write(replace(statement, sql=f"UPDATE records SET {assignments}", names=tuple(columns)), **columns)


async def test_what_cannot_be_opened_is_taken_by_nobody(clock: SettableClock, sealer: Sealer) -> None:
    """Taking removes it; the taker gets nothing."""
    inner, told = MemoryState(clock), Told()
    state = SealedState(inner, sealer, clock, tampered=told)
    await inner.create("code", "a", b"forged", expires_at=clock.now + 10)
    assert await state.take("code", "a") is None
    assert await inner.read("code", "a") is None
    assert told == [("code", "a")]


async def test_a_forged_record_still_blocks_its_place(clock: SettableClock, sealer: Sealer) -> None:
    """A mark that something was used is not undone by spoiling it."""
    inner = MemoryState(clock)
    state = SealedState(inner, sealer, clock)
    await inner.create("used", "a", b"forged", expires_at=clock.now + 10)
    assert not await state.create("used", "a", b"", expires_at=clock.now + 10)


async def test_a_record_is_reported_once(clock: SettableClock, sealer: Sealer) -> None:
    """A page that polls does not fill the audit; a report that failed is made again."""
    inner, told = MemoryState(clock), Told()
    state = SealedState(inner, sealer, clock, tampered=told)
    await inner.create("login", "a", b"forged", expires_at=clock.now + 10)
    told.failing = True
    assert await state.read("login", "a") is None
    told.failing = False
    for _ in range(3):
        assert await state.read("login", "a") is None
    assert told == [("login", "a")]


async def test_an_old_record_put_back_under_a_newer_revision_does_not_exist(
    clock: SettableClock, sealer: Sealer
) -> None:
    """A roll-back of the value alone is noticed."""
    inner = MemoryState(clock)
    state = SealedState(inner, sealer, clock)
    await state.create("login", "a", b"step 1", expires_at=clock.now + 10)
    first = await inner.read("login", "a")
    assert first is not None
    await state.replace("login", "a", b"step 2", revision=1, expires_at=clock.now + 10)
    await inner.replace("login", "a", first.value, revision=2, expires_at=clock.now + 10)
    assert await state.read("login", "a") is None


async def test_the_inner_deadline_holds_in_a_store_that_forgets_none(sealer: Sealer) -> None:
    """Even if the store's clock stands still."""
    slow, clock = SettableClock(), SettableClock()
    state = SealedState(MemoryState(slow), sealer, clock)
    await state.create("login", "a", b"1", expires_at=clock.now + 10, owner="mara")
    clock.now += 10
    assert await state.read("login", "a") is None
    assert await state.owned("login", "mara") == []
    assert await state.take("login", "a") is None


async def test_sealed_records_survive_a_rotation_of_keys(clock: SettableClock) -> None:
    """Logins under way go on."""
    inner = MemoryState(clock)
    await SealedState(inner, Sealer([OLD]), clock).create("login", "a", b"1", expires_at=clock.now + 10)
    rotated = SealedState(inner, Sealer([NEW, OLD]), clock)
    assert await rotated.replace("login", "a", b"2", revision=1, expires_at=clock.now + 10)
    assert await SealedState(inner, Sealer([NEW]), clock).read("login", "a") is not None
    assert await SealedState(inner, Sealer([OLD]), clock).read("login", "a") is None
