"""Applying a configuration: all of it or nothing, twice is once, and people are told what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from configuration.apply import apply
from configuration.plan import Item, Plan
from configuration.problems import ConfigurationErrors
from configuration.tools import Tools
from engine.model import Argon2Settings, ScriptLimits, ServiceSettings
from engine.ports import ConfigurationChange
from storage.memory import MemoryConfiguration, MemoryDirectory
from tests.configuration.conftest import WHOLE, Argon2, Write

pytestmark = pytest.mark.anyio

FLOW = "flows: [{id: f, steps: [{id: 1, options: [{authenticator: push}, {authenticator: password}]}]}]\n"
APP = "applications: [{id: a, redirect_uris: ['https://a.test/'], flow: f}]\n"


def said(items: Sequence[Item]) -> set[str]:
    return {str(item) for item in items}


async def refused(path: Path, tools: Tools) -> str:
    """What is said when *path* is refused; the store must be as before."""
    before = await everything(tools)
    with pytest.raises(ConfigurationErrors) as caught:
        await apply([path], tools)
    assert await everything(tools) == before
    return str(caught.value)


async def everything(tools: Tools) -> tuple[object, ...]:
    store = tools.store
    return (
        await store.applications(),
        await store.flows(),
        await store.users(),
        await store.libraries(),
        await store.settings(),
        await store.secret_names(),
    )


async def test_everything_in_the_file_is_stored(write: Write, tools: Tools, store: MemoryConfiguration) -> None:
    """Applications, flows, users, settings, secrets and libraries."""
    plan = await apply([write(WHOLE)], tools)
    application, flow = await store.application("payroll"), await store.flow("payroll-login")
    assert application is not None
    assert flow is not None
    assert application.require == {"push"}
    assert application.secret_hash is not None
    assert tools.client_secrets.matches(tools.environment["PAYROLL_SECRET"], application.secret_hash)
    assert [option.authenticator for step in flow.steps for option in step.options] == ["push", "password"]
    assert (await store.settings()).push.progressive_enrollment
    assert await store.secret("riskKey") == "a secret key"
    (mara,) = await store.users()
    assert mara.password_hash is not None
    assert await tools.passwords.matches("correct horse", mara.password_hash)
    assert {"application payroll", "flow payroll-login", "user mara", "secret riskKey"} <= said(plan.added)


async def test_applying_twice_changes_nothing(write: Write, tools: Tools) -> None:
    """No password is hashed again, no secret salted anew."""
    path = write(WHOLE)
    await apply([path], tools)
    before = await everything(tools)
    plan = await apply([path], tools)
    assert plan.changes_nothing
    assert await everything(tools) == before
    assert isinstance(tools.passwords, Argon2)
    assert tools.passwords.hashed == 1
    assert {"application payroll", "user mara", "setting push", "secret riskKey"} <= said(plan.left)


async def test_a_new_password_makes_old_proofs_void(write: Write, tools: Tools, store: MemoryConfiguration) -> None:
    """The credential version grows and the id stays."""
    await apply([write("users: [{username: mara, password: first password}]\n")], tools)
    (before,) = await store.users()
    plan = await apply([write("users: [{username: Mara, password: second password}]\n")], tools)
    (after,) = await store.users()
    assert (after.id, after.credential_version) == (before.id, before.credential_version + 1)
    assert said(plan.changed) == {"user Mara (username, password)"}


async def test_what_a_user_entry_does_not_say_stays(
    write: Write, tools: Tools, store: MemoryConfiguration, directory: MemoryDirectory
) -> None:
    """Password, roles, claims and being disabled outlive an apply that does not speak of them."""
    await apply(
        [write("users: [{username: mara, password: a password, roles: [x], claims: {a: '1', b: '2'}}]\n")], tools
    )
    (mara,) = await store.users()
    await directory.set_enabled(mara.id, False)
    await apply([write("users: [{username: mara, claims: {a: null, c: '3'}}]\n")], tools)
    (after,) = await store.users()
    assert after == replace(mara, enabled=False, claims={"b": "2", "c": "3"})


async def test_what_was_applied_is_in_the_audit(write: Write, tools: Tools) -> None:
    """Once, with how much of it, and not for what changed nothing."""
    path = write("users: [{username: mara, password: a password}]\n")
    for _ in range(2):
        await apply([path], tools)
    (event,) = await tools.audit.recent()
    assert (event.name, event.details) == ("configuration_applied", {"added": "1", "changed": "0", "removed": "0"})


async def test_admin_15_the_audit_has_what_was_before_and_after(write: Write, tools: Tools) -> None:
    """ADMIN-15: of settings and the like each line that changes, never a secret; of people how many."""
    await apply([write("settings: {secrets: {k: canary-1}, push: {grace: 5}}\n")], tools)
    await apply([write("settings: {secrets: {k: canary-2}, push: {grace: 6}}\nusers: [{username: mara}]\n")], tools)
    event, *_ = await tools.audit.recent()
    lines = event.details["difference"].splitlines()
    assert {"changed setting push (grace)", "    -  grace: 5", "    +  grace: 6", "changed secret k"} <= {*lines}
    assert not [word for word in ("canary", "mara") if word in str(await tools.audit.recent())]


async def test_a_dry_run_tells_and_does_nothing(write: Write, tools: Tools) -> None:
    """The same plan, no commit."""
    before = await everything(tools)
    plan = await apply([write(WHOLE)], tools, dry_run=True)
    assert not plan.changes_nothing
    assert await everything(tools) == before


async def test_without_prune_nothing_is_removed(write: Write, tools: Tools) -> None:
    """A file adds to what another one configured."""
    await apply([write(WHOLE)], tools)
    plan = await apply([write(FLOW + APP)], tools)
    assert plan.removed == ()
    assert said(plan.added) == {"application a", "flow f"}


async def test_prune_removes_what_the_file_does_not_have(
    write: Write, tools: Tools, store: MemoryConfiguration
) -> None:
    """But people only where the file speaks of people."""
    await apply([write(WHOLE)], tools)
    plan = await apply([write(FLOW + APP)], tools, prune=True)
    gone = {"application payroll", "flow payroll-login", "library rules.js", "prompt consent", "secret riskKey"}
    assert said(plan.removed) == gone
    assert [user.username for user in await store.users()] == ["mara"]
    plan = await apply([write(FLOW + APP + "users: []\n")], tools, prune=True)
    assert said(plan.removed) == {"user mara"}
    assert await store.users() == []


async def test_several_files_are_one_configuration(write: Write, tools: Tools) -> None:
    """An application may use a flow of another file; a name in both is an error."""
    flows, applications = write(FLOW, "flows.yaml"), write(APP, "applications.yaml")
    assert len((await apply([applications, flows], tools)).added) == 2
    with pytest.raises(ConfigurationErrors, match=r"f stands twice; first in .*flows\.yaml, line 1"):
        await apply([flows, write(FLOW, "again.yaml")], tools)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (APP, r"applications[0].flow: there is no flow f"),
        (FLOW.replace("push", "pusch"), "there is no authenticator pusch (did you mean push?)"),
        (FLOW.replace("push", "FIDOAuthenticator"), "the authenticator passkey is not in this version"),
        (FLOW.replace("push", "BasicAuthenticator"), "the step offers password twice"),
        (FLOW.replace("{id: f", "{id: f, subject_step: 3"), "subject_step is 3, but the flow has no step 3"),
        (FLOW.replace("{id: f", "{id: f, script: {template: nonesuch}"), "there is no script template nonesuch"),
        (FLOW.replace("{id: f", "{id: f, script: {file: ../other.js}"), "is not inside the folder"),
        (FLOW.replace("{id: f", "{id: f, script: {file: /etc/hostname}"), "is not inside the folder"),
        (FLOW.replace("{id: f", "{id: f, script: {file: none.js}"), "the file none.js cannot be read"),
        (FLOW.replace("{id: f", "{id: f, script: {source: broken}"), "line 1, column 1 of the script: name: broken is"),
        (FLOW + APP.replace("flow: f", "flow: f, require: [telepathy]"), "there is no authenticator telepathy"),
        (
            FLOW + APP.replace("flow: f", "flow: f, client_secret: {env: UNSET}"),
            "the environment variable UNSET is not",
        ),
        (FLOW + APP.replace("flow: f", "flow: f, client_secret: {stored: true}"), "no client secret is stored"),
        (FLOW + APP.replace("flow: f", "flow: f, client_secret: " + "ab" * 1000), "cannot be used as a client secret"),
        ("users: [{username: mara, password: {stored: true}}]\n", "no password is stored"),
        ("users: [{username: mara, password: {file: none.txt}}]\n", "the file none.txt cannot be read"),
        (
            f"users: [{{username: mara, password: {'x' * 1025}}}]\n",
            "users[0].password: a password has at most 1024 bytes",
        ),
        ("users: [{username: mara}, {username: MARA}]\n", "mara stands twice"),
        ("settings: {secrets: {a: {stored: true}}}\n", "no such secret is stored"),
        ("libraries: [{name: a, file: ../a.js}]\n", "is not inside the folder"),
        ("libraries: [{name: a, source: \"require('b')\"}]\n", "requires the library 'b', which is not there"),
        (
            FLOW.replace("{id: f", "{id: f, script: {source: \"require('rule.js')\"}")
            + "libraries: [{name: rules.js, source: ' '}]\n",
            "requires the library 'rule.js', which is not there (did you mean rules.js?)",
        ),
        ('prompts: [{name: p, source: "{% include 1 %}"}]\n', "prompts[0].source: line 1: Include is not part of"),
    ],
)
async def test_a_reference_to_nothing_refuses_the_whole_file(
    write: Write, tools: Tools, text: str, reason: str
) -> None:
    """What is wrong is named, and nothing of the file is stored."""
    good = "" if text.startswith("users") else "users: [{username: noah, password: some password}]\n"
    assert reason in await refused(write(text + good), tools)


async def test_an_error_in_a_script_file_is_told_with_its_line(write: Write, tools: Tools, tmp_path: Path) -> None:
    """`file:line:column: code: text`, as editors know it; a warning refuses nothing."""
    write("ok();\n  broken();\n", "login.js")
    path = write(FLOW.replace("{id: f", "{id: f, script: {file: login.js}"))
    assert f"{tmp_path / 'login.js'}:2:3: name: broken is not defined (flow f)" in await refused(path, tools)
    write("odd();\n", "login.js")
    plan = await apply([path], tools)
    assert str(plan.warnings[0]) == f"{tmp_path / 'login.js'}:1:1: name: odd is not defined (flow f)"


async def test_a_link_out_of_the_folder_is_not_followed(write: Write, tools: Tools, tmp_path: Path) -> None:
    """A script file is inside the folder of its configuration, wherever its name leads."""
    (tmp_path / "login.js").symlink_to("/etc/hostname")
    path = write(FLOW.replace("{id: f", "{id: f, script: {file: login.js}"))
    assert "is not inside the folder" in await refused(path, tools)


async def test_a_requirement_that_no_step_can_prove_only_warns(write: Write, tools: Tools) -> None:
    """The gate refuses such logins; the file is taken, and the person is told."""
    text = FLOW.replace("{authenticator: push}, ", "") + APP.replace("flow: f", "flow: f, require: [push, identifier]")
    plan = await apply([write(text)], tools)
    warnings = "\n".join(map(str, plan.warnings))
    assert "no step of flow f offers push" in warnings
    assert "identifier proves nothing" in warnings


async def test_a_flow_that_can_never_succeed_only_warns(write: Write, tools: Tools) -> None:
    """Asking who somebody is proves nothing."""
    text = "flows: [{id: f, steps: [{id: 1, options: [{authenticator: IdentifierExecutor}]}]}]\n"
    assert "can never succeed" in str((await apply([write(text)], tools)).warnings[0])


async def test_cheap_hashes_and_weak_secrets_warn(write: Write, tools: Tools, store: MemoryConfiguration) -> None:
    """They are allowed, for measuring and for trying out, and said."""
    text = (
        "settings: {password: {argon2: {memory_kib: 1024, time_cost: 1}}}\n"
        "users: [{username: mara, password: short}]\n" + FLOW + APP.replace("flow: f", "flow: f, client_secret: s3cret")
    )
    warnings = "\n".join(map(str, (await apply([write(text)], tools)).warnings))
    assert (await store.settings()).argon2 == Argon2Settings(1024, 1, 1)
    for said_ in ("memory_kib: is lower than", "time_cost: is lower than", "under 8 characters", "could be guessed"):
        assert said_ in warnings


async def test_steps_need_not_begin_at_one(write: Write, tools: Tools, store: MemoryConfiguration) -> None:
    """The lowest step names the subject unless another is named."""
    steps = "{id: 7, options: [{authenticator: push}]}, {id: 5, options: [{authenticator: basic}]}"
    await apply([write(f"flows: [{{id: f, steps: [{steps}]}}]\n")], tools)
    flow = await store.flow("f")
    assert flow is not None
    assert (flow.subject_step, flow.attribute_step) == (5, 5)


async def test_a_default_sequence_is_user_name_and_password(
    write: Write, tools: Tools, store: MemoryConfiguration
) -> None:
    """Whatever else such an object says."""
    await apply([write("flows: [{id: f, type: DEFAULT, script: 'broken()', steps: []}]\n")], tools)
    flow = await store.flow("f")
    assert flow is not None
    assert flow.script is None
    assert [option.authenticator for option in flow.steps[0].options] == ["password"]


MAIL = "settings: {mail: {host: HOST, from: a@b.test, username: u, password: PASSWORD}}\n"


async def test_a_mail_password_is_given_anew_when_its_server_changes(
    write: Write, tools: Tools, store: MemoryConfiguration
) -> None:
    """A stored secret never goes to another place than it was given for."""
    stored = MAIL.replace("PASSWORD", "{stored: true}")
    await apply([write(MAIL.replace("HOST", "mail.test").replace("PASSWORD", "a secret"))], tools)
    assert (await apply([write(stored.replace("HOST", "mail.test"))], tools)).changes_nothing
    assert "must be given anew" in await refused(write(stored.replace("HOST", "evil.test")), tools)
    plan: Plan = await apply([write("settings: {mail: {host: mail.test, from: a@b.test}}\n")], tools)
    assert said(plan.removed) == {"secret mail.password"}
    assert await store.secret("mail.password") is None


async def test_a_mail_password_without_a_user_name_is_not_asked_for(write: Write, tools: Tools) -> None:
    """It is never used, so it need not be there; the person is told."""
    plan = await apply(
        [write("settings: {mail: {host: h, from: a@b.test, username: null, password: {env: UNSET}}}\n")], tools
    )
    assert "settings.mail.password: is not used without a username" in str(plan.warnings[0])
    assert said(plan.added) == set()


async def test_secrets_may_lie_in_files(write: Write, tools: Tools, store: MemoryConfiguration) -> None:
    """The line end is not part of them."""
    write("from a file\n", "risk.txt")
    await apply([write("settings: {secrets: {riskKey: {file: risk.txt}}}\n")], tools)
    assert await store.secret("riskKey") == "from a file"


async def test_other_parts_secrets_are_not_pruned(write: Write, tools: Tools, store: MemoryConfiguration) -> None:
    """Only secrets that a document can name are a document's."""
    await store.commit(ConfigurationChange(secrets={"oidc.signing_key": "x"}))
    await apply([write(FLOW)], tools, prune=True)
    assert await store.secret("oidc.signing_key") == "x"



async def test_an_own_page_is_stored_and_removed(write: Write, tools: Tools, store: MemoryConfiguration) -> None:
    """Like everything else that has a name."""
    plan = await apply([write('prompts: [{name: p, source: "<p>{{ who }}</p>"}]\n')], tools)
    assert said(plan.added) == {"prompt p"}
    assert [one.source for one in await store.prompt_templates()] == ["<p>{{ who }}</p>"]
    plan = await apply([write("prompts: []\n")], tools, prune=True)
    assert "prompt p" in said(plan.removed)
    assert not await store.prompt_templates()


async def test_limits_of_scripts_are_settings(write: Write, tools: Tools, store: MemoryConfiguration) -> None:
    """Those that are not named have their default; what is out of range refuses the file."""
    await apply([write("settings: {scripts: {fuel: 5000}}\n")], tools)
    assert (await store.settings()).scripts == ScriptLimits(fuel=5000)
    assert "settings.scripts.fuel" in await refused(write("settings: {scripts: {fuel: 1}}\n"), tools)


async def test_a_service_that_no_call_may_reach_is_a_warning(
    write: Write, tools: Tools, store: MemoryConfiguration
) -> None:
    """It is kept all the same, and told no more once the place is allowed."""
    service = 'settings: {services: {elastic: {url: "https://risk.test/score", secret: riskKey}}}\n'
    plan = await apply([write(service)], tools)
    assert [problem.where for problem in plan.warnings] == [("settings", "services", "elastic", "url")]
    assert (await store.settings()).services.elastic == ServiceSettings("https://risk.test/score", None, "riskKey")
    plan = await apply([write(f'{service[:-2]}, http: {{allow: [risk.test]}}}}\n')], tools)
    assert not plan.warnings


@pytest.mark.parametrize("place", ["localhost", "http://127.0.0.1", "'[::1]'"])
async def test_this_machine_without_a_port_is_a_warning(write: Write, tools: Tools, place: str) -> None:
    """Its own services listen there, too."""
    plan = await apply([write(f"settings: {{http: {{allow: [{place}]}}}}\n")], tools)
    assert [problem.where for problem in plan.warnings] == [("settings", "http", "allow")]
    assert not (await apply([write("settings: {http: {allow: ['localhost:9000']}}\n")], tools)).warnings


@pytest.mark.parametrize("url", ["ftp://risk.test", "https://u:p@risk.test", "https://risk.test/ä", ""])
async def test_a_service_must_have_an_address_that_can_be_called(write: Write, tools: Tools, url: str) -> None:
    """As the door reads it."""
    with pytest.raises(ConfigurationErrors):
        await apply([write(f'settings: {{services: {{choreo: {{url: "{url}"}}}}}}\n')], tools)
