"""The provider that the tests of this face share."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.oidc.support import House


@pytest.fixture
async def house(anyio_backend: str) -> AsyncIterator[House]:
    """A provider with applications and people, on fresh stores."""
    built = House()
    await built.furnish()
    async with built.http:
        yield built
