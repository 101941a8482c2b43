"""Every text that a page or the code names exists; none is shown raw."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from login.views import WORDS
from web.catalogue import Catalogue, Catalogues
from web.pages import TEMPLATES

ROOT = TEMPLATES.parent
ENGLISH = Catalogues(TEMPLATES).default

IN_TEMPLATE = re.compile(r"""\b(?:t|rich)\(\s*["']([\w.-]*\w)["'](?! ~)""")
IN_CODE = re.compile(r"""["']((?:login|identifier|password|push|script|authorize|http)\.[a-z_]+)["']""")
NO_TEXTS = {"push.budget", "http.disconnect"}
"""Other names that look like ids."""


def named(pattern: re.Pattern[str], files: list[Path]) -> set[str]:
    """All ids that those files name."""
    found = (match for path in files for match in pattern.finditer(path.read_text("utf-8")))
    return {match[1] for match in found}


def test_every_id_in_the_templates_has_a_text() -> None:
    """Pages refer to ids."""
    ids = named(IN_TEMPLATE, [*TEMPLATES.glob("*.html")])
    assert len(ids) > 30
    assert {each for each in ids if each not in ENGLISH} == set()


def test_every_id_in_the_code_has_a_text() -> None:
    """What an authenticator, the engine or a face may say to a person."""
    folders = ("engine", "login", "web", "oidc", "account", "authenticators", "console")
    ids = named(IN_CODE, [path for folder in folders for path in (ROOT / folder).rglob("*.py")])
    assert {each for each in ids - NO_TEXTS if each not in ENGLISH} == set()


def test_every_word_of_a_status_has_a_text() -> None:
    """The waiting page says what arrives."""
    assert all(f"push-wait.{word}" in ENGLISH for word in WORDS if word != "pending")


def test_an_unknown_id_gives_a_generic_text() -> None:
    """A person never reads a code."""
    assert ENGLISH.text("no.such.id") == ENGLISH.text("fallback")
    assert "no.such.id" not in ENGLISH.text("no.such.id")


def test_values_fill_places_and_are_escaped_in_markup() -> None:
    """A value is never a template of its own."""
    catalogue = Catalogue("en", "ltr", {"fallback": "?", "a": "Hi <{name}> {missing}"})
    assert catalogue.text("a", name="{name.__class__}") == "Hi <{name.__class__}> "
    assert catalogue.markup("a", name="<b>") == "Hi &lt;<strong>&lt;b&gt;</strong>&gt; "


@pytest.mark.parametrize(
    ("wanted", "language"),
    [("de-AT,en;q=0.5", "de"), ("fr, de;q=0.1", "de"), ("en, de", "en"), ("de;q=0", "en"), ("", "en"), ("*;q=x", "en")],
)
def test_the_language_is_the_browsers_choice(tmp_path: Path, wanted: str, language: str) -> None:
    """Among those there are; English otherwise."""
    for each in ("en", "de"):
        (tmp_path / f"messages.{each}.json").write_text('{"fallback": "x"}')
    assert Catalogues(tmp_path).preferred(wanted).language == language


def test_a_catalogue_without_the_generic_text_is_refused(tmp_path: Path) -> None:
    """It is found at start, not by a person."""
    (tmp_path / "messages.en.json").write_text("{}")
    with pytest.raises(ValueError, match="fallback"):
        Catalogues(tmp_path)
