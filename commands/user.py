"""`doorstep user`: add people, set their passwords, keep them out.  A password never stands on a command line."""

from __future__ import annotations

import asyncio
import secrets
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import terminal
from commands.options import ConfigOption
from commands.terminal import Stop

if TYPE_CHECKING:
    from commands.settings import Settings
    from configuration.plan import Plan
    from engine.invitations import Invitations
    from engine.letters import Letters
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
    asyncio.run(_find_ours(name, settings))
    asyncio.run(_set_password(name, terminal.read_new_password(name), settings))
    terminal.say(f"Set the password of {name}.")


def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON, YAML (a list of users) or CSV.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done.")] = False,
    config: ConfigOption = None,
) -> None:
    """Add the people of a file, with the password hashes they have elsewhere.  On any error nobody is added."""
    from commands.settings import load

    plan = asyncio.run(_import(file, load(config), dry_run=dry_run))
    terminal.warn(plan.warnings)
    count = len(plan.change.users)
    terminal.say(f"This was a dry run: {count} users would be added." if dry_run else f"Added {count} users.")


def unlock(name: NameArgument, config: ConfigOption = None) -> None:
    """End the pause that wrong passwords brought on.  It also ends by itself, and by a new password."""
    from commands.settings import load

    was = asyncio.run(_unlock(name, load(config)))
    terminal.say(f"Unlocked {name}." if was else f"{name} was not locked; tries count anew.")


def invite(
    name: NameArgument,
    show: Annotated[bool, typer.Option("--show", help="Print the link instead of mailing it.")] = False,
    config: ConfigOption = None,
) -> None:
    """Send a person a link by which they set their password: good once, for a day; an earlier one is void."""
    from commands.settings import load

    told = asyncio.run(_invite(name, load(config), show=show))
    terminal.say(told if show else f"Sent {name} a link.")


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
        await _refuse_elsewhere(canonical, stores)
        user_id = secrets.token_urlsafe(16)
        hashed = await _hashed(password, name, stores)
        await note(stores, "user_added", user_id=user_id, username=canonical)
        try:
            await stores.directory.add_user(User(user_id, name, canonical, password_hash=hashed, roles=roles))
        except DirectoryError as error:
            if error.reason != "name_taken":
                raise
            raise Stop(f"There is a user {name} already; nothing was changed.") from None


async def _import(file: Path, settings: Settings, *, dry_run: bool) -> Plan:
    from commands.apply import tools_for
    from commands.stores import opened
    from configuration.user_import import import_users

    async with opened(settings) as stores:
        return await import_users(file, tools_for(stores, settings), dry_run=dry_run)


async def _invite(name: str, settings: Settings, *, show: bool) -> str:
    from commands.stores import note, opened

    if settings.issuer is None:
        raise Stop("ISSUER must be set: the link begins with it", code=terminal.MISUSED)
    async with opened(settings) as stores:
        user, invitations = await user_named(name, stores), _invitations(stores, settings.issuer)
        refusal = await (invitations.closed(user) if show else invitations.refusal(user))
        if refusal is not None:
            raise Stop(f"{name} cannot be invited: {refusal}.")
        await note(stores, "setup_link_made", user_id=user.id, username=user.canonical)
        if show:
            return await invitations.address(user)
        failure = await invitations.send(user)
        if failure is not None:
            raise Stop(f"The mail to {name} did not leave: {failure}.")
        return ""


def _invitations(stores: Stores, origin: str) -> Invitations:
    from authenticators.hashing import PasswordHashing
    from authenticators.setup_links import SetupLinks
    from authenticators.throttle import Throttle
    from engine.invitations import Invitations

    configuration, throttle = stores.configuration, Throttle(stores.state, time.time)
    links = SetupLinks(
        stores.directory, configuration, hashing=PasswordHashing(), throttle=throttle, clock=time.time
    )
    return Invitations(links, letters(stores).mailer, configuration, origin)


async def _unlock(name: str, settings: Settings) -> bool:
    from authenticators.subjects import account_key
    from authenticators.throttle import Throttle
    from commands.stores import note, opened

    async with opened(settings) as stores:
        user = await user_named(name, stores)
        throttle, account = Throttle(stores.state, time.time), account_key(user.canonical)
        was = await throttle.is_locked(account, "")
        await note(stores, "user_unlocked", user_id=user.id, username=user.canonical)
        await throttle.unlock(account)
        return was


async def _find_ours(name: str, settings: Settings) -> None:
    from commands.stores import opened

    async with opened(settings) as stores:
        user = await user_named(name, stores)
        await _refuse_elsewhere(user.canonical, stores)


async def _refuse_elsewhere(canonical: str, stores: Stores) -> None:
    """Raises Stop for who is kept in a user store."""
    store = (await stores.configuration.settings()).store_of(canonical)
    if store is not None:
        raise Stop(f"People of the user store {store.name}, and their passwords, are kept there; nothing was changed.")


async def _set_password(name: str, password: str, settings: Settings) -> None:
    from authenticators.subjects import account_key
    from authenticators.throttle import Throttle
    from commands.stores import note, opened

    async with opened(settings) as stores:
        user = await user_named(name, stores)
        hashed = await _hashed(password, user.username, stores)
        await note(stores, "password_set", user_id=user.id, username=user.canonical)
        await stores.directory.set_password(user.id, hashed)
        await Throttle(stores.state, time.time).unlock(account_key(user.canonical))
        await letters(stores).password_reset(user, now=time.time())


async def _disable(name: str, settings: Settings) -> None:
    from commands.stores import note, opened

    async with opened(settings) as stores:
        user = await user_named(name, stores)
        await note(stores, "user_disabled", user_id=user.id, username=user.canonical)
        await stores.directory.set_enabled(user.id, False)


def letters(stores: Stores) -> Letters:
    """The way out for what people are told."""
    from configuration.organisation import MAIL_PASSWORD
    from engine.letters import Letters
    from outgoing.mail import SmtpMailer

    configuration = stores.configuration
    return Letters(SmtpMailer(lambda: configuration.secret(MAIL_PASSWORD)), configuration)


async def user_named(name: str, stores: Stores) -> User:
    """The user with that name in any spelling.  Raises Stop."""
    from engine.usernames import canonical

    known = canonical(name)
    user = await stores.directory.user_named(known) if known is not None else None
    if user is None:
        raise Stop(f"There is no user {name!a}.")
    return user


async def _hashed(password: str, username: str, stores: Stores) -> str:
    """The hash of a password that the policy takes.  Raises Stop."""
    from authenticators.hashing import PasswordHashing

    passwords, settings = PasswordHashing(), await stores.configuration.settings()
    refusal = passwords.refusal(password)
    if refusal is not None:
        raise Stop(f"{refusal}; nothing was changed.")
    weakness = passwords.weakness(password, username=username, policy=settings.passwords)
    if weakness is not None:
        raise Stop(f"The password {weakness}; nothing was changed.")
    return await passwords.hash(password, settings.argon2)


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
