"""`push test` and `admin token`: whether a provider takes what we have, and tokens for programs."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from commands.settings import load
from commands.stores import opened
from engine.model import Device, User
from management.tokens import AdminTokens
from tests.commands.conftest import Run
from tests.standins.fcm import ERRORS, Fcm, fcm

VIEW = "internal_config_mgt_view"


@pytest.fixture
def google(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fcm]:
    """A project of FCM's, named in the environment, whose key file lies in the folder."""
    with fcm() as project:
        monkeypatch.setenv("DOORSTEP_FCM_ENDPOINT", project.url)
        monkeypatch.setenv("DOORSTEP_FCM_TOKEN_HOSTS", urlsplit(project.url).netloc)
        (folder / "service-account.json").write_text(project.service_account())
        provider = {"name": "main", "provider": "fcm", "service_account": {"file": "service-account.json"}}
        (folder / "push.json").write_text(json.dumps({"settings": {"push_providers": [provider]}}))
        yield project


def test_a_provider_is_tried_without_a_phone(run: Run, google: Fcm) -> None:
    """A dry run; nothing is delivered."""
    assert "added    push provider main" in run("apply", "push.json").out
    assert run("push", "test", "main").out == "main took the message. Nothing was delivered.\n"
    assert (len(google.dry_runs), google.sent) == (1, [])


def test_what_is_wrong_with_a_provider_is_said_with_a_remedy(run: Run, google: Fcm) -> None:
    """In words, without what the provider said."""
    run("apply", "push.json")
    google.answer = lambda _: ERRORS["PERMISSION_DENIED"]
    ran = run("push", "test", "main")
    assert (ran.code, "Cloud Messaging API" in ran.err, "secret" in ran.err) == (1, True, False)
    google.revoke_keys()
    assert "Make a new key" in run("push", "test", "main").err


def test_a_provider_that_is_not_there_is_said(run: Run, folder: Path) -> None:
    """With those that are."""
    ran = run("push", "test", "main")
    assert (ran.code, ran.err) == (1, "There is no push provider 'main'; there are: none is configured.\n")


def test_a_stand_in_elsewhere_is_refused(run: Run, google: Fcm, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are for this machine only, and a key file may name none that the settings do not."""
    monkeypatch.delenv("DOORSTEP_FCM_TOKEN_HOSTS")
    assert "token_uri" in run("apply", "push.json").err
    monkeypatch.setenv("DOORSTEP_FCM_ENDPOINT", "https://fcm.attacker.test")
    assert run("apply", "push.json").code == 2


def test_a_token_is_shown_once_and_good_for_its_scopes(run: Run, folder: Path) -> None:
    """What is stored is a hash; the list does not show it; revoked it is good for nothing."""
    text = run("admin", "token", "console", "--scope", VIEW, "--days", "2").out.strip()

    async def verified() -> frozenset[str] | None:
        async with opened(load()) as stores:
            token = await AdminTokens(stores.configuration, time.time).verified(text)
            return token.scopes if token is not None else None

    assert asyncio.run(verified()) == {VIEW}
    listed = run("admin", "tokens").out
    assert re.fullmatch(rf"[0-9a-f]{{16}}  console  until \S+  {VIEW}\n", listed)
    assert text not in listed
    assert run("admin", "revoke", listed.split()[0]).code == 0
    assert asyncio.run(verified()) is None
    assert run("admin", "revoke", listed.split()[0]).code == 1


@pytest.mark.parametrize(
    "arguments", [("--scope", "everything"), (), ("--scope", VIEW, "--days", "0"), ("--scope", VIEW, "--days", "9999")]
)
def test_a_token_for_nothing_known_is_not_made(run: Run, folder: Path, arguments: tuple[str, ...]) -> None:
    """Only scopes there are, for a time that is not for ever."""
    assert run("admin", "token", "console", *arguments).code == 2
    assert run("admin", "tokens").out == ""


def test_a_device_that_is_not_reached_is_shown(run: Run, folder: Path) -> None:
    """Since when its provider says so."""

    async def add() -> None:
        async with opened(load()) as stores:
            await stores.directory.add_user(User("u1", "mara", "mara"))
            await stores.directory.add_device(
                Device("d1", "u1", "Phone", "Pixel", "fcm", "token", b"key", ("ES256",)), limit=1
            )
            await stores.directory.mark_unreachable("d1", push_token="token", since=1_800_000_000.0)

    asyncio.run(add())
    assert json.loads(run("device", "list", "--json").out)[0]["unreachable"] == "2027-01-15T08:00:00+00:00"


def test_no_token_lies_in_the_database(run: Run, folder: Path) -> None:
    """Neither as it is nor as part of anything."""
    text = run("admin", "token", "console", "--scope", VIEW).out.strip()
    with closing(sqlite3.connect(folder / "data" / "doorstep.db")) as database:
        dumped = "\n".join(database.iterdump())
    assert text.split("_", 2)[2] not in dumped
