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


def test_json_holds_the_text_as_it_was() -> None:
    """Escaped, not lost."""
    assert json.loads(JsonLines().format(record()))["message"] == f"said {HOSTILE}"
