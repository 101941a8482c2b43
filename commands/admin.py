"""`doorstep admin`: people who manage the server, and tokens for programs that do."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from commands import terminal, user
from commands.options import ConfigOption
from commands.terminal import Stop

if TYPE_CHECKING:
    from commands.settings import Settings
    from engine.admin_roles import AdminRole
    from management.tokens import AdminToken


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The user name.")],
    role: Annotated[str, typer.Option("--role", help="viewer, editor, publisher or owner.")] = "owner",
    config: ConfigOption = None,
) -> None:
    """Let a person into the console.  Somebody new gets a password, asked for or read from standard input."""
    from commands.settings import load
    from engine.admin_roles import AdminRole
    from engine.usernames import canonical

    wanted = next((one for one in AdminRole if one.name.lower() == role), None)
    if wanted is None:
        raise Stop(f"There is no role {role!a}; there are: viewer, editor, publisher, owner.", code=terminal.MISUSED)
    settings, plain = load(config), canonical(name)
    if plain is None or not asyncio.run(_promote(plain, wanted, settings)):
        user.add(name, [wanted.role], config)
    terminal.say(f"{name} is {wanted.role} at /console.")


def token(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is for; the audit tells it.")],
    scope: Annotated[list[str], typer.Option("--scope", metavar="SCOPE", help="What it is good for; may be repeated.")],
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="How long it is good.")] = 90,
    config: ConfigOption = None,
) -> None:
    """Make a token for the management API.  It is shown this once, on standard output."""
    from commands.settings import load
    from engine.admin_scopes import SCOPES

    unknown = sorted(set(scope) - set(SCOPES))
    if unknown:
        raise Stop(f"There is no scope {unknown[0]!a}; there are: {', '.join(SCOPES)}.", code=terminal.MISUSED)
    if not (name.isprintable() and 0 < len(name.strip()) <= 100):
        raise Stop("A name is 1 to 100 visible characters.", code=terminal.MISUSED)
    terminal.say(asyncio.run(_make(name.strip(), frozenset(scope), days=days, settings=load(config))))


def tokens(config: ConfigOption = None) -> None:
    """List the tokens there are; none of them is shown."""
    from commands.settings import load

    for one in asyncio.run(_all(load(config))):
        until = datetime.fromtimestamp(one.expires_at, UTC).isoformat(timespec="minutes")
        state = "until" if one.expires_at > time.time() else "expired"
        terminal.say(f"{one.id}  {one.name}  {state} {until}  {' '.join(sorted(one.scopes))}")


def revoke(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="As `admin tokens` shows it.")],
    config: ConfigOption = None,
) -> None:
    """Let a token be good for nothing any more."""
    from commands.settings import load

    if not asyncio.run(_revoke(token_id, load(config))):
        raise Stop(f"There is no token {token_id!a}.")
    terminal.say(f"Revoked {token_id}.")


async def _promote(name: str, role: AdminRole, settings: Settings) -> bool:
    """Give the role in place of other such roles; False if there is nobody of that name."""
    from commands.stores import note, opened
    from engine.admin_roles import AdminRole

    async with opened(settings) as stores:
        found = await stores.directory.user_named(name)
        if found is None:
            return False
        await note(stores, "admin_added", user_id=found.id, username=found.canonical)
        others = [one.role for one in AdminRole if one is not role]
        await stores.directory.change_roles(found.id, add=[role.role], remove=others)
        return True


async def _make(name: str, scopes: frozenset[str], *, days: int, settings: Settings) -> str:
    from commands.stores import note, opened
    from management.tokens import AdminTokens

    async with opened(settings) as stores:
        await note(stores, "admin_token_made")
        _, text = await AdminTokens(stores.configuration, time.time).make(name, scopes, days=days)
        return text


async def _all(settings: Settings) -> list[AdminToken]:
    from commands.stores import opened
    from management.tokens import AdminTokens

    async with opened(settings) as stores:
        return await AdminTokens(stores.configuration, time.time).all()


async def _revoke(token_id: str, settings: Settings) -> bool:
    from commands.stores import note, opened
    from management.tokens import AdminTokens

    async with opened(settings) as stores:
        await note(stores, "admin_token_revoked")
        return await AdminTokens(stores.configuration, time.time).revoke(token_id)
