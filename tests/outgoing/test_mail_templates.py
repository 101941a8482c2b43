"""Mail templates: values are text, and nothing else."""

from __future__ import annotations

import re

import pytest

from outgoing.mail_templates import FOLDER, LONGEST_INLINE, MailTemplate, composed, shipped, template

NAMES = {
    "subject", "text", "organisation", "username", "application", "time", "ip", "device", "reason", "what", "browser",
    "link",
}  # fmt: skip
"""What the engine can tell."""


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_template_that_ships_can_be_filled(name: str) -> None:
    """A subject of one line, a text without a placeholder left, a page of the same."""
    filled = composed(shipped()[name], {one: f"<{one}>" for one in NAMES})
    assert "{{" not in filled.subject + filled.text + filled.html
    assert "\n" not in filled.subject
    used = re.findall(r"\{\{(.*?)\}\}", (FOLDER / f"{name}.txt").read_text("utf-8"))
    assert set(used) <= NAMES
    assert all(f"&lt;{one}&gt;" in filled.html for one in set(used) - {"subject"})


@pytest.mark.parametrize(
    "value",
    [
        "{{secret}}",
        "{{ secret }}",
        "{% for x in y %}",
        "${secret}",
        "%(secret)s",
        "{0.__class__}",
        "\\1\\g<0>",
        "{{{{secret}}}}",
        "{{",
        "}}",
        "#{1+1}",
        "<%= 1 %>",
    ],
)
def test_a_value_is_never_evaluated(value: str) -> None:
    """Not by this page's own rule either: placeholders within values stay what they are."""
    filled = composed(MailTemplate("S {{a}}", "T {{a}} {{b}}"), {"a": value, "b": "{{a}}", "secret": "SECRET"})
    assert (filled.subject, filled.text) == (f"S {value}", f"T {value} {{{{a}}}}")
    assert "SECRET" not in filled.html


@pytest.mark.parametrize("value", ["<script>x</script>", "<a href='x'>", "&lt;i&gt;", '"onload="', "<!--", "</b>"])
def test_a_value_is_escaped_in_the_page(value: str) -> None:
    """In a page made of the text, and in one that a template brings."""
    for page in (None, "<p title='{{a}}'>{{a}}</p>"):
        html = composed(MailTemplate("S", "{{a}}", page), {"a": value}).html
        assert value not in html
        assert "<script" not in html


def test_a_value_within_a_line_stays_one_short_line() -> None:
    """What a stranger's browser calls itself does not become a paragraph of the mail, nor a header."""
    value = "Mozilla\r\n\r\nYour account is locked,\u2028call 555\u202e\x00\x1b[31m" + "x" * 500
    filled = composed(MailTemplate("New: {{device}}", "Device: {{device}}\n"), {"device": value})
    assert filled.text.count("\n") == 1
    assert filled.text.startswith("Device: Mozilla Your account is locked, call 555 [31mxxx")
    assert len(filled.text) <= LONGEST_INLINE + 10
    assert len(filled.subject) <= LONGEST_INLINE
    assert filled.subject.isprintable()


def test_a_value_with_a_line_of_its_own_may_have_lines() -> None:
    """So that a script can write a whole text."""
    filled = composed(MailTemplate("S", "Hello\n\n{{text}}\n\nBye {{text}}\n"), {"text": "one\r\ntwo\n\nthree"})
    assert filled.text == "Hello\n\none\ntwo\n\nthree\n\nBye one two three\n"
    assert filled.html.count("<p>") == 4


def test_a_name_without_a_value_becomes_nothing() -> None:
    """A mail never shows its braces."""
    filled = composed(MailTemplate("S{{a}}", "T {{user.claim.givenname}}!", None), {})
    assert (filled.subject, filled.text) == ("S", "T !")


@pytest.mark.parametrize("source", ["", "S", "S\n", "S\n\n", "S\n\n \n", "\n\ntext", "S\ntext\n\nx"])
def test_a_file_without_subject_or_text_is_an_error(source: str) -> None:
    """The first line, an empty one, and a text."""
    with pytest.raises(ValueError, match="expected a subject"):
        template(source)
