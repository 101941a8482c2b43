"""`updateUserPassword`: a script is the admin's code and may set a user's password, e.g. to bring it from elsewhere.

It proves nothing: what the user proved with the old one is void, in this login too, and the new one has to be proven.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dsl.base import throw_type_error
from dsl.hostapi import HostFunction, Parameter
from dsl.values import NULL, Obj, Value, text, units
from engine.functions.asking import do, leave
from engine.functions.given import user_given
from engine.functions.telling import tell
from engine.questions import Asked, CallFailed

if TYPE_CHECKING:
    from dsl import Run

LONGEST = 1024
"""Bytes of UTF-8 a password may have: the rule of whoever hashes it, told here so that the audit tells no lie."""
NAME = "updateUserPassword"


def update_user_password(run: Run, args: list[Any]) -> None:
    """With handlers a call that is left behind; without, done at once, and nobody hears if it failed."""
    user, password, handlers, as_it_is = args
    given = user_given(user)
    if given is None:
        throw_type_error(run, f"{NAME}: the first argument must be a user")
    if not isinstance(password, str) or not password:
        throw_type_error(run, f"{NAME}: the new password must be a text that is not empty")
    silent = handlers is None or handlers is NULL
    if not silent and not (isinstance(handlers, Obj) and not handlers.is_callable):
        throw_type_error(run, f"{NAME}: the handlers must be an object")
    record = given.record
    asked = {
        "user_id": record.id if record is not None else "",
        "password": _usable(password),
        "as_it_is": as_it_is is True,
    }
    if silent:
        do(run, NAME, **asked)
    else:
        leave(run, NAME, handlers, **asked)


def _usable(password: Value) -> str:
    """The password as text; empty, which is no password, if it is none that could be typed."""
    assert isinstance(password, str)
    exact = text(password)
    return exact if units(exact) == password and len(exact.encode()) <= LONGEST else ""


async def _set_password(asked: Asked) -> None:
    user_id, password = asked.arguments["user_id"], asked.arguments["password"]
    if not password or await asked.services.directory.user(user_id) is None:
        raise CallFailed()
    await tell(asked, "password_set", user_id=user_id, by="script")
    if not await asked.services.passwords.set(user_id, password, as_it_is=asked.arguments["as_it_is"]):
        raise CallFailed()


WORKS = {NAME: _set_password}

FUNCTIONS = (
    HostFunction(
        NAME,
        (
            Parameter("user"),
            Parameter("newPassword"),
            Parameter("handlers", optional=True),
            Parameter("skipPatternCheck", optional=True),
        ),
        update_user_password,
        waits=True,
        events=("onSuccess", "onFail"),
        doc="Sets the user's password; what was proven with the old one is void.",
        fails="a TypeError for what is no user, no password or no handlers; else `onFail`, or nothing without handlers",
    ),
)
