"""What changes in one configured thing, line by line, in the form of a document: never a secret."""

from __future__ import annotations

from difflib import unified_diff
from typing import Any

from configuration.export import as_yaml, entry_of
from configuration.plan import Item

AROUND = 1
"""Lines that stay and are shown before and after those that change."""
MOST_COMPARED = 4000
"""Lines of one thing, over which only that it changed is told: finding out what would take too long."""
LONGEST = 16_000
"""Characters of what an event says of before and after."""


def difference(item: Item) -> list[str]:
    """Lines marked by `-`, `+` or a space; none where only a secret or nothing changes."""
    return between(item.before, item.after)


def between(before: Any, after: Any) -> list[str]:
    """The same for two things, or their entries; None stands for nothing.

    >>> between({"name": "a", "source": "x"}, {"name": "a", "source": "y"})
    [' name: a', '-source: x', '+source: y']
    """
    old, new = _lines(before), _lines(after)
    if max(len(old), len(new)) > MOST_COMPARED:
        return [f"-({len(old)} lines)", f"+({len(new)} lines)"] if old != new else []
    lines = list(unified_diff(old, new, n=AROUND, lineterm=""))[2:]  # the first two name the files
    return [line for line in lines if not line.startswith("@@ ")]


def shortened(lines: list[str]) -> str:
    """The lines as one text that an event of the audit has room for, which says what is left out."""
    text, left = "", len(lines)
    for line in lines:
        if len(text) + len(line) > LONGEST:
            return f"{text}({left} more lines)"
        text, left = f"{text}{line}\n", left - 1
    return text.rstrip("\n")


def _lines(thing: Any) -> list[str]:
    if thing is None:
        return []
    return as_yaml(thing if isinstance(thing, dict) else entry_of(thing)).splitlines()
