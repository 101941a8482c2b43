"""The door to the account page: who may see it, who may change something, and the way through a login for the others.

Seeing needs a session that entered this page; a change needs a proof of the last minutes besides, and a form made for
that very address in this very session.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from account.application import HOME, PHONE, own_path
from account.visitor import Visitor, Visitors
from engine.model import ACCOUNT, LoginRequest, RequestFacts
from web.endings import Ending
from web.errors import new_reference
from web.forms import Form, read_form, read_query
from web.pages import Pages
from web.refusals import Refusal

OpenLogin = Callable[[Request, LoginRequest], Awaitable[Response]]
"""Begins a login for this browser and answers it."""
Facts = Callable[[Request, Mapping[str, list[str]]], RequestFacts]
"""What is known of a request with these parameters."""
Shown = Callable[[Request, Visitor], Awaitable[Response]]
Changed = Callable[[Request, Visitor, Form], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Door:
    """origin: of this server."""

    visitors: Visitors
    open_login: OpenLogin
    facts: Facts
    pages: Pages
    origin: str

    def shows(self, page: Shown, *, proof: bool = False) -> Endpoint:
        """The page, for who may see it.  proof: it leads to a change, so it asks for a fresh proof at once."""

        async def answer(request: Request) -> Response:
            if request.method == "HEAD":
                return Response(status_code=405, headers={"Allow": "GET, POST"})
            visitor = await self.visitors.read(request)
            if visitor is None or not visitor.is_open:
                return await self._sign_in(request, visitor, again=False)
            if proof and not visitor.is_fresh(self.visitors.clock()):
                return await self._sign_in(request, visitor, again=True)
            return await page(request, visitor)

        return answer

    def changes(self, change: Changed, *, proof: bool = True) -> Endpoint:
        """What a form asks for; with a proof that is too old, back to the page, which asks for a new one."""

        async def answer(request: Request) -> Response:
            form, visitor = await read_form(request), await self.visitors.read(request)
            if visitor is None or not visitor.made(form.get("_token"), request.url.path):
                raise Refusal(403, "account.another_session", detail="no session, or the form of another one")
            if not visitor.is_open or (proof and not visitor.is_fresh(self.visitors.clock())):
                return RedirectResponse(own_path(request.url.path), 303)
            return await change(request, visitor, form)

        return answer

    def watches(self, page: Shown) -> Endpoint:
        """What a page asks by itself, for who may see that page; a login is not begun for it."""

        async def answer(request: Request) -> Response:
            visitor = await self.visitors.read(request)
            if visitor is None or not visitor.is_open:
                raise Refusal(403, "account.another_session", detail="no session")
            return await page(request, visitor)

        return answer

    async def enter(self, request: Request) -> Response:
        """Where a login comes back to: on to the page it was for, unless even that login asked for too little."""
        visitor, came = await self.visitors.read(request), read_query(request)
        asked_all = "phone" in came
        if visitor is not None and visitor.facts and (visitor.is_open or not asked_all):
            return RedirectResponse(own_path(came.get("to", "")), 303)
        ending = Ending("account.not_proven", new_reference(), advice="account.not_proven.next")
        return ending.render(self.pages, request, status=403)

    async def _sign_in(self, request: Request, visitor: Visitor | None, *, again: bool) -> Response:
        """Begin a login that comes back here.  again: ask everything anew.

        A browser that only guesses where a person may go must not begin one.
        """
        if any("prefetch" in request.headers.get(name, "").lower() for name in ("sec-purpose", "purpose", "x-moz")):
            return Response(status_code=403)
        asked = LoginRequest(
            application_id=ACCOUNT,
            redirect_uri=self.origin + HOME,
            protocol=_address(request).encode(),
            acr_values=(PHONE,) if visitor is not None and visitor.devices else (),
            login_hint=visitor.user.username if visitor is not None else None,
            fresh=again,
            facts=self.facts(request, {}),
        )
        return await self.open_login(request, asked)


def _address(request: Request) -> str:
    """Where the person was going, with what was to be said there."""
    query = request.url.query
    return own_path(request.url.path + (f"?{query}" if query else ""))
