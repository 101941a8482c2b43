"""Fixtures of the tests of functions."""

from __future__ import annotations

import pytest

from tests.engine.world import World


@pytest.fixture
def world() -> World:
    """A small world."""
    return World()
