"""The settings of everyone, and the secrets that go with them: section by section, absent ones stay as stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from configuration.document import (
    MailEntry,
    PasswordEntry,
    PushEntry,
    Secret,
    ServiceEntry,
    ServicesEntry,
    SettingsEntry,
)
from configuration.placed import Entries, Judgement, Placed
from configuration.reading import Unreadable
from configuration.sources import secret_value
from configuration.tools import Tools
from configuration.user_stores import PREFIX as STORES
from configuration.user_stores import store_of, store_secrets
from engine.destinations import allowed_host, destination, may_call
from engine.model import (
    Argon2Settings,
    MailSettings,
    OrganisationSettings,
    PasswordPolicy,
    PushBudget,
    PushSettings,
    ScriptLimits,
    Services,
    ServiceSettings,
)

MAIL_PASSWORD = "mail.password"  # noqa: S105 - the name of a secret, not one
"""The stored secret that a mail server's password is; no script can name it."""

Sections = Mapping[str, Placed[SettingsEntry]]


def settings_of(sections: Sections, stored: OrganisationSettings) -> OrganisationSettings:
    """The settings as they will be."""
    settings = stored
    for name, placed in sections.items():
        value = getattr(placed.entry, name)
        match name:
            case "organisation":
                settings = replace(settings, organisation=value)
            case "password":
                policy = PasswordPolicy(value.min_length, value.max_length)
                settings = replace(settings, argon2=_argon2(value), passwords=policy)
            case "push":
                settings = replace(settings, push=_push(value))
            case "scripts":
                settings = replace(settings, scripts=ScriptLimits(**value.model_dump()))
            case "http":
                settings = replace(settings, http_allow=tuple(value.allow))
            case "services":
                settings = replace(settings, services=_services(value))
            case "mail":
                settings = replace(settings, mail=_mail(value))
            case "user_stores":
                settings = replace(settings, user_stores=tuple(map(store_of, value)))
    return settings


def warn_of_calls(sections: Sections, settings: OrganisationSettings, judgement: Judgement) -> None:
    """A service that no call may reach, and a place on this machine without a port, are hardly meant."""
    for name in ("analytics", "elastic", "choreo") if "services" in sections else ():
        service = getattr(settings.services, name)
        if service is not None and not may_call(destination(service.url), settings.http_allow):
            text = "is not in http.allow, so no script can call it"
            judgement.warnings.append(sections["services"].problem(text, "services", name, "url"))
    for place in settings.http_allow if "http" in sections else ():
        entry = allowed_host(place)
        if entry.host.is_local and entry.port is None:
            text = f"{place} is this machine with every port, its own services too; name the port"
            judgement.warnings.append(sections["http"].problem(text, "http", "allow"))


def warn_of_cheap_hashes(sections: Sections, judgement: Judgement) -> None:
    """A password hash cheaper than the default is only for measuring."""
    if "password" not in sections:
        return
    default, placed = Argon2Settings(), sections["password"]
    given = _argon2(placed.entry.password or PasswordEntry())
    for name in ("memory_kib", "time_cost", "parallelism"):
        if getattr(given, name) < getattr(default, name):
            text = f"is lower than the default {getattr(default, name)}: passwords are cheaper to guess if hashes leak"
            judgement.warnings.append(placed.problem(text, "password", "argon2", name))


async def secrets_of(
    sections: Sections, stored: OrganisationSettings, *, tools: Tools, judgement: Judgement
) -> dict[str, str | None]:
    """Each secret that is named, and its new value; None keeps the stored one."""
    held = set(await tools.store.secret_names())
    values: dict[str, str | None] = {}
    if "secrets" in sections:
        placed = sections["secrets"]
        for name, secret in (placed.entry.secrets or {}).items():
            values[name] = _value(
                placed, secret, ("secrets", name), held=name in held, tools=tools, judgement=judgement
            )
    if "mail" in sections:
        values |= _mail_password(sections["mail"], stored, held=MAIL_PASSWORD in held, tools=tools, judgement=judgement)
    return values | store_secrets(sections, stored, held=held, tools=tools, judgement=judgement)


def _mail_password(
    placed: Placed[SettingsEntry], stored: OrganisationSettings, *, held: bool, tools: Tools, judgement: Judgement
) -> dict[str, str | None]:
    """The mail server's password, if it is used at all.  A stored one never goes to another server."""
    mail, at = placed.entry.mail, ("mail", "password")
    if mail is None or mail.password is None:
        return {}
    if mail.username is None:
        judgement.warnings.append(placed.problem("is not used without a username", *at))
        return {}
    if mail.password.stored and held and stored.mail != _mail(mail):
        text = "the mail server changes, so its password must be given anew, not {stored: true}"
        judgement.errors.append(placed.problem(text, *at))
    return {MAIL_PASSWORD: _value(placed, mail.password, at, held=held, tools=tools, judgement=judgement)}


def secrets_to_remove(entries: Entries, named: Mapping[str, str | None], held: list[str], *, prune: bool) -> list[str]:
    """Stored secrets that have no place any more.  Secrets of other parts of the server are left alone."""
    gone = [name for name in held if "." not in name and name not in named] if prune else []
    mail_goes = "mail" in entries.settings or prune
    stores_go = "user_stores" in entries.settings or prune
    gone += [name for name in held if name == MAIL_PASSWORD and name not in named and mail_goes]
    return gone + [name for name in held if name.startswith(STORES) and name not in named and stores_go]


def _value(
    placed: Placed[SettingsEntry],
    secret: Secret,
    keys: tuple[str, ...],
    *,
    held: bool,
    tools: Tools,
    judgement: Judgement,
) -> str | None:
    if secret.stored:
        if not held:
            judgement.errors.append(placed.problem("no such secret is stored; give its value", *keys))
        return None
    try:
        return secret_value(secret, placed.reading, tools.environment)
    except Unreadable as problem:
        judgement.errors.append(placed.problem(problem.text, *keys))
        return None


def _argon2(entry: PasswordEntry) -> Argon2Settings:
    cost = entry.argon2
    return Argon2Settings(cost.memory_kib, cost.time_cost, cost.parallelism)


def _push(entry: PushEntry) -> PushSettings:
    given = entry.model_dump()
    budget, notices = PushBudget(**given.pop("budget")), tuple(given.pop("registration_notices"))
    return PushSettings(**given, budget=budget, registration_notices=notices)


def _services(entry: ServicesEntry) -> Services:
    return Services(_service(entry.analytics), _service(entry.elastic), _service(entry.choreo))


def _service(entry: ServiceEntry | None) -> ServiceSettings | None:
    return ServiceSettings(entry.url, entry.username, entry.secret) if entry is not None else None


def _mail(entry: MailEntry) -> MailSettings:
    return MailSettings(entry.host, entry.port, entry.sender, entry.username, entry.tls)
