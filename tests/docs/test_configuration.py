"""docs/configuration.md: every key, setting and command with its default; every example can be applied."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from commands import terminal
from commands.line import application
from commands.settings import PREFIX, Settings, load
from configuration.apply import apply_documents
from configuration.document import (
    ApplicationEntry,
    FlowEntry,
    LibraryEntry,
    PromptEntry,
    Secret,
    SettingsEntry,
    UserEntry,
)
from configuration.form import parse
from configuration.methods import METHODS
from configuration.reading import Reading, parse_yaml
from configuration.sequence import AuthenticationSequence
from configuration.tools import Tools
from engine.model import OrganisationSettings, User
from oidc.authorization_request import SCOPES
from oidc.claims import FROM_CLAIMS, about
from tests.configuration.conftest import Argon2, Salted
from tests.docs.documents import DOCS, Block, blocks, code, codes, table

PAGE = DOCS / "configuration.md"
EXAMPLES = [block for block in blocks(PAGE, "yaml") if block.heading != "The settings of the server"]


# --- keys -------------------------------------------------------------------------------------------------------------


def keys_of(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """Every key of a model and of the models in it, dotted."""
    for name, field in model.model_fields.items():
        key = field.alias or name
        inner = _model_in(field.annotation)
        if inner is None or inner in (Secret, AuthenticationSequence) or inner.__name__ in ("Script", "PushProvider"):
            yield key, field
            continue
        if get_origin(field.annotation) is list or "Steps" in str(field.annotation) or key in ("steps", "options"):
            yield key, field
        yield from ((f"{key}.{below}", found) for below, found in keys_of(inner))


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in {list, dict, Union, types.UnionType, Annotated}:
        return next((found for inner in get_args(annotation) if (found := _model_in(inner)) is not None), None)
    return None


def default_of(field: FieldInfo) -> str:
    """The default as the tables write it."""
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    return "none" if value is None else f"`{json.dumps(value)}`"


def range_of(field: FieldInfo) -> str:
    """The bounds of a number or the words of a choice, as the tables write them."""
    if get_origin(field.annotation) is Literal:
        return ", ".join(f"`{word}`" for word in get_args(field.annotation))
    bounds = {name: getattr(rule, name) for rule in field.metadata for name in ("ge", "le") if hasattr(rule, name)}
    return f"{bounds['ge']} to {bounds['le']}" if len(bounds) == 2 else ""


@pytest.mark.parametrize(
    ("heading", "model"),
    [
        ("Applications", ApplicationEntry),
        ("Flows", FlowEntry),
        ("Users", UserEntry),
        ("Libraries", LibraryEntry),
        ("Prompts", PromptEntry),
    ],
)
def test_every_key_is_told_with_its_default(heading: str, model: type[BaseModel]) -> None:
    """As the models have them, and none that they do not have."""
    told = {code(row[0]): row[1] for row in table(PAGE, heading)}
    assert told == {key: default_of(field) for key, field in keys_of(model)}


def test_every_key_of_a_sequence_is_told_with_its_default() -> None:
    """The second table below Flows."""
    told = {code(row[0]): row[1] for row in table(PAGE, "Flows", number=2)}
    fields = AuthenticationSequence.model_fields.items()
    assert told == {field.alias or name: default_of(field) for name, field in fields}


def test_every_setting_of_the_organisation_is_told_with_default_and_range() -> None:
    """As the models have them."""
    told = {code(row[0]): (row[1], row[2]) for row in table(PAGE, "Settings of the organisation")}
    assert told == {key: (default_of(field), range_of(field)) for key, field in keys_of(SettingsEntry)}


def test_the_organisation_has_the_name_that_is_told_until_one_is_set() -> None:
    """`Doorstep`."""
    (row,) = (row for row in table(PAGE, "Settings of the organisation") if code(row[0]) == "organisation")
    assert OrganisationSettings().organisation in codes(row[3])


def test_every_form_of_a_secret_is_told() -> None:
    """Beside a plain text."""
    assert {code(row[0]) for row in table(PAGE, "Secrets")} == Secret.model_fields.keys() - {"text"}


def test_every_authenticator_is_told_with_its_aliases() -> None:
    """As configurations are judged by."""
    yes_no = {True: "yes", False: "no"}
    assert [(code(row[0]), codes(row[1]), row[2], row[3]) for row in table(PAGE, "Authenticators")] == [
        (method.id, list(method.aliases), yes_no[method.factor], yes_no[method.available]) for method in METHODS
    ]


# --- examples ---------------------------------------------------------------------------------------------------------


@pytest.mark.anyio
@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: f"line {block.line}")
async def test_an_example_can_be_applied(block: Block, tools: Tools) -> None:
    """Without errors and without warnings, and a second time it changes nothing."""
    value, positions = parse_yaml(block.text)
    reading = Reading("example.yaml", Path(), value, positions)
    plan = await apply_documents([(reading, parse(reading))], tools)
    assert (plan.warnings, bool(plan.added)) == ((), True)
    assert (await apply_documents([(reading, parse(reading))], tools)).changes_nothing


@pytest.fixture
def tools() -> Tools:
    """What applying stands on, with the environment of the examples."""
    from authenticators.push.providers.service_account import provider_of
    from commands.scripts import check_script
    from storage.memory import MemoryAudit, MemoryConfiguration, MemoryDirectory
    from web.sandbox import fault_of

    return Tools(
        store=MemoryConfiguration(MemoryDirectory()),
        audit=MemoryAudit(),
        clock=lambda: 1_800_000_000.0,
        passwords=Argon2(),
        client_secrets=Salted(),
        check_script=check_script,
        template_fault=fault_of,
        fcm_provider=provider_of,
        environment={"PAYROLL_SECRET": "0123456789abcdefghijklmnopqrstuv", "MARA_PASSWORD": "mara-at-the-door"},
        new_id=lambda: "u-1",
    )


def test_the_servers_example_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in it is unknown or unsafe."""
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    (block,) = (block for block in blocks(PAGE, "yaml") if block not in EXAMPLES)
    file = tmp_path / "server.yaml"
    file.write_text(block.text, "utf-8")
    assert load(file).listening("0.0.0.0", 8400).issuer == "https://id.example.test"


# --- what an application sees -----------------------------------------------------------------------------------------


def test_every_scope_is_told_with_its_claims() -> None:
    """What each scope opens."""
    claims = {address: "x" for sources in FROM_CLAIMS.values() for address in sources.values()}
    user = User("u-1", "mara", "mara", roles=("r",), groups=("g",), claims=claims)
    told = {code(row[0]): set(codes(row[1])) for row in table(PAGE, "What an application sees")}
    assert told == {
        scope: {"sub"} if scope == "openid" else about(user, (scope,), {}).keys() - {"sub"} for scope in SCOPES
    }


# --- settings of the server, commands ---------------------------------------------------------------------------------


def test_every_setting_of_the_server_is_told_with_its_default() -> None:
    """The environment variables."""
    told = {code(row[0]): row[1] for row in table(PAGE, "The settings of the server")}
    assert told == {PREFIX + name.upper(): default_of(field) for name, field in Settings.model_fields.items()}


def test_every_command_is_told_with_its_options() -> None:
    """`--config` is told above the table."""
    told = {code(row[0]): set(codes(row[1])) for row in table(PAGE, "Commands")}
    there = dict(_commands(typer.main.get_command(application()), "doorstep"))
    assert told == {name: options - {"--config"} for name, options in there.items()}
    without = {name for name, options in there.items() if "--config" not in options}
    offline = ("check SCRIPT", "prove SCRIPT", "simulate SCRIPT", "test DIR", "types")
    assert without == {"doorstep demo", *(f"doorstep {name}" for name in offline)}


def _commands(command: Any, name: str) -> Iterator[tuple[str, set[str]]]:
    if hasattr(command, "commands"):
        for below, found in command.commands.items():
            yield from _commands(found, f"{name} {below}")
        return
    arguments = [given.metavar for given in command.params if given.param_type_name == "argument"]
    options = {given.opts[0] for given in command.params if given.param_type_name == "option"}
    yield " ".join([name, *arguments]), options


def test_every_exit_code_is_told() -> None:
    """The second table below Commands."""
    told = {row[0] for row in table(PAGE, "Commands", number=2)}
    assert told == {"0", *map(str, (terminal.FAILED, terminal.MISUSED, terminal.INTERRUPTED))}
