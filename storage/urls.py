"""Reads a store's address.  Which store is made of it is decided in `storage.open`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SqliteUrl:
    """`sqlite:///relative/path` or `sqlite:////absolute/path`.  path: absolute."""

    path: Path


@dataclass(frozen=True, slots=True)
class MemoryUrl:
    """`memory:`: nothing outlives the process."""


StoreUrl = SqliteUrl | MemoryUrl


def parsed_url(url: str, *, setting: str) -> StoreUrl:
    """The address in *url*.  Raises ValueError that names *setting* and what it may be, never the address itself."""
    if url in ("memory:", "memory://"):
        return MemoryUrl()
    scheme, separator, rest = url.partition("://")
    if scheme != "sqlite" or not separator:
        found = scheme if separator and scheme.isascii() and scheme.replace("+", "").isalnum() else "no known scheme"
        raise ValueError(f"{setting}: expected sqlite:///path, sqlite:////absolute/path or memory:, found {found}")
    path = rest.removeprefix("/")
    if rest == path or not path or path.startswith(":") or any(character in path for character in "?#\0"):
        raise ValueError(f"{setting}: expected a file, sqlite:///path or sqlite:////absolute/path, without ? and #")
    return SqliteUrl(Path(os.path.abspath(path)))
