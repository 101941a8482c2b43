"""One server for the tests of the management API; each test cleans up what it makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.living import APPLICATION, House, configuration, living
from tests.management.callers import Caller


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server with one application, one flow and two people."""
    with living(tmp_path_factory.mktemp("house"), configuration()) as house:
        yield house


@pytest.fixture(scope="module")
def admin(house: House) -> Caller:
    """May do everything."""
    return Caller(house)


def application(name: str = "wiki", **more: Any) -> dict[str, Any]:
    """What is posted for a new application."""
    return {"id": name, "name": name.title(), "redirect_uris": [APPLICATION], "flow": "enroll", **more}


@pytest.fixture
def wiki(admin: Caller) -> Iterator[str]:
    """The path of an application of the test's own."""
    assert admin("POST", "/applications", application()).status_code == 201
    yield "/applications/wiki"
    admin.remove("/applications/wiki")
