"""A flow without a script: its steps in order, tries, choices, ends."""

from __future__ import annotations

import asyncio

import pytest

from engine.errors import BadAnswer, LoginGone, NotYourLogin, TooManyRequests, UnknownApplication
from engine.model import RequestFacts
from engine.outcome import Granted, Page, Refused
from tests.engine.world import World

pytestmark = pytest.mark.anyio


async def test_steps_run_in_order_and_end_in_a_result(world: World) -> None:
    """Both steps proven by one user: the result names the user, the factors and their methods."""
    await world.configure()
    visit = await world.start(acr_values=("urn:1",))
    assert visit.page == "password"
    await visit.prove("mara")
    assert visit.page == "push"
    await visit.prove()
    assert isinstance(visit.reply, Granted)
    result = visit.reply.result
    assert (result.user_id, result.amr, result.acr) == ("u-mara", ("pas", "pus", "mfa"), None)
    assert [fact.authenticator for fact in result.facts] == ["password", "push"]


async def test_a_flow_without_a_script_never_touches_the_language(world: World) -> None:
    """Nothing of a script is stored with the login."""
    await world.configure()
    visit = await world.start()
    await visit.prove("mara")
    login = await world.engine._logins.open(visit.flow_id, visit.secret)
    assert login.script == b""


async def test_a_wrong_try_shows_the_same_page_five_times_then_ends(world: World) -> None:
    """Without onFail the page comes again with its message; the fifth failed try is the last."""
    await world.configure()
    visit = await world.start()
    for _ in range(4):
        await visit.post(username="mara", word="no")
        assert visit.page == "password"
        assert isinstance(visit.reply, Page)
        assert visit.reply.message == "word.wrong"
    await visit.post(username="mara", word="no")
    assert visit.page == "out: word.wrong"


async def test_a_name_mistyped_in_a_try_can_be_corrected(world: World) -> None:
    """Only a step that failed fixes the user; a try of a step that goes on does not."""
    await world.configure()
    visit = await world.start()
    await visit.post(username="mra", word="no")
    await visit.prove("mara")
    assert visit.page == "push"


async def test_a_failure_that_may_not_be_retried_ends_the_login(world: World) -> None:
    """An authenticator that says so ends the step at once."""
    await world.configure()
    visit = await world.start()
    await visit.post(username="mara", word="dead")
    assert visit.page == "out: word.dead"


async def test_giving_up_ends_the_login(world: World) -> None:
    """The abort button, without a script that wants to know."""
    await world.configure()
    visit = await world.start()
    await visit.post(action="abort")
    assert visit.page == "out: login.cancelled"


async def test_an_empty_answer_changes_nothing_but_the_message(world: World) -> None:
    """Empty posts never advance."""
    await world.configure()
    visit = await world.start()
    await visit.post()
    assert visit.page == "password"
    assert isinstance(visit.reply, Page)
    assert visit.reply.message == "word.missing"


async def test_several_options_are_offered_and_one_is_chosen(world: World) -> None:
    """A step with two options asks which; another way can be chosen later; what is not offered is refused."""
    await world.configure(steps={1: "password|push"})
    visit = await world.start()
    assert visit.page == "choose"
    with pytest.raises(BadAnswer):
        await visit.post(authenticator="name")
    await visit.post(authenticator="push")
    assert visit.page == "push"
    assert isinstance(visit.reply, Page)
    assert visit.reply.others == ("password",)
    await visit.post(action="choose")
    assert visit.page == "choose"
    await visit.post(authenticator="password")
    await visit.prove("mara")
    assert visit.page == "in"


async def test_there_is_no_choice_where_there_is_one_way(world: World) -> None:
    """Asking to choose in a step with one option is refused and changes nothing."""
    await world.configure()
    visit = await world.start()
    with pytest.raises(BadAnswer):
        await visit.post(action="choose")
    await visit.prove("mara")
    assert visit.page == "push"


async def test_another_browser_cannot_go_on(world: World) -> None:
    """Without the secret neither page nor answer, and the login is unharmed."""
    await world.configure()
    visit = await world.start()
    secret, visit.secret = visit.secret, "x" * 43
    with pytest.raises(NotYourLogin):
        await visit.prove("mara")
    with pytest.raises(NotYourLogin):
        await world.engine.show(visit.flow_id, visit.secret)
    visit.secret = secret
    await visit.prove("mara")
    assert visit.page == "push"


async def test_a_form_of_another_login_is_refused(world: World) -> None:
    """The token of one login, even of the same browser, does not open another."""
    await world.configure()
    one, other = await world.start(), await world.start()
    assert isinstance(other.reply, Page)
    with pytest.raises(NotYourLogin):
        await one.post(token=other.reply.token, username="mara", word="yes")


async def test_an_answer_to_a_page_already_left_shows_where_the_login_is(world: World) -> None:
    """Back button, old tab, double submit: nothing is taken twice, nothing changes."""
    await world.configure()
    visit = await world.start()
    assert isinstance(visit.reply, Page)
    old = visit.reply.token
    await visit.prove("mara")
    await visit.post(token=old, username="noah", word="yes")
    assert isinstance(visit.reply, Page)
    assert (visit.reply.out_of_date, visit.reply.page, visit.reply.username) == (True, "push", "mara")


async def test_fifty_answers_at_once_make_one_step(world: World) -> None:
    """One transition; the others are shown where the login is, by engines of two processes."""
    await world.configure()
    visit = await world.start()
    assert isinstance(visit.reply, Page)
    token = visit.reply.token
    second = world.another_engine()

    async def post(number: int) -> bool:
        from engine.outcome import Answer

        engine = second if number % 2 else world.engine
        reply = await engine.answer(
            visit.flow_id, visit.secret, Answer({"username": "mara", "word": "yes"}, token=token)
        )
        return isinstance(reply, Page) and reply.out_of_date

    late = await asyncio.gather(*(post(number) for number in range(50)))
    assert sum(not was_late for was_late in late) == 1
    assert (await world.why()).count("step_succeeded") == 1


async def test_a_finished_login_is_gone(world: World) -> None:
    """Replaying the last answer, or any page, finds nothing."""
    await world.configure()
    visit = await world.start()
    await visit.prove("mara")
    assert isinstance(visit.reply, Page)
    last = visit.reply.token
    await visit.prove()
    assert visit.page == "in"
    world.clock.now += 1
    with pytest.raises(LoginGone):
        await visit.post(token=last, word="yes")
    with pytest.raises(LoginGone):
        await world.engine.show(visit.flow_id, visit.secret)


async def test_an_expired_login_is_gone(world: World) -> None:
    """The deadline is the server's."""
    await world.configure()
    visit = await world.start()
    world.clock.now += 1200
    with pytest.raises(LoginGone):
        await visit.prove("mara")


async def test_an_application_that_nobody_knows_begins_nothing(world: World) -> None:
    """Unknown and disabled applications are the same."""
    with pytest.raises(UnknownApplication):
        await world.start()
    await world.configure(enabled=False)
    with pytest.raises(UnknownApplication):
        await world.start()


async def test_another_user_cannot_do_a_later_step(world: World) -> None:
    """A step proven by somebody else than the login's user ends it."""
    await world.configure(steps={1: "name", 2: "password"})
    visit = await world.start()
    await visit.prove("mara")
    assert isinstance(visit.reply, Page)
    assert visit.reply.username == "mara"
    await visit.post(username="noah", word="yes")
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.user_id == "u-mara"


async def test_what_was_posted_reaches_the_next_page_of_a_refused_login(world: World) -> None:
    """A refusal tells the face where the person may go."""
    await world.configure()
    visit = await world.start()
    await visit.post(action="abort")
    assert isinstance(visit.reply, Refused)
    assert visit.reply.redirect_uri == "https://app.test/cb"
    assert visit.reply.failed.reference == visit.flow_id[:8]


async def test_starting_over_asks_everything_for_the_same_request(world: World) -> None:
    """The old login is dead, the new one has the same request and policy and knows nobody."""
    await world.configure(steps={1: "password"}, require=frozenset({"push"}))
    visit = await world.start(acr_values=("urn:1",))
    assert isinstance(visit.reply, Page)
    started = await world.engine.restart(visit.flow_id, visit.secret, visit.reply.token)
    with pytest.raises(LoginGone):
        await world.engine.show(visit.flow_id, visit.secret)
    login = await world.engine._logins.open(started.flow_id, started.secret)
    assert (login.request.acr_values, login.request.fresh, login.subject) == (("urn:1",), True, None)
    assert login.require == {"push"}


async def test_starting_over_needs_the_form_of_this_login(world: World) -> None:
    """Nobody else's page can end a login."""
    await world.configure()
    visit = await world.start()
    with pytest.raises(NotYourLogin):
        await world.engine.restart(visit.flow_id, visit.secret, "1.password.AAAA")
    await visit.prove("mara")
    assert visit.page == "push"


async def test_a_name_that_is_nobodys_is_not_audited(world: World) -> None:
    """It may be a password typed into the wrong field."""
    await world.configure(steps={1: "password"})
    visit = await world.start()
    await visit.post(username="my secret passphrase", word="dead")
    assert visit.page == "out: word.dead"
    events = await world.audit.recent(limit=100)
    assert {event.name for event in events} >= {"step_failed", "login_failed"}
    assert all("passphrase" not in repr(event) for event in events)


async def test_flow_47_one_address_begins_a_bounded_number_of_logins(world: World) -> None:
    """Others are not concerned, nor is this machine itself; a window later it may again."""
    await world.configure()
    for _ in range(600):
        await world.engine._logins.admit("2001:db8::1")
    with pytest.raises(TooManyRequests):
        await world.start(facts=RequestFacts(ip="2001:db8::2"))
    assert (await world.start(facts=RequestFacts(ip="2001:db8:0:1::1"))).page == "password"
    for _ in range(601):
        await world.engine._logins.admit("127.0.0.1")
    world.clock.now += 61
    assert (await world.start(facts=RequestFacts(ip="2001:db8::2"))).page == "password"
