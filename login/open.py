"""How another face begins a login in this browser."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from engine.logins import AFTERGLOW
from engine.model import LoginRequest
from engine.outcome import Page, Started
from login.ends import Ends
from web.cookies import Cookies

if TYPE_CHECKING:
    from engine.core import Engine


@dataclass(frozen=True, slots=True)
class Opener:
    """Begins logins."""

    engine: Engine
    cookies: Cookies
    ends: Ends

    async def open_login(self, request: Request, login_request: LoginRequest) -> Response:
        """To the login's first page with its cookie set, or at once to its end.

        Raises UnknownApplication, TooManyRequests, Busy.
        """
        started = await self.engine.start(login_request, session=self.cookies.session(request))
        return await self._first(request, started, login_request.application_id)

    async def restart(self, request: Request, flow_id: str, secret: str, *, token: str) -> Response:
        """A new login in place of this one: the person is somebody else.  Raises LoginGone, NotYourLogin, Busy."""
        started = await self.engine.restart(flow_id, secret, token)
        response = await self._first(request, started, None)
        self.cookies.set_flow(response, flow_id, secret, ttl=AFTERGLOW)
        return response

    def to_page(self, page: Page) -> Response:
        """The way to a page by GET, with what a script set on this answer."""
        response = RedirectResponse(f"/login/{page.flow_id}", 303, headers=page.headers)
        self.cookies.set_of_script(response, page.cookies)
        return response

    async def _first(self, request: Request, started: Started, application_id: str | None) -> Response:
        if not isinstance(started.reply, Page):
            return await self.ends.answer(request, started.reply, flow_id=started.flow_id)
        response = self.to_page(started.reply)
        self.cookies.clear_oldest_flows(request, response)
        self.cookies.set_flow(response, started.flow_id, started.secret, ttl=started.ttl)
        self.cookies.set_browser(response, self.cookies.browser(request) or secrets.token_urlsafe(32))
        if application_id is not None:
            self.cookies.set_application(response, application_id)
        return response
