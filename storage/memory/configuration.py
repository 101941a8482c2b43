"""What admins configured, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from engine.errors import Changed
from engine.model import Application, Flow, Library, OrganisationSettings, PromptTemplate, PushProvider, User
from engine.ports import Audit, ConfigurationChange, ScriptVersion, WordKind
from storage.documents import MOST_VERSIONS, documents, is_new_version
from storage.memory.directory import MemoryDirectory

T = TypeVar("T")


class MemoryConfiguration:
    """What admins configured; its users are those of *directory*.  audit: where changes bring their events."""

    def __init__(self, directory: MemoryDirectory, audit: Audit | None = None) -> None:
        self._directory = directory
        self._audit = audit
        self._version = 0
        self._scripts: dict[str, list[ScriptVersion]] = {}
        self._applications: dict[str, Application] = {}
        self._flows: dict[str, Flow] = {}
        self._libraries: dict[str, Library] = {}
        self._prompts: dict[str, PromptTemplate] = {}
        self._push_providers: dict[str, PushProvider] = {}
        self._settings = OrganisationSettings()
        self._secrets: dict[str, str] = {}

    async def application(self, application_id: str) -> Application | None:
        """The application with that client_id."""
        return self._applications.get(application_id)

    async def flow(self, flow_id: str) -> Flow | None:
        """The flow with that id."""
        return self._flows.get(flow_id)

    async def settings(self) -> OrganisationSettings:
        """The organisation's settings."""
        return self._settings

    async def push_providers(self) -> list[PushProvider]:
        """The push services, by name."""
        return [self._push_providers[key] for key in sorted(self._push_providers)]

    async def library(self, name: str) -> Library | None:
        """The function library of that name."""
        return self._libraries.get(name)

    async def prompt_template(self, name: str) -> PromptTemplate | None:
        """The admin's own page of that name."""
        return self._prompts.get(name)

    async def applications(self) -> list[Application]:
        """All, by id."""
        return [self._applications[key] for key in sorted(self._applications)]

    async def flows(self) -> list[Flow]:
        """All, by id."""
        return [self._flows[key] for key in sorted(self._flows)]

    async def users(self) -> list[User]:
        """All, by canonical name."""
        return self._directory.everyone()

    async def users_named(self, canonicals: Sequence[str]) -> list[User]:
        """Those who have one of these canonical names."""
        found = [await self._directory.user_named(name) for name in dict.fromkeys(canonicals)]
        return [user for user in found if user is not None]

    async def users_page(self, *, after: str, limit: int) -> list[User]:
        """Those whose canonical name comes after *after*, in its order, at most *limit*."""
        return [user for user in self._directory.everyone() if user.canonical > after][:limit]

    async def words(self, kind: WordKind) -> list[tuple[str, int]]:
        """The roles or groups that somebody has, by name, and how many have each."""
        counts = Counter(name for user in self._directory.everyone() for name in getattr(user, kind))
        return sorted(counts.items())

    async def users_with_word(self, kind: WordKind, name: str, *, after: str, limit: int) -> list[User]:
        """Who has that role or group, as `users_page` gives them."""
        following = (user for user in self._directory.everyone() if user.canonical > after)
        return [user for user in following if name in getattr(user, kind)][:limit]

    async def libraries(self) -> list[Library]:
        """All, by name."""
        return [self._libraries[key] for key in sorted(self._libraries)]

    async def prompt_templates(self) -> list[PromptTemplate]:
        """All, by name."""
        return [self._prompts[key] for key in sorted(self._prompts)]

    async def secret(self, name: str) -> str | None:
        """The value of a stored secret."""
        return self._secrets.get(name)

    async def secret_names(self) -> list[str]:
        """Names only."""
        return sorted(self._secrets)

    async def script_versions(self, flow_id: str, *, before: int, limit: int) -> Sequence[ScriptVersion]:
        """The versions of a flow's script, newest first, those with smaller numbers than *before*."""
        return [one for one in self._scripts.get(flow_id, ())[::-1] if one.number < before][:limit]

    async def version(self) -> int:
        """Grows with each commit."""
        return self._version

    async def commit(self, change: ConfigurationChange) -> None:
        """Make the change; all of it or, if the directory refuses, nothing.  Removals come first.  Raises Changed."""
        documents(change)
        if change.version not in (None, self._version):
            raise Changed("another change came first")
        for canonical, before in change.users_before.items():
            if await self._directory.user_named(canonical) != before:
                raise Changed("a user was changed")
        self._directory.apply(change.users, removed=change.removed_users)
        self._version += 1
        self._keep_scripts(change)
        _apply(self._applications, {one.id: one for one in change.applications}, removed=change.removed_applications)
        _apply(self._flows, {one.id: one for one in change.flows}, removed=change.removed_flows)
        _apply(self._libraries, {one.name: one for one in change.libraries}, removed=change.removed_libraries)
        _apply(self._prompts, {one.name: one for one in change.prompts}, removed=change.removed_prompts)
        providers = {one.name: one for one in change.push_providers}
        _apply(self._push_providers, providers, removed=change.removed_push_providers)
        self._settings = change.settings or self._settings
        removed = [name for name, value in change.secrets.items() if value is None]
        _apply(self._secrets, {k: v for k, v in change.secrets.items() if v is not None}, removed=removed)
        if self._audit is not None:
            await self._audit.record(*change.events)

    def _keep_scripts(self, change: ConfigurationChange) -> None:
        for flow_id in change.removed_flows:
            self._scripts.pop(flow_id, None)
        for flow in change.flows:
            kept = self._scripts.setdefault(flow.id, [])
            if is_new_version(flow, kept[-1] if kept else None):
                number = kept[-1].number + 1 if kept else 1
                kept.append(ScriptVersion(flow.id, number, change.at, change.by, change.why, flow.script))
                del kept[:-MOST_VERSIONS]


def _apply(table: dict[str, T], written: Mapping[str, T], *, removed: Iterable[str]) -> None:
    for name in removed:
        table.pop(name, None)
    table.update(written)
