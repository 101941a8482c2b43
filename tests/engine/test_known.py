"""What need not be asked counts as things are now: the session still lives, the device is still enrolled."""

from __future__ import annotations

import pytest

from engine.model import Device
from engine.outcome import Granted, Page
from tests.engine.world import MARA, Visit, Word, World

pytestmark = pytest.mark.anyio

PHONE = Device("phone", "u-mara", "Phone", "Pixel", "builtin", "token", b"key", ("ES256",))


async def signed_in(world: World) -> str:
    """A browser's session with one factor of mara's."""
    await world.configure(steps={1: "password"})
    visit = await world.start()
    await visit.prove("mara")
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.session is not None
    return visit.reply.result.session


async def test_what_a_session_remembered_is_asked_again_once_it_has_ended(world: World) -> None:
    """A step that begins after the end of the session finds nothing in it."""
    session = await signed_in(world)
    await world.configure(steps={1: "push", 2: "password"})
    world.clock.now += 60
    visit = await world.start(session=session)
    other = await world.start(session=session, fresh=True)
    await other.prove("noah")
    await other.prove()
    assert other.page == "in"
    await visit.prove("mara")
    assert visit.page == "password"


async def test_a_removed_device_proves_nothing_for_the_steps_that_follow(world: World) -> None:
    """Whoever holds a device that was just removed cannot lean on it to enroll another."""
    await world.directory.add_user(MARA)
    await world.directory.add_device(PHONE, limit=3)
    push = next(each for each in world.registry if each.id == "push")
    assert isinstance(push, Word)
    push.credential = "device:phone"
    await world.configure(steps={1: "push", 2: "password"})
    visit = await world.start()
    await visit.prove("mara")
    assert isinstance(visit.reply, Page)
    assert visit.reply.fields["proven"] == ["push"]
    await world.directory.remove_device("phone", user_id="u-mara")
    shown = await world.engine.show(visit.flow_id, visit.secret)
    assert shown.fields["proven"] == []


async def test_starting_over_as_somebody_else_ends_the_browsers_session(world: World) -> None:
    """The new login replaces the session as any other does; nothing of it is left behind."""
    session = await signed_in(world)
    visit = await world.start(session=session, fresh=True)
    assert isinstance(visit.reply, Page)
    started = await world.engine.restart(visit.flow_id, visit.secret, visit.reply.token)
    again = Visit(world, started.flow_id, started.secret, started.reply)
    await again.prove("noah")
    assert again.page == "in"
    assert (await world.start(session=session)).page == "password"
