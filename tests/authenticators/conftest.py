"""Fixtures of the authenticators' tests."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.authenticators.bench import Bench


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    """The authenticators with default push settings and a cheap hash."""
    bench = Bench()
    await bench.set_push()
    yield bench
    bench.passwords.close()
