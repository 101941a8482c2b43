"""A script's own form: what may be posted to it, and what is no answer."""

from __future__ import annotations

import pytest

from engine.outcome import Page, Refused
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
    assert visit.reply.fields["inputs"] == [{"id": "code", "label": "Code"}]
    assert sorted(visit.reply.fields["actions"]) == ["cancel", "success"]


async def test_what_is_no_answer_shows_the_form_again(world: World) -> None:
    """A missing field, two actions at once."""
    visit = await begun(world, FORM)
    for posted in ({}, {"other": "x"}, {"action.success": "", "action.cancel": "", "code": "1"}):
        await visit.post(**posted)
        assert visit.page == "prompt"
    await visit.post(code="42")
    assert error(visit) == "given"


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
