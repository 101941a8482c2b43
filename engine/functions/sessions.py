"""Sessions of people, as scripts see and end them.

A session is named by an id of its own: it is neither the cookie nor what the store keeps of it, and opens nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dsl.conversions import to_number
from dsl.hostapi import HostFunction, Parameter
from dsl.values import NULL, Null, Obj, Value, text
from engine.context import Context, UserObject, scene_of
from engine.functions.asking import ask, do
from engine.functions.given import own, user_given, user_of
from engine.functions.telling import tell
from engine.model import Session
from engine.questions import Asked
from engine.user_agents import read

if TYPE_CHECKING:
    from dsl import Run

LONGEST_ID = 100


# --- of a user --------------------------------------------------------------------------------------------------------


def get_user_sessions(run: Run, args: list[Any]) -> list[dict[str, Any]] | Null:
    """The user's live sessions, oldest first; null for what is no user of ours."""
    return _sessions(run, user_given(args[0]))


def terminate_user_session(run: Run, args: list[Any]) -> bool:
    """End one session of the user, given by its id or as it was listed."""
    named = own(args[1], "id") if isinstance(args[1], Obj) else args[1]
    return _end(run, user_given(args[0]), named)


def _sessions(run: Run, user: UserObject | None) -> list[dict[str, Any]] | Null:
    record = user.record if user is not None else None
    result = ask(run, "sessions_of", user_id=record.id) if record is not None else None
    return list(result.data) if result is not None and result.succeeded else NULL


def _end(run: Run, user: UserObject | None, named: Value) -> bool:
    record = user.record if user is not None else None
    if record is None or not isinstance(named, str) or not 0 < len(named) <= LONGEST_ID:
        return False
    result = do(run, "end_session", user_id=record.id, id=text(named))
    return result.succeeded and bool(result.data)


# --- of the user this login is about, as scripts once asked -----------------------------------------------------------


def is_within_session_limit(run: Run, args: list[Any]) -> bool:
    """Whether the user has fewer other sessions than the limit.  The one of this browser gives way to the new one."""
    limit = own(args[1], "sessionLimit")
    sessions = _sessions(run, user_of(args[0]))
    if isinstance(sessions, Null) or isinstance(limit, bool) or not isinstance(limit, str | int | float):
        return False
    session = scene_of(run).turn.login.session
    others = [one for one in sessions if session is None or one["id"] != session.chain]
    return len(others) < to_number(run, limit)


def kill_session(run: Run, args: list[Any]) -> bool:
    """End the session with that id."""
    return _end(run, user_of(args[0]), own(args[1], "sessionId"))


def get_session_data(run: Run, args: list[Any]) -> dict[str, Any]:
    """The sessions by their ids."""
    sessions = _sessions(run, user_of(args[0]))
    return {} if isinstance(sessions, Null) else {one["id"]: one for one in sessions}


# --- of this browser --------------------------------------------------------------------------------------------------


def get_authenticated_applications(run: Run, args: list[Any]) -> list[dict[str, str]]:
    """The applications that this browser's session was used for."""
    if type(args[0]) is not Context:
        return []
    result = ask(run, "this_session")
    return result.data["applications"] if result.succeeded and result.data else []


def check_session_existence(run: Run, args: list[Any]) -> bool:
    """Whether this browser's session knows a provider of the step: then it need not ask."""
    number = args[0]
    if isinstance(number, bool) or not isinstance(number, int) or type(args[1]) is not Context:
        return False
    login = scene_of(run).turn.login
    step = login.flow.step(number)
    if step is None or login.session is None or login.request.fresh:
        return False
    known = {fact.idp for fact in login.session.facts}
    return any(option.idp in known for option in step.options) and bool(ask(run, "this_session").data)


# --- work -------------------------------------------------------------------------------------------------------------


async def _sessions_of(asked: Asked) -> list[dict[str, Any]]:
    return [_told(session) for session in await asked.services.sessions.of_user(asked.arguments["user_id"])]


async def _end_session(asked: Asked) -> bool:
    user_id, named = asked.arguments["user_id"], asked.arguments["id"]
    if all(session.chain != named for session in await asked.services.sessions.of_user(user_id)):
        return False
    await tell(asked, "session_ended", user_id=user_id)
    return await asked.services.sessions.end_chain(user_id, named)


async def _this_session(asked: Asked) -> dict[str, Any] | None:
    """The session of this browser as the login read it, if it still lives."""
    session = asked.turn.login.session
    return _told(session) if session is not None and await asked.services.sessions.lives(session) else None


def _told(session: Session) -> dict[str, Any]:
    """A session as a script sees it.  Times: milliseconds since the epoch."""
    agent = read(session.user_agent)
    return {
        "id": session.chain,
        "ip": session.ip,
        "loginTime": int(session.began_at * 1000),
        "lastAccessTime": int(session.used_at * 1000),
        "userAgent": {
            "rawString": session.user_agent,
            "browser": agent.browser,
            "platform": agent.platform,
            "device": agent.device,
        },
        "applications": [
            {"subject": one.subject, "appName": one.name, "appId": one.application_id} for one in session.applications
        ],
    }


WORKS = {"sessions_of": _sessions_of, "end_session": _end_session, "this_session": _this_session}

_USER, _CONTEXT = Parameter("user"), Parameter("context")
_OPTIONS = Parameter("options")

FUNCTIONS = (
    HostFunction("getUserSessions", (_USER,), get_user_sessions,
                 waits=True, returns="Session[] | null", fails="null for what is no user of ours",
                 doc="The user's live sessions, oldest first."),
    HostFunction("terminateUserSession", (_USER, Parameter("session")), terminate_user_session,
                 waits=True, returns="boolean", fails="`false` if the user has no such session",
                 doc="Ends a session of the user, given by its id or as it was listed."),
    HostFunction("checkSessionExistence", (Parameter("step"), _CONTEXT), check_session_existence,
                 waits=True, returns="boolean", fails="`false` without a session, and for a step that is none",
                 doc="Whether this browser has a session with a provider of the step."),
    HostFunction("getAuthenticatedApplications", (_CONTEXT,), get_authenticated_applications,
                 waits=True, returns="Application[]", fails="an empty list without a session",
                 doc="The applications that this browser's session was used for."),
    HostFunction("isWithinSessionLimit", (_CONTEXT, _OPTIONS), is_within_session_limit,
                 waits=True, returns="boolean", fails="`false` without a user or a limit",
                 doc="Whether the user of this login has fewer sessions elsewhere than `sessionLimit`."),
    HostFunction("killSession", (_CONTEXT, _OPTIONS), kill_session,
                 waits=True, returns="boolean", fails="`false` if the user has no such session",
                 doc="Ends the session `sessionId` of the user of this login."),
    HostFunction("getSessionData", (_CONTEXT, _OPTIONS), get_session_data,
                 waits=True, returns="{ [id: string]: Session }", fails="an empty object without a user",
                 doc="The sessions of the user of this login by their ids."),
)  # fmt: skip
