"""docs/security.md: its numbers are the code's, its files exist, its length is bounded."""

from __future__ import annotations

import importlib
import re
from operator import attrgetter

import pytest

from engine.model import PushBudget, PushSettings
from tests.docs.documents import DOCS, ROOT, code, section, table
from tests.storms import escape

PAGE = DOCS / "security.md"
HEADINGS = ("Requests", "Times", "Numbers of things", "Guessing", "Calling out")


@pytest.mark.parametrize(
    ("name", "value"),
    [(code(row[2]), row[1]) for heading in HEADINGS for row in table(PAGE, heading)],
)
def test_every_limit_is_the_constant_beside_it(name: str, value: str) -> None:
    """A number in the document is the number in the code."""
    module, constant = re.fullmatch(r"([a-z_.]+)\.([A-Z_]+(?:\.\w+)?)", name).groups()  # type: ignore[union-attr]
    assert attrgetter(constant)(importlib.import_module(module)) == int(value.replace(",", ""))


def test_defaults_of_push_are_as_told() -> None:
    """Budget, pause, lifetime."""
    budget = PushBudget()
    told = section(PAGE, "Guessing")
    assert f"sent {budget.per_10_minutes} pushes in 10 minutes and {budget.per_day} a day" in told
    assert f"none for {budget.cooldown_after_denial} seconds after a denial" in told
    assert PushSettings().lifetime == 90
    assert PushSettings(resend_interval=3600).lifetime == 600


def test_every_class_of_escape_is_listed_and_tried() -> None:
    """In the order of the attempts, in the same words."""
    tried = (*escape.classes(), escape.FORGED)
    assert table(PAGE, "Ways out of the interpreter") == [[one.name, one.how, one.why] for one in tried]
    assert all(one.attempts for one in escape.classes())


def test_every_file_it_names_is_there() -> None:
    """Where a rule is kept, and where it is tried."""
    cells = [cell for heading in ("Twelve rules", "What is tried") for row in table(PAGE, heading) for cell in row]
    named = [name for cell in cells for name in re.findall(r"`([\w/]+(?:\.py|/)?)`", cell) if "/" in name]
    assert len(named) > 40
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_it_is_short_enough_to_be_read() -> None:
    """At most 280 lines, and no more rules than twelve."""
    assert len(PAGE.read_text("utf-8").splitlines()) <= 280
    assert len(table(PAGE, "Twelve rules")) == 12
