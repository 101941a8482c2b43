"""The functions every script begins with: steps, ends, levels, the log."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from engine.outcome import Granted, Page, Refused
from tests.engine.functions.stage import HOSTILE, PLACES, Case, does, each, hostile, read, refuses, script, worth
from tests.engine.world import Visit, World

pytestmark = pytest.mark.anyio


def entry(body: str) -> str:
    """A script with that entry point."""
    return f"function onLoginRequest(context) {{ {body} }}"


async def began(world: World, body: str, *, steps: dict[int, str] | None = None, **request: Any) -> Visit:
    """A login whose entry point does that."""
    await world.configure(entry(body), steps=steps or {1: "password", 2: "push", 3: "password|push"})
    return await world.start(**request)


# --- executeStep ------------------------------------------------------------------------------------------------------


def filtered(wanted: str, *rest: str) -> str:
    """Step 3, which has two ways, with that filter."""
    return f"executeStep({', '.join(['3', f'{{authenticationOptions: {wanted}}}', *rest])})"


UNKNOWN, NONE_LEFT = "out: script.unknown_step", "out: login.no_option"
THINGS = {kind: source.replace("u.localClaims", "context.steps") for kind, source in HOSTILE.items()}
STEPS = [
    does("executeStep", "a step", "executeStep(1)", "password"),
    does("executeStep", "with events", "executeStep(1, {onSuccess: function () {}})", "password"),
    does("executeStep", "with empty events", "executeStep(2, {})", "push"),
    does("executeStep", "with options and events", filtered("[{authenticator: 'push'}]", "{}"), "push"),
    does("executeStep", "with options alone", filtered("[{authenticator: 'password'}]"), "password"),
    does("executeStep", "with options by numbers", filtered("{'0': {authenticator: 'push'}}", "{}"), "push"),
    does("executeStep", "by provider", filtered("[{idp: 'local'}]", "{}"), "choose"),
    does("executeStep", "a whole number written as a fraction", "executeStep(1.0)", "password"),
    does("executeStep", "with nothing for events", "executeStep(1, null, null)", "password"),
    does("executeStep", "in the order of the source", "executeStep(2); executeStep(1)", "push"),
    refuses("executeStep", "a number that is not configured", "executeStep(9)", UNKNOWN),
    refuses("executeStep", "half a step", "executeStep(1.5)", UNKNOWN),
    refuses("executeStep", "a text", "executeStep('1')", UNKNOWN),
    refuses("executeStep", "a negative number", "executeStep(-1)", UNKNOWN),
    refuses("executeStep", "no number", "executeStep(NaN)", UNKNOWN),
    refuses("executeStep", "a filter that matches nothing", filtered("[{authenticator: 'x'}]", "{}"), NONE_LEFT),
    refuses("executeStep", "another provider", filtered("[{authenticator: 'push', idp: 'X'}]", "{}"), NONE_LEFT),
    refuses("executeStep", "an empty filter", filtered("[]", "{}"), NONE_LEFT),
    refuses("executeStep", "a filter that is none", filtered("'push'", "{}"), NONE_LEFT),
    *(
        refuses("executeStep", f"{kind} as number", f"executeStep({THINGS[kind]})", UNKNOWN)
        for kind in THINGS
        if kind != "a number"
    ),
    *(refuses("executeStep", f"{kind} as events", f"executeStep(1, {THINGS[kind]})", "password") for kind in THINGS),
]


@each(STEPS)
async def test_a_step_is_left_behind_or_the_end_of_the_login(world: World, case: Case) -> None:
    """What is no step ends the login; what are no events are ignored."""
    assert (await began(world, case.expression)).page == case.expected


async def test_options_that_cannot_be_read_end_the_login(world: World) -> None:
    """An exception of the script, as any other."""
    visit = await began(world, "var o = {}; o.stepOptions = o; executeStep(1, o, {});")
    assert visit.page == "out: script.error"


EVENTS = [
    does("executeStep", "onSuccess", "yes", "out: script.fail success"),
    does("executeStep", "onFail", "no", "out: script.fail fail"),
    does("executeStep", "onFallback", "fallback", "out: script.fail fallback"),
]


@each(EVENTS)
async def test_each_outcome_of_a_step_has_its_event(world: World, case: Case) -> None:
    """One of them is called, once, with the context."""
    told = "function (context) {{ fail({{errorMessage: '{0}' + (arguments.length === 1 ? '' : '?')}}); }}"
    handlers = ", ".join(f"on{name}: {told.format(name.lower())}" for name in ("Success", "Fail", "Fallback"))
    visit = await began(world, f"executeStep(1, {{{handlers}}});")
    await visit.post(username="mara", word=case.expression)
    assert isinstance(visit.reply, Refused)
    assert f"{visit.page} {visit.reply.failed.description}" == case.expected


# --- ends -------------------------------------------------------------------------------------------------------------


def said(**parts: object) -> list[object]:
    """What an end says: error, description, error_uri, direct, url."""
    usual = {"error": "access_denied", "description": None, "error_uri": None, "direct": True, "url": None}
    return list({**usual, **parts}.values())


HELP = "https://help.test/e"
WHOLE = f"fail({{errorCode: 'login_required', errorMessage: 'Later.', errorURI: '{HELP}'}})"
ENDS = [
    does("fail", "with its error", WHOLE, said(error="login_required", description="Later.", error_uri=HELP)),
    does("fail", "with nothing", "fail()", said()),
    does("fail", "with an empty object", "fail({})", said()),
    does("fail", "numbers and yes as text", "fail({errorCode: 7, errorMessage: true})",
         said(error="7", description="true")),
    refuses("fail", "an error code that no header carries", "fail({errorCode: 'a\\u00e9'})", said()),
    refuses("fail", "an address that is none", "fail({errorURI: 'javascript:alert(1)'})", said()),
    refuses("fail", "an address that is no text", "fail({errorURI: {}})", said()),
    refuses("fail", "a text that is too long", "fail({errorMessage: 'x'.repeat(5000)})", said(description="x" * 500)),
    does("sendError", "our page", "sendError(null, {status: 'Sorry'})", said(direct=False)),
    does("sendError", "nothing at all", "sendError()", said(direct=False)),
    does("sendError", "an address", f"sendError('{HELP}', {{a: 'b c', n: 7, y: false}})",
         said(direct=False, url=f"{HELP}?a=b+c&n=7&y=false")),
    does("sendError", "an address with a query", f"sendError('{HELP}?x=1', {{a: 'b'}})",
         said(direct=False, url=f"{HELP}?x=1&a=b")),
    refuses("sendError", "an address that is none", "sendError('ftp://help.test/', {})", said(direct=False)),
    refuses("sendError", "an address with a password", "sendError('https://a:b@help.test/', {})", said(direct=False)),
    refuses("sendError", "a null map", f"sendError('{HELP}', null)", said(direct=False, url=HELP)),
    refuses("sendError", "an object among the parameters", f"sendError('{HELP}', {{a: {{}}, b: 'c'}})",
            said(direct=False, url=f"{HELP}?b=c")),
]  # fmt: skip


@each(ENDS)
async def test_an_end_says_where_to_go_and_why(world: World, case: Case) -> None:
    """What does not fit is left out; the login has ended all the same."""
    visit = await began(world, f"{case.expression}; executeStep(1);")
    assert isinstance(visit.reply, Refused)
    failed = visit.reply.failed
    assert [failed.error, failed.description, failed.error_uri, failed.direct, failed.url] == case.expected


NO_ENDS = [
    *(refuses("fail", kind, f"fail({THINGS[kind]})", None) for kind in THINGS),
    *(refuses("sendError", kind, f"sendError({THINGS[kind]})", None) for kind in THINGS),
    *(refuses("sendError", f"{kind} as parameters", f"sendError(null, {THINGS[kind]})", None) for kind in THINGS),
]


@pytest.mark.parametrize("place", PLACES)
@each(NO_ENDS)
async def test_an_end_that_is_asked_wrongly_is_an_end(world: World, case: Case, place: str) -> None:
    """An exception that is not caught is one too; there is no way in."""
    source = f"{case.expression}; executeStep(2);"
    visit = await began(
        world, source if place == "start" else f"executeStep(1, {{onSuccess: function (context) {{ {source} }}}});"
    )
    if place == "callback":
        await visit.prove("mara")
    assert visit.page in ("out: script.fail", "out: script.send_error", "out: script.error")


# --- levels -----------------------------------------------------------------------------------------------------------

LEVELS = [
    does("selectAcrFrom", "the first of the script's list", "selectAcrFrom(context, ['c', 'b', 'a'])", "b"),
    does("selectAcrFrom", "none of it", "selectAcrFrom(context, ['c'])", None),
    refuses("selectAcrFrom", "an empty list", "selectAcrFrom(context, [])", None),
    refuses("selectAcrFrom", "no list", "selectAcrFrom(context)", None),
    refuses("selectAcrFrom", "what is no text beside what is", "selectAcrFrom(context, [null, {}, 7, 'a'])", "a"),
    refuses("selectAcrFrom", "the prefix of one", "selectAcrFrom(context, ['a '])", None),
    *hostile("selectAcrFrom", "selectAcrFrom(context, $)", None, but=("a cyclic list", "a cyclic object")),
]


@each(LEVELS)
async def test_a_level_is_one_that_was_asked_for(world: World, case: Case) -> None:
    """Asked for were a and b; without any, there is none to select."""
    source = script(case.expression, place="start")
    await world.configure(source)
    assert read(await world.start(acr_values=("a", "b"))) == case.expected
    await world.configure(source)
    assert read(await world.start()) is None


# --- the log ----------------------------------------------------------------------------------------------------------

NAMES = ("Log.info", "Log.debug", "Log.error", "Log.log")
LOGGED = [
    *(does(name, "texts", f"{name}('a', 7, null, true)", "a 7 null true") for name in NAMES),
    *(does(name, "one line", f"{name}('a\\nb\\rc')", "a b c") for name in NAMES),
    *(does(name, "a bounded length", f"{name}('x'.repeat(5000))", "x" * 1000) for name in NAMES),
    *(refuses(name, "an object without its text", f"{name}({{}})", "[object Object]") for name in NAMES),
    *(refuses(name, "a user's claims", f"{name}(u.localClaims)", "[object Object]") for name in NAMES),
]


@pytest.mark.parametrize("place", PLACES)
@each(LOGGED)
async def test_the_log_has_one_bounded_line_an_entry(
    world: World, case: Case, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    """At its level; what is logged is the text of what was given."""
    with caplog.at_level(logging.DEBUG, "doorstep.script"):
        await worth(world, f"({case.expression}, 1)", place=place)
    assert case.expected in [one.getMessage() for one in caplog.records if one.name == "doorstep.script"]


@pytest.mark.parametrize("name", NAMES, ids=[f"{name}-refuses-a text that throws" for name in NAMES])
async def test_what_has_no_text_throws(world: World, name: str) -> None:
    """The script hears of it."""
    assert await worth(world, f"{name}(Object.create(null))") == "throws TypeError"


async def test_there_is_no_warning_in_the_log(world: World) -> None:
    """Scripts that call it are wrong elsewhere too."""
    assert await worth(world, "typeof Log.warn") == "undefined"


async def test_what_is_left_behind_by_an_end_does_not_count(world: World) -> None:
    """Nothing that stands after it is asked; what was queued before it is."""
    visit = await began(world, "executeStep(1); fail(); executeStep(2);")
    assert isinstance(visit.reply, Page)
    await visit.prove("mara")
    assert visit.page == "out: script.fail"
    assert not isinstance(visit.reply, Granted)
