"""docs/architecture.md and the decisions: folders, modules, imports and states are those of the code."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from authenticators.push.requests import Word
from login.views import WORDS
from tests.docs.documents import DOCS, ROOT, code, codes, table

PAGE = DOCS / "architecture.md"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DECISIONS = [path for path in sorted((DOCS / "adr").glob("*.md")) if int(path.name[:4]) > 3]
DIAGRAM = (DOCS / "login.mermaid").read_text("utf-8")

_STEP = re.compile(r"\s{8}(\[\*\]|\w+) --> (\[\*\]|\w+)(?:: [^:]+)?")
_BEGIN = re.compile(r'\s{4}state "[^"]+" as (\w+) \{')


def folders() -> set[str]:
    """Every package of the project, and the folders beside them that ship."""
    shipped = {pattern.rstrip("*") for pattern in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]}
    packages = {path.parent for top in shipped for path in (ROOT / top).rglob("__init__.py")}
    inner = {str(path.relative_to(ROOT)) for path in packages if path.name != "versions"}
    return {f"{name}/" for name in inner | shipped | {"benchmarks", "tests"}}


def test_every_folder_is_told_with_modules_that_are_there() -> None:
    """No more and no fewer."""
    rows = table(PAGE, "The packages")
    assert sorted(name for row in rows for name in codes(row[0])) == sorted(folders())
    for row in rows:
        assert [name for name in codes(row[2]) if not (ROOT / code(row[0]) / name).is_file()] == []


def test_the_direction_of_imports_is_the_contract() -> None:
    """The first contract of pyproject.toml; server.py stands above it."""
    (contract,) = (one for one in PROJECT["tool"]["importlinter"]["contracts"] if one["type"] == "layers")
    assert f"\n{' -> '.join(['server', *contract['layers']])}\n" in PAGE.read_text("utf-8")


@pytest.mark.parametrize("path", [PAGE, *DECISIONS], ids=lambda path: path.name)
def test_every_path_that_is_named_is_there(path: Path) -> None:
    """Files and folders in code marks, from the top of the project."""
    named = [text for text in codes(path.read_text("utf-8")) if re.fullmatch(r"[\w/]+/[\w.]*", text)]
    assert [text for text in named if not (ROOT / text).exists()] == []


# --- the diagram ------------------------------------------------------------------------------------------------------


def machines() -> dict[str, set[tuple[str, str]]]:
    """The arrows of each machine.  Raises ValueError for a line that is none of the few forms that are used."""
    found: dict[str, set[tuple[str, str]]] = {}
    name = ""
    for line in DIAGRAM.splitlines()[1:]:
        if match := _BEGIN.fullmatch(line):
            name = match[1]
            found[name] = set()
        elif match := _STEP.fullmatch(line):
            found[name].add((match[1], match[2]))
        elif line != "    }":
            raise ValueError(f"not a line of the diagram: {line!r}")
    return found


def test_every_state_is_reached_and_left() -> None:
    """From the beginning of its machine, and to an end."""
    assert DIAGRAM.startswith("stateDiagram-v2\n")
    for arrows in machines().values():
        states = {state for arrow in arrows for state in arrow}
        assert _reached(arrows) == states
        assert _reached({(to, begins) for begins, to in arrows}) == states


def _reached(arrows: set[tuple[str, str]]) -> set[str]:
    reached = {"[*]"}
    while more := {to for begins, to in arrows if begins in reached} - reached:
        reached |= more
    return reached


def test_a_push_request_has_the_states_of_the_code() -> None:
    """Its words, those of the waiting page, and that it was used."""
    states = {state for arrow in machines()["Push"] for state in arrow} - {"[*]"}
    assert states == {*get_args(Word), *WORDS, "consumed"}
