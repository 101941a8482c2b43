"""Text of a configuration file to plain values, with the position of each: YAML (a safe part of it) or JSON.

Of YAML only what JSON can say is taken: no tags, anchors, aliases, several documents or duplicate keys; `yes` and
`12:30` stay text.  What the values mean is not judged here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml import events

from configuration.problems import ConfigurationErrors, Position, Problem, Where

LONGEST_FILE = 32 * 1024 * 1024
"""Bytes a configuration file may have."""

DEEPEST = 32
"""Levels of lists and objects inside one another."""

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read.  name: as the person gave it; folder: what its relative paths start from.

    Without a folder it came over the network, and nothing of this machine can be named in it.
    """

    name: str
    folder: Path | None
    value: Any
    positions: dict[Where, Position]


class Unreadable(Exception):
    """The text cannot be taken; carries why and where."""

    def __init__(self, text: str, *, position: Position | None = None, where: Where = ()) -> None:
        super().__init__(text)
        self.text = text
        self.position = position
        self.where = where


class NotText(Unreadable):
    """A file is there, and its contents are no text that can be taken."""


def read(path: Path, *, limit: int = LONGEST_FILE) -> Reading:
    """Read one file; its suffix `.json` makes it JSON, anything else is YAML.  Raises ConfigurationErrors."""
    try:
        text = read_text(path, limit=limit)
        value, positions = parse_json(text) if path.suffix.lower() == ".json" else parse_yaml(text)
    except Unreadable as refused:
        raise ConfigurationErrors([Problem(str(path), refused.text, refused.where, refused.position)]) from None
    return Reading(str(path), path.parent, value, positions)


def read_text(path: Path, *, limit: int) -> str:
    """The text of a UTF-8 file of at most *limit* bytes.  Raises Unreadable, a plain reason without the contents."""
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror or error}") from None
    if len(content) > limit:
        raise NotText(f"is larger than {limit // 1024} KiB")
    if b"\0" in content:
        raise NotText("is not text: it has NUL bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(f"is not UTF-8 text (byte {error.start})") from None


def parse_yaml(text: str) -> tuple[Any, dict[Where, Position]]:
    """Values and positions of a YAML text.  Raises Unreadable."""
    positions: dict[Where, Position] = {}
    try:
        stream = iter(yaml.parse(text, Loader=_Loader))
        value = _document(stream, positions)
    except yaml.YAMLError as error:
        raise Unreadable(_yaml_reason(error), position=_mark(getattr(error, "problem_mark", None))) from None
    return value, positions


def parse_json(text: str) -> tuple[Any, dict[Where, Position]]:
    """Values of a JSON text (RFC 8259), with positions where they can be told.  Raises Unreadable."""
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Unreadable(f"is not JSON: {error.msg}", position=Position(error.lineno, error.colno)) from None
    except (RecursionError, ValueError):
        raise Unreadable("is not JSON that can be taken: too deep, or a number is too long") from None
    try:
        return value, parse_yaml(text)[1]
    except Unreadable:
        return value, {}


# --- JSON -------------------------------------------------------------------------------------------------------------


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Unreadable(f"the key {key!r} stands twice in one object")
        found[key] = value
    return found


def _no_constant(word: str) -> None:
    raise Unreadable(f"{word} is not a JSON number")


# --- YAML -------------------------------------------------------------------------------------------------------------


def _document(stream: Iterator[Any], positions: dict[Where, Position]) -> Any:
    """The one document of the stream."""
    found: list[Any] = []
    for event in stream:
        if isinstance(event, events.DocumentStartEvent):
            if found:
                raise Unreadable("holds more than one YAML document", position=_mark(event.start_mark))
            found.append(_node(next(stream), stream, (), positions=positions))
    return found[0] if found else None


def _node(event: Any, stream: Iterator[Any], where: Where, *, positions: dict[Where, Position]) -> Any:
    """The value that begins with *event*."""
    position = _mark(event.start_mark)
    _only_plain(event, position, where)
    if len(where) > DEEPEST:
        raise Unreadable(f"is nested deeper than {DEEPEST} levels", position=position)
    if position:
        positions.setdefault(where, position)
    match event:
        case events.ScalarEvent():
            return _scalar(event)
        case events.SequenceStartEvent():
            return _sequence(stream, where, positions)
        case events.MappingStartEvent():
            return _mapping(stream, where, positions)
    raise Unreadable("is not YAML that can be taken", position=position)


def _only_plain(event: Any, position: Position | None, where: Where) -> None:
    if isinstance(event, events.AliasEvent) or getattr(event, "anchor", None) is not None:
        raise Unreadable("YAML anchors and aliases are not taken; write the value out", position=position, where=where)
    if getattr(event, "tag", None) is not None:
        raise Unreadable(f"the YAML tag {event.tag} is not taken", position=position, where=where)


def _sequence(stream: Iterator[Any], where: Where, positions: dict[Where, Position]) -> list[Any]:
    items: list[Any] = []
    while not isinstance(event := next(stream), events.SequenceEndEvent):
        items.append(_node(event, stream, (*where, len(items)), positions=positions))
    return items


def _mapping(stream: Iterator[Any], where: Where, positions: dict[Where, Position]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while not isinstance(event := next(stream), events.MappingEndEvent):
        position = _mark(event.start_mark)
        _only_plain(event, position, where)
        if not isinstance(event, events.ScalarEvent):
            raise Unreadable("a key must be a plain word", position=position, where=where)
        if event.value in found:
            raise Unreadable(f"the key {event.value!r} stands twice in one object", position=position, where=where)
        inner = (*where, event.value)
        if position:
            positions[inner] = position
        found[event.value] = _node(next(stream), stream, inner, positions=positions)
    return found


def _scalar(event: Any) -> Any:
    """Text, or what an unquoted word stands for in the JSON schema of YAML 1.2."""
    word = event.value
    if not event.implicit[0]:
        return word
    if word.lower() in _WORDS:
        return _WORDS[word.lower()]
    if _WHOLE.fullmatch(word):
        return int(word)
    return float(word) if _FRACTION.fullmatch(word) else word


def _mark(mark: Any) -> Position | None:
    return Position(mark.line + 1, mark.column + 1) if mark is not None else None


def _yaml_reason(error: yaml.YAMLError) -> str:
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "not well-formed"
    return f"is not YAML: {reason}"
