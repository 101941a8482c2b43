"""What the tests of the way out share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from outgoing.door import Door
from tests.outgoing.servers import Authority


@pytest.fixture(scope="session")
def authority() -> Authority:
    """A certificate authority that nobody else trusts."""
    return Authority.new()


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    """A door as the server opens it, except that it does not pause before a retry."""
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    opened = Door(pause=pause)
    yield opened
    await opened.aclose()


@pytest.fixture
async def door_with() -> AsyncIterator[Callable[..., Door]]:
    """Makes doors with names, trust or a clock of the test's own."""
    async with AsyncExitStack() as stack:

        def make(**parts: Any) -> Door:
            opened = Door(**parts)
            stack.push_async_callback(opened.aclose)
            return opened

        yield make
