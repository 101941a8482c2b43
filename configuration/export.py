"""The whole configuration back to the form of a document, without any secret in it.

Where a secret is stored the document says `{stored: true}`; applied where it came from it changes nothing, applied
elsewhere it asks for the values.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import yaml

from configuration.organisation import MAIL_PASSWORD
from configuration.user_stores import entry_of as store_entry
from engine.model import Application, Flow, Library, OrganisationSettings, PromptTemplate, PushProvider, User
from engine.ports import ConfigurationStore

STORED = {"stored": True}


async def export(store: ConfigurationStore) -> dict[str, Any]:
    """The document of everything that is configured."""
    settings, held = await store.settings(), await store.secret_names()
    providers = [entry_of(one) for one in await store.push_providers()]
    return {
        "applications": [entry_of(one) for one in await store.applications()],
        "flows": [entry_of(one) for one in await store.flows()],
        "users": [entry_of(one) for one in await store.users() if settings.store_of(one.canonical) is None],
        "settings": settings_entry(settings, held) | ({"push_providers": providers} if providers else {}),
        "libraries": [entry_of(one) for one in await store.libraries()],
        "prompts": [entry_of(one) for one in await store.prompt_templates()],
    }


def entry_of(one: Application | Flow | User | Library | PromptTemplate | PushProvider) -> dict[str, Any]:
    """One thing as a document has it."""
    match one:
        case Application():
            return _application(one)
        case Flow():
            return _flow(one)
        case User():
            return _user(one)
        case PushProvider():
            return _push_provider(one)
        case Library() | PromptTemplate():
            return {"name": one.name, "source": one.source}


def as_yaml(document: dict[str, Any]) -> str:
    """The document as YAML that reading.py gives back unchanged."""
    return yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)


def as_json(document: dict[str, Any]) -> str:
    """The document as JSON."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, so that scripts stay readable; never an anchor."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always: what stands twice is written twice."""
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    """A block for several lines; escapes for the line breaks that only YAML 1.1 knows, which parsers would fold."""
    style = '"' if set(text) & set("\r\x85\u2028\u2029\ufeff") else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def _application(one: Application) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": one.id, "name": one.name, "redirect_uris": list(one.redirect_uris)}
    if one.post_logout_redirect_uris:
        entry["post_logout_redirect_uris"] = list(one.post_logout_redirect_uris)
    if one.secret_hash is not None:
        entry["client_secret"] = dict(STORED)
    entry |= _protocol(one)
    entry |= {"native_api": one.native_api, "flow": one.flow, "require": sorted(one.require)}
    if one.acr_values:
        entry["acr_values"] = list(one.acr_values)
    if one.roles is not None:
        entry["roles"] = list(one.roles)
    return entry if one.enabled else {**entry, "enabled": False}


def _protocol(one: Application) -> dict[str, Any]:
    """What is not as it is for most."""
    told: dict[str, Any] = {}
    if one.keys:
        told["jwks"] = {"keys": [json.loads(key) for key in one.keys]}
    if one.signing_algorithm != "ES256":
        told["id_token_signed_response_alg"] = one.signing_algorithm
    if one.pushed_requests:
        told["require_pushed_authorization_requests"] = True
    if one.backchannel_logout_uri is not None:
        told["backchannel_logout_uri"] = one.backchannel_logout_uri
    if one.forward_auth:
        told["forward_auth"] = True
    if one.admin_scopes:
        told["admin_scopes"] = list(one.admin_scopes)
    return {**told, "consent": "ask"} if one.asks_consent else told


def _flow(one: Flow) -> dict[str, Any]:
    steps = [
        {"id": step.id, "options": [{"authenticator": option.authenticator} for option in step.options]}
        for step in one.steps
    ]
    entry: dict[str, Any] = {
        "id": one.id,
        "steps": steps,
        "subject_step": one.subject_step,
        "attribute_step": one.attribute_step,
    }
    return entry if one.script is None else {**entry, "script": {"source": one.script}}


def _user(one: User) -> dict[str, Any]:
    entry: dict[str, Any] = {"username": one.username}
    if one.password_hash is not None:
        entry["password"] = dict(STORED)
    entry |= {"roles": list(one.roles), "groups": list(one.groups), "claims": dict(one.claims)}
    return entry if one.enabled else {**entry, "enabled": False}


def settings_entry(settings: OrganisationSettings, held: list[str]) -> dict[str, Any]:
    """The settings of everyone, without push providers.  held: names of stored secrets."""
    entry: dict[str, Any] = {
        "organisation": settings.organisation,
        "password": {"argon2": asdict(settings.argon2), **asdict(settings.passwords)},
        "push": asdict(settings.push),
        "scripts": asdict(settings.scripts),
        "http": {"allow": list(settings.http_allow)},
        "secrets": {name: dict(STORED) for name in held if "." not in name},
    }
    services = asdict(settings.services)
    if any(services.values()):
        entry["services"] = {name: one for name, one in services.items() if one is not None}
    if settings.mail is not None:
        mail = asdict(settings.mail)
        entry["mail"] = {"host": mail["host"], "port": mail["port"], "from": mail["sender"]}
        entry["mail"] |= {"username": mail["username"], "tls": mail["tls"]}
        if MAIL_PASSWORD in held:
            entry["mail"]["password"] = dict(STORED)
    if settings.user_stores:
        entry["user_stores"] = [store_entry(one, held) for one in settings.user_stores]
    return entry


def _push_provider(one: PushProvider) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": one.name, "provider": one.kind}
    if one.digest:
        entry["service_account"] = dict(STORED)
    return {**entry, "services": list(one.services)} if one.services else entry
