"""What is stored of a login and a session, and what the gate makes of records that no engine would write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest

from engine.errors import DeviceError, DirectoryError, LoginGone, NotYourLogin
from engine.gate import Denied, may_issue
from engine.logins import Logins
from engine.model import Call, Fact, Login, PushSettings, Subject
from engine.outcome import Answer, Granted
from engine.ports import ConfigurationChange
from engine.sessions import Sessions
from tests.engine.world import MARA, Visit, World

pytestmark = pytest.mark.anyio


async def rewrite(world: World, kind: str, key: str, change: Callable[[dict[str, object]], object]) -> None:
    """Change a stored record behind the engine's back."""
    stored = await world.state.read(kind, key)
    assert stored is not None
    fields = msgspec.msgpack.decode(stored.value)
    change(fields)
    value = msgspec.msgpack.encode(fields)
    assert await world.state.replace(kind, key, value, revision=stored.revision, expires_at=stored.expires_at)


async def begun(world: World) -> Visit:
    """A login that asks for the password."""
    await world.configure(steps={1: "password"})
    return await world.start()


@pytest.mark.parametrize("changed", [{"format": 99}, {"format": 0}, {"id": "A" * 22}])
async def test_a_login_of_another_format_is_gone(world: World, changed: dict[str, object]) -> None:
    """What another release wrote is not guessed at."""
    visit = await begun(world)
    await rewrite(world, "login", visit.flow_id, lambda fields: fields.update(changed))
    with pytest.raises(LoginGone):
        await visit.prove("mara")


async def test_a_login_without_a_page_or_an_end_is_gone(world: World) -> None:
    """No engine stores one; nothing can be posted to it or shown of it."""
    visit = await begun(world)
    await rewrite(world, "login", visit.flow_id, lambda fields: fields.pop("execution"))
    with pytest.raises(LoginGone):
        await world.engine.show(visit.flow_id, visit.secret)
    with pytest.raises(LoginGone):
        await visit.prove("mara")


async def test_a_session_of_another_format_proves_nothing(world: World) -> None:
    """Everything is asked again."""
    visit = await begun(world)
    await visit.prove("mara")
    assert isinstance(visit.reply, Granted)
    (session,) = await Sessions(world.state, world.clock).of_user("u-mara")
    await rewrite(world, "session", session.id, lambda fields: fields.update(format=99))
    assert (await world.start(session=visit.reply.result.session)).page == "password"


@pytest.mark.parametrize("token", ["", "1", "x.password.mac", "\u0661.password.mac", "123456.password.mac", "1.é.mac"])
async def test_a_form_token_that_we_did_not_make_is_refused(world: World, token: str) -> None:
    """Whatever it is; and the login is as it was."""
    visit = await begun(world)
    with pytest.raises(NotYourLogin):
        await world.engine.answer(visit.flow_id, visit.secret, Answer({"username": "mara", "word": "yes"}, token=token))
    await visit.prove("mara")
    assert visit.page == "in"


async def test_what_was_started_for_a_login_may_be_answered_while_it_is_under_way(world: World) -> None:
    """In that execution only, and not after its end; an unknown login is under way nowhere."""
    visit = await begun(world)
    logins = Logins(world.state, world.clock)
    assert await logins.is_current(visit.flow_id, 1)
    assert not await logins.is_current(visit.flow_id, 2)
    assert not await logins.is_current("A" * 22, 1)
    await visit.prove("mara")
    assert not await logins.is_current(visit.flow_id, 1)


async def test_a_person_removed_in_the_middle_stays_out(world: World) -> None:
    """The gate finds nobody to let in."""
    await world.configure(
        "function onLoginRequest() { executeStep(1); prompt('genericForm', {}, {onSuccess: function () {}}); }"
    )
    visit = await world.start()
    await visit.prove("mara")
    await world.configuration.commit(ConfigurationChange(removed_users=["mara"]))
    await visit.post(**{"action.success": ""})
    assert visit.page == "out: login.refused"


async def proven(world: World) -> Login:
    """A login at its end that the gate lets in."""
    visit = await begun(world)
    login = await Logins(world.state, world.clock).open(visit.flow_id, visit.secret)
    login.execution = None
    login.subject = Subject("mara", MARA.id)
    login.ledger = [Fact(1, "password", MARA.id, "word:1", MARA.credential_version, "pwd", world.clock.now)]
    return login


async def verdict(world: World, login: Login) -> str:
    """`in`, or the reason and the detail."""
    found = await may_issue(
        login,
        configuration=world.configuration,
        directory=world.directory,
        sessions=Sessions(world.state, world.clock),
    )
    return f"{found.reason}: {found.detail}" if isinstance(found, Denied) else "in"


async def test_the_gate_lets_in_what_is_proven_and_at_its_end(world: World) -> None:
    """The measure for the refusals below."""
    assert await verdict(world, await proven(world)) == "in"


async def test_a_login_with_steps_left_is_not_let_in(world: World) -> None:
    """Whatever was proven."""
    login = await proven(world)
    login.queue = [Call("step", step=1)]
    assert (await verdict(world, login)).startswith("login.unfinished")


async def test_facts_about_two_people_let_nobody_in(world: World) -> None:
    """All facts are about one person, the login's own."""
    login = await proven(world)
    login.ledger.append(msgspec.structs.replace(login.ledger[0], user_id="u-noah"))
    assert await verdict(world, login) == "login.refused: the facts are about different users"


def test_a_push_lives_ten_minutes_at_most() -> None:
    """Interval and grace, but not beyond what an out-of-band answer may take."""
    settings = PushSettings()
    assert settings.lifetime == settings.resend_interval + settings.grace
    assert replace(settings, resend_interval=3600).lifetime == 600


def test_a_refusal_without_a_detail_tells_its_reason() -> None:
    """So that the log always says something."""
    assert DirectoryError("name_taken").detail == "name_taken"
    assert DirectoryError("name_taken", "mara").detail == "mara"
    refused = DeviceError("PBA-15004", "The response fits no open request.", status=410)
    assert (refused.detail, refused.code, refused.status) == (refused.message, "PBA-15004", 410)
