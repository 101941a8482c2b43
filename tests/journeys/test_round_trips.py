"""How often a login asks the store: what is counted here may fall, and rises only on purpose."""

from __future__ import annotations

import asyncio
from pathlib import Path

from benchmarks.whole_login import walked

ENROLLMENT = {
    "authorize": 3,
    "first page": 1,
    "name": 8,
    "consent": 4,
    "password": 20,
    "phone registers": 9,
    "code scanned": 18,
    "phone asks": 4,
    "page asks": 5,
    "phone approves": 12,
    "goes on": 25,
    "token": 6,
}
SECOND = {
    "authorize": 3,
    "first page": 1,
    "name": 12,
    "phone asks": 5,
    "page asks": 4,
    "phone approves": 12,
    "goes on": 24,
    "token": 6,
}


def test_no_request_makes_more_round_trips_than_it_did(tmp_path: Path) -> None:
    """Each request of the enrollment login and of the second one, of a person who is not the first."""
    *_, walk = asyncio.run(walked(tmp_path, 3))
    for story, known in (("enrollment", ENROLLMENT), ("second login", SECOND)):
        found = {each.name: sum(map(_counts, each.statements)) for each in walk if each.story == story}
        assert found.keys() == known.keys()
        assert {name: count for name, count in found.items() if count > known[name]} == {}


def _counts(statement: str) -> bool:
    """Whether the configuration is still the same is asked by time, not by request."""
    return "configuration_version" not in statement
