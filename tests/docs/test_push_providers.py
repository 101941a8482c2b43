"""The page about push providers says what the code does."""

from __future__ import annotations

import re

from authenticators.push.dispatch import ALERT_EVERY
from authenticators.push.providers.fcm import MOST_CALLS, MOST_WAITING
from authenticators.push.providers.steady import PATIENCE
from engine.admin_scopes import CONFIGS, SENDERS
from management.push_configs import PROPERTIES, PROPERTY_BASE
from tests.docs.documents import DOCS, ROOT, code, table

PAGE = DOCS / "push-providers.md"


def reasons() -> set[str]:
    """Every word that the code can give for a message that was not taken."""
    push = ROOT / "authenticators" / "push"
    sources = [push / "dispatch.py", *(push / "providers").glob("*.py")]
    found = (re.findall(r'"((?:token|message|provider)\.[a-z_]+)"', path.read_text("utf-8")) for path in sources)
    return {word for words in found for word in words}


def test_every_reason_is_told() -> None:
    """Each that the audit can have, and no other."""
    assert {code(row[0]) for row in table(PAGE, "When a push does not arrive")} == reasons()


def test_every_refusal_of_the_management_api_is_told() -> None:
    """Each code with the status it comes with, and no other."""
    source = (ROOT / "management" / "push_senders.py").read_text("utf-8")
    made = set(re.findall(r'_problem\((\d+), "(NSM-\d+)"', source))
    assert {(row[1], code(row[0])) for row in table(PAGE, "By HTTP", number=2)} == made


def test_every_call_is_told_with_its_scope() -> None:
    """In the order of the scopes."""
    told = [row[1].strip("`") for row in table(PAGE, "By HTTP")]
    view, add, update, delete = SENDERS
    assert told == [view, add, view, update, delete]


def test_the_settings_are_told_with_scopes_properties_and_codes() -> None:
    """All of them, and no other; with the ids that stand in the address."""
    view, update = CONFIGS
    assert [code(row[1]) for row in table(PAGE, "Settings by HTTP")] == [view, update] * 2
    told = {code(row[0]): code(row[1].partition(",")[0]) for row in table(PAGE, "Settings by HTTP", number=2)}
    assert told == {name: f"push.{setting}" for name, setting in PROPERTIES.items()}
    made = set(re.findall(r'"(P[A-Z]+-\d+)"', (ROOT / "management" / "push_configs.py").read_text("utf-8")))
    assert {code(row[0]) for row in table(PAGE, "Settings by HTTP", number=3)} == made
    category, connector = PROPERTY_BASE.split("/")[-3::2]
    assert f"`{category}`" in PAGE.read_text("utf-8")
    assert f"`{connector}`" in PAGE.read_text("utf-8")


def test_the_patience_is_what_is_told() -> None:
    """Seconds, tries, calls at a time."""
    text = " ".join(PAGE.read_text("utf-8").split())
    assert f"for at most {PATIENCE.total_seconds:g} seconds, four times" in text
    assert PATIENCE.tries == 4
    assert f"rests for {PATIENCE.rest:g} seconds, then longer, up to a minute" in text
    assert (PATIENCE.longest_rest, ALERT_EVERY) == (60.0, 600.0)
    assert f"{MOST_CALLS} calls at a time" in text
    assert f"over {MOST_WAITING} messages wait" in text
