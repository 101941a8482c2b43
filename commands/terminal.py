"""Talking with a person at a terminal: lines out, passwords in, and what each kind of refusal is answered with."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterable
from typing import NoReturn

import typer

FAILED = 1
"""Exit code: what was asked for was not done."""
MISUSED = 2
"""Exit code: it could not even be tried: a wrong setting, option or file."""
INTERRUPTED = 130

LONGEST_LINE = 4096


class Stop(Exception):
    """The command ends here.  lines: what the person is told, on standard error."""

    def __init__(self, *lines: str, code: int = FAILED) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines
        self.code = code


def say(*lines: str) -> None:
    """Lines on standard output."""
    for line in lines:
        typer.echo(line)


def warn(lines: Iterable[object]) -> None:
    """Lines on standard error, each marked as a warning."""
    for line in lines:
        typer.echo(f"warning: {line}", err=True)


def end(stop: Stop) -> NoReturn:
    """Tell why and leave."""
    for line in stop.lines:
        typer.echo(line, err=True)
    sys.exit(stop.code)


def read_new_password(name: str) -> str:
    """A new password: asked for twice at a terminal, else one line of standard input.  Raises Stop."""
    if not sys.stdin.isatty():
        return _line_of_input()
    password = getpass.getpass(f"New password of {name}: ")
    if getpass.getpass("The same again: ") != password:
        raise Stop("The two did not match; nothing was changed.")
    return _not_empty(password)


def _line_of_input() -> str:
    line = sys.stdin.readline(LONGEST_LINE)
    if len(line) >= LONGEST_LINE and not line.endswith("\n"):
        raise Stop(f"The password has over {LONGEST_LINE - 1} characters; nothing was changed.")
    return _not_empty(line.rstrip("\r\n"))


def _not_empty(password: str) -> str:
    if not password:
        raise Stop("No password was given; nothing was changed.")
    return password


def as_stop(error: Exception) -> Stop | None:
    """How an expected refusal is told, or None for a fault of ours.

    The classes are looked up only now, so that a command loads no more than it needs.
    """
    from commands.settings import BadSettings
    from configuration.problems import ConfigurationErrors
    from engine.errors import Busy, DirectoryError
    from storage.keys import KeyFileError

    match error:
        case Stop():
            return error
        case BadSettings():
            return Stop(*error.lines, code=MISUSED)
        case KeyFileError():
            return Stop(str(error), code=MISUSED)
        case ConfigurationErrors():
            return Stop(*map(str, error.problems), "Nothing was changed.")
        case Busy():
            return Stop(f"The store cannot be used at the moment: {error.detail}")
        case DirectoryError():
            return Stop(f"The database refuses this: {error.detail}")
    return None
