"""What admins configured, as JSON text and back.  One document an application, flow, library,
prompt; one for the settings."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import msgspec

from engine.errors import DirectoryError
from engine.model import Application, Flow, Library, OrganisationSettings, PromptTemplate, PushProvider
from engine.ports import ConfigurationChange, ScriptVersion
from storage.bounds import is_name, is_text
from storage.people import check_user

log = logging.getLogger("doorstep.storage")

Configured = Application | Flow | Library | OrganisationSettings | PromptTemplate | PushProvider
T = TypeVar("T", Application, Flow, Library, OrganisationSettings, PromptTemplate, PushProvider)
SETTINGS_NAME = "organisation"
MOST_VERSIONS = 100
"""Versions of one script that are kept."""


class Kind(StrEnum):
    """What a document is about; the words stand in the database."""

    APPLICATION = "application"
    FLOW = "flow"
    LIBRARY = "library"
    PROMPT = "prompt"
    PUSH_PROVIDER = "push_provider"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Document:
    """One configured thing.  text: JSON, or None to remove it."""

    kind: Kind
    name: str
    text: str | None


_encoder = msgspec.json.Encoder(order="deterministic")


def is_new_version(flow: Flow, latest: ScriptVersion | None) -> bool:
    """Whether the flow's script is another one than it was.  A flow that never had one has no versions."""
    return flow.script != (latest.script if latest is not None else None)


def decoded(text: str, into: type[T], *, name: str) -> T | None:
    """The thing that *text* describes; None, and a line in the log, if it cannot be read: then it does not exist."""
    try:
        return msgspec.json.decode(text, type=into)
    except (msgspec.DecodeError, TypeError, UnicodeError) as error:
        log.error("the stored %s %r cannot be read: %s", into.__name__, name, error)
        return None


def documents(change: ConfigurationChange) -> list[Document]:
    """What *change* does to documents, removals first.

    Raises DirectoryError('not_text') if a name or text anywhere in *change* is none a database can hold.
    """
    _check(change)
    return [
        *_removed(Kind.APPLICATION, change.removed_applications),
        *_removed(Kind.FLOW, change.removed_flows),
        *_removed(Kind.LIBRARY, change.removed_libraries),
        *_removed(Kind.PROMPT, change.removed_prompts),
        *_removed(Kind.PUSH_PROVIDER, change.removed_push_providers),
        *(_document(Kind.APPLICATION, one.id, one) for one in change.applications),
        *(_document(Kind.FLOW, one.id, one) for one in change.flows),
        *(_document(Kind.LIBRARY, one.name, one) for one in change.libraries),
        *(_document(Kind.PROMPT, one.name, one) for one in change.prompts),
        *(_document(Kind.PUSH_PROVIDER, one.name, one) for one in change.push_providers),
        *(_document(Kind.SETTINGS, SETTINGS_NAME, one) for one in (change.settings,) if one is not None),
    ]


def _check(change: ConfigurationChange) -> None:
    for user in change.users:
        check_user(user)
    for name in (*change.secrets, *change.removed_users):
        _check_name(name)
    if not all(is_text(value) for value in change.secrets.values() if value is not None):
        raise DirectoryError("not_text", "a secret is not Unicode text without NUL")


def _check_name(name: str) -> None:
    if not is_name(name):
        raise DirectoryError("not_text", f"{name!r} cannot name anything")


def _document(kind: Kind, name: str, thing: Configured) -> Document:
    _check_name(name)
    try:
        return Document(kind, name, _encoder.encode(thing).decode())
    except UnicodeError:
        raise DirectoryError("not_text", f"{kind} {name!r} has a text that is not Unicode") from None


def _removed(kind: Kind, names: Iterable[str]) -> list[Document]:
    found = [Document(kind, name, None) for name in names]
    for one in found:
        _check_name(one.name)
    return found
