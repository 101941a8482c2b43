"""Sessions: listed, ended, counted, and those of the browser at hand."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import Busy
from engine.model import RequestFacts, Session
from engine.outcome import Granted
from engine.sessions import Sessions, key_of
from tests.engine.functions.stage import (
    BY_NAME,
    PLACES,
    START,
    Case,
    does,
    each,
    hostile,
    read,
    refuses,
    script,
    worth,
    worth_elsewhere,
)
from tests.engine.test_questions import Unreachable
from tests.engine.world import World

pytestmark = pytest.mark.anyio

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
FACTS = RequestFacts("203.0.113.50", headers={"user-agent": PHONE})


async def signed_in(world: World, name: str = "mara") -> str:
    """A session of that person; gives the cookie."""
    await world.configure(steps={1: "password"})
    visit = await world.start(facts=FACTS)
    await visit.prove(name)
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.session is not None
    return visit.reply.result.session


async def sessions(world: World, user_id: str = "u-mara") -> list[Session]:
    """What the store has."""
    return await Sessions(world.state, world.clock).of_user(user_id)


async def in_browser(world: World, expression: str, cookie: str | None, *, prelude: str = "", **request: Any) -> Any:
    """What *expression* is worth in onLoginRequest, in the browser of that session."""
    await world.configure(script(expression, place=START, prelude=prelude))
    return read(await world.start(session=cookie, **request))


async def test_a_session_is_listed_with_what_there_is_to_tell(world: World) -> None:
    """Times in milliseconds; an id that is neither the cookie nor what the store has of it."""
    cookie = await signed_in(world)
    world.clock.now += 5
    (told,) = await worth(world, "getUserSessions(u)")
    (stored,) = await sessions(world)
    assert told == {
        "id": stored.chain,
        "ip": "203.0.113.9",
        "loginTime": 1_800_000_000_000,
        "lastAccessTime": 1_800_000_000_000,
        "userAgent": {"rawString": "", "browser": "Unknown", "platform": "Unknown", "device": "Unknown"},
        "applications": [{"subject": "mara", "appName": "The App", "appId": "app"}],
        "current": False,
    }
    assert told["id"] not in (cookie, key_of(cookie), stored.id)
    assert (await world.start(session=told["id"])).page == "password"


async def test_a_session_tells_browser_platform_and_device(world: World) -> None:
    """Of the last login that used it."""
    cookie = await signed_in(world)
    await world.start(session=cookie, facts=FACTS)
    (told,) = await worth(world, "getUserSessions(u).map(function (s) { return [s.ip, s.userAgent]; })")
    agent = {"rawString": PHONE, "browser": "Safari", "platform": "iOS", "device": "Phone"}
    assert told == ["203.0.113.50", agent]


LISTED = [
    does("getUserSessions", "of the user", "getUserSessions(u).length", 2),
    does("getUserSessions", "of another", "getUserSessions(n).length", 1),
    does("getUserSessions", "by index and for in", "(function () { var s = getUserSessions(u), all = [];"
         " for (var i in s) { all.push(s[i].id === s[Number(i)].id); } return all.join(); })()", "true,true"),
    does("getSessionData", "by id", "(function () { var d = getSessionData(context, {}), s = getUserSessions(u);"
         " return [Object.keys(d).length, d[s[0].id].id === s[0].id].join(); })()", "2,true"),
    does("isWithinSessionLimit", "below", "isWithinSessionLimit(context, {sessionLimit: '3'})", True),
    does("isWithinSessionLimit", "a number", "isWithinSessionLimit(context, {sessionLimit: 3})", True),
    does("isWithinSessionLimit", "reached", "isWithinSessionLimit(context, {sessionLimit: '2'})", False),
    refuses("isWithinSessionLimit", "no number", "isWithinSessionLimit(context, {sessionLimit: 'many'})", False),
    refuses("isWithinSessionLimit", "a yes as limit", "isWithinSessionLimit(context, {sessionLimit: true})", False),
]  # fmt: skip


@each(LISTED)
async def test_live_sessions_are_listed_and_counted(world: World, case: Case) -> None:
    """Of the user asked about; the deprecated functions ask about the user of the login."""
    for name in ("mara", "noah", "mara"):
        await signed_in(world, name)
    assert await worth(world, case.expression, prelude=case.prelude) == case.expected


async def test_the_session_of_this_browser_gives_way_to_the_new_one(world: World) -> None:
    """It does not count against the limit."""
    cookie = await signed_in(world)
    source = script("isWithinSessionLimit(context, {sessionLimit: 1})", place="callback")
    await world.configure(source)
    assert read(await world.start(session=cookie)) is True
    await world.configure(source)
    assert read(await (await world.start()).prove("mara")) is False


ENDED = [
    does("terminateUserSession", "by id", "terminateUserSession(u, getUserSessions(u)[0].id)", [True, 1]),
    does("terminateUserSession", "as listed", "terminateUserSession(u, getUserSessions(u)[1])", [True, 1]),
    does("killSession", "by id", "killSession(context, {sessionId: getUserSessions(u)[0].id})", [True, 1]),
    refuses("terminateUserSession", "another's", "terminateUserSession(n, getUserSessions(u)[0].id)", [False, 2]),
    refuses("terminateUserSession", "twice", "(function () { var s = getUserSessions(u)[0];"
            " return terminateUserSession(u, s) && terminateUserSession(u, s); })()", [False, 1]),
    refuses("terminateUserSession", "unknown", "terminateUserSession(u, 'nothing')", [False, 2]),
    refuses("killSession", "another's", "killSession(context, {sessionId: getUserSessions(n)[0].id})", [False, 2]),
]  # fmt: skip


@each(ENDED)
async def test_one_session_is_ended_and_no_other(world: World, case: Case) -> None:
    """True if it was there; what its browser remembered proves nothing from then on."""
    for name in ("mara", "noah", "mara"):
        await signed_in(world, name)
    assert [await worth(world, case.expression), len(await sessions(world))] == case.expected
    assert len(await sessions(world, "u-noah")) == 1


NONE = [
    *hostile("getUserSessions", "getUserSessions($)", None),
    *hostile("terminateUserSession", "terminateUserSession($, getUserSessions(u)[0])", False),
    *hostile("terminateUserSession", "terminateUserSession(u, $)", False),
    *hostile("killSession", "killSession($, {sessionId: getUserSessions(u)[0].id})", False),
    *hostile("killSession", "killSession(context, $)", False),
    *hostile("killSession", "killSession(context, {sessionId: $})", False),
    *hostile("getSessionData", "getSessionData($, {})", {}),
    *hostile("isWithinSessionLimit", "isWithinSessionLimit($, {sessionLimit: 9})", False),
    *hostile("isWithinSessionLimit", "isWithinSessionLimit(context, $)", False),
    *hostile("isWithinSessionLimit", "isWithinSessionLimit(context, {sessionLimit: $})", False, but=("a number",)),
    *hostile("getAuthenticatedApplications", "getAuthenticatedApplications($)", []),
    *hostile("checkSessionExistence", "checkSessionExistence($, context)", False),
    *hostile("checkSessionExistence", "checkSessionExistence(1, $)", False),
]


@pytest.mark.parametrize("place", PLACES)
@each(NONE)
async def test_what_is_no_session_question_ends_and_tells_nothing(world: World, case: Case, place: str) -> None:
    """No, null or nothing, never an exception."""
    await signed_in(world)
    assert await worth(world, case.expression, place=place) == case.expected
    assert len(await sessions(world)) == 1


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("getUserSessions(f)", None),
        ("terminateUserSession(f, 'x')", False),
        ("getSessionData(context, {})", {}),
        ("isWithinSessionLimit(context, {sessionLimit: 9})", False),
    ],
    ids=[f"{name}-refuses-a user elsewhere" for name in (
        "getUserSessions", "terminateUserSession", "getSessionData", "isWithinSessionLimit")],
)  # fmt: skip
async def test_a_user_elsewhere_has_no_sessions_of_ours(world: World, expression: str, expected: object) -> None:
    """Whoever it is."""
    assert await worth_elsewhere(world, expression) == expected


HERE = [
    does("checkSessionExistence", "a step of its provider", "checkSessionExistence(1, context)", True),
    does("checkSessionExistence", "another step of it", "checkSessionExistence(2, context)", True),
    refuses("checkSessionExistence", "a step that is none", "checkSessionExistence(3, context)", False),
    refuses("checkSessionExistence", "half a step", "checkSessionExistence(1.5, context)", False),
    does("getUserSessions", "which is this browser's",
         "getUserSessions(u).some(function (s) { return s.current; })", True),
    does("getAuthenticatedApplications", "those it was used for", "getAuthenticatedApplications(context)",
         [{"subject": "mara", "appName": "The App", "appId": "app"}]),
]  # fmt: skip


@each(HERE)
async def test_the_session_of_this_browser_is_asked_about(world: World, case: Case) -> None:
    """With it, without it, and after it was ended."""
    cookie = await signed_in(world)
    assert await in_browser(world, case.expression, cookie) == case.expected
    nothing: object = [] if "Applications" in case.function else False
    assert await in_browser(world, case.expression, None) == nothing
    ended = "terminateUserSession(u, getUserSessions(u)[0]);"
    assert await in_browser(world, case.expression, cookie, prelude=ended) == nothing


async def test_a_login_that_asks_everything_anew_has_no_session_to_skip_by(world: World) -> None:
    """`prompt=login`: checkSessionExistence says no."""
    cookie = await signed_in(world)
    assert await in_browser(world, "checkSessionExistence(1, context)", cookie, fresh=True) is False


async def test_a_login_whose_session_is_ended_by_its_script_has_to_be_proven(world: World) -> None:
    """What it had taken from the session does not count any more."""
    cookie = await signed_in(world)
    await world.configure(
        "function onLoginRequest(context) { executeStep(1, {onSuccess: function (context) {"
        " getUserSessions(context.currentKnownSubject).forEach(function (s) {"
        " terminateUserSession(context.currentKnownSubject, s); }); }}); }"
    )
    world.clock.now += 1
    assert (await world.start(session=cookie)).page == "out: login.refused"


@pytest.mark.parametrize(
    "call",
    ["terminateUserSession(u, sessions[0])", "killSession(context, {sessionId: sessions[0].id})"],
    ids=["terminateUserSession-does-it once in two runs", "killSession-does-it once in two runs"],
)
async def test_a_session_is_ended_once_though_the_answer_comes_twice(world: World, call: str) -> None:
    """The second run gets the answer of the first."""
    world.state = store = Unreachable(world.clock)
    world.engine = world.another_engine()
    await signed_in(world)
    await signed_in(world)
    await world.configure(
        "var sessions; function onLoginRequest(context) {"
        f" sessions = getUserSessions(getUniqueUserWithClaimValues({{{BY_NAME}: 'mara'}}, context));"
        " executeStep(1, {onSuccess: function (context) {"
        f" var u = context.currentKnownSubject; if ({call}) {{ executeStep(2); }} }}}}); }}"
    )
    visit = await world.start()
    store.times = 1
    with pytest.raises(Busy):
        await visit.prove("mara")
    await visit.prove("mara")
    assert (await world.why()).count("session_ended") == 1
    assert len(await sessions(world)) == 1
