"""The log: one record a line, whatever a stranger put into it."""

from __future__ import annotations

import json
import logging

import pytest

from commands.logs import TEXT, JsonLines, TextLines

HOSTILE = 'x\r\n2026-01-01 INFO forged\x1b[2J\u202eevil\u2028\x9b31m"}'


def record() -> logging.LogRecord:
    """A record with a text from outside."""
    return logging.LogRecord("doorstep", logging.INFO, "file.py", 1, "said %s", (HOSTILE,), None)


@pytest.mark.parametrize("formatter", [TextLines(TEXT), JsonLines()])
def test_a_record_is_one_line_of_visible_text(formatter: logging.Formatter) -> None:
    """No line break, nothing that steers a terminal or turns the reading direction."""
    line = formatter.format(record())
    assert line.isprintable()
    assert "forged" in line


@pytest.mark.parametrize("formatter", [TextLines(TEXT), JsonLines()])
def test_a_record_about_a_login_names_it(formatter: logging.Formatter) -> None:
    """As the audit does, so that one leads to the other; whatever was asked for in its place is one line too."""
    about = record()
    about.flow = "A1b2C3d4E5f6G7h8I9j0Kl"
    assert "A1b2C3d4E5f6G7h8I9j0Kl" in formatter.format(about)
    about.flow = HOSTILE
    assert formatter.format(about).isprintable()
    about.flow = None
    assert "login" not in formatter.format(about)


def test_json_holds_the_text_as_it_was() -> None:
    """Escaped, not lost."""
    assert json.loads(JsonLines().format(record()))["message"] == f"said {HOSTILE}"
