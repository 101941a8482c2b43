"""`doorstep user`: add people, set their passwords, keep them out.  A password never stands on a command line."""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import TYPE_CHECKING, Annotated

import typer

from commands import terminal
from commands.options import ConfigOption
from commands.terminal import Stop

if TYPE_CHECKING:
    from commands.settings import Settings
    from engine.model import User
    from storage.open import Stores

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The user name.")]
RoleOption = Annotated[list[str] | None, typer.Option("--role", metavar="ROLE", help="A role; may be given again.")]


def add(name: NameArgument, role: RoleOption = None, config: ConfigOption = None) -> None:
    """Add a person; the password is asked for, or read as one line from standard input."""
    from commands.settings import load

    settings = load(config)
    canonical = _canonical(name)
    password = terminal.read_new_password(name)
    asyncio.run(_add(name, canonical, password=password, roles=tuple(role or ()), settings=settings))
    terminal.say(f"Added {name}.")


def password(name: NameArgument, config: ConfigOption = None) -> None:
    """Set a person's password; it is asked for, or read as one line from standard input.  Tries count anew."""
    from commands.settings import load

    settings = load(config)
    asyncio.run(_find(name, settings))
    asyncio.run(_set_password(name, terminal.read_new_password(name), settings))
    terminal.say(f"Set the password of {name}.")


def disable(name: NameArgument, config: ConfigOption = None) -> None:
    """Keep a person out, from the next request on.  `enabled: true` in a configuration lets them in again."""
    from commands.settings import load

    asyncio.run(_disable(name, load(config)))
    terminal.say(f"Disabled {name}.")


async def _add(name: str, canonical: str, *, password: str, roles: tuple[str, ...], settings: Settings) -> None:
    from commands.stores import note, opened
    from engine.errors import DirectoryError
    from engine.model import User

    async with opened(settings) as stores:
        user_id = secrets.token_urlsafe(16)
        hashed = await _hashed(password, stores)
        await note(stores, "user_added", user_id=user_id, username=canonical)
        try:
            await stores.directory.add_user(User(user_id, name, canonical, password_hash=hashed, roles=roles))
        except DirectoryError as error:
            if error.reason != "name_taken":
                raise
            raise Stop(f"There is a user {name} already; nothing was changed.") from None


async def _find(name: str, settings: Settings) -> None:
    from commands.stores import opened

    async with opened(settings) as stores:
        await user_named(name, stores)


async def _set_password(name: str, password: str, settings: Settings) -> None:
    from authenticators.subjects import account_key
    from authenticators.throttle import Throttle
    from commands.stores import note, opened

    async with opened(settings) as stores:
        user = await user_named(name, stores)
        hashed = await _hashed(password, stores)
        await note(stores, "password_set", user_id=user.id, username=user.canonical)
        await stores.directory.set_password(user.id, hashed)
        await Throttle(stores.state, time.time).unlock(account_key(user.canonical))


async def _disable(name: str, settings: Settings) -> None:
    from commands.stores import note, opened

    async with opened(settings) as stores:
        user = await user_named(name, stores)
        await note(stores, "user_disabled", user_id=user.id, username=user.canonical)
        await stores.directory.set_enabled(user.id, False)


async def user_named(name: str, stores: Stores) -> User:
    """The user with that name in any spelling.  Raises Stop."""
    from engine.usernames import canonical

    known = canonical(name)
    user = await stores.directory.user_named(known) if known is not None else None
    if user is None:
        raise Stop(f"There is no user {name!a}.")
    return user


async def _hashed(password: str, stores: Stores) -> str:
    from authenticators.hashing import PasswordHashing
    from configuration.people import SHORTEST_PASSWORD

    passwords = PasswordHashing()
    refusal = passwords.refusal(password)
    if refusal is not None:
        raise Stop(f"{refusal}; nothing was changed.")
    if len(password) < SHORTEST_PASSWORD:
        raise Stop(f"A password has at least {SHORTEST_PASSWORD} characters; nothing was changed.")
    return await passwords.hash(password, (await stores.configuration.settings()).argon2)


def _canonical(name: str) -> str:
    from pydantic_core import PydanticCustomError

    from configuration.rules import user_name
    from engine.usernames import canonical

    try:
        known = canonical(user_name(name))
    except PydanticCustomError as error:
        raise Stop(error.message(), code=terminal.MISUSED) from None
    assert known is not None
    return known
