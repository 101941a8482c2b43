"""Reads from the code what it can write into the audit: names of events, and reasons of failures."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.docs.documents import ROOT

FOLDERS = (
    "engine", "authenticators", "oidc", "storage", "configuration", "commands", "login", "account", "management", "web",
    "console",
)  # fmt: skip
RECORDERS = {"AuditEvent", "note", "_note", "_record", "_stop", "tell", "write"}
"""What is called to record an event; one of the first two arguments is its name."""
REFUSALS = {"Failed", "Denied", "Failure"}
"""What is made to end a step or a login; the first argument is the reason."""

_EVENT = re.compile(r"[a-z]+(_[a-z]+)+")
_REASON = re.compile(r"[a-z]+\.[a-z_]+")


def events() -> set[str]:
    """The name of every event, also those that are chosen a line before they are recorded."""
    found: set[str] = set()
    for tree in _trees():
        for node in ast.walk(tree):
            match node:
                case ast.Call() if _called(node) in RECORDERS:
                    found |= _texts(node.args[:2], _EVENT)
                case ast.Assign(targets=[ast.Name(id="name" | "_EVENTS")]):
                    found |= _texts([node.value], _EVENT)
    return found - {"wrong_number"}


def reasons() -> set[str]:
    """The reason of every failure."""
    found: set[str] = set()
    for tree in _trees():
        for node in ast.walk(tree):
            match node:
                case ast.Call(args=[first, *_]) if _called(node) in REFUSALS:
                    found |= _texts([first], _REASON)
                case ast.Dict():
                    pairs = zip(node.keys, node.values, strict=True)
                    named = [value for key, value in pairs if isinstance(key, ast.Constant) and key.value == "reason"]
                    found |= _texts(named, _REASON)
    return found


def loggers() -> set[str]:
    """The name of every logger."""
    calls = (node for tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Call))
    return set().union(*(_texts(call.args, re.compile(r"\S+")) for call in calls if _called(call) == "getLogger"))


def _trees() -> Iterator[ast.Module]:
    for path in [ROOT / "server.py", *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]:
        yield ast.parse(path.read_text("utf-8"))


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _texts(nodes: list[ast.expr], shape: re.Pattern[str]) -> set[str]:
    inner = (inner for node in nodes for inner in ast.walk(node) if isinstance(inner, ast.Constant))
    return {found.value for found in inner if isinstance(found.value, str) and shape.fullmatch(found.value)}
