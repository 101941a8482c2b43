"""Roles of an application: a list is what it says, also an empty one; absent is every role."""

from __future__ import annotations

import pytest

from configuration.apply import apply
from configuration.export import as_yaml, export
from configuration.problems import ConfigurationErrors
from configuration.tools import Tools
from storage.memory import MemoryConfiguration
from tests.configuration.conftest import Write

pytestmark = pytest.mark.anyio

APPLICATION = """
applications: [{{id: payroll, redirect_uris: ["http://localhost:8401/"], flow: login{roles}}}]
flows: [{{id: login, steps: [{{id: 1, options: [{{authenticator: password}}]}}]}}]
"""


@pytest.mark.parametrize(
    ("written", "roles"), [("", None), (", roles: []", ()), (", roles: [admin, ops]", ("admin", "ops"))]
)
async def test_the_roles_of_an_application_are_stored_and_exported(
    write: Write, tools: Tools, store: MemoryConfiguration, written: str, roles: tuple[str, ...] | None
) -> None:
    """An export that is applied again changes nothing."""
    await apply([write(APPLICATION.format(roles=written))], tools)
    application = await store.application("payroll")
    assert application is not None
    assert application.roles == roles
    plan = await apply([write(as_yaml(await export(store)), "out.yaml")], tools, prune=True)
    assert plan.changes_nothing


@pytest.mark.parametrize("written", ["[admin, admin]", "admin", "[7]", '[""]'])
async def test_roles_that_are_none_are_refused(write: Write, tools: Tools, written: str) -> None:
    """With the place."""
    with pytest.raises(ConfigurationErrors) as caught:
        await apply([write(APPLICATION.format(roles=f", roles: {written}"))], tools)
    assert {problem.where[2] for problem in caught.value.problems} == {"roles"}
