"""Single sign-on: a browser's proofs are remembered, and asked for again where they must be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import Busy
from engine.model import Device, MailSettings, OrganisationSettings, RequestFacts, SignedIn
from engine.nowhere import NoMail
from engine.outcome import Granted, Refused
from engine.ports import ConfigurationChange
from engine.sessions import MOST_APPLICATIONS, Sessions
from tests.engine.test_script import script
from tests.engine.world import Visit, Word, World

pytestmark = pytest.mark.anyio


async def _signed_in(world: World, name: str = "mara") -> tuple[Visit, str]:
    visit = await world.start()
    await visit.prove(name)
    while visit.page != "in":
        await visit.prove()
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.session is not None
    return visit, visit.reply.result.session


async def test_what_a_session_proves_is_not_asked_again(world: World) -> None:
    """The second login of the browser ends at once, with the first proof's time."""
    await world.configure()
    _, session = await _signed_in(world)
    proven_at = world.clock.now
    world.clock.now += 60
    visit = await world.start(session=session)
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.auth_time == proven_at


async def test_only_the_missing_step_is_asked(world: World) -> None:
    """A session with one factor meets a flow with two."""
    await world.configure(steps={1: "password"})
    _, session = await _signed_in(world)
    await world.configure(steps={1: "password", 2: "push"})
    visit = await world.start(session=session)
    assert visit.page == "push"
    await visit.prove()
    assert visit.page == "in"


async def test_a_fresh_login_asks_everything(world: World) -> None:
    """`prompt=login`."""
    await world.configure()
    _, session = await _signed_in(world)
    visit = await world.start(session=session, fresh=True)
    assert visit.page == "password"


async def test_what_is_older_than_max_age_is_asked_again(world: World) -> None:
    """A proof counts up to that age, and not a second longer."""
    await world.configure()
    _, session = await _signed_in(world)
    world.clock.now += 30
    assert (await world.start(session=session, max_age=30)).page == "in"
    world.clock.now += 1
    assert (await world.start(session=session, max_age=30)).page == "password"


async def test_a_passive_login_never_shows_a_page(world: World) -> None:
    """`prompt=none` without what is needed ends with login_required."""
    await world.configure()
    visit = await world.start(passive=True)
    assert visit.page == "out: login.required"
    _, session = await _signed_in(world)
    assert (await world.start(session=session, passive=True)).page == "in"


MAIL = OrganisationSettings(mail=MailSettings("localhost", 25, "login@example.test"))


class Post(NoMail):
    """Counts what it is asked to write."""

    written = 0

    def compose(self, template: str, **_: object) -> None:  # type: ignore[override]
        self.written += 1


@pytest.mark.parametrize(
    "personal",
    [
        "sendEmail(context.currentKnownSubject, 'hello');",
        "try { sendEmail(context.currentKnownSubject, 'hello'); } catch (e) {}",
        "updateUserPassword(context.currentKnownSubject, 'new password');",
        "updateUserPassword(context.currentKnownSubject, 'new password', {onFail: function () {}});",
    ],
)
async def test_a_passive_login_ends_where_a_script_would_reach_the_person(world: World, personal: str) -> None:
    """Nothing is sent to them and no password is set; the application may ask again with pages."""
    world.mailer = post = Post()
    world.engine = world.another_engine()
    await world.configuration.commit(ConfigurationChange(settings=MAIL))
    await world.configure(script("executeStep(1); executeStep(2);"))
    _, session = await _signed_in(world)
    handler = f"function (context) {{ {personal} executeStep(2); }}"
    await world.configure(script(f"executeStep(1, {{onSuccess: {handler}}});"))
    visit = await world.start(session=session, passive=True)
    assert isinstance(visit.reply, Refused)
    assert (visit.reply.failed.error, visit.reply.failed.direct) == ("interaction_required", True)
    assert post.written == 0
    assert (await world.start(session=session)).page == "in"
    assert post.written == ("sendEmail" in personal)


async def test_a_session_ends_when_idle_and_when_old(world: World) -> None:
    """Both limits are the server's."""
    await world.configure()
    _, session = await _signed_in(world)
    world.clock.now += 3600
    assert (await world.start(session=session)).page == "password"


async def test_a_disabled_users_session_proves_nothing(world: World) -> None:
    """The user is looked at each time."""
    await world.configure()
    _, session = await _signed_in(world)
    await world.directory.set_enabled("u-mara", False)
    assert (await world.start(session=session)).page == "password"


async def test_a_changed_password_voids_the_session(world: World) -> None:
    """A session's facts stand only as long as the credentials they were made with."""
    await world.configure()
    _, session = await _signed_in(world)
    await world.directory.set_password("u-mara", "another hash")
    assert (await world.start(session=session)).page == "password"


async def test_a_removed_device_proves_nothing_any_more(world: World) -> None:
    """Neither a session's fact nor one of this login counts once its device is gone; the step is asked again."""
    await world.configure(steps={1: "push"})
    device = Device("d-1", "u-mara", "Phone", "Model", "builtin", "token", b"key", ("ES256",))
    await world.directory.add_device(device, limit=3)
    push = world.registry.get("push")
    assert isinstance(push, Word)
    push.credential = "device:d-1"
    _, session = await _signed_in(world)
    await world.directory.remove_device("d-1", user_id="u-mara")
    assert (await world.start(session=session)).page == "push"
    visit = await world.start()
    await visit.prove("mara")
    assert visit.page == "out: login.refused"


async def test_each_login_gives_the_session_a_new_id(world: World) -> None:
    """The old cookie is worth nothing after a rise in trust."""
    await world.configure()
    _, first = await _signed_in(world)
    visit = await world.start(session=first)
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.session not in (None, first)
    assert (await world.start(session=first)).page == "password"


async def test_logging_in_as_another_user_ends_the_first_session(world: World) -> None:
    """Never one session with two subjects."""
    await world.configure()
    _, first = await _signed_in(world)
    visit = await world.start(session=first, fresh=True)
    await visit.prove("noah")
    await visit.prove()
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.user_id == "u-noah"
    second = await world.start(session=visit.reply.result.session)
    assert isinstance(second.reply, Granted)
    assert {fact.user_id for fact in second.reply.result.facts} == {"u-noah"}


async def test_a_session_that_ends_in_the_middle_of_a_login_proves_nothing(world: World) -> None:
    """What a login took from the browser's session counts only while the session lives."""
    await world.configure(steps={1: "password"})
    _, session = await _signed_in(world)
    await world.configure()
    world.clock.now += 60
    visit = await world.start(session=session)
    assert visit.page == "push"
    other = await world.start(session=session, fresh=True)
    await other.prove("noah")
    await other.prove()
    assert other.page == "in"
    await visit.prove()
    assert visit.page == "out: login.refused"
    assert (await world.why())[-1] == "login_failed: login.refused"


async def test_a_session_renewed_in_another_tab_still_counts(world: World) -> None:
    """Two logins of one browser may end one after the other."""
    await world.configure(steps={1: "password"})
    _, session = await _signed_in(world)
    await world.configure()
    world.clock.now += 60
    first, second = await world.start(session=session), await world.start(session=session)
    await first.prove()
    await second.prove()
    assert (first.page, second.page) == ("in", "in")


async def test_a_login_that_is_not_stored_ends_no_session(world: World) -> None:
    """First the commit, then the effect: the browser keeps what it has."""
    await world.configure(steps={1: "password"})
    _, session = await _signed_in(world)
    visit = await world.start(session=session, fresh=True)
    replace, world.state.replace = world.state.replace, _refusing  # type: ignore[method-assign]
    with pytest.raises(Busy):
        await visit.prove("mara")
    world.state.replace = replace  # type: ignore[method-assign]
    assert (await world.start(session=session)).page == "in"


async def _refusing(*_: object, **__: object) -> bool:
    raise Busy("the store is full")


async def test_a_session_remembers_where_it_is_from_and_what_it_was_used_for(world: World) -> None:
    """Each application once, the last one at the end; the name that scripts know it by stays, its cookie does not."""
    await world.configure(steps={1: "password"}, name="Old name")
    _, first = await _signed_in(world)
    (before,) = await Sessions(world.state, world.clock).of_user("u-mara")
    await world.configure(steps={1: "password"})
    facts = RequestFacts("203.0.113.77", headers={"user-agent": "Browser " * 100})
    visit = await world.start(session=first, facts=facts)
    assert visit.page == "in"
    (after,) = await Sessions(world.state, world.clock).of_user("u-mara")
    assert before.applications == (SignedIn("app", "Old name", "mara", ("password",)),)
    assert after.applications == (SignedIn("app", "The App", "mara", ("password",)),)
    assert (before.ip, after.ip, len(after.user_agent)) == ("203.0.113.9", "203.0.113.77", 512)
    assert before.chain == after.chain
    assert before.id != after.id


async def test_a_session_remembers_the_applications_used_last(world: World) -> None:
    """A bounded number of them."""
    await world.configure(steps={1: "password"})
    sessions = Sessions(world.state, world.clock)
    application, user = await world.configuration.application("app"), await world.directory.user("u-mara")
    assert application is not None
    assert user is not None
    session = None
    for number in range(MOST_APPLICATIONS + 3):
        one = replace(application, id=f"a{number}")
        cookie, _ = await sessions.begin(user, (), replaces=session, request=RequestFacts(), application=one)
        session = await sessions.read(cookie)
    assert session is not None
    assert [one.application_id for one in session.applications] == [f"a{n}" for n in range(3, MOST_APPLICATIONS + 3)]


async def test_a_session_is_ended_by_the_name_that_scripts_know(world: World) -> None:
    """Only for its own user; what this browser remembered is gone with it."""
    await world.configure(steps={1: "password"})
    _, cookie = await _signed_in(world)
    sessions = Sessions(world.state, world.clock)
    (session,) = await sessions.of_user("u-mara")
    assert not await sessions.end_chain("u-noah", session.chain)
    assert not await sessions.end_chain("u-mara", session.id)
    assert await sessions.end_chain("u-mara", session.chain)
    assert not await sessions.end_chain("u-mara", session.chain)
    assert (await world.start(session=cookie)).page == "password"
