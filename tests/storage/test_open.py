"""The one door to the stores."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.model import OrganisationSettings, User
from engine.ports import ConfigurationChange
from storage.open import open_stores
from storage.urls import SqliteUrl, parsed_url
from tests.storage.conftest import SettableClock

pytestmark = pytest.mark.anyio

KEYS = [os.urandom(32)]


@pytest.mark.parametrize("state_url", [None, "memory:", "sqlite:///{folder}/state.sqlite3"])
@pytest.mark.parametrize("database_url", ["memory:", "sqlite:///{folder}/new/database.sqlite3"])
async def test_all_stores_work_together(
    tmp_path: Path, clock: SettableClock, database_url: str, state_url: str | None
) -> None:
    """In memory, in a file, or each in its own."""
    state_url = state_url and state_url.format(folder=tmp_path)
    stores = await open_stores(database_url.format(folder=tmp_path), state_url, keys=KEYS, clock=clock)
    await stores.configuration.commit(ConfigurationChange(users=[User("u1", "Mara", "mara")], secrets={"a": "b"}))
    assert await stores.directory.user_named("mara") == User("u1", "Mara", "mara")
    assert await stores.configuration.settings() == OrganisationSettings()
    assert await stores.configuration.secret("a") == "b"
    assert await stores.state.create("login", "a", b"1", expires_at=clock.now + 10)
    async with stores.signals.listen("a") as wait:
        await stores.signals.notify("a")
        assert await wait(30)
    clock.now += 10
    assert await stores.sweep() == 1
    assert await stores.reachable()
    await stores.close()


async def test_a_file_is_opened_where_it_was_left(tmp_path: Path, clock: SettableClock) -> None:
    """State and database in one file, with the same key."""
    url = f"sqlite:///{tmp_path}/database"
    stores = await open_stores(url, keys=KEYS, clock=clock)
    await stores.state.create("login", "a", b"1", expires_at=clock.now + 10)
    await stores.configuration.commit(ConfigurationChange(secrets={"a": "b"}))
    await stores.close()
    assert not await stores.reachable()
    again = await open_stores(url, url, keys=KEYS, clock=clock)
    assert await again.state.read("login", "a") is not None
    assert await again.configuration.secret("a") == "b"
    await again.close()


async def test_records_and_secrets_of_another_key_do_not_exist(tmp_path: Path, clock: SettableClock) -> None:
    """Each is audited, without its name."""
    url = f"sqlite:///{tmp_path}/database"
    stores = await open_stores(url, keys=KEYS, clock=clock)
    await stores.state.create("login", "id-canary", b"1", expires_at=clock.now + 10)
    await stores.configuration.commit(ConfigurationChange(secrets={"a": "b"}))
    await stores.close()
    other = await open_stores(url, keys=[os.urandom(32)], clock=clock)
    assert await other.state.read("login", "id-canary") is None
    assert await other.configuration.secret("a") is None
    events = await other.audit.recent()
    assert [(one.name, one.why) for one in events] == [("record_tampered", "secret"), ("record_tampered", "login")]
    assert "canary" not in repr(events)
    await other.close()


async def test_state_is_sealed_in_the_file(tmp_path: Path, clock: SettableClock) -> None:
    """Who reads the file does not read a login."""
    stores = await open_stores(f"sqlite:///{tmp_path}/database", keys=KEYS, clock=clock)
    await stores.state.create("login", "a", b"subject-canary", expires_at=clock.now + 10)
    await stores.configuration.commit(ConfigurationChange(secrets={"a": "secret-canary"}))
    await stores.close()
    assert b"canary" not in (tmp_path / "database").read_bytes()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "postgresql://user:hunter2@db",
        "redis://hunter2@host",
        "mysql+pymysql://root:hunter2@x",
        "sqlite:hunter2",
        "sqlite://hunter2",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///hunter2?mode=ro",
        "sqlite:///hunter2#x",
        "sqlite:///hunter2\0",
        "hunter2://x",
        "/var/lib/hunter2",
    ],
)
async def test_any_other_address_is_refused_by_the_setting_s_name(
    tmp_path: Path, clock: SettableClock, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says what it may be and repeats no password; nothing is made."""
    monkeypatch.chdir(tmp_path)
    for setting, urls in (("DATABASE_URL", (url, None)), ("STATE_URL", ("memory:", url or "x"))):
        with pytest.raises(ValueError, match=rf"^{setting}: expected") as caught:
            await open_stores(*urls, keys=KEYS, clock=clock)
        assert "sqlite:////absolute" in str(caught.value)
        assert ":hunter2" not in str(caught.value)
    assert os.listdir(tmp_path) == []


def test_three_slashes_are_relative_and_four_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As elsewhere; the path is taken as it stands, without decoding."""
    monkeypatch.chdir(tmp_path)
    assert parsed_url("sqlite:///a/b.db", setting="X") == SqliteUrl(tmp_path / "a" / "b.db")
    assert parsed_url("sqlite:////a b/%20.db", setting="X") == SqliteUrl(Path("/a b/%20.db"))


async def test_if_one_store_cannot_be_opened_none_stays_open(tmp_path: Path, clock: SettableClock) -> None:
    """The database is let go of when the state's file is no database."""
    (tmp_path / "state").write_text("no database" * 1000)
    with pytest.raises(ValueError, match="STATE_URL"):
        await open_stores(f"sqlite:///{tmp_path}/database", f"sqlite:///{tmp_path}/state", keys=KEYS, clock=clock)
    assert sorted(os.listdir(tmp_path)) == ["database", "state"]
