"""Fixtures of the stories."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.living import House, configuration, living


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A server with the enrollment flow."""
    with living(tmp_path, configuration()) as house:
        yield house
