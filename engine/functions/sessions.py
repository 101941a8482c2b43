"""Sessions of people, as scripts see and end them.

A session is named by an id of its own: it is neither the cookie nor what the store keeps of it, and opens nothing.
"""

from __future__ import annotations

from math import isnan
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
    found = _asked(run, "getUserSessions", user_given(args[0]))
    return found if isinstance(found, list) else NULL


def terminate_user_session(run: Run, args: list[Any]) -> bool:
    """End one session of the user, given by its id or as it was listed."""
    named = own(args[1], "id") if isinstance(args[1], Obj) else args[1]
    return _end(run, "terminateUserSession", user_given(args[0]), named=named)


def _asked(run: Run, name: str, user: UserObject | None, **arguments: Any) -> Any:
    """What the question of that name is told of the user; None if there is no such user of ours."""
    record = user.record if user is not None else None
    result = ask(run, name, user_id=record.id, **arguments) if record is not None else None
    return result.data if result is not None and result.succeeded else None


def _end(run: Run, name: str, user: UserObject | None, *, named: Value) -> bool:
    record = user.record if user is not None else None
    if record is None or not isinstance(named, str) or not 0 < len(named) <= LONGEST_ID:
        return False
    result = do(run, name, user_id=record.id, id=text(named))
    return result.succeeded and result.data is True


# --- of the user this login is about, as scripts once asked -----------------------------------------------------------


def is_within_session_limit(run: Run, args: list[Any]) -> bool:
    """Whether the user has fewer other sessions than the limit.  The one of this browser gives way to the new one."""
    limit = own(args[1], "sessionLimit")
    if isinstance(limit, bool) or not isinstance(limit, str | int | float):
        return False
    most = to_number(run, limit)
    return not isnan(most) and _asked(run, "isWithinSessionLimit", user_of(args[0]), most=most) is True


def kill_session(run: Run, args: list[Any]) -> bool:
    """End the session with that id."""
    return _end(run, "killSession", user_of(args[0]), named=own(args[1], "sessionId"))


def get_session_data(run: Run, args: list[Any]) -> dict[str, Any]:
    """The sessions by their ids."""
    found = _asked(run, "getSessionData", user_of(args[0]))
    return found if isinstance(found, dict) else {}


# --- of this browser --------------------------------------------------------------------------------------------------


def get_authenticated_applications(run: Run, args: list[Any]) -> list[dict[str, str]]:
    """The applications that this browser's session was used for."""
    if type(args[0]) is not Context:
        return []
    result = ask(run, "getAuthenticatedApplications")
    return result.data if result.succeeded and isinstance(result.data, list) else []


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
    return any(option.idp in known for option in step.options) and ask(run, "checkSessionExistence").data is True


# --- work -------------------------------------------------------------------------------------------------------------


async def _list(asked: Asked) -> list[dict[str, Any]]:
    here = asked.turn.login.session
    sessions = await asked.services.sessions.of_user(asked.arguments["user_id"])
    return [_told(session, current=here is not None and session.chain == here.chain) for session in sessions]


async def _list_by_id(asked: Asked) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in await _list(asked)}


async def _is_below(asked: Asked) -> bool:
    most: float = asked.arguments["most"]
    return sum(not one["current"] for one in await _list(asked)) < most


async def _end_one(asked: Asked) -> bool:
    user_id, named = asked.arguments["user_id"], asked.arguments["id"]
    if all(session.chain != named for session in await asked.services.sessions.of_user(user_id)):
        return False
    await tell(asked, "session_ended", user_id=user_id)
    return await asked.services.sessions.end_chain(user_id, named)


async def _lives_here(asked: Asked) -> bool:
    """Whether the session of this browser, as the login read it, still lives."""
    session = asked.turn.login.session
    return session is not None and await asked.services.sessions.lives(session)


async def _applications(asked: Asked) -> list[dict[str, str]]:
    session = asked.turn.login.session
    return _used_for(session) if session is not None and await _lives_here(asked) else []


def _told(session: Session, *, current: bool) -> dict[str, Any]:
    """A session as a script sees it.  Times: milliseconds since the epoch; current: it is this browser's."""
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
        "applications": _used_for(session),
        "current": current,
    }


def _used_for(session: Session) -> list[dict[str, str]]:
    return [{"subject": one.subject, "appName": one.name, "appId": one.application_id} for one in session.applications]


WORKS = {
    "getUserSessions": _list,
    "terminateUserSession": _end_one,
    "checkSessionExistence": _lives_here,
    "getAuthenticatedApplications": _applications,
    "isWithinSessionLimit": _is_below,
    "killSession": _end_one,
    "getSessionData": _list_by_id,
}

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
