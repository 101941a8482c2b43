"""The console as an application of our own: how one signs in to it, and where such a login leads.

A flow that an admin configures under the same id takes the place of the one here.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

from account.application import FLOW as OF_ACCOUNT
from account.application import PHONE
from engine.model import CONSOLE, Application, LoginResult
from engine.outcome import Refused
from engine.own import Own
from engine.ports import ApplicationFace

HOME = "/console"

_PATH = re.compile(r"/console(?:/[A-Za-z0-9._~-]{1,100}){0,6}")


def own(origin: str, name: str) -> Own:
    """The application.  origin: of this server; name: how the console calls itself where a person signs in."""
    application = Application(CONSOLE, name, (origin + HOME,), CONSOLE, acr_values=(PHONE,))
    return Own(application, replace(OF_ACCOUNT, id=CONSOLE))


def own_path(text: str) -> str:
    """*text* if it is a path of the console, else its first page: nobody is sent elsewhere from here."""
    return text if _PATH.fullmatch(text) else HOME


@dataclass(frozen=True, slots=True)
class FaceWithConsole:
    """Where logins lead: those of the console to it with a ticket that is good once, all others to *others*."""

    others: ApplicationFace
    ticket: Callable[[str], Awaitable[str]]

    async def granted(self, result: LoginResult) -> str:
        """The address after a success."""
        if result.request.application_id != CONSOLE:
            return await self.others.granted(result)
        to = own_path(result.request.protocol.decode("ascii", "replace"))
        asked = "&phone=asked" if PHONE in result.request.acr_values else ""
        return f"{HOME}/enter?ticket={await self.ticket(result.user_id)}&to={quote(to)}{asked}"

    async def refused(self, refused: Refused) -> str:
        """The address after a failure."""
        return HOME if refused.application.id == CONSOLE else await self.others.refused(refused)
