"""A process that serves: what it does once before anybody is answered."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.listening import settle
from commands.settings import Settings
from server import create_app

pytestmark = pytest.mark.anyio


@pytest.fixture
def thawed() -> Iterator[None]:
    """Leaves the collector as it was."""
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_what_lives_as_long_as_the_process_is_not_looked_through_again() -> None:
    """A full collection would hold everybody up."""
    settle()
    assert gc.get_freeze_count() > 0
    assert len(gc.get_objects()) < gc.get_freeze_count()


async def test_ready_is_told_before_anybody_is_served(tmp_path: Path) -> None:
    """Once, when all parts stand."""
    settings = Settings.model_construct(
        issuer="http://localhost:8400",
        database_url=f"sqlite:///{tmp_path / 'doorstep.db'}",
        secret_key_file=tmp_path / "secret.key",
    )
    told: list[int] = []
    app = create_app(settings, ready=lambda: told.append(len(app.router.routes)))
    async with app.router.lifespan_context(app):
        assert told == [len(app.router.routes)]
    assert len(told) == 1
