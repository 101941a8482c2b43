"""User stores of the settings: as they will be, and the passwords by which they are searched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from configuration.document import LdapEntry, SettingsEntry, UserStoreEntry
from configuration.placed import Judgement, Placed
from configuration.reading import Unreadable
from configuration.sources import secret_value
from configuration.tools import Tools
from engine.model import LdapGroups, LdapSettings, OrganisationSettings, UserStoreSettings

Sections = Mapping[str, Placed[SettingsEntry]]
PREFIX = "user.store."
"""Begins the name of each store's secret."""


def store_of(entry: UserStoreEntry) -> UserStoreSettings:
    """The store an entry describes."""
    return UserStoreSettings(entry.name, _ldap(entry.ldap))


def store_secrets(
    sections: Sections, stored: OrganisationSettings, *, held: set[str], tools: Tools, judgement: Judgement
) -> dict[str, str | None]:
    """The password of each store, by the name of its secret; None keeps the stored one.

    A stored one never goes to another server, or is shown for another name.
    """
    values: dict[str, str | None] = {}
    placed = sections.get("user_stores")
    for index, entry in enumerate(placed.entry.user_stores or () if placed is not None else ()):
        assert placed is not None
        store, given, at = store_of(entry), entry.ldap.bind_password, ("user_stores", index, "ldap", "bind_password")
        if given is None:
            continue
        values[store.secret] = None
        before = next((one for one in stored.user_stores if one.name == store.name), None)
        if given.stored:
            if before is None or store.secret not in held or _shown_to(before) != _shown_to(store):
                text = "no password is stored for this server and bind_dn; give it anew"
                judgement.errors.append(placed.problem(text, *at))
            continue
        try:
            values[store.secret] = secret_value(given, placed.reading, tools.environment)
        except Unreadable as problem:
            judgement.errors.append(placed.problem(problem.text, *at))
    return values


def entry_of(store: UserStoreSettings, held: list[str]) -> dict[str, Any]:
    """The store as it stands in a document; nothing that is as it would be anyway."""
    ldap = store.ldap
    entry: dict[str, Any] = {"url": ldap.url, "tls": ldap.tls, "base": ldap.base, "filter": ldap.filter}
    entry |= {"name": ldap.name, "id": ldap.id, "attributes": dict(ldap.attributes)}
    if ldap.bind_dn is not None:
        entry["bind_dn"] = ldap.bind_dn
    if store.secret in held:
        entry["bind_password"] = {"stored": True}
    if ldap.disabled is not None:
        entry["disabled"] = ldap.disabled
    if ldap.groups is not None:
        groups = ldap.groups
        entry["groups"] = {"base": groups.base, "filter": groups.filter, "name": groups.name} | {
            "roles": dict(groups.roles)
        }
    return {"name": store.name, "ldap": entry}


def _shown_to(store: UserStoreSettings) -> tuple[str, str | None, str]:
    return store.ldap.url, store.ldap.bind_dn, store.ldap.tls


def _ldap(entry: LdapEntry) -> LdapSettings:
    groups = LdapGroups(**entry.groups.model_dump()) if entry.groups is not None else None
    given = entry.model_dump(exclude={"bind_password", "groups"})
    return LdapSettings(**given, groups=groups)
