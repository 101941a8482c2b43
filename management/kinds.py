"""The kinds of configured things there are, and what still needs one that is to be removed."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from configuration.document import (
    ApplicationEntry,
    Document,
    FlowEntry,
    LibraryEntry,
    PromptEntry,
    PushProviderEntry,
    SettingsEntry,
)
from engine.admin_scopes import SCOPES
from engine.libraries import required
from engine.model import CONSOLE, Application, Flow, Library, PromptTemplate, PushProvider
from engine.ports import ConfigurationChange, ConfigurationStore
from management.configured import Kind
from management.models import ApplicationBrief, FlowBrief, PushProviderBrief, TextBrief
from management.table import LARGEST_TEXT


def digest(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return sha256(text.encode()).hexdigest()


async def nobody(_: ConfigurationStore, __: Any) -> list[str]:
    """Nothing needs it."""
    return []


async def _applications_of(store: ConfigurationStore, flow: Flow) -> list[str]:
    return [f"the application {one.id}" for one in await store.applications() if one.flow == flow.id]


async def _texts_with(store: ConfigurationStore, library: Library) -> list[str]:
    flows = [f"the flow {one.id}" for one in await store.flows() if library.name in required(one.script or "")]
    others = [one for one in await store.libraries() if one.name != library.name]
    return flows + [f"the library {one.name}" for one in others if library.name in required(one.source)]


async def _provider(store: ConfigurationStore, name: str) -> PushProvider | None:
    """Names are the same in any case."""
    return next((one for one in await store.push_providers() if one.name.lower() == name.lower()), None)


def _without(provider: PushProvider) -> ConfigurationChange:
    return ConfigurationChange(removed_push_providers=[provider.name], secrets={provider.secret: None})


APPLICATIONS: Kind[Application] = Kind(
    word="application",
    path="applications",
    key="id",
    entry=ApplicationEntry,
    brief=ApplicationBrief,
    line=lambda one: {"id": one.id, "name": one.name, "flow": one.flow, "enabled": one.enabled},
    document=lambda entry: Document(applications=[entry]),
    inside=2,
    all=lambda store: store.applications(),
    one=lambda store, name: store.application(name),
    made=lambda change: change.applications,
    removal=lambda one: ConfigurationChange(removed_applications=[one.id]),
    needed=nobody,
    rights=lambda one: one.admin_scopes,
)
FLOWS: Kind[Flow] = Kind(
    word="flow",
    path="flows",
    key="id",
    entry=FlowEntry,
    brief=FlowBrief,
    line=lambda one: {
        "id": one.id,
        "steps": len(one.steps),
        "script": None if one.script is None else digest(one.script),
    },
    document=lambda entry: Document(flows=[entry]),
    inside=2,
    all=lambda store: store.flows(),
    one=lambda store, name: store.flow(name),
    made=lambda change: change.flows,
    removal=lambda one: ConfigurationChange(removed_flows=[one.id]),
    needed=_applications_of,
    rights=lambda one: SCOPES if one.id == CONSOLE else (),
    largest=LARGEST_TEXT,
)
LIBRARIES: Kind[Library] = Kind(
    word="library",
    path="libraries",
    key="name",
    entry=LibraryEntry,
    brief=TextBrief,
    line=lambda one: {"name": one.name, "digest": digest(one.source)},
    document=lambda entry: Document(libraries=[entry]),
    inside=2,
    all=lambda store: store.libraries(),
    one=lambda store, name: store.library(name),
    made=lambda change: change.libraries,
    removal=lambda one: ConfigurationChange(removed_libraries=[one.name]),
    needed=_texts_with,
    largest=LARGEST_TEXT,
)
PROMPTS: Kind[PromptTemplate] = Kind(
    word="prompt",
    path="prompts",
    key="name",
    entry=PromptEntry,
    brief=TextBrief,
    line=lambda one: {"name": one.name, "digest": digest(one.source)},
    document=lambda entry: Document(prompts=[entry]),
    inside=2,
    all=lambda store: store.prompt_templates(),
    one=lambda store, name: store.prompt_template(name),
    made=lambda change: change.prompts,
    removal=lambda one: ConfigurationChange(removed_prompts=[one.name]),
    needed=nobody,
    largest=LARGEST_TEXT,
)
PUSH_PROVIDERS: Kind[PushProvider] = Kind(
    word="push_provider",
    path="push-providers",
    key="name",
    entry=PushProviderEntry,
    brief=PushProviderBrief,
    line=lambda one: {
        "name": one.name,
        "provider": one.kind,
        "project": one.project,
        "account": one.account,
        "key": one.key,
    },
    document=lambda entry: Document(settings=SettingsEntry(push_providers=[entry])),
    inside=3,
    all=lambda store: store.push_providers(),
    one=_provider,
    made=lambda change: change.push_providers,
    removal=_without,
    needed=nobody,
)
