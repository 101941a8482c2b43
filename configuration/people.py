"""User entries to users: what an entry does not say stays as it is stored, and a password that fits is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from configuration.document import UserEntry
from configuration.placed import Judgement, Placed
from configuration.reading import Unreadable
from configuration.sources import secret_value
from configuration.tools import Tools
from engine.model import Argon2Settings, OrganisationSettings, User
from engine.usernames import canonical


@dataclass(frozen=True, slots=True)
class Given:
    """What an entry gives to prove the person by: a password, or the hash of one; neither leaves what is stored."""

    password: str | None = None
    hashed: str | None = None


def given_by(
    placed: Placed[UserEntry], old: User | None, *, settings: OrganisationSettings, tools: Tools, judgement: Judgement
) -> Given:
    """The password or the hash of an entry.  A hash never takes the place of a password that is stored."""
    store = settings.store_of(canonical(placed.entry.username) or "")
    if store is not None:
        text = f"the password of people of the user store {store.name} is kept there"
        if placed.entry.password or placed.entry.password_hash:
            judgement.errors.append(placed.problem(text, "username"))
        return Given()
    key = "password" if placed.entry.password is not None else "password_hash"
    secret = placed.entry.password or placed.entry.password_hash
    has_one = old is not None and old.password_hash is not None
    if secret is None:
        return Given()
    if secret.stored:
        if not has_one:
            judgement.errors.append(placed.problem("no password is stored; give one", key))
        return Given()
    try:
        value = secret_value(secret, placed.reading, tools.environment)
    except Unreadable as problem:
        judgement.errors.append(placed.problem(problem.text, key))
        return Given()
    if key == "password_hash":
        return _hash(value, placed, has_one=has_one, tools=tools, judgement=judgement)
    refusal = tools.passwords.refusal(value)
    weakness = tools.passwords.weakness(value, username=placed.entry.username, policy=settings.passwords)
    if refusal is not None:
        judgement.errors.append(placed.problem(refusal, key))
    elif weakness is not None:
        judgement.warnings.append(placed.problem(f"the password {weakness}", key))
    return Given(password=value)


def _hash(value: str, placed: Placed[UserEntry], *, has_one: bool, tools: Tools, judgement: Judgement) -> Given:
    refusal = tools.passwords.hash_refusal(value)
    if refusal is not None:
        judgement.errors.append(placed.problem(refusal, "password_hash"))
    return Given() if has_one else Given(hashed=value)


async def user_of(
    name: str, entry: UserEntry, *, old: User | None, given: Given, cost: Argon2Settings, tools: Tools
) -> User:
    """The user an entry describes."""
    before = old or User(id=tools.new_id(), username=entry.username, canonical=name)
    user = replace(
        before,
        username=entry.username,
        roles=_or_stored(entry.roles, before.roles),
        groups=_or_stored(entry.groups, before.groups),
        claims=_merged(before.claims, entry.claims),
        enabled=before.enabled if entry.enabled is None else entry.enabled,
    )
    hashed = given.hashed
    if given.password is not None and not await _fits(given.password, before.password_hash, tools):
        hashed = await tools.passwords.hash(given.password, cost)
    if hashed is None:
        return user
    version = before.credential_version + (0 if old is None else 1)
    return replace(user, password_hash=hashed, credential_version=version)


async def _fits(password: str, stored: str | None, tools: Tools) -> bool:
    return stored is not None and await tools.passwords.matches(password, stored)


def _or_stored(given: list[str] | None, stored: tuple[str, ...]) -> tuple[str, ...]:
    return stored if given is None else tuple(given)


def _merged(stored: Mapping[str, str], given: Mapping[str, str | None] | None) -> dict[str, str]:
    claims = {**stored, **(given or {})}
    return {name: value for name, value in claims.items() if value is not None}
