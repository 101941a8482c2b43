"""Changing one's password: the present one, a new one that is not easily guessed, and everybody else signed out."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from account.application import HOME
from account.desk import Desk
from account.visitor import Visitor
from engine.ports import OwnPasswords, PasswordRefusal
from web.cookies import Cookies
from web.endings import Ending
from web.forms import Form


@dataclass(frozen=True, slots=True)
class PasswordPage:
    """`/account/password`."""

    desk: Desk
    passwords: OwnPasswords
    cookies: Cookies

    async def show(self, request: Request, visitor: Visitor) -> Response:
        """The form."""
        return await self._page(request, visitor)

    async def change(self, request: Request, visitor: Visitor, form: Form) -> Response:
        """Change it.  What the old one proved counts no more, in any browser, so all of them are signed out."""
        new, ip = form.get("new_password"), self.desk.address(request)
        refusal = await self.passwords.refusal(visitor.user, form.get("password"), new=new, ip=ip)
        if refusal is not None:
            if refusal == "wrong":
                await self.desk.record(request, visitor, "password_wrong")
            return await self._page(request, visitor, refusal)
        await self.desk.record(request, visitor, "password_set")
        if not await self.passwords.replace(visitor.user, new):
            return await self._page(request, visitor, "wrong")
        self.desk.notices.tell(visitor.user, "account.password.changed", ip=ip, template="password-changed")
        return self._changed(request)

    async def _page(self, request: Request, visitor: Visitor, refusal: PasswordRefusal | None = None) -> Response:
        policy = (await self.desk.configuration.settings()).passwords
        told = {"shortest": policy.min_length, "longest": policy.max_length}
        message = f"account.password.{refusal}" if refusal is not None else None
        return self.desk.page(request, visitor, "account-password", message=message, policy=policy, told=told)

    def _changed(self, request: Request) -> Response:
        ending = Ending(
            "account.password.changed",
            "",
            page="done",
            title="account.password.changed.title",
            advice="account.password.changed.next",
            address=HOME,
            link="account.sign_in",
        )
        response = ending.render(self.desk.pages, request, status=200)
        self.cookies.clear_session(response)
        return response
