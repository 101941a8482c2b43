"""Texts of mails: `{{name}}` is replaced by a value as text, in one pass, and nothing is ever evaluated.

A template file has its subject in the first line and its text after an empty one.  The HTML part is made of the text
unless a template brings its own; in both, values are escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "mail"
"""The templates that ship."""

LONGEST_INLINE = 200
"""Characters of a value within a line or a subject."""
LONGEST_BLOCK = 20_000
"""Characters of a value that has a line of its own."""

_PLACEHOLDER = re.compile(r"\{\{[ \t]*([A-Za-z][A-Za-z0-9_.-]{0,63})[ \t]*\}\}")
_BLOCK = re.compile(r"^\{\{[ \t]*([A-Za-z][A-Za-z0-9_.-]{0,63})[ \t]*\}\}$", re.MULTILINE)
_INVISIBLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


@dataclass(frozen=True, slots=True)
class MailTemplate:
    """One kind of mail.  html: the whole HTML part, or None to have it made of the text."""

    subject: str
    text: str
    html: str | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """A template with its values put in."""

    subject: str
    text: str
    html: str


def shipped(folder: Path = FOLDER) -> dict[str, MailTemplate]:
    """The templates of *folder* by their file's name.  Raises ValueError for a file that is none."""
    return {file.stem: template(file.read_text("utf-8")) for file in sorted(folder.glob("*.txt"))}


def template(source: str) -> MailTemplate:
    """The template in *source*.

    >>> template("Hello {{username}}\\n\\nYou are in.\\n")
    MailTemplate(subject='Hello {{username}}', text='You are in.\\n', html=None)
    """
    subject, _, rest = source.partition("\n")
    empty, _, text = rest.partition("\n")
    if not subject.strip() or empty.strip() or not text.strip():
        raise ValueError("expected a subject in the first line, an empty second one, and a text")
    return MailTemplate(subject.strip(), text)


def composed(template: MailTemplate, values: Mapping[str, str]) -> Composed:
    """*template* with *values*.  A name without a value becomes nothing.

    A value within a line stays one line and is cut at LONGEST_INLINE: what a stranger's browser calls itself must not
    become a paragraph of our mail.  A placeholder that is a whole line may bring lines of its own.
    """
    text = _filled(template.text, values)
    page = _as_html(text) if template.html is None else _filled(template.html, values, escape=True)
    subject = _PLACEHOLDER.sub(lambda match: _line(values.get(match[1], "")), template.subject)
    return Composed(_line(subject), text, page)


def _filled(source: str, values: Mapping[str, str], *, escape: bool = False) -> str:
    """All placeholders at once, so that nothing in a value is taken for one."""
    blocks = {match.start() for match in _BLOCK.finditer(source)}

    def value(match: re.Match[str]) -> str:
        found = values.get(match[1], "")
        shown = _lines(found) if match.start() in blocks else _line(found)
        return html.escape(shown) if escape else shown

    return _PLACEHOLDER.sub(value, source)


def _line(value: str) -> str:
    return " ".join(_INVISIBLE.sub(" ", value).split())[:LONGEST_INLINE]


def _lines(value: str) -> str:
    return _INVISIBLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))[:LONGEST_BLOCK]


def _as_html(text: str) -> str:
    """Paragraphs of escaped text; no link, image or style, so nothing that a value could become."""
    blocks = [block for block in re.split(r"\n{2,}", text.strip("\n")) if block.strip()]
    paragraphs = ["<p>" + html.escape(block).replace("\n", "<br>\n") + "</p>" for block in blocks]
    return "<!doctype html>\n<html>\n<body>\n" + "\n".join(paragraphs) + "\n</body>\n</html>\n"
