"""Snapshots: the heap of an idle run as bytes, and back, on any node and after any restart.

What is live is written: the globals that differ from a fresh run, the roots, and what they reach, with identity and
cycles.  Built-ins and functions of the host go by name, host objects by path.  Sealing and size caps are the caller's.
"""

from __future__ import annotations

from .layout import FORMAT, LAYOUT, SnapshotError
from .reading import load
from .writing import dump

__all__ = ["FORMAT", "LAYOUT", "SnapshotError", "dump", "load"]
