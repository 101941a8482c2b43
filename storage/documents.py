"""What admins configured, as JSON text and back.  One document an application, flow, library; one for the settings."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import msgspec

from engine.errors import DirectoryError
from engine.model import Application, Flow, Library, OrganisationSettings
from engine.ports import ConfigurationChange
from storage.bounds import is_name

log = logging.getLogger("doorstep.storage")

Configured = Application | Flow | Library | OrganisationSettings
T = TypeVar("T", Application, Flow, Library, OrganisationSettings)
SETTINGS_NAME = "organisation"


class Kind(StrEnum):
    """What a document is about; the words stand in the database."""

    APPLICATION = "application"
    FLOW = "flow"
    LIBRARY = "library"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Document:
    """One configured thing.  text: JSON, or None to remove it."""

    kind: Kind
    name: str
    text: str | None


_encoder = msgspec.json.Encoder(order="deterministic")


def decoded(text: str, into: type[T], *, name: str) -> T | None:
    """The thing that *text* describes; None, and a line in the log, if it cannot be read: then it does not exist."""
    try:
        return msgspec.json.decode(text, type=into)
    except (msgspec.DecodeError, TypeError, UnicodeError) as error:
        log.error("the stored %s %r cannot be read: %s", into.__name__, name, error)
        return None


def documents(change: ConfigurationChange) -> list[Document]:
    """What *change* does to documents, removals first.

    Raises DirectoryError('not_text') if a name or text in it, or the name of a secret, is none a database can hold.
    """
    found = [
        *_removed(Kind.APPLICATION, change.removed_applications),
        *_removed(Kind.FLOW, change.removed_flows),
        *_removed(Kind.LIBRARY, change.removed_libraries),
        *(_document(Kind.APPLICATION, one.id, one) for one in change.applications),
        *(_document(Kind.FLOW, one.id, one) for one in change.flows),
        *(_document(Kind.LIBRARY, one.name, one) for one in change.libraries),
    ]
    if change.settings is not None:
        found.append(_document(Kind.SETTINGS, SETTINGS_NAME, change.settings))
    for name in (*(one.name for one in found), *change.secrets):
        if not is_name(name):
            raise DirectoryError("not_text", f"{name!r} cannot name anything")
    return found


def _document(kind: Kind, name: str, thing: Configured) -> Document:
    try:
        return Document(kind, name, _encoder.encode(thing).decode())
    except UnicodeError:
        raise DirectoryError("not_text", f"{kind} {name!r} has a text that is not Unicode") from None


def _removed(kind: Kind, names: Iterable[str]) -> list[Document]:
    return [Document(kind, name, None) for name in names]
