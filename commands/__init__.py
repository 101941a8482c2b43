"""The command line: one module a command.  What is heavy is imported when its command runs."""

from __future__ import annotations

from commands.line import cli

__all__ = ["cli"]
