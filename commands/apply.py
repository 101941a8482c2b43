"""`doorstep apply`: loads a configuration file; all of it or nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import terminal
from commands.options import ConfigOption

if TYPE_CHECKING:
    from commands.settings import Settings
    from configuration.plan import Plan
    from configuration.tools import Tools
    from storage.open import Stores


def apply(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Configuration (YAML or JSON); a folder is all files in it.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be done, of each change line by line.")
    ] = False,
    prune: Annotated[
        bool,
        typer.Option("--prune", help="Also remove what the files do not have; people only if a file has `users`."),
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Load a configuration: tell what was added, changed, left and removed.  On any error nothing is changed."""
    from commands.settings import load

    plan = asyncio.run(_apply(files, load(config), prune=prune, dry_run=dry_run))
    terminal.warn(plan.warnings)
    terminal.say(*described(plan, dry_run=dry_run))


async def _apply(files: list[Path], settings: Settings, *, prune: bool, dry_run: bool) -> Plan:
    from commands.stores import opened
    from configuration.apply import apply_documents, read_all

    documents = read_all(files)  # before a database is made for nothing
    async with opened(settings) as stores:
        return await apply_documents(documents, tools_for(stores, settings), prune=prune, dry_run=dry_run)


def tools_for(stores: Stores, settings: Settings) -> Tools:
    """What applying to these stores stands on."""
    import functools
    import os
    import secrets
    import time

    from authenticators.hashing import PasswordHashing
    from authenticators.push.providers.service_account import provider_of
    from commands.scripts import check_script
    from commands.secrets import Clients
    from configuration.tools import Tools
    from web.sandbox import fault_of

    return Tools(
        store=stores.configuration,
        audit=stores.audit,
        clock=time.time,
        passwords=PasswordHashing(),
        client_secrets=Clients(),
        check_script=check_script,
        template_fault=fault_of,
        fcm_provider=functools.partial(provider_of, token_hosts=settings.fcm_token_hosts),
        environment=os.environ,
        new_id=lambda: secrets.token_urlsafe(16),
    )


def described(plan: Plan, *, dry_run: bool) -> list[str]:
    """The plan in lines: what was done to each thing, and how many of each."""
    from configuration.difference import difference

    groups = (("added", plan.added), ("changed", plan.changed), ("removed", plan.removed), ("left", plan.left))
    lines: list[str] = []
    for word, items in groups:
        for item in items:
            lines.append(f"{word:<8} {item}")
            lines += [f"    {line}" for line in difference(item)] if dry_run else []
    counts = ", ".join(f"{len(items)} {word}" for word, items in groups)
    return [*lines, f"{counts}." + (" This was a dry run: nothing was changed." if dry_run else "")]
