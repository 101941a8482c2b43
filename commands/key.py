"""`doorstep key`: the key that seals what is stored, and the keys that sign tokens."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Annotated

import typer

from commands import terminal
from commands.options import ConfigOption

if TYPE_CHECKING:
    from commands.settings import Settings


def rotate(config: ConfigOption = None) -> None:
    """Put a new key in front: it seals from now on, older ones still open.  Makes the file if there is none."""
    from commands.settings import load
    from storage.keys import load_or_make_key, rotate_key

    file = load(config).key_file
    if file.exists():
        keys = rotate_key(file)
        terminal.say(f"{file}: a new key seals from now on; {len(keys) - 1} older one(s) still open what they sealed.")
    else:
        load_or_make_key(file)
        terminal.say(f"{file}: made, with one key.")


def rotate_signing(
    algorithm: Annotated[str, typer.Option("--alg", help="ES256 or RS256.")] = "ES256", config: ConfigOption = None
) -> None:
    """Make a new key that signs tokens: published at once, in use a quarter of an hour later."""
    from commands.settings import load
    from oidc.keys import AHEAD, ALGORITHMS

    if algorithm not in ALGORITHMS:
        raise terminal.Stop(f"--alg is one of {', '.join(ALGORITHMS)}", code=terminal.MISUSED)
    kid = asyncio.run(_rotate_signing(algorithm, load(config)))
    terminal.say(f"{kid}: published now, signs {algorithm} in {AHEAD // 60:.0f} minutes; older keys go on verifying.")


async def _rotate_signing(algorithm: str, settings: Settings) -> str:
    from commands.stores import note, opened
    from oidc.keys import SigningKeys, StoredKeys

    async with opened(settings) as stores:
        await note(stores, "signing_key_rotated")
        return await SigningKeys(StoredKeys(stores.configuration, time.time), time.time).rotate(algorithm)
