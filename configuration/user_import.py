"""Imports people from a file: all of them, or nobody.  Who is there already is refused, not changed.

JSON or YAML as `users` in a configuration; CSV with a first line that names the columns.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from configuration.apply import apply_documents
from configuration.form import parse
from configuration.placed import Judgement, gather
from configuration.plan import Plan
from configuration.problems import ConfigurationErrors, Position, Problem, Where
from configuration.reading import Reading, Unreadable, read, read_text
from configuration.tools import Tools

LARGEST_FILE = 16 * 1024 * 1024
"""Bytes: some 50,000 people; more go into several files."""
COLUMNS = ("username", "password", "password_hash", "enabled", "roles", "groups")
"""Besides these every column that is an address is a claim."""
BETWEEN = ";"
"""Stands between the roles, and between the groups, of one cell."""


async def import_users(path: Path, tools: Tools, *, dry_run: bool = False) -> Plan:
    """Add everybody in the file.  Raises ConfigurationErrors with all that is wrong, having changed nothing."""
    reading = _read(path)
    document = parse(reading)
    judgement = Judgement()
    stored = {user.canonical for user in await tools.store.users()}
    for name, placed in gather([(reading, document)], judgement).users.items():
        if name in stored:
            judgement.errors.append(placed.problem(f"there is a user {placed.entry.username} already"))
    judgement.raise_errors()
    return await apply_documents([(reading, document)], tools, dry_run=dry_run)


def _read(path: Path) -> Reading:
    """A document with nothing but users."""
    if path.suffix.lower() == ".csv":
        return _read_csv(path)
    found = read(path, limit=LARGEST_FILE)
    if isinstance(found.value, list):
        positions: dict[Where, Position] = {("users", *where): at for where, at in found.positions.items()}
        return Reading(found.name, found.folder, {"users": found.value}, positions)
    if not isinstance(found.value, dict) or found.value.keys() != {"users"}:
        raise ConfigurationErrors([Problem(found.name, "expected a list of users, or an object with `users` alone")])
    return found


def _read_csv(path: Path) -> Reading:
    users: list[dict[str, Any]] = []
    positions: dict[Where, Position] = {}
    line = 1
    try:
        rows = _rows(read_text(path, limit=LARGEST_FILE))
        line, columns = next(rows, (1, []))
        _check_columns(columns)
        for line, cells in rows:
            if len(cells) != len(columns):
                raise Unreadable(f"has {len(cells)} cells, and the first line names {len(columns)} columns")
            positions[("users", len(users))] = Position(line, 1)
            users.append(_entry(dict(zip(columns, cells, strict=True))))
    except Unreadable as refused:
        at = refused.position or Position(line, 1)
        raise ConfigurationErrors([Problem(str(path), refused.text, (), at)]) from None
    return Reading(str(path), path.parent, {"users": users}, positions)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins in; empty lines are none.  Raises Unreadable."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for row in reader:
            if row:
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(f"is not CSV: {error}", position=Position(begins, 1)) from None


def _check_columns(columns: list[str]) -> None:
    unknown = [name for name in columns if name not in COLUMNS and "://" not in name]
    if unknown:
        known = ", ".join(COLUMNS)
        raise Unreadable(f"there is no column {unknown[0]!a}; there are {known}, and the addresses of claims")
    if len(set(columns)) < len(columns) or "username" not in columns:
        raise Unreadable("the first line names the columns, each once, and one of them is username")


def _entry(row: dict[str, str]) -> dict[str, Any]:
    """A row as an entry of `users`; an empty cell says nothing."""
    entry: dict[str, Any] = {name: cell for name, cell in row.items() if cell and "://" not in name}
    for name in ("roles", "groups"):
        if name in entry:
            entry[name] = [one.strip() for one in entry[name].split(BETWEEN) if one.strip()]
    if entry.get("enabled", "").lower() in ("true", "false"):
        entry["enabled"] = entry["enabled"].lower() == "true"
    claims = {name: cell for name, cell in row.items() if cell and "://" in name}
    return {**entry, "claims": claims} if claims else entry
