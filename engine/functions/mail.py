"""`sendEmail`: one mail to one user of ours, of a template, to the address that the directory knows."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from dsl.hostapi import HostFunction, Parameter
from dsl.values import NULL, Obj, Value, text
from engine.functions.asking import do
from engine.functions.given import keys_of, text_given, user_given
from engine.model import EMAIL
from engine.questions import Asked, CallFailed

if TYPE_CHECKING:
    from dsl import Run

NAME = "sendEmail"
MOST_VALUES = 50
LONGEST_VALUE = 20_000
"""Characters of one value."""
LONGEST_NAME = 64
MOST_MAILS = 10
"""Mails that scripts send one person in a window: anybody can begin logins in another's name."""
WINDOW = 600.0
"""Seconds."""

_log = logging.getLogger("doorstep.script")


def send_email(run: Run, args: list[Any]) -> bool:
    """Whether the mail server took it."""
    user, template, params = args
    given = user_given(user)
    record = given.record if given is not None else None
    values = _values(run, params)
    if record is None or values is None or not isinstance(template, str):
        return False
    return do(run, NAME, user_id=record.id, template=text(template), values=values).succeeded


def _values(run: Run, params: Value) -> dict[str, str] | None:
    """The placeholders' values as texts; None for what is none."""
    if params is None or params is NULL:
        return {}
    if not isinstance(params, Obj) or type(params) is not Obj:
        return None
    values: dict[str, str] = {}
    for key in keys_of(run, params):
        value = text_given(run, params.get_own(key))
        if value is None or len(value) > LONGEST_VALUE or len(values) == MOST_VALUES:
            return None
        values[text(key)[:LONGEST_NAME]] = value
    return values


async def _send(asked: Asked) -> None:
    """Hand it to the mail server.  Raises CallFailed."""
    turn, services, given = asked.turn, asked.services, asked.arguments
    user = await services.directory.user(given["user_id"])
    settings = turn.settings.mail
    if user is None or settings is None:
        raise CallFailed()
    if await services.state.hit("mails-to", user.id, window=WINDOW) > MOST_MAILS:
        _log.warning("%s: no more to that person for a while", NAME, extra={"flow": turn.login.id})
        raise CallFailed()
    known = {"username": user.username, "application": turn.application.name}
    known |= {"organisation": turn.settings.organisation, "ip": turn.request.ip}
    mail = services.mailer.compose(
        given["template"],
        to=user.claims.get(EMAIL, ""),
        values=known | given["values"],
        key=f"{turn.login.id}:{turn.login.revision}:{turn.effects}",
    )
    failure = await services.mailer.send(mail, settings=settings) if mail is not None else None
    if mail is None or failure is not None:
        _log.info("%s: not sent", NAME, extra={"flow": turn.login.id})
        raise CallFailed()


FUNCTIONS = (
    HostFunction(
        NAME,
        (Parameter("user"), Parameter("templateId"), Parameter("params", optional=True)),
        send_email,
        waits=True,
        doc="Sends the user a mail of that template; the parameters are put in as text.",
        returns="boolean",
        fails="false for what is no user of ours, has no address or no template, "
        "was sent 10 in 10 minutes, or if the mail server did not take it",
    ),
)
WORKS = {NAME: _send}
CALLS = frozenset({NAME})
