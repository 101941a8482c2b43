"""How errors of scripts show the place: line, column, excerpt, caret."""

from __future__ import annotations

import pytest

from dsl.errors import DslError, ScriptError, ScriptLimitError, ScriptSyntaxError


def test_an_error_shows_its_line_with_a_caret() -> None:
    """The caret stands under the column, counted in characters."""
    error = ScriptSyntaxError("no", 2, column=5, source="one\nlet a b\nthree")
    assert str(error) == "2:5  no\n    2 | let a b\n            ^"


def test_an_error_without_a_place_is_its_message() -> None:
    """Nothing is made up where the place or the source is unknown."""
    assert str(ScriptLimitError("out of fuel")) == "out of fuel"
    assert str(ScriptLimitError("out of fuel", 3, column=1)) == "3:1  out of fuel"


def test_an_uncaught_exception_shows_its_name() -> None:
    """As the script's author knows it: TypeError: message."""
    error = ScriptError("TypeError", "x is not a function", line=1, column=1, source="x()")
    assert str(error).startswith("1:1  TypeError: x is not a function\n")
    assert str(ScriptError("Error", "")) == "Error"


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n", "\u2028", "\u2029"])
def test_each_line_end_of_the_language_ends_a_line(line_end: str) -> None:
    """ECMA-262 12.3."""
    error = ScriptSyntaxError("no", 2, column=1, source=f"one{line_end}two{line_end}three")
    assert "    2 | two\n" in error.excerpt()


def test_a_long_line_is_cut_around_the_place() -> None:
    """At most 100 characters are shown, with the caret in its place."""
    source = "a" * 500 + "!" + "b" * 500
    shown, caret = ScriptSyntaxError("no", 1, column=501, source=source).excerpt().split("\n")
    assert len(shown) <= 110
    assert shown[len(caret) - 1] == "!"


def test_what_a_terminal_would_act_on_is_not_shown() -> None:
    """A script can't write escape sequences to the terminal of who reads the error."""
    shown = ScriptSyntaxError("no", 1, column=1, source="a\x1b[2J\u202eb\tc").excerpt()
    assert shown.split("\n")[0] == "    1 | a\ufffd[2J\ufffdb c"


def test_a_place_beyond_the_source_shows_no_excerpt() -> None:
    """A wrong place must not become an error of its own."""
    assert ScriptSyntaxError("no", 9, column=1, source="one").excerpt() == ""
    assert ScriptSyntaxError("no", 1, column=99, source="one").excerpt().endswith("   ^")


def test_all_errors_have_one_base_and_readable_parts() -> None:
    """Callers need `message`, `line`, `column`, and `code` or `name`."""
    error = ScriptSyntaxError("no", 1, column=2, code="early")
    assert isinstance(error, DslError)
    assert (error.message, error.line, error.column, error.code) == ("no", 1, 2, "early")
    assert ScriptError("RangeError", "no").name == "RangeError"
