"""An export is the same configuration again, without its secrets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from configuration.apply import apply
from configuration.export import as_json, as_yaml, export
from configuration.problems import ConfigurationErrors
from configuration.tools import Tools
from storage.memory import MemoryConfiguration, MemoryDirectory
from tests.configuration.conftest import WHOLE, Write

pytestmark = pytest.mark.anyio

MORE = """
settings:
  organisation: acme
  services: {analytics: {url: "https://risk.test/events", username: u, secret: riskKey}}
  mail: {host: mail.test, port: 587, from: a@b.test, username: u, password: "the mail password", tls: starttls}
users: [{username: Noah, enabled: false, claims: {note: "two\\nlines \\u2028 and\\ttabs", x: "0711"}}]
flows:
  - {id: other, type: USER_DEFINED, steps: [{id: 3, options: [{idp: LOCAL, authenticator: basic}]}],
     script: " x;\\r\\n\\ty; \\n"}
"""


@pytest.mark.parametrize(("form", "name"), [(as_yaml, "out.yaml"), (as_json, "out.json")])
async def test_applying_an_export_leaves_everything(
    write: Write, tools: Tools, store: MemoryConfiguration, form: Callable[[dict[str, Any]], str], name: str
) -> None:
    """With prune too: everything is in it."""
    await apply([write(WHOLE)], tools)
    await apply([write(MORE)], tools)
    plan = await apply([write(form(await export(store)), name)], tools, prune=True)
    assert plan.changes_nothing, (plan.added, plan.changed, plan.removed)


async def test_no_secret_is_in_an_export(write: Write, tools: Tools, store: MemoryConfiguration) -> None:
    """Neither a secret nor a hash of one."""
    await apply([write(WHOLE)], tools)
    await apply([write(MORE)], tools)
    text = as_yaml(await export(store)) + as_json(await export(store))
    for secret in (
        "a secret key",
        "the mail password",
        "correct horse",
        tools.environment["PAYROLL_SECRET"],
        "argon2id",
    ):
        assert secret not in text
    assert "sha256$" not in text


async def test_an_export_applied_elsewhere_asks_for_the_secrets(
    write: Write, tools: Tools, store: MemoryConfiguration
) -> None:
    """A confidential application never becomes a public one by the way."""
    await apply([write(WHOLE)], tools)
    path = write(as_yaml(await export(store)), "out.yaml")
    elsewhere = replace(tools, store=MemoryConfiguration(MemoryDirectory()))
    with pytest.raises(ConfigurationErrors) as caught:
        await apply([path], elsewhere)
    places = {".".join(map(str, problem.where)) for problem in caught.value.problems}
    assert places == {"applications.0.client_secret", "users.0.password", "settings.secrets.riskKey"}
