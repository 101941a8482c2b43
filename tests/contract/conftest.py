"""Folders for the tests of the contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.commands import COMMANDS
from tests.contract.house import House


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A folder of its own, where nothing runs yet."""
    return House(tmp_path)


@pytest.fixture(scope="session", autouse=True)
def ended() -> Iterator[None]:
    """The process that runs the commands ends with the tests."""
    yield
    COMMANDS.end()
