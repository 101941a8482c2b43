"""Where addresses are: from the registries' data that ship, and from a database of the operator's own."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest

from engine.ports import Place
from storage.places import KnownPlaces

UINT16, UINT32, UINT64 = 5, 6, 9


def packed(value: Any) -> bytes:
    """A value in the data section of a MaxMind database (its format, version 2.0); a number is (type, number)."""
    if isinstance(value, str):
        data = value.encode()
        return bytes([(2 << 5) | len(data)]) + data
    if isinstance(value, float):
        return bytes([(3 << 5) | 8]) + struct.pack(">d", value)
    if isinstance(value, tuple):
        kind, number = value
        data = number.to_bytes(8, "big").lstrip(b"\0")
        return bytes([(kind << 5) | len(data)] if kind < 8 else [len(data), kind - 7]) + data
    if isinstance(value, list):
        return bytes([len(value), 4]) + b"".join(map(packed, value))
    assert isinstance(value, dict)
    return bytes([(7 << 5) | len(value)]) + b"".join(packed(part) for pair in value.items() for part in pair)


def database(path: Path, record: dict[str, Any]) -> Path:
    """A database in which all addresses that begin with a 1 bit (128.0.0.0/1) have that record."""
    tree = (1).to_bytes(3, "big") + (1 + 16).to_bytes(3, "big")
    about = {
        "node_count": (UINT32, 1), "record_size": (UINT16, 24), "ip_version": (UINT16, 4),
        "binary_format_major_version": (UINT16, 2), "binary_format_minor_version": (UINT16, 0),
        "build_epoch": (UINT64, 1), "database_type": "Test", "languages": ["en"], "description": {"en": "test"},
    }  # fmt: skip
    path.write_bytes(tree + bytes(16) + packed(record) + b"\xab\xcd\xefMaxMind.com" + packed(about))
    return path


def test_countries_are_known_without_a_database() -> None:
    """Of addresses that are assigned; of others, and of what is no address, nothing is."""
    places = KnownPlaces()
    assert places.place_of("193.0.6.139") == Place("NL")
    assert places.place_of("2001:67c:2e8:22::c100:68b") == Place("NL")
    for address in ("127.0.0.1", "10.0.0.1", "nowhere", "", "1.2.3", "::1"):
        assert places.place_of(address) is None


def test_a_database_of_ones_own_knows_more(tmp_path: Path) -> None:
    """Where it says nothing, the registries answer."""
    record = {
        "country": {"iso_code": "DE"},
        "city": {"names": {"en": "Berlin"}},
        "location": {"latitude": 52.5, "longitude": 13.4},
    }
    places = KnownPlaces(database(tmp_path / "places.mmdb", record))
    assert places.place_of("193.0.6.139") == Place("DE", "Berlin", 52.5, 13.4)
    assert places.place_of("8.8.8.8") == Place("US")
    assert places.place_of("2001:67c:2e8:22::c100:68b") == Place("NL")
    places.close()


def test_a_record_that_lacks_parts_leaves_them_unknown(tmp_path: Path) -> None:
    """The country is then the registries'."""
    places = KnownPlaces(database(tmp_path / "places.mmdb", {"city": {"names": {"de": "Wien"}}, "location": {}}))
    assert places.place_of("193.0.6.139") == Place("NL", None, None, None)


@pytest.mark.parametrize("content", [b"", b"no database", b"\xab\xcd\xefMaxMind.com\xe0"])
def test_a_file_that_is_no_database_is_refused_by_the_settings_name(tmp_path: Path, content: bytes) -> None:
    """The server does not start with it."""
    path = tmp_path / "places.mmdb"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="GEO_DATABASE"):
        KnownPlaces(path)
    with pytest.raises(ValueError, match="GEO_DATABASE"):
        KnownPlaces(tmp_path / "none.mmdb")
