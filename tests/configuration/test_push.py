"""Push providers of a configuration: what is stored, what an export says, what is refused."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from configuration.apply import apply
from configuration.export import as_json, export
from configuration.plan import Plan
from configuration.problems import ConfigurationErrors
from configuration.tools import Tools
from storage.memory import MemoryConfiguration
from tests.configuration.conftest import Write
from tests.standins.fcm import Fcm

pytestmark = pytest.mark.anyio

MAIN = {"name": "main", "provider": "fcm", "service_account": {"file": "service-account.json"}}
GOOGLE = Fcm()
Applied = Callable[..., Awaitable[Plan]]


def key_file(**more: Any) -> str:
    """A key file as Google gives it."""
    return GOOGLE.service_account(**{"token_uri": "https://oauth2.googleapis.com/token", **more})


@pytest.fixture
def applied(write: Write, tmp_path: Path, tools: Tools) -> Applied:
    """Applies these providers, beside the key file with that text."""

    async def run(*providers: dict[str, Any], key: str | None = None, **options: Any) -> Plan:
        if key is not None:
            (tmp_path / "service-account.json").write_text(key)
        path = write(json.dumps({"settings": {"push_providers": list(providers)}}))
        return await apply([path], tools, **options)

    return run


async def test_a_provider_is_added_changed_and_left(applied: Applied, store: MemoryConfiguration) -> None:
    """By its key file; the same file again changes nothing."""
    first = key_file()
    assert [str(item) for item in (await applied(MAIN, key=first)).added] == ["push provider main"]
    [provider] = await store.push_providers()
    assert (provider.project, provider.kind) == ("demo-project", "fcm")
    assert (await applied(MAIN, key=first)).changes_nothing
    changed = (await applied(MAIN, key=key_file())).changed
    assert [str(item) for item in changed] == ["push provider main (service_account)"]
    assert (await store.push_providers())[0].digest != provider.digest


async def test_only_what_is_needed_of_a_key_file_is_stored(applied: Applied, store: MemoryConfiguration) -> None:
    """Addresses that we never call are dropped."""
    await applied(MAIN, key=key_file(auth_uri="https://attacker.test/"))
    kept = json.loads(await store.secret("push.provider.main") or "")
    assert kept.keys() == {
        "type", "project_id", "private_key_id", "private_key", "client_email", "token_uri"
    }  # fmt: skip


async def test_an_export_says_that_it_is_stored(applied: Applied, store: MemoryConfiguration) -> None:
    """Applied where it came from it changes nothing; elsewhere it asks for the key file."""
    await applied(MAIN, key=key_file())
    document = await export(store)
    assert document["settings"]["push_providers"] == [{**MAIN, "service_account": {"stored": True}}]
    assert "PRIVATE KEY" not in as_json(document)
    assert (await applied(*document["settings"]["push_providers"])).changes_nothing


async def test_stored_is_refused_where_nothing_is_stored(applied: Applied) -> None:
    """With the place, and what to do."""
    with pytest.raises(ConfigurationErrors, match="no service account is stored"):
        await applied({**MAIN, "service_account": {"stored": True}})


async def test_providers_that_are_not_named_stay_unless_pruned(applied: Applied, store: MemoryConfiguration) -> None:
    """Pruned, their secret goes with them."""
    web = {"name": "web", "provider": "webpush", "services": ["push.example.test"]}
    await applied(MAIN, key=key_file())
    await applied(web)
    assert [one.name for one in await store.push_providers()] == ["main", "web"]
    await applied(web, prune=True)
    assert [one.name for one in await store.push_providers()] == ["web"]
    assert await store.secret_names() == []


async def test_a_provider_that_becomes_another_kind_loses_its_secret(
    applied: Applied, store: MemoryConfiguration
) -> None:
    """What it was for is gone."""
    await applied(MAIN, key=key_file())
    await applied({"name": "main", "provider": "builtin"})
    assert (await store.push_providers())[0].kind == "builtin"
    assert await store.secret_names() == []


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("{}", '"type" is not "service_account"'),
        ("no JSON", "is not a JSON key file"),
        (key_file(token_uri="https://attacker.test/token"), '"token_uri" is not an address of Google\'s'),
        (key_file(token_uri="https://oauth2.googleapis.com/token/../x"), '"token_uri"'),
        (key_file(private_key="no key"), '"private_key" is not an RSA key'),
        (None, "cannot be read"),
    ],
    ids=["type", "JSON", "elsewhere", "path", "key", "no file"],
)
async def test_a_key_file_that_cannot_work_is_refused(
    key: str | None, said: str, applied: Applied, store: MemoryConfiguration
) -> None:
    """Before anything is changed; the place is told, and no value."""
    with pytest.raises(ConfigurationErrors) as refusal:
        await applied(MAIN, key=key)
    [problem] = refusal.value.problems
    assert said in problem.text
    assert problem.where == ("settings", "push_providers", 0, "service_account")
    assert await store.push_providers() == []


async def test_a_stand_in_is_refused_unless_the_servers_settings_name_it(applied: Applied) -> None:
    """A key file that points at this machine would send credentials there."""
    with pytest.raises(ConfigurationErrors, match="token_uri"):
        await applied(MAIN, key=key_file(token_uri="http://127.0.0.1:9000/token"))
