"""What applying a configuration would do: what is added, changed, left and removed, as one change for the store."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

from configuration.export import settings_entry
from configuration.problems import Problem
from engine.model import Application, Flow, Library, OrganisationSettings, PromptTemplate, PushProvider, User
from engine.ports import ConfigurationChange

Kind = Literal["application", "flow", "user", "library", "prompt", "push provider", "setting", "secret"]


@dataclass(frozen=True, slots=True)
class Item:
    """One configured thing.  what: the parts of it that change; before, after: the whole of it, where it changes."""

    kind: Kind
    name: str
    what: tuple[str, ...] = ()
    before: Any = field(default=None, compare=False, repr=False)
    after: Any = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        """E.g. `application payroll (redirect_uris)`."""
        return f"{self.kind} {self.name}" + (f" ({', '.join(self.what)})" if self.what else "")


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done.  warnings: what is odd, but not refused."""

    added: tuple[Item, ...]
    changed: tuple[Item, ...]
    left: tuple[Item, ...]
    removed: tuple[Item, ...]
    warnings: tuple[Problem, ...]
    change: ConfigurationChange

    @property
    def changes_nothing(self) -> bool:
        """Whether the store is already as the configuration says."""
        return self.change == ConfigurationChange()


@dataclass(slots=True)
class Draft:
    """A plan in the making; `compare` and `remove` sort each thing into its list."""

    added: list[Item] = field(default_factory=list)
    changed: list[Item] = field(default_factory=list)
    left: list[Item] = field(default_factory=list)
    removed: list[Item] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    users: list[User] = field(default_factory=list)
    libraries: list[Library] = field(default_factory=list)
    prompts: list[PromptTemplate] = field(default_factory=list)
    push_providers: list[PushProvider] = field(default_factory=list)
    settings: OrganisationSettings | None = None
    secrets: dict[str, str | None] = field(default_factory=dict)
    removed_applications: list[str] = field(default_factory=list)
    removed_flows: list[str] = field(default_factory=list)
    removed_users: list[str] = field(default_factory=list)
    removed_libraries: list[str] = field(default_factory=list)
    removed_prompts: list[str] = field(default_factory=list)
    removed_push_providers: list[str] = field(default_factory=list)

    def compare(self, kind: Kind, name: str, *, old: Any, new: Any) -> bool:
        """Sort one thing by how it differs from what is stored; whether it must be written."""
        what = () if old is None else differences(old, new)
        items = self.added if old is None else self.changed if what else self.left
        items.append(Item(kind, name, what, old, new) if what else Item(kind, name))
        return items is not self.left

    def compare_settings(self, old: OrganisationSettings, new: OrganisationSettings, *, named: Set[str]) -> bool:
        """The same for the settings of everyone, one item a section.  named: those that the documents speak of."""
        changed: dict[str, tuple[str, ...]] = {}
        for one in fields(new):
            before, after = getattr(old, one.name), getattr(new, one.name)
            if before != after:
                section = _section(one.name)
                changed[section] = (*changed.get(section, ()), *_inner(before, after))
        told, tells = settings_entry(old, []), settings_entry(new, [])
        self.changed += [
            Item("setting", one, what, {one: told.get(one)}, {one: tells.get(one)}) for one, what in changed.items()
        ]
        all_sections = dict.fromkeys(_section(one.name) for one in fields(new))
        self.left += [Item("setting", one) for one in all_sections if one in named and one not in changed]
        return old != new

    def compare_secret(self, name: str, *, old: str | None, new: str | None) -> None:
        """The same for a secret, of which nothing is shown.  new: None keeps what is stored."""
        items = self.left if new is None or new == old else self.added if old is None else self.changed
        items.append(Item("secret", name))
        if items is not self.left:
            self.secrets[name] = new

    def remove(self, kind: Kind, names: Iterable[str]) -> list[str]:
        """Note that these are to go; gives their names."""
        gone = list(names)
        self.removed.extend(Item(kind, name) for name in gone)
        return gone

    def plan(self, warnings: Iterable[Problem]) -> Plan:
        """The finished plan."""
        change = ConfigurationChange(
            applications=tuple(self.applications),
            flows=tuple(self.flows),
            users=tuple(self.users),
            libraries=tuple(self.libraries),
            prompts=tuple(self.prompts),
            push_providers=tuple(self.push_providers),
            settings=self.settings,
            secrets=dict(self.secrets),
            removed_applications=tuple(self.removed_applications),
            removed_flows=tuple(self.removed_flows),
            removed_users=tuple(self.removed_users),
            removed_libraries=tuple(self.removed_libraries),
            removed_prompts=tuple(self.removed_prompts),
            removed_push_providers=tuple(self.removed_push_providers),
        )
        items = (tuple(self.added), tuple(self.changed), tuple(self.left), tuple(self.removed))
        return Plan(*items, warnings=tuple(warnings), change=change)


def differences(old: Any, new: Any) -> tuple[str, ...]:
    """The names of the fields in which two frozen dataclasses of one kind differ, as a person knows them.

    >>> differences(Library("a", "x"), Library("a", "y"))
    ('source',)
    """
    names = (one.name for one in fields(new) if getattr(old, one.name) != getattr(new, one.name))
    return tuple(_SHOWN.get(name, name) for name in names if name not in _FOLLOWS)


def _inner(before: Any, after: Any) -> tuple[str, ...]:
    return differences(before, after) if is_dataclass(before) and is_dataclass(after) else ()


def _section(name: str) -> str:
    """What a section of the settings is called in a document."""
    return {"argon2": "password", "passwords": "password", "http_allow": "http"}.get(name, name)


_SHOWN = {"secret_hash": "client_secret", "password_hash": "password", "kind": "provider", "digest": "service_account"}
_FOLLOWS = {"credential_version", "project", "account", "key"}
"""Fields that only change together with another one."""
