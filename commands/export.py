"""`doorstep export`: writes the whole configuration, without secrets."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import terminal
from commands.options import ConfigOption
from commands.terminal import Stop

if TYPE_CHECKING:
    from commands.settings import Settings


def export(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where to write it; a name in .json makes it JSON.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Write the whole configuration in the form that `doorstep apply` takes, without secrets."""
    from commands.settings import load
    from configuration.export import as_json, as_yaml

    document = asyncio.run(_document(load(config)))
    text = as_json(document) if out is not None and out.suffix.lower() == ".json" else as_yaml(document)
    if out is None:
        typer.echo(text, nl=False)
        return
    _write(out, text)
    terminal.say(f"Wrote {out}; secrets are not in it, only where one is stored.")


async def _document(settings: Settings) -> dict[str, Any]:
    from commands.stores import opened
    from configuration.export import export as exported

    async with opened(settings) as stores:
        return await exported(stores.configuration)


def _write(out: Path, text: str) -> None:
    """Replace the file as a whole; a new one is for its owner alone, for it names people."""
    beside = out.with_name(f".{out.name}.new")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(out)
    except OSError as error:
        raise Stop(f"{out} cannot be written: {error.strerror}") from None
