"""Moves the clock of a server process: imported before the server, it adds the seconds that stand in a file.

A contract speaks of minutes; tests do not wait for them.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

FILE = "CONTRACT_CLOCK_FILE"
"""The environment variable that names the file."""

_actual = time.time


def _moved() -> float:
    path = os.environ.get(FILE)
    if path is None:
        return _actual()
    try:
        return _actual() + float(Path(path).read_text())
    except (OSError, ValueError):
        return _actual()


time.time = _moved
