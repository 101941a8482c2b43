"""The documents say what is so: links resolve, examples run, tables match the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commands.settings import Settings
from dsl.run import DEFAULT_DEPTH
from engine import progress, script
from engine.check import check
from engine.functions import TABLE
from engine.model import PushBudget, PushSettings
from tests.engine.world import World

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
SCRIPTS = (ROOT / "docs" / "scripts.md").read_text("utf-8")
EXAMPLES = [
    (path.name, number, code)
    for path in DOCUMENTS
    for number, code in enumerate(re.findall(r"```js\n(.*?)```", path.read_text("utf-8"), re.DOTALL))
]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    """Files and folders that a document names are there."""
    targets = re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8"))
    missing = [to for to in targets if "://" not in to and not (path.parent / to).exists()]
    assert missing == []


@pytest.mark.parametrize(("document", "number", "code"), EXAMPLES)
def test_every_example_of_a_script_is_right(document: str, number: int, code: str) -> None:
    """Nothing to say against it."""
    found = check(code)
    assert (found.errors, found.warnings) == ([], [])


@pytest.mark.anyio
@pytest.mark.parametrize(("document", "number", "code"), EXAMPLES)
async def test_every_example_of_a_script_lets_the_right_person_in(document: str, number: int, code: str) -> None:
    """Each example is a whole script; doing what it asks ends in a login."""
    world = World()
    await world.configure(code)
    visit = await world.start()
    for _ in range(5):
        if visit.page == "prompt":
            await visit.post(unit="7")
        elif not visit.page.startswith(("in", "out")):
            await visit.prove("mara")
    assert visit.page == "in"


def test_every_function_is_documented() -> None:
    """The table of functions names each, and nothing that is not there."""
    section = SCRIPTS.split("## Functions")[1].split("\n## ")[0]
    told = set(re.findall(r"`(?:Log\.)?(\w+)\(", section.split("\n\n`prompt` calls")[0]))
    there = {function.name for function in TABLE.functions} | {f.name for f in TABLE.namespaces["Log"]}
    assert told == there


@pytest.mark.parametrize(
    ("limit", "value"),
    [
        ("steps of computing in one handler", script.FUEL),
        ("memory in one handler", script.MEMORY),
        ("nested calls", DEFAULT_DEPTH),
        ("calls that wait in the queue", script.MAX_CALLS),
        ("rounds in one login", progress.MAX_ROUNDS),
        ("what is kept between two requests", script.MAX_SNAPSHOT),
    ],
)
def test_limits_are_told_as_they_are(limit: str, value: int) -> None:
    """The table of limits has the code's values."""
    row = next(line for line in SCRIPTS.splitlines() if line.startswith(f"| {limit} |"))
    assert f"{value:,}" in row


def test_every_script_that_ships_is_told() -> None:
    """In the list of scripts."""
    section = SCRIPTS.split("## Scripts that ship")[1]
    assert {path.stem for path in (ROOT / "scripts").glob("*.js")} == set(re.findall(r"^\| `([\w-]+)`", section, re.M))


def test_every_setting_of_the_server_is_told() -> None:
    """Each environment variable, and none that does not exist."""
    told = set(re.findall(r"`DOORSTEP_(\w+)`", (ROOT / "docs" / "configuration.md").read_text("utf-8")))
    assert told == {name.upper() for name in Settings.model_fields}


def test_every_push_setting_is_told_with_its_default() -> None:
    """The table of settings has the engine's defaults."""
    text = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    told = dict(re.findall(r"\| `settings\.push\.([\w.]+)` \| `(\w+)` \|", text))
    push = PushSettings()
    there = {name: getattr(push, name) for name in PushSettings.__slots__ if name != "budget"}
    there |= {f"budget.{name}": getattr(push.budget, name) for name in PushBudget.__slots__}
    assert told == {name: str(value).lower() for name, value in there.items()}


def test_every_audit_event_is_told() -> None:
    """Each event that the code writes has its name in the operator's document."""
    folders = ("engine", "authenticators", "oidc", "storage", "configuration", "commands")
    code = "\n".join(path.read_text("utf-8") for folder in folders for path in (ROOT / folder).rglob("*.py"))
    written = set(re.findall(r'(?:AuditEvent|note|_record|_stop)\(\s*(?:turn, )?"([a-z]+_[a-z_]+)"', code))
    told = set(re.findall(r"`([a-z]+_[a-z_]+)`", (ROOT / "docs" / "operating.md").read_text("utf-8")))
    assert written - told == set()
