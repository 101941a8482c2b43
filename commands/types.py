"""`doorstep types`: the functions that scripts may call here, for the editor in which they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands import terminal
from commands.terminal import Stop


def types(
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write to this file.")] = None,
) -> None:
    """Print TypeScript declarations of everything scripts may call, installed plugins included."""
    from engine.editor import declarations
    from engine.plugins import load

    text = declarations(load())
    if out is None:
        terminal.say(text.rstrip("\n"))
        return
    try:
        out.write_text(text, "utf-8")
    except OSError as error:
        raise Stop(f"{out} cannot be written: {error.strerror}", code=terminal.MISUSED) from None
