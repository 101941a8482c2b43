"""Configuration files to one change of the store: everything is judged first, then made at once or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from configuration.applications import application_of
from configuration.difference import difference, shortened
from configuration.document import Document, FlowEntry, LibraryEntry, PromptEntry
from configuration.flows import flow_of
from configuration.form import parse
from configuration.organisation import secrets_of, secrets_to_remove, settings_of, warn_of_calls, warn_of_cheap_hashes
from configuration.people import given_by, user_of
from configuration.placed import Entries, Judgement, Placed, gather
from configuration.plan import Draft, Plan
from configuration.problems import ConfigurationErrors, Problem, did_you_mean
from configuration.push import providers_of
from configuration.reading import Reading, Unreadable, read
from configuration.sources import file_text
from configuration.tools import Tools
from engine.libraries import required
from engine.model import Library, OrganisationSettings, PromptTemplate, PushProvider, User
from engine.ports import AuditEvent


async def apply(paths: Sequence[Path], tools: Tools, *, prune: bool = False, dry_run: bool = False) -> Plan:
    """Make the store what the files say.  Raises ConfigurationErrors, having changed nothing.

    prune: also remove what the files do not have; people only if a file has `users` at all.  dry_run: change nothing.
    """
    return await apply_documents(read_all(paths), tools, prune=prune, dry_run=dry_run)


async def apply_documents(
    documents: Sequence[tuple[Reading, Document]], tools: Tools, *, prune: bool = False, dry_run: bool = False
) -> Plan:
    """The same with documents that were read before."""
    plan = await prepare(documents, tools, prune=prune)
    if not dry_run and not plan.changes_nothing:
        now = tools.clock()
        await tools.audit.record(AuditEvent("configuration_applied", now, details=_counts(plan) | _differences(plan)))
        await tools.store.commit(replace(plan.change, at=now, by="apply"))
    return plan


def _counts(plan: Plan) -> dict[str, str]:
    counted = {"added": plan.added, "changed": plan.changed, "removed": plan.removed}
    return {word: str(len(items)) for word, items in counted.items()}


def _differences(plan: Plan) -> dict[str, str]:
    """What was done to each thing; of people the audit keeps no more than how many."""
    lines = [
        line
        for word, items in (("added", plan.added), ("changed", plan.changed), ("removed", plan.removed))
        for item in items
        if item.kind != "user"
        for line in (f"{word} {item}", *(f"    {one}" for one in difference(item)))
    ]
    return {"difference": shortened(lines)} if lines else {}


def read_all(paths: Sequence[Path]) -> list[tuple[Reading, Document]]:
    """The documents of all files, and of all files in the folders.  Raises ConfigurationErrors with all problems."""
    documents: list[tuple[Reading, Document]] = []
    problems: list[Problem] = []
    for path in files_of(paths):
        try:
            reading = read(path)
            documents.append((reading, parse(reading)))
        except ConfigurationErrors as errors:
            problems.extend(errors.problems)
    if problems:
        raise ConfigurationErrors(problems)
    return documents


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Folders as the configuration files that lie in them, by name; hidden ones and inner folders do not count."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found += [one for one in inside if one == path or _is_configuration(one)]
    return found


def _is_configuration(path: Path) -> bool:
    return path.suffix.lower() in {".yaml", ".yml", ".json"} and not path.name.startswith(".") and path.is_file()


async def prepare(
    documents: Sequence[tuple[Reading, Document]], tools: Tools, *, prune: bool = False, everyone: bool = True
) -> Plan:
    """What applying these documents would do.  Raises ConfigurationErrors with all that is wrong.

    everyone: look at all users there are; else only at those who are named, if the documents allow it.
    """
    judgement = Judgement()
    entries = gather(documents, judgement)
    draft = Draft()
    context = _Context(entries, draft, judgement, tools, prune, everyone or prune or "password" in entries.settings)
    await _flows(context)
    await _libraries(context)
    await _prompts(context)
    settings = await _settings(context)
    await _push_providers(context)
    await _applications(context)
    await _users(context, settings)
    judgement.raise_errors()
    return draft.plan(judgement.warnings)


@dataclass(frozen=True, slots=True)
class _Context:
    """What each kind is judged in."""

    entries: Entries
    draft: Draft
    judgement: Judgement
    tools: Tools
    prune: bool
    everyone: bool

    def not_named(self, stored: Iterable[str], named: Container[str]) -> list[str]:
        """The stored names that are to go."""
        return [name for name in stored if self.prune and name not in named]


async def _flows(on: _Context) -> None:
    stored = {flow.id: flow for flow in await on.tools.store.flows()}
    for name, placed in on.entries.flows.items():
        flow = await asyncio.to_thread(flow_of, placed, on.judgement, check_script=on.tools.check_script)
        if on.draft.compare("flow", name, old=stored.get(name), new=flow):
            on.draft.flows.append(flow)
    on.draft.removed_flows += on.draft.remove("flow", on.not_named(stored, on.entries.flows))


async def _libraries(on: _Context) -> None:
    stored = {library.name: library for library in await on.tools.store.libraries()}
    for name, placed in on.entries.libraries.items():
        source = _source(placed, on.judgement)
        if source is not None:
            library = Library(name, source)
            if on.draft.compare("library", name, old=stored.get(name), new=library):
                on.draft.libraries.append(library)
    on.draft.removed_libraries += on.draft.remove("library", on.not_named(stored, on.entries.libraries))
    _judge_requirements(on, stored)


def _judge_requirements(on: _Context, stored: Iterable[str]) -> None:
    """Every library that a script or a library of these documents requires must be there afterwards."""
    present = ({*stored} - {*on.draft.removed_libraries}) | {*on.entries.libraries}
    texts: list[tuple[str, Placed[FlowEntry] | Placed[LibraryEntry]]] = [
        *((flow.script or "", on.entries.flows[flow.id]) for flow in on.draft.flows),
        *((library.source, on.entries.libraries[library.name]) for library in on.draft.libraries),
    ]
    for source, placed in texts:
        for name in required(source):
            if name not in present:
                hint = did_you_mean(name, sorted(present))
                on.judgement.errors.append(placed.problem(f"requires the library {name!r}, which is not there{hint}"))


async def _prompts(on: _Context) -> None:
    stored = {template.name: template for template in await on.tools.store.prompt_templates()}
    for name, placed in on.entries.prompts.items():
        source = _source(placed, on.judgement)
        if source is None:
            continue
        fault = on.tools.template_fault(source)
        if fault is not None:
            on.judgement.errors.append(placed.problem(fault, "source" if placed.entry.file is None else "file"))
            continue
        template = PromptTemplate(name, source)
        if on.draft.compare("prompt", name, old=stored.get(name), new=template):
            on.draft.prompts.append(template)
    on.draft.removed_prompts += on.draft.remove("prompt", on.not_named(stored, on.entries.prompts))


def _source(placed: Placed[LibraryEntry] | Placed[PromptEntry], judgement: Judgement) -> str | None:
    """The text, wherever it stands; None, and a problem, if it cannot be read."""
    entry = placed.entry
    try:
        return entry.source if entry.source is not None else file_text(entry.file or "", placed.reading).source
    except Unreadable as problem:
        judgement.errors.append(placed.problem(problem.text, "file"))
        return None


async def _settings(on: _Context) -> OrganisationSettings:
    stored = await on.tools.store.settings()
    base = OrganisationSettings(tenant=stored.tenant, decoys=stored.decoys) if on.prune else stored
    settings = settings_of(on.entries.settings, base)
    warn_of_cheap_hashes(on.entries.settings, on.judgement)
    warn_of_calls(on.entries.settings, settings, on.judgement)
    if on.draft.compare_settings(stored, settings, named=on.entries.settings.keys()):
        on.draft.settings = settings
    values = await secrets_of(on.entries.settings, stored, tools=on.tools, judgement=on.judgement)
    for name, value in values.items():
        on.draft.compare_secret(name, old=await on.tools.store.secret(name), new=value)
    gone = secrets_to_remove(on.entries, values, await on.tools.store.secret_names(), prune=on.prune)
    on.draft.secrets.update(dict.fromkeys(on.draft.remove("secret", gone)))
    return settings


async def _push_providers(on: _Context) -> None:
    stored = {provider.name: provider for provider in await on.tools.store.push_providers()}
    section = on.entries.settings.get("push_providers")
    found = await asyncio.to_thread(providers_of, section, stored, tools=on.tools, judgement=on.judgement)
    for provider, secret in found:
        old = stored.get(provider.name)
        if on.draft.compare("push provider", provider.name, old=old, new=provider):
            on.draft.push_providers.append(provider)
            on.draft.secrets |= _secret_change(provider, old, secret)
    gone = on.draft.remove("push provider", on.not_named(stored, {provider.name for provider, _ in found}))
    on.draft.removed_push_providers += gone
    on.draft.secrets.update({stored[name].secret: None for name in gone if stored[name].digest})


def _secret_change(provider: PushProvider, old: PushProvider | None, secret: str | None) -> dict[str, str | None]:
    """The secret of a provider goes with it: a new one replaces it, another kind has none."""
    if secret is not None:
        return {provider.secret: secret}
    return {provider.secret: None} if old is not None and old.digest and not provider.digest else {}


async def _applications(on: _Context) -> None:
    stored = {application.id: application for application in await on.tools.store.applications()}
    flows = {flow.id: flow for flow in await on.tools.store.flows() if flow.id not in on.draft.removed_flows}
    flows |= {flow.id: flow for flow in on.draft.flows}
    for name, placed in on.entries.applications.items():
        old = stored.get(name)
        application = application_of(placed, old, flows=flows, tools=on.tools, judgement=on.judgement)
        if on.draft.compare("application", name, old=old, new=application):
            on.draft.applications.append(application)
    on.draft.removed_applications += on.draft.remove("application", on.not_named(stored, on.entries.applications))


async def _users(on: _Context, settings: OrganisationSettings) -> None:
    store = on.tools.store
    found = await store.users() if on.everyone else await store.users_named([*on.entries.users])
    stored = {user.canonical: user for user in found}
    cost = settings.argon2
    given = {
        name: given_by(placed, stored.get(name), settings=settings, tools=on.tools, judgement=on.judgement)
        for name, placed in on.entries.users.items()
    }
    on.judgement.raise_errors()  # before any hash is computed
    for name, placed in on.entries.users.items():
        old = stored.get(name)
        user = await user_of(name, placed.entry, old=old, given=given[name], cost=cost, tools=on.tools)
        if on.draft.compare("user", user.username, old=old, new=user):
            on.draft.users.append(user)
    if on.entries.says_users:
        ours = [name for name in stored if settings.store_of(name) is None]
        on.draft.removed_users += on.draft.remove("user", on.not_named(ours, on.entries.users))
    after = stored | {user.canonical: user for user in on.draft.users}
    _keep_decoys(on, settings, [user for name, user in after.items() if name not in on.draft.removed_users])


def _keep_decoys(on: _Context, settings: OrganisationSettings, users: Iterable[User]) -> None:
    """Which kinds of password hashes from elsewhere there are, so that a wrong password costs the same for all."""
    hashes = [user.password_hash for user in users if user.password_hash is not None]
    decoys = on.tools.passwords.decoys(hashes if on.everyone else [*settings.decoys, *hashes], settings.argon2)
    if decoys != settings.decoys:
        on.draft.settings = replace(settings, decoys=decoys)
