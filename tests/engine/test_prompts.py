"""A script's own form: what may be posted to it, and what is no answer."""

from __future__ import annotations

import logging

import pytest

from engine.model import PromptTemplate
from engine.outcome import Granted, Page, Refused
from engine.ports import ConfigurationChange
from tests.engine.test_script import begun
from tests.engine.world import Visit, World

pytestmark = pytest.mark.anyio

FORM = """
prompt('genericForm', {inputs: [{id: 'code', label: 'Code'}, 'no field', {label: 'nameless'}]}, {
    onSuccess: function (context) { fail({errorCode: 'given', errorMessage: context.request.params.code[0]}); },
    onCancel: function () { fail({errorCode: 'cancelled'}); }
});
"""


def error(visit: Visit) -> str:
    """The code with which the script ended the login."""
    assert isinstance(visit.reply, Refused), visit.page
    return visit.reply.failed.error


async def test_a_form_shows_only_what_is_a_field(world: World) -> None:
    """Entries that are none are left out; the actions are those that have a handler."""
    visit = await begun(world, FORM)
    assert isinstance(visit.reply, Page)
    assert visit.reply.fields["inputs"] == [{"id": "code", "label": "Code", "confidential": False, "choices": []}]
    assert sorted(visit.reply.fields["actions"]) == ["cancel", "success"]


async def test_what_is_no_answer_shows_the_form_again(world: World) -> None:
    """A missing field, two actions at once."""
    visit = await begun(world, FORM)
    for posted in ({}, {"other": "x"}, {"action.success": "", "action.cancel": "", "code": "1"}):
        await visit.post(**posted)
        assert visit.page == "prompt"
    await visit.post(code="42")
    assert error(visit) == "given"


async def test_a_field_with_choices_takes_one_of_them(world: World) -> None:
    """Anything else shows the form again; what is no choice is not offered."""
    choices = "[{value: 'a', label: 'A'}, {value: 'b'}, {label: 'none'}, 'c', {value: 7}]"
    visit = await begun(world, FORM.replace("label: 'Code'", f"choices: {choices}"))
    assert isinstance(visit.reply, Page)
    offered = [{"value": "a", "label": "A"}, {"value": "b", "label": "b"}]
    assert visit.reply.fields["inputs"][0]["choices"] == offered
    for posted in ({"code": "c"}, {"code": ""}, {}):
        await visit.post(**posted)
        assert visit.page == "prompt"
    assert error(await visit.post(code="b")) == "given"


SECRET = """
var kept;
function tell(context) {
    Log.info('now', context.request.params.code, kept);
    executeStep(1, {onSuccess: function () { Log.info('later', kept); null['x' + kept].y; }});
}
prompt('genericForm', {inputs: [{id: 'code', confidential: %s}]}, {
    onSuccess: function (context) { %s tell(context); }
});
"""


@pytest.mark.parametrize("keeps", ["kept = context.request.params.code[0];", ""])
async def test_what_is_typed_in_confidence_is_in_no_log(
    world: World, caplog: pytest.LogCaptureFixture, keeps: str
) -> None:
    """Nor in the audit, on this page and all later ones; nor in the store, unless the script keeps it."""
    caplog.set_level(logging.INFO, "doorstep.script")
    visit = await begun(world, SECRET % ("true", keeps))
    await visit.post(code="s3cr\u00e9t-\U0001f511")
    stored = await world.state.read("login", visit.flow_id)
    assert stored is not None
    assert (b"s3cr" in stored.value) is bool(keeps)
    await visit.prove("mara")
    assert visit.page == "out: script.error"
    assert "s3cr" not in caplog.text + repr(await world.audit.recent())
    assert "***" in caplog.text


async def test_a_form_without_fields_needs_a_button(world: World) -> None:
    """An empty post is no consent."""
    visit = await begun(world, "prompt('genericForm', {}, {onSuccess: function () { fail({errorCode: 'yes'}); }});")
    await visit.post()
    assert visit.page == "prompt"
    await visit.post(**{"action.success": ""})
    assert error(visit) == "yes"


async def test_an_action_without_a_handler_ends_the_login(world: World) -> None:
    """It never counts as success."""
    visit = await begun(world, FORM)
    await visit.post(**{"action.fly": ""})
    assert visit.page == "out: login.refused"


async def test_a_passive_login_is_asked_nothing(world: World) -> None:
    """`prompt=none` ends at the application, which learns that a person is needed."""
    visit = await begun(world, FORM, passive=True)
    assert error(visit) == "interaction_required"
    assert isinstance(visit.reply, Refused)
    assert visit.reply.failed.direct


async def test_choosing_nothing_shows_the_choice_again(world: World) -> None:
    """A post without a way is no choice."""
    await world.configure(steps={1: "password|push"})
    visit = await world.start()
    await visit.post()
    assert visit.page == "choose"
    await visit.post(authenticator="push")
    await visit.post(action="choose")
    assert visit.page == "choose"


async def test_a_step_may_be_made_the_one_that_names_the_user(world: World) -> None:
    """`markAsSubjectIdentifierStep` and its sister move who the login is about to another step."""
    visit = await begun(
        world,
        """executeStep(1, {stepOptions: {markAsSubjectIdentifierStep: 'true', markAsSubjectAttributeStep: 'true'}},
               {onSuccess: function (context) { fail({errorCode: context.currentKnownSubject.username}); }});""",
    )
    await visit.prove("noah")
    assert error(visit) == "noah"


ENDS = "{onSuccess: function (context) { fail({errorCode: 'on'}); }, %s}"


async def test_an_own_template_shows_the_scripts_data_and_takes_any_field(world: World) -> None:
    """What it asks only the script knows."""
    await world.configuration.commit(ConfigurationChange(prompts=[PromptTemplate("consent", "<p>{{ who }}</p>")]))
    visit = await begun(world, f"prompt('consent', {{who: 'mara'}}, {ENDS % ''});")
    assert isinstance(visit.reply, Page)
    assert visit.reply.fields["source"] == "<p>{{ who }}</p>"
    assert visit.reply.fields["data"] == {"who": "mara"}
    await visit.post(code="7")
    assert error(visit) == "on"


async def test_a_template_that_is_not_there_ends_the_login(world: World) -> None:
    """It was removed, or never was."""
    visit = await begun(world, f"prompt('consent', {{}}, {ENDS % ''});")
    assert visit.page == "out: script.unknown_template"


async def test_only_coming_back_answers_a_redirect(world: World) -> None:
    """A form of ours is no proof of having been there; what they bring is in the parameters."""
    visit = await begun(world, f"prompt('externalRedirect', {{redirectURL: 'https://kyc.test/a?b=c'}}, {ENDS % ''});")
    assert isinstance(visit.reply, Page)
    assert visit.reply.fields["address"] == "https://kyc.test/a?b=c"
    for posted in ({"code": "1"}, {"returned": "yes", "action.success": ""}):
        await visit.post(**posted)
        assert visit.page == "prompt"
    await visit.post(action="return", code="1")
    assert error(visit) == "on"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//kyc.test", "https://a@kyc.test/", "", "ftp://kyc.test"])
async def test_a_redirect_to_no_web_address_goes_to_its_handler(world: World, address: str) -> None:
    """The browser is sent nowhere."""
    fails = "onFail: function () { fail({errorCode: 'no'}); }"
    visit = await begun(world, f"prompt('externalRedirect', {{redirectURL: '{address}'}}, {ENDS % fails});")
    assert error(visit) == "no"


async def test_a_wait_is_over_when_its_time_is_and_not_before(world: World) -> None:
    """The server's clock counts, whatever the page does."""
    wait = "{waitingType: 'FIXED_DELAY', waitingConfigs: {greeting: 'Hold on', timeout: '15'}}"
    visit = await begun(world, f"prompt('internalWait', {wait}, {ENDS % ''});")
    assert isinstance(visit.reply, Page)
    assert (visit.reply.fields["greeting"], visit.reply.fields["seconds"]) == ("Hold on", 15.0)
    world.clock.now += 14
    await visit.post()
    assert visit.page == "prompt"
    world.clock.now += 1
    await visit.post()
    assert error(visit) == "on"


async def test_a_wait_for_an_address_that_cannot_be_asked_ends_in_its_timeout(world: World) -> None:
    """No address is allowed here, so it never says that it is done; without onTimeout the login would end."""
    wait = "{waitingType: 'POLLING', waitingConfigs: {timeout: 99, pollingEndpoint: 'https://x.test/'}}"
    late = "onTimeout: function () { fail({errorCode: 'late'}); }"
    visit = await begun(world, f"prompt('internalWait', {wait}, {ENDS % late});")
    for _ in range(9):
        world.clock.now += 2
        await visit.post()
        assert visit.page == "prompt"
    world.clock.now += 2
    await visit.post()
    assert error(visit) == "late"


NAME = """
function go() { executeStep(1); }
promptIdentifierForStep(1, {onSuccess: go, onSkip: go});
"""


async def test_a_name_that_was_asked_is_the_one_that_later_steps_prove(world: World) -> None:
    """Whether there is such a user is not told: both are asked for the same."""
    for name in ("mara", "nobody"):
        visit = await begun(world, NAME)
        assert isinstance(visit.reply, Page)
        await visit.post(username=" ")
        assert visit.page == "prompt"
        await visit.post(username=name)
        assert (visit.page, visit.reply.username) == ("password", name)


async def test_a_live_session_answers_the_question_for_the_name(world: World) -> None:
    """`onSkip` runs; without it the login ends, because the script did not say what follows."""
    visit = await begun(world, NAME)
    await visit.post(username="mara")
    await visit.prove()
    assert isinstance(visit.reply, Granted)
    again = await world.start(session=visit.reply.result.session)
    assert isinstance(again.reply, Granted)
    session = again.reply.result.session
    visit = await begun(world, "promptIdentifierForStep(1, {onSuccess: function () { executeStep(1); }});")
    assert visit.page == "prompt"
    assert (await world.start(session=session)).page == "out: login.refused"


SESSION_SKIPS = """promptIdentifierForStep(1, {
    onSuccess: function () { fail({errorCode: 'named'}); },
    onSkip: function () { fail({errorCode: 'skipped'}); },
    onFail: function () { fail({errorCode: 'failed'}); }
});"""


@pytest.mark.parametrize("action", ["skip", "fail", "fly"])
async def test_a_browser_cannot_say_that_it_has_a_session(world: World, action: str) -> None:
    """`onSkip` and `onFail` are the server's to choose: only a button of the page is an answer."""
    visit = await begun(world, SESSION_SKIPS)
    await visit.post(**{f"action.{action}": "", "username": "mara"})
    assert visit.page == "prompt"


@pytest.mark.parametrize("typed", [" MARA ", " GHOST "])
async def test_a_name_is_shown_as_typed_whether_it_is_anybodys_or_not(world: World, typed: str) -> None:
    """Else the next page tells who exists."""
    visit = await begun(world, "prompt('username', {}, {onSuccess: function () { executeStep(1); }});")
    await visit.post(username=typed)
    assert isinstance(visit.reply, Page)
    assert visit.reply.username == typed.strip()
