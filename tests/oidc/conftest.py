"""The provider that the tests of this face share."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.oidc.support import House
from tests.oidc.told import Told


@pytest.fixture
async def house(anyio_backend: str) -> AsyncIterator[House]:
    """A provider with applications and people, on fresh stores."""
    built = House()
    await built.furnish()
    async with built.http:
        yield built


@pytest.fixture
def told() -> Iterator[Told]:
    """The application's back channel."""
    server = Told()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
