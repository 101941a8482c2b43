"""Setting one's password by a one-time link.  There is no session: the link's secret, in the address, is the proof.

Looking changes nothing, for mail scanners follow links; the password is set by the form alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from account.application import HOME
from account.desk import Desk
from engine.invitations import PATH
from engine.model import User
from engine.ports import AuditEvent, PasswordRefusal, SetupLinks
from web.endings import Ending
from web.errors import new_reference
from web.forms import read_form

_NO_ADDRESS = {"Referrer-Policy": "strict-origin"}
"""The page's own address is a secret: not even our own files are asked for with it."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """`/account/set-up/SECRET`."""

    desk: Desk
    links: SetupLinks

    async def show(self, request: Request) -> Response:
        """The form, while the link is good."""
        if request.method == "HEAD":
            return Response(status_code=405, headers={"Allow": "GET, POST"})
        user = await self.links.person(request.path_params["secret"])
        return await self._page(request, user) if user is not None else self._over(request)

    async def set(self, request: Request) -> Response:
        """Set the password.  Everything that the old one proved is void, in every browser."""
        form, secret = await read_form(request), request.path_params["secret"]
        user = await self.links.person(secret)
        if user is None:
            return self._over(request)
        new = form.get("new_password")
        refusal = await self.links.refusal(user, new)
        if refusal is not None:
            return await self._page(request, user, refusal)
        await self._record(request, user)
        if not await self.links.use(secret, user, new=new):
            return self._over(request)
        ip = self.desk.address(request)
        self.desk.notices.tell(user, "account.password.changed", ip=ip, template="password-changed")
        return self._done(request)

    async def _page(self, request: Request, user: User, refusal: PasswordRefusal | None = None) -> Response:
        policy = (await self.desk.configuration.settings()).passwords
        message = f"account.password.{refusal}" if refusal is not None else None
        values = {
            "address": f"{PATH}/{request.path_params['secret']}",
            "username": user.username,
            "message": message if refusal != "missing" else "account.set_up.missing",
            "told": {"shortest": policy.min_length, "longest": policy.max_length},
            "policy": policy,
        }
        status = 422 if refusal is not None else 200
        return self.desk.pages.render(request, "account-set-up.html", status=status, values=values, headers=_NO_ADDRESS)

    async def _record(self, request: Request, user: User) -> None:
        event = AuditEvent(
            "password_set",
            self.desk.clock(),
            user_id=user.id,
            username=user.username,
            ip=self.desk.address(request) or None,
            details={"by": "the person, with a set-up link"},
        )
        await self.desk.audit.record(event)

    def _over(self, request: Request) -> Response:
        ending = Ending("account.set_up.over", new_reference(), advice="account.set_up.over.next")
        return ending.render(self.desk.pages, request, status=410)

    def _done(self, request: Request) -> Response:
        ending = Ending(
            "account.set_up.done",
            "",
            page="done",
            title="account.set_up.done.title",
            advice="account.set_up.done.next",
            address=HOME,
            link="account.sign_in",
        )
        return ending.render(self.desk.pages, request, status=200)
