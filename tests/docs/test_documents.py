"""The documents say what is so: settings, events."""

from __future__ import annotations

import re

from commands.settings import Settings
from engine.model import PushBudget, PushSettings
from tests.docs.documents import ROOT


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
