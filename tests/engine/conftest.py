"""Fixtures of the engine's tests."""

from __future__ import annotations

import pytest

from tests.engine.world import World


@pytest.fixture
def world() -> World:
    """An engine on stores in memory."""
    return World()
