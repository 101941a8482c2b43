"""Conditions in the script's own words: the text that stands at a place."""

from __future__ import annotations

from functools import lru_cache

from dsl.nodes import LogicalExpression, Node
from dsl.parser import parse
from engine.check.tree import walk
from engine.model import Flow
from engine.proof.graph import Range

LONGEST = 160
_OPENING, _CLOSING = "([{", ")]}"


class Words:
    """The texts of a flow's script and its libraries."""

    def __init__(self, flow: Flow) -> None:
        self._sources = {"": flow.script or "", **{library.name: library.source for library in flow.libraries}}

    @lru_cache(maxsize=1000)  # noqa: B019  lives as long as one proof
    def at(self, place: Range) -> str:
        """The condition whose place that is."""
        source = self._sources.get(place.file, "")
        if place.file or not source:
            return f"the condition in line {place.line} of {place.file}"
        found = [node for node in walk(parse(source)) if (node.line, node.column) == (place.line, place.column)]
        whole = next((node for node in found if isinstance(node, LogicalExpression)), None)
        node = whole or (found[0] if found else None)
        if node is None:
            return f"the condition in line {place.line}"
        line, column = min((part.line, part.column) for part in _inside(node))
        return _text(source, line, column=column, logical=whole is not None)


def _inside(node: Node) -> list[Node]:
    from dataclasses import fields

    found, stack = [], [node]
    while stack:
        part = stack.pop()
        if isinstance(part, list):
            stack += part
        elif isinstance(part, Node):
            found.append(part)
            stack += [getattr(part, one.name) for one in fields(part)]
    return found


def _text(source: str, line: int, *, column: int, logical: bool) -> str:
    """From there to where the condition ends: a closing bracket that is not its own, `;`, `,` or `?`."""
    lines = source.splitlines(keepends=True)
    start = sum(map(len, lines[: line - 1])) + column - 1
    depth, at, quote = 0, start, ""
    while at < len(source) and at - start < 2000:
        char = source[at]
        if quote:
            at += 1 if char == "\\" else 0
            quote = "" if char == quote else quote
        elif char in "'\"`":
            quote = char
        elif char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            if depth == 0:
                break
            depth -= 1
        elif depth == 0 and (char in ";," or _ends(source, at, logical)):
            break
        at += 1
    return " ".join(source[start:at].split())[:LONGEST]


def _ends(source: str, at: int, logical: bool) -> bool:
    two = source[at : at + 2]
    if two in ("?.", "??") or source[at - 1 : at + 1] == "??":
        return False
    return source[at] == "?" or (not logical and two in ("&&", "||"))
