"""The account page as an application of our own: its id, how one signs in to it, and where such a login leads.

Nobody configures it.  A flow that an admin configures under the same id takes the place of the one here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from engine.model import (
    ACCOUNT,
    Application,
    Flow,
    Library,
    LoginResult,
    Option,
    OrganisationSettings,
    PromptTemplate,
    PushProvider,
    Step,
)
from engine.outcome import Refused
from engine.ports import ApplicationFace, FunctionConfiguration

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


@dataclass(frozen=True, slots=True)
class WithAccount:
    """A configuration (`engine.ports.FunctionConfiguration`) that has the account page beside what admins configured.

    origin: of this server; name: how the page calls itself where a person signs in.
    """

    configured: FunctionConfiguration
    origin: str
    name: str

    async def application(self, application_id: str) -> Application | None:
        """The application with that client_id."""
        if application_id == ACCOUNT:
            return Application(ACCOUNT, self.name, (self.origin + HOME,), ACCOUNT, acr_values=(PHONE,))
        return await self.configured.application(application_id)

    async def flow(self, flow_id: str) -> Flow | None:
        """The flow with that id."""
        found = await self.configured.flow(flow_id)
        return FLOW if found is None and flow_id == ACCOUNT else found

    async def settings(self) -> OrganisationSettings:
        """The organisation's settings."""
        return await self.configured.settings()

    async def push_providers(self) -> list[PushProvider]:
        """The push services."""
        return await self.configured.push_providers()

    async def secret(self, name: str) -> str | None:
        """The value of a stored secret."""
        return await self.configured.secret(name)

    async def library(self, name: str) -> Library | None:
        """The function library of that name."""
        return await self.configured.library(name)

    async def prompt_template(self, name: str) -> PromptTemplate | None:
        """The admin's own page of that name."""
        return await self.configured.prompt_template(name)


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
