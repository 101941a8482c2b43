"""The documents as the tests read them: headings, links, fenced blocks and tables.  Judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])

_FENCE = re.compile(r"^```(\S*)\s*$")
_HEADING = re.compile(r"^(#{1,6}) (.+?)\s*$")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`[^`]*`")
_ANCHOR = re.compile(r'<a id="([^"]+)"></a>')


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block.  line: of its first line of text, 1-based; heading: the last one above it."""

    document: str
    line: int
    language: str
    text: str
    heading: str


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    fenced: bool


def blocks(path: Path, language: str) -> list[Block]:
    """The fenced blocks of that language, in order."""
    found, heading, begun, inside = [], "", 0, ""
    collected: list[str] = []
    for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1):
        fence = _FENCE.match(text)
        if fence is None and begun:
            collected.append(text)
        elif fence is not None and begun:
            found.append(Block(path.name, begun, inside, "\n".join(collected) + "\n", heading))
            begun = 0
        elif fence is not None:
            begun, inside, collected = number + 1, fence[1], []
        elif match := _HEADING.match(text):
            heading = match[2]
    return [block for block in found if block.language == language]


def table(path: Path, heading: str, *, number: int = 1) -> list[list[str]]:
    """The cells of the n-th table below *heading*, without its head.  Raises LookupError if there is none."""
    found: list[list[list[str]]] = []
    begins = True
    for line in section(path, heading).splitlines():
        if line.startswith("|") and begins:
            found.append([])
        begins = not line.startswith("|")
        if not begins:
            found[-1].append([cell.strip() for cell in line.strip().strip("|").split("|")])
    if len(found) < number:
        raise LookupError(f"{path.name} has no table {number} below {heading!r}")
    return found[number - 1][2:]


def section(path: Path, heading: str) -> str:
    """The text below *heading*, up to the next heading of its rank.  Raises LookupError if there is none."""
    kept: list[str] = []
    rank = 0
    for line in _lines(path):
        match = None if line.fenced else _HEADING.match(line.text)
        if match is not None and rank and len(match[1]) <= rank:
            break
        if rank:
            kept.append(line.text)
        elif match is not None and match[2] == heading:
            rank = len(match[1])
    if not rank:
        raise LookupError(f"{path.name} has no heading {heading!r}")
    return "\n".join(kept)


def code(cell: str) -> str:
    """The first piece of code in a cell, without its marks; the empty string if there is none."""
    match = _CODE.search(cell)
    return match[0].strip("`") if match else ""


def codes(text: str) -> list[str]:
    """Every piece of code in a text, without its marks."""
    return [match.strip("`") for match in _CODE.findall(text)]


def links(path: Path) -> Iterator[str]:
    """The targets of all links and pictures outside of code."""
    for line in _lines(path):
        if not line.fenced:
            yield from _LINK.findall(_CODE.sub("", line.text))


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """Number and text of each line outside of fenced blocks."""
    return ((line.number, line.text) for line in _lines(path) if not line.fenced)


def anchors(path: Path) -> set[str]:
    """The anchors that headings make, as code hosts write them, and those that stand in the text."""
    made: dict[str, int] = {}
    for line in _lines(path):
        match = None if line.fenced else _HEADING.match(line.text)
        if match is not None:
            slug = re.sub(r"[^\w\- ]", "", match[2].lower()).replace(" ", "-")
            made[slug] = made.get(slug, 0) + 1
    headings = {slug if at == 0 else f"{slug}-{at}" for slug, times in made.items() for at in range(times)}
    return headings | set(_ANCHOR.findall(path.read_text("utf-8")))


def _lines(path: Path) -> Iterator[_Line]:
    fenced = False
    for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if _FENCE.match(text):
            fenced = not fenced
            yield _Line(number, text, True)
        else:
            yield _Line(number, text, fenced)
