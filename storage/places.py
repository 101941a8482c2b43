"""Where addresses are, from data on this machine: the registries' own, which ship, and a database that an operator has.

The registries know the country only.  A database in MaxMind's format (`.mmdb`) may know city and coordinates too; what
it does not know, they answer.
"""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Any

import iptocc
import maxminddb

from engine.ports import Place


class KnownPlaces:
    """engine.ports.Places.  database: an `.mmdb` file.  Raises ValueError that names the setting if it is none."""

    def __init__(self, database: Path | None = None) -> None:
        self._reader = _open(database) if database is not None else None

    def place_of(self, ip: str) -> Place | None:
        """The place, as far as it is known."""
        try:
            address = str(ip_address(ip))
        except ValueError:
            return None
        found = self._in_database(address)
        country = found.country if found is not None and found.country else iptocc.country_code(address)
        if found is None:
            return Place(country) if country else None
        return Place(country or None, found.city, found.latitude, found.longitude)

    def _in_database(self, address: str) -> Place | None:
        if self._reader is None:
            return None
        try:
            record: Any = self._reader.get(address)
        except ValueError:  # an IPv6 address in a database that has none
            return None
        if not isinstance(record, dict):
            return None
        return Place(
            _text(record, "country", "iso_code"),
            _text(record, "city", "names", "en"),
            _number(record, "latitude"),
            _number(record, "longitude"),
        )

    def close(self) -> None:
        """Let go of the file."""
        if self._reader is not None:
            self._reader.close()


def _open(database: Path) -> maxminddb.Reader:
    try:
        return maxminddb.open_database(database)
    except (OSError, ValueError, maxminddb.InvalidDatabaseError) as error:
        raise ValueError(f"GEO_DATABASE {database} cannot be used: {error}") from None


def _text(record: dict[str, Any], *keys: str) -> str | None:
    found: Any = record
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, str) else None


def _number(record: dict[str, Any], key: str) -> float | None:
    location = record.get("location")
    found = location.get(key) if isinstance(location, dict) else None
    return float(found) if isinstance(found, int | float) else None
