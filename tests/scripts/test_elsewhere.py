"""Scripts that ship, met by a user of another provider, whom no scenario can play."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.elsewhere import with_partner
from tests.engine.world import World

SCRIPTS = Path(__file__).resolve().parent.parent.parent / "scripts"

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("name", ["user-store-based", "group-based-access", "user-age-based"])
async def test_who_is_elsewhere_is_in_no_store_no_group_and_has_no_age(name: str) -> None:
    """The script itself refuses them, before the gate does."""
    world = World()
    with_partner(world)
    source = (SCRIPTS / f"{name}.js").read_text("utf-8")
    await world.configure(source, steps={1: "partner", 2: "push"})
    visit = await world.start()
    await visit.post(name="ext-1")
    assert visit.page == "out: script.fail"
