"""The door to the console: who may see and change it, and the way through a login for the others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from account.application import PHONE
from account.door import Facts, OpenLogin
from console.application import HOME, own_path
from console.desk import Desk
from console.seats import Admin, Seats
from engine.admin_roles import admin_role
from engine.model import CONSOLE, LoginRequest
from engine.ports import Audit, AuditEvent
from web.endings import Ending
from web.errors import new_reference
from web.forms import Form, read_form, read_query
from web.refusals import Refusal

LONGEST = 256 * 1024
"""Bytes of a posted field: a script."""

Shown = Callable[[Request, Admin], Awaitable[Response]]
Changed = Callable[[Request, Admin, Form], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Door:
    """origin: of this server."""

    seats: Seats
    desk: Desk
    audit: Audit
    open_login: OpenLogin
    facts: Facts
    origin: str

    def shows(self, page: Shown) -> Endpoint:
        """The page, for who sits at the console."""

        async def answer(request: Request) -> Response:
            if request.method == "HEAD":
                return Response(status_code=405, headers={"Allow": "GET, POST"})
            admin = await self.seats.read(request)
            return await page(request, admin) if admin is not None else await self._sign_in(request)

        return answer

    def changes(self, change: Changed) -> Endpoint:
        """What a form asks for, if it was made for that very address at that very seat."""

        async def answer(request: Request) -> Response:
            form, admin = await read_form(request, longest=LONGEST), await self.seats.read(request)
            if admin is None or not admin.made(form.get("_token"), request.url.path):
                raise Refusal(403, "console.another_seat", detail="nobody sits there, or the form of another seat")
            return await change(request, admin, form)

        return answer

    async def enter(self, request: Request) -> Response:
        """Where a login comes back to: sit down, and on to the page it was for."""
        if request.method == "HEAD":
            return Response(status_code=405, headers={"Allow": "GET"})
        came = read_query(request)
        visitor, to = await self.seats.shown(request, came.get("ticket", "")), own_path(came.get("to", ""))
        if visitor is None:
            return RedirectResponse(to, 303)
        if not visitor.is_open and "phone" not in came:
            return await self._begin(request, to, phone=True)
        if not visitor.is_fresh(self.seats.clock()):
            return self._refused(request, "console.not_proven")
        role = admin_role(visitor.user.roles)
        await self._record(request, visitor.user.id, visitor.user.username, role.role if role is not None else "none")
        if role is None:
            return self._refused(request, "console.no_role")
        response = RedirectResponse(to, 303)
        self.seats.cookies.set_console(response, await self.seats.sit(visitor))
        return response

    async def leave(self, request: Request, admin: Admin, form: Form) -> Response:
        """Sign out of the console, and nothing else."""
        await self.seats.leave(admin)
        ending = Ending(
            "console.left", "", page="done", title="console.left.title", advice="console.left.next",
            address=HOME, link="console.sign_in",
        )  # fmt: skip
        response = ending.render(self.desk.pages, request, status=200)
        self.seats.cookies.clear_console(response)
        return response

    async def _record(self, request: Request, user_id: str, username: str, role: str) -> None:
        ip = self.facts(request, {}).ip or None
        event = AuditEvent(
            "console_entered" if role != "none" else "console_refused",
            self.seats.clock(),
            user_id=user_id,
            username=username,
            application_id=CONSOLE,
            ip=ip,
            details={"role": role},
        )
        await self.audit.record(event)

    def _refused(self, request: Request, why: str) -> Response:
        ending = Ending(why, new_reference(), advice=f"{why}.next")
        return ending.render(self.desk.pages, request, status=403)

    async def _sign_in(self, request: Request) -> Response:
        """A browser that only guesses where a person may go must not begin a login."""
        if any("prefetch" in request.headers.get(name, "").lower() for name in ("sec-purpose", "purpose", "x-moz")):
            return Response(status_code=403)
        visitor = await self.seats.visitors.read(request)
        phone = visitor is not None and bool(visitor.devices)
        return await self._begin(request, own_path(request.url.path), phone=phone, fresh=True)

    async def _begin(self, request: Request, to: str, *, phone: bool, fresh: bool = False) -> Response:
        """Begin a login.  fresh: what the browser has proven for other pages counts for nothing here."""
        asked = LoginRequest(
            application_id=CONSOLE,
            redirect_uri=self.origin + HOME,
            protocol=to.encode(),
            acr_values=(PHONE,) if phone else (),
            fresh=fresh,
            facts=self.facts(request, {}),
        )
        return await self.open_login(request, asked)
