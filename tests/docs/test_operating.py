"""docs/operating.md: every event, reason and logger; the settings and commands in it work."""

from __future__ import annotations

import configparser
import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import typer

from commands.line import application
from commands.settings import PREFIX, Settings, load
from engine.model import SCRIPT_LIMITS
from storage import keys
from tests.devices import Phone
from tests.docs.documents import DOCS, ROOT, blocks, code, codes, table
from tests.docs.recorded import events, loggers, reasons
from tests.journeys.living import House, configuration, living
from tests.journeys.test_enrollment import enroll
from web.metrics import Metrics

PAGE = DOCS / "operating.md"
SHELL = {
    line: block.heading
    for block in blocks(PAGE, "sh")
    for line in block.text.splitlines()
    if line.startswith("sqlite3")
}
"""Each command on the database, and the heading that it stands below."""


# --- tables -----------------------------------------------------------------------------------------------------------


def test_every_audit_event_is_told() -> None:
    """Each that the code can record, and no other."""
    assert {code(row[0]) for row in table(PAGE, "Audit")} == events()


def test_every_reason_of_a_failure_is_told() -> None:
    """Each that the code can give, and no other."""
    assert {code(row[0]) for row in table(PAGE, "Why a login failed")} == reasons()


def test_every_logger_is_told() -> None:
    """By the name that a record carries."""
    assert {code(row[0]) for row in table(PAGE, "Logs")} == loggers()


def test_every_metric_is_told_with_its_labels() -> None:
    """All that a server has, and no other."""
    found = {}
    for family in Metrics("metrics.internal")._registry.collect():
        name = f"{family.name}_total" if family.type == "counter" else family.name
        found[name] = family
    told = {code(row[0]): codes(row[1]) for row in table(PAGE, "Metrics")}
    assert told.keys() == found.keys()
    source = (ROOT / "web" / "metrics.py").read_text("utf-8")
    for labels in told.values():
        assert ", ".join(f'"{label}"' for label in labels) in source


def test_numbers_are_as_in_the_code() -> None:
    """Steps of a login, keys of a file."""
    text = PAGE.read_text("utf-8")
    assert f"more than {SCRIPT_LIMITS.rounds} steps" in text
    assert f"may have {keys.MOST_KEYS} keys" in text


# --- examples ---------------------------------------------------------------------------------------------------------


def test_the_units_settings_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """None is unknown or unsafe, and its command exists."""
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    (block,) = blocks(PAGE, "ini")
    environment = [line.removeprefix("Environment=") for line in block.text.splitlines() if line[:12] == "Environment="]
    for entry in environment:
        monkeypatch.setenv(*entry.split("=", 1))
    assert load().listening("127.0.0.1", 8400).issuer == "https://id.example.test"
    unit = configparser.ConfigParser(strict=False)
    unit.read_string(block.text)
    _, name, *options = unit["Service"]["ExecStart"].split()
    command = typer.main.get_command(application()).commands[name]  # type: ignore[attr-defined]
    known = {option for given in command.params for option in given.opts}
    assert {option for option in options if option.startswith("-")} <= known


def test_what_probes_ask_is_answered(house: House) -> None:
    """By address, whatever the Host."""
    for row in table(PAGE, "Health"):
        answer = httpx2.get(house.url + code(row[0]), headers={"Host": "10.0.0.1"})
        assert answer.status_code == 200


def test_the_audit_can_be_read_as_told(house: House, tmp_path: Path) -> None:
    """Both queries give rows, the second by the reference of an error page."""
    browser = house.browser().open(house.authorize()).submit(username="mara")
    flow_id = browser.url.rsplit("/", 1)[-1]
    browser.press("CANCEL_PUSH_ENROLL")
    newest, of_flow = (line for line, heading in SHELL.items() if heading == "Audit")
    assert run(newest, tmp_path)
    names = [row[1] for row in run(of_flow.replace("A1b2C3d4", flow_id[:8]), tmp_path)]
    assert names == ["login_started", "step_begun", "step_failed", "login_failed"]


def test_a_backup_can_be_restored_as_told(tmp_path: Path) -> None:
    """The database while it is in use, the key apart; then the same person signs in with the same phone."""
    old, new, phone = tmp_path / "old", tmp_path / "new", Phone()
    old.mkdir(), new.mkdir(mode=0o700)
    backup, forget = (line for line, heading in SHELL.items() if heading == "Backup and restore")
    with living(old, configuration()) as house:
        enroll(house, house.browser(), phone)
        house.browser().open(house.authorize()).submit(username="mara")
        run(backup, old)
    shutil.move(old / "copy.db", new / "doorstep.db")
    shutil.copy2(old / "secret.key", new / "secret.key")
    run(forget, new)
    with living(new, configuration()) as house:
        assert house.pending(phone) == []
        browser = house.browser().open(house.authorize()).submit(username="mara")
        house.approve(phone)
        browser.press("PROCEED_PUSH_AUTHENTICATION")
        assert house.redeem(browser)["preferred_username"] == "mara"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A server with the enrollment flow."""
    with living(tmp_path, configuration()) as house:
        yield house


def run(command: str, folder: Path) -> list[tuple[str, ...]]:
    """What the `sqlite3` command does, by the library that it is made of."""
    _, file, text = shlex.split(command)
    database = sqlite3.connect(folder / file, isolation_level=None)
    try:
        if text.startswith(".backup "):
            copy = sqlite3.connect(folder / text.removeprefix(".backup "))
            database.backup(copy)
            copy.close()
            return []
        statements = [statement for statement in text.split(";") if statement.strip()]
        return [row for statement in statements for row in database.execute(statement).fetchall()]
    finally:
        database.close()
