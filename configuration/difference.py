"""What changes in one configured thing, line by line, in the form of a document: never a secret."""

from __future__ import annotations

from difflib import unified_diff
from typing import Any

from configuration.export import as_yaml, entry_of
from configuration.plan import Item

AROUND = 1
"""Lines that stay and are shown before and after those that change."""


def difference(item: Item) -> list[str]:
    """Lines marked by `-`, `+` or a space; none where only a secret or nothing changes."""
    before, after = _lines(item.before), _lines(item.after)
    lines = list(unified_diff(before, after, n=AROUND, lineterm=""))[2:]  # the first two name the files
    return [line for line in lines if not line.startswith("@@ ")]


def _lines(thing: Any) -> list[str]:
    if thing is None:
        return []
    return as_yaml(thing if isinstance(thing, dict) else entry_of(thing)).splitlines()
