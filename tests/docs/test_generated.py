"""The tables that are made from the code stand in the documents as they would be made now."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.documents import DOCS
from tests.docs.generated import TABLES, marked, renewed

PAGES = sorted(DOCS.glob("*.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_tables_made_from_the_code_are_up_to_date(path: Path) -> None:
    """`python -m tests.docs.generated` writes them anew."""
    text = path.read_text("utf-8")
    assert renewed(text) == text


def test_every_table_stands_somewhere() -> None:
    """Each once."""
    assert sorted(name for path in PAGES for name in marked(path.read_text("utf-8"))) == sorted(TABLES)
