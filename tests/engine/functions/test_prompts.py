"""Pages that a script asks for, by every template and with every kind of argument."""

from __future__ import annotations

import pytest

from engine.model import PromptTemplate
from engine.outcome import Refused
from engine.ports import ConfigurationChange
from tests.engine.functions.stage import HOSTILE, Case, does, each, refuses
from tests.engine.world import Visit, World

pytestmark = pytest.mark.anyio

PROMPT, NAME = "prompt", "promptIdentifierForStep"
THINGS = {kind: source.replace("u.localClaims", "context.steps") for kind, source in HOSTILE.items()}
ENDS = "{onSuccess: function () { fail({errorCode: 'ok'}); }, onFail: function () { fail({errorCode: 'no'}); }}"
UNKNOWN, ON_FAIL = "out: script.unknown_template", "out: script.fail"


async def began(world: World, body: str) -> Visit:
    """A login whose entry point does that."""
    await world.configuration.commit(ConfigurationChange(prompts=[PromptTemplate("own", "<p>{{ a }}</p>")]))
    await world.configure(f"function onLoginRequest(context) {{ {body} }}")
    return await world.start()


ASKED = [
    does(PROMPT, "a form", f"{PROMPT}('genericForm', {{inputs: [{{id: 'a', label: 'A'}}]}}, {ENDS})", "prompt"),
    does(PROMPT, "a form without data", f"{PROMPT}('genericForm', {ENDS})", "prompt"),
    does(PROMPT, "an own page", f"{PROMPT}('own', {{a: 1}}, {ENDS})", "prompt"),
    does(PROMPT, "a name", f"{PROMPT}('username', {ENDS})", "prompt"),
    does(PROMPT, "a redirect", f"{PROMPT}('externalRedirect', {{redirectURL: 'https://kyc.test/'}}, {ENDS})", "prompt"),
    does(PROMPT, "to wait", f"{PROMPT}('internalWait', {{waitingType: 'FIXED_DELAY'}}, {ENDS})", "prompt"),
    does(PROMPT, "in the order of the source", f"{PROMPT}('genericForm', {ENDS}); executeStep(1)", "prompt"),
    refuses(PROMPT, "a redirect to nowhere", f"{PROMPT}('externalRedirect', {{redirectURL: '//x'}}, {ENDS})", ON_FAIL),
    refuses(PROMPT, "a redirect without an address", f"{PROMPT}('externalRedirect', {ENDS})", ON_FAIL),
    refuses(PROMPT, "an unknown template", f"{PROMPT}('nothing', {ENDS})", UNKNOWN),
    refuses(PROMPT, "another case", f"{PROMPT}('genericform', {ENDS})", UNKNOWN),
    *(refuses(PROMPT, f"{kind} as template", f"{PROMPT}({THINGS[kind]}, {ENDS})", None) for kind in THINGS),
    *(refuses(PROMPT, f"{kind} as data", f"{PROMPT}('genericForm', {THINGS[kind]}, {ENDS})", None) for kind in THINGS),
    *(refuses(PROMPT, f"{kind} as inputs", f"{PROMPT}('genericForm', {{inputs: {THINGS[kind]}}}, {ENDS})", None)
      for kind in THINGS),
    *(refuses(PROMPT, f"{kind} as handlers", f"{PROMPT}('own', {{}}, {THINGS[kind]})", None) for kind in THINGS),
    does(NAME, "the name", f"{NAME}(1, {ENDS})", "prompt"),
    does(NAME, "the name with validators", f"{NAME}(1, {{}}, {ENDS})", "prompt"),
    *(refuses(NAME, f"{kind} as step", f"{NAME}({THINGS[kind]}, {ENDS})", "prompt") for kind in THINGS),
    *(refuses(NAME, f"{kind} as handlers", f"{NAME}(1, {THINGS[kind]})", "prompt") for kind in THINGS),
]  # fmt: skip


@each(ASKED)
async def test_a_page_is_asked_or_the_login_ends(world: World, case: Case) -> None:
    """Nothing that a script gives shows another page, lets anyone in or is a fault of the server."""
    visit = await began(world, case.expression)
    assert visit.page == (case.expected or visit.page)
    assert visit.page in ("prompt", UNKNOWN, "out: script.error", "out: script.fail")


ANSWERED = [
    does(PROMPT, "onSuccess", "genericForm", "ok", prelude="action.success"),
    does(PROMPT, "another button", "genericForm", "no", prelude="action.fail"),
    refuses(PROMPT, "a button without a handler", "genericForm", "login.refused", prelude="action.other"),
    does(PROMPT, "the fields of an own page", "own", "ok", prelude="anything"),
    refuses(PROMPT, "an answer to an own page without its handler", "own", "login.refused", prelude="action.other"),
]


@each(ANSWERED)
async def test_an_answer_calls_one_handler(world: World, case: Case) -> None:
    """The one of the button; an answer that none handles ends the login."""
    visit = await began(world, f"{PROMPT}('{case.expression}', {{}}, {ENDS});")
    await visit.post(**{case.prelude: "x"})
    assert isinstance(visit.reply, Refused)
    failed = visit.reply.failed
    assert case.expected in (failed.error, failed.reason)


@pytest.mark.parametrize(
    "typed", ["", " ", "a\0b", "m" * 300], ids=lambda typed: f"{NAME}-refuses-{len(typed)} characters"
)
async def test_what_is_no_name_is_asked_again(world: World, typed: str) -> None:
    """And proves nothing."""
    visit = await began(world, f"{NAME}(1, {ENDS});")
    await visit.post(username=typed)
    assert visit.page == "prompt"
