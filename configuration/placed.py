"""Entries of one or many documents, each with the place it came from, and the list of what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from configuration.document import (
    ApplicationEntry,
    Document,
    FlowEntry,
    LibraryEntry,
    PromptEntry,
    SettingsEntry,
    UserEntry,
)
from configuration.problems import ConfigurationErrors, Key, Problem, Where, position_of
from configuration.reading import Reading
from engine.usernames import canonical

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Placed(Generic[Entry]):
    """An entry and where it stands."""

    entry: Entry
    reading: Reading
    where: Where

    def problem(self, text: str, *keys: Key) -> Problem:
        """A problem with this entry, or with what lies in it under *keys*."""
        where = (*self.where, *keys)
        return Problem(self.reading.name, text, where, position_of(where, self.reading.positions))


@dataclass(slots=True)
class Judgement:
    """What was found so far.  Errors refuse the whole configuration, warnings are only told."""

    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def raise_errors(self) -> None:
        """Raises ConfigurationErrors if there are any."""
        if self.errors:
            raise ConfigurationErrors(self.errors)


@dataclass(frozen=True, slots=True)
class Entries:
    """All entries of all documents, by name.  says_users: whether any document speaks of users at all."""

    applications: dict[str, Placed[ApplicationEntry]]
    flows: dict[str, Placed[FlowEntry]]
    users: dict[str, Placed[UserEntry]]
    libraries: dict[str, Placed[LibraryEntry]]
    prompts: dict[str, Placed[PromptEntry]]
    settings: dict[str, Placed[SettingsEntry]]
    says_users: bool


def gather(documents: Sequence[tuple[Reading, Document]], judgement: Judgement) -> Entries:
    """The entries of all *documents*; a name that stands twice is an error.

    users are by canonical name, settings by section (`push`, `mail`, ...).
    """
    return Entries(
        applications=_by(documents, "applications", lambda d: d.applications, name=lambda a: a.id, judgement=judgement),
        flows=_by(documents, "flows", lambda d: d.flows, name=lambda f: f.id, judgement=judgement),
        users=_by(
            documents, "users", lambda d: d.users, name=lambda u: canonical(u.username) or "", judgement=judgement
        ),
        libraries=_by(documents, "libraries", lambda d: d.libraries, name=lambda x: x.name, judgement=judgement),
        prompts=_by(documents, "prompts", lambda d: d.prompts, name=lambda x: x.name, judgement=judgement),
        settings=_sections(documents, judgement),
        says_users=any(document.users is not None for _, document in documents),
    )


def _by(
    documents: Sequence[tuple[Reading, Document]],
    kind: str,
    entries: Callable[[Document], Iterable[Entry] | None],
    *,
    name: Callable[[Entry], str],
    judgement: Judgement,
) -> dict[str, Placed[Entry]]:
    found: dict[str, Placed[Entry]] = {}
    for reading, document in documents:
        for index, entry in enumerate(entries(document) or ()):
            placed = Placed(entry, reading, (kind, index))
            first = found.setdefault(name(entry), placed)
            if first is not placed:
                judgement.errors.append(placed.problem(f"{name(entry)} stands twice; first {_at(first)}"))
    return found


def _sections(documents: Sequence[tuple[Reading, Document]], judgement: Judgement) -> dict[str, Placed[SettingsEntry]]:
    found: dict[str, Placed[SettingsEntry]] = {}
    for reading, document in documents:
        if document.settings is None:
            continue
        placed = Placed(document.settings, reading, ("settings",))
        for section in document.settings.model_fields_set:
            if getattr(document.settings, section) is None:
                continue
            first = found.setdefault(section, placed)
            if first is not placed:
                judgement.errors.append(placed.problem(f"{section} stands twice; first {_at(first)}", section))
    return found


def _at(placed: Placed[Entry]) -> str:
    position = position_of(placed.where, placed.reading.positions)
    return f"in {placed.reading.name}" + (f", line {position.line}" if position else "")
