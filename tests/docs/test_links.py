"""Links of the documents lead somewhere, and what they say stays within bounds."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.documents import DOCS, DOCUMENTS, ROOT, anchors, links, prose

ADRS = sorted((DOCS / "adr").glob("*.md"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_a_heading(path: Path) -> None:
    """Files, folders and anchors that a document names are there."""
    broken = [target for target in links(path) if "://" not in target and not _is_there(path, target)]
    assert broken == []


def _is_there(path: Path, target: str) -> bool:
    file, _, anchor = unquote(target).partition("#")
    found = (path.parent / file) if file else path
    if not found.exists() or not found.resolve().is_relative_to(ROOT):
        return False
    return not anchor or anchor in anchors(found)


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path.parent != DOCS / "evidence"], ids=lambda p: p.name)
def test_no_line_is_wider_than_a_page(path: Path) -> None:
    """Prose at most 120 characters; tables, code and addresses may be wider."""
    wide = [number for number, line in prose(path) if len(line) > 120 and not re.search(r"^\||://", line)]
    assert wide == []


def test_decisions_are_short_and_numbered_in_order() -> None:
    """At most 30 lines each, no number left out, none twice."""
    assert [int(path.name[:4]) for path in ADRS] == list(range(1, len(ADRS) + 1))
    for path in ADRS:
        lines = path.read_text("utf-8").splitlines()
        assert len(lines) <= 30, path.name
        assert lines[0].startswith(f"# {int(path.name[:4])}. "), path.name
