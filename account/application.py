"""The account page as an application of our own: its id, how one signs in to it, and where such a login leads.

Nobody configures it.  A flow that an admin configures under the same id takes the place of the one here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from engine.model import ACCOUNT, Application, Flow, LoginResult, Option, Step
from engine.outcome import Refused
from engine.own import Own
from engine.ports import ApplicationFace

PHONE = "urn:doorstep:phone"
"""The ACR value by which the page asks for the person's phone as well, because they have one."""
HOME = "/account"

_PATH = re.compile(r"/account(?:/[A-Za-z0-9_-]{1,64}){0,4}(?:\?said=[a-z_]{1,32})?")
_SCRIPT = f"""\
var onLoginRequest = function (context) {{
    executeStep(1, {{
        onSuccess: function (context) {{
            if (selectAcrFrom(context, ['{PHONE}'])) {{
                executeStep(2);
            }}
        }}
    }});
}};
"""
FLOW = Flow(ACCOUNT, (Step(1, (Option("password"),)), Step(2, (Option("push"),))), script=_SCRIPT)
"""The password; then the phone, if the page asks for it."""


def own_path(text: str) -> str:
    """*text* if it is a path of the account page, else its first page: nobody is sent elsewhere from here."""
    return text if _PATH.fullmatch(text) else HOME


def own(origin: str, name: str) -> Own:
    """The application.  origin: of this server; name: how the page calls itself where a person signs in."""
    return Own(Application(ACCOUNT, name, (origin + HOME,), ACCOUNT, acr_values=(PHONE,)), FLOW)


@dataclass(frozen=True, slots=True)
class FaceWithAccount:
    """Where logins lead (`engine.ports.ApplicationFace`): those of the account page to it, all others to *others*.

    There is no code to redeem: the browser has its session, and the page looks at that alone.
    """

    others: ApplicationFace

    async def granted(self, result: LoginResult) -> str:
        """The address after a success."""
        if result.request.application_id != ACCOUNT:
            return await self.others.granted(result)
        asked = "&phone=asked" if PHONE in result.request.acr_values else ""
        to = own_path(result.request.protocol.decode("ascii", "replace"))
        return f"{HOME}/enter?to={quote(to)}{asked}"

    async def refused(self, refused: Refused) -> str:
        """The address after a failure."""
        return HOME if refused.application.id == ACCOUNT else await self.others.refused(refused)
