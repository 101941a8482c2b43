"""Push providers of the settings: each with the credentials it needs, and with no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from configuration.document import PushProviderEntry, SettingsEntry
from configuration.placed import Judgement, Placed
from configuration.reading import Unreadable
from configuration.sources import secret_value
from configuration.tools import Tools
from engine.model import PushProvider


def providers_of(
    placed: Placed[SettingsEntry] | None, stored: Mapping[str, PushProvider], *, tools: Tools, judgement: Judgement
) -> list[tuple[PushProvider, str | None]]:
    """Each provider that is named, and the secret to store with it; None keeps the one that is stored, if any."""
    if placed is None:
        return []
    found = [
        _provider(placed, index, entry, old=_same(stored.values(), entry), tools=tools, judgement=judgement)
        for index, entry in enumerate(placed.entry.push_providers)
    ]
    return [one for one in found if one is not None]


def _same(stored: Iterable[PushProvider], entry: PushProviderEntry) -> PushProvider | None:
    return next((one for one in stored if one.name == entry.name), None)


def _provider(
    placed: Placed[SettingsEntry],
    index: int,
    entry: PushProviderEntry,
    *,
    old: PushProvider | None,
    tools: Tools,
    judgement: Judgement,
) -> tuple[PushProvider, str | None] | None:
    """None, and a problem, if its credentials cannot be used."""
    secret = entry.service_account
    if secret is None:
        return PushProvider(entry.name, entry.provider, services=tuple(entry.services)), None
    try:
        if not secret.stored:
            return tools.fcm_provider(entry.name, secret_value(secret, placed.reading, tools.environment))
        if old is not None and old.digest:
            return replace(old, kind=entry.provider, services=tuple(entry.services)), None
        problem = "no service account is stored; give its key file"
    except Unreadable as unreadable:
        problem = unreadable.text
    except ValueError as unusable:
        problem = f"the service account's key file cannot be used: {unusable}"
    judgement.errors.append(placed.problem(problem, "push_providers", index, "service_account"))
    return None
