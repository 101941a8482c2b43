"""User entries to users: what an entry does not say stays as it is stored, and a password that fits is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from configuration.document import UserEntry
from configuration.placed import Judgement, Placed
from configuration.reading import Unreadable
from configuration.sources import secret_value
from configuration.tools import Tools
from engine.model import Argon2Settings, User

SHORTEST_PASSWORD = 8
"""A password with fewer characters is worth a warning (NIST SP 800-63B §3.1.1.2)."""


def password_of(placed: Placed[UserEntry], old: User | None, *, tools: Tools, judgement: Judgement) -> str | None:
    """The password an entry gives, or None to leave what is stored."""
    secret = placed.entry.password
    if secret is None:
        return None
    if secret.stored:
        if old is None or old.password_hash is None:
            judgement.errors.append(placed.problem("no password is stored; give one", "password"))
        return None
    try:
        value = secret_value(secret, placed.reading, tools.environment)
    except Unreadable as problem:
        judgement.errors.append(placed.problem(problem.text, "password"))
        return None
    refusal = tools.passwords.refusal(value)
    if refusal is not None:
        judgement.errors.append(placed.problem(refusal, "password"))
    if len(value) < SHORTEST_PASSWORD:
        text = f"the password has under {SHORTEST_PASSWORD} characters"
        judgement.warnings.append(placed.problem(text, "password"))
    return value


async def user_of(
    canonical: str, entry: UserEntry, *, old: User | None, password: str | None, cost: Argon2Settings, tools: Tools
) -> User:
    """The user an entry describes."""
    before = old or User(id=tools.new_id(), username=entry.username, canonical=canonical)
    user = replace(
        before,
        username=entry.username,
        roles=_or_stored(entry.roles, before.roles),
        groups=_or_stored(entry.groups, before.groups),
        claims=_merged(before.claims, entry.claims),
        enabled=before.enabled if entry.enabled is None else entry.enabled,
    )
    if password is None or await _fits(password, before.password_hash, tools):
        return user
    version = before.credential_version + (0 if old is None else 1)
    return replace(user, password_hash=await tools.passwords.hash(password, cost), credential_version=version)


async def _fits(password: str, stored: str | None, tools: Tools) -> bool:
    return stored is not None and await tools.passwords.matches(password, stored)


def _or_stored(given: list[str] | None, stored: tuple[str, ...]) -> tuple[str, ...]:
    return stored if given is None else tuple(given)


def _merged(stored: Mapping[str, str], given: Mapping[str, str | None] | None) -> dict[str, str]:
    claims = {**stored, **(given or {})}
    return {name: value for name, value in claims.items() if value is not None}
