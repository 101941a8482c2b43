"""The pages of a login under way: shown by GET, answered by POST.

A POST is answered with the page that comes next, not with a redirect to it: a wrong password shows its page again at
once, a second click finds the page already left (409 and the present page), and a reload or the back button asks by
GET, because pages are not stored and replace their own history entry where scripts run.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from engine.errors import LoginGone, NotYourLogin
from engine.outcome import Answer, Page, Reply
from engine.ports import Clock, Configuration
from engine.prompts.redirect import RETURN, ExternalRedirect
from login.ends import Ends
from login.open import Opener
from login.views import PAGES, View
from web.cookies import Cookies
from web.endings import Ending
from web.errors import new_reference
from web.forms import Form, query_form, read_form
from web.pages import Pages
from web.refusals import malformed
from web.requests import request_facts
from web.sandbox import BadTemplate, draw
from web.site import Site

if TYPE_CHECKING:
    from engine.core import Engine

log = logging.getLogger("doorstep.login")

RESERVED = frozenset({"_token", "_action"})
MOST_OTHERS = 32
"""Posted fields that no authenticator reads and only the script sees."""
ACTIONS = frozenset({"abort", "choose"})

_Endpoint = Callable[["LoginPages", Request], Awaitable[Response]]


def _or_over(endpoint: _Endpoint) -> _Endpoint:
    """Answers a login that is gone, or another browser's, with the page from which to start again."""

    @functools.wraps(endpoint)
    async def answer(self: LoginPages, request: Request) -> Response:
        try:
            return await endpoint(self, request)
        except LoginGone:
            return await self.over(request, "login.gone", status=410)
        except NotYourLogin:
            return await self.over(request, "login.not_yours", status=403)

    return answer


@dataclass(frozen=True, slots=True)
class LoginPages:
    """`/login/{flow}`.  declared: every field that any authenticator reads; each may be posted once only."""

    engine: Engine
    pages: Pages
    cookies: Cookies
    site: Site
    ends: Ends
    configuration: Configuration
    clock: Clock
    declared: Collection[str]
    opener: Opener

    def routes(self) -> list[Route]:
        """GET and POST, and the way back from elsewhere."""
        return [
            Route("/login/{flow}", self.show, methods=["GET"], name="login"),
            Route("/login/{flow}", self.post, methods=["POST"]),
            Route("/login/{flow}/return", self.come_back, methods=["GET"]),
        ]

    @_or_over
    async def show(self, request: Request) -> Response:
        """The page as it stands."""
        flow_id, secret = self._of(request)
        return self._page(request, await self.engine.show(flow_id, secret))

    @_or_over
    async def post(self, request: Request) -> Response:
        """What follows from what the person posted."""
        flow_id, secret = self._of(request)
        form = await read_form(request)
        if form.get("_action") == "restart":
            return await self.opener.restart(request, flow_id, secret, token=form.get("_token"))
        reply = await self.engine.answer(flow_id, secret, self._answer(request, form))
        return await self._reply(request, reply, flow_id=flow_id)

    @_or_over
    async def come_back(self, request: Request) -> Response:
        """What follows when the person returns from an address elsewhere (`externalRedirect`) with what it gave them.

        The token was made for this page in this browser, so that no other address can send anybody here.
        """
        flow_id, secret = self._of(request)
        if (await self.engine.show(flow_id, secret)).fields.get("template") != ExternalRedirect.name:
            return RedirectResponse(f"/login/{flow_id}", 303)
        answer = self._answer(request, query_form(request))
        reply = await self.engine.answer(flow_id, secret, replace(answer, action=RETURN))
        if isinstance(reply, Page):
            return self.opener.to_page(reply)
        return await self._reply(request, reply, flow_id=flow_id)

    async def over(self, request: Request, message: str, *, status: int) -> Response:
        """The login cannot go on here.  The way back leads to the application this browser last came from."""
        name, address = await self._way_back(request)
        ending = Ending(
            message,
            new_reference(),
            page="done" if status == 410 else "error",
            title="done.title",
            advice="done.advice" if name else "done.advice.nowhere",
            application=name,
            address=address,
            link="action.start_again",
        )
        return ending.render(self.pages, request, status=status)

    # ------------------------------------------------------------------------------------------------------------------

    def _of(self, request: Request) -> tuple[str, str]:
        flow_id = request.path_params["flow"]
        return flow_id, self.cookies.flow_secret(request, flow_id)

    def _answer(self, request: Request, form: Form) -> Answer:
        """A field posted twice reaches nobody, and is refused where it would have meant something."""
        own = RESERVED.union(self.declared)
        form.require_single(own)
        if sum(len(values) for name, values in form.values.items() if name not in own) > MOST_OTHERS:
            raise malformed("too many fields")
        action = form.get("_action") or None
        if action is not None and action not in ACTIONS:
            raise malformed("no such action")
        fields = {name: value for name, value in form.single().items() if name not in RESERVED}
        posted = {name: values for name, values in form.values.items() if name not in RESERVED}
        facts = request_facts(request, self.site, params=posted)
        return Answer(fields, facts, form.get("_token"), action)

    async def _reply(self, request: Request, reply: Reply, *, flow_id: str) -> Response:
        if isinstance(reply, Page):
            return self._page(request, reply)
        return await self.ends.answer(request, reply, flow_id=flow_id)

    def _page(self, request: Request, page: Page) -> Response:
        if page.page not in PAGES:
            raise ValueError(f"no template for the page {page.page!r}")
        page = _drawable(page)
        response = self.pages.render(
            request,
            f"{page.page}.html",
            status=409 if page.out_of_date else 200,
            values={"view": View(page, self.clock(), self.pages.texts_for(request), self.site.origin)},
            form_targets=(page.redirect_uri,),
            headers=page.headers,
        )
        self.cookies.set_of_script(response, page.cookies)
        return response

    async def _way_back(self, request: Request) -> tuple[str | None, str]:
        """Name and home of the last application, as configured now; else our own door."""
        application_id = self.cookies.application(request)
        found = await self.configuration.application(application_id) if application_id else None
        home = next((home for uri in found.redirect_uris if (home := _home_of(uri))), None) if found else None
        return (found.name, home) if found is not None and home is not None else (None, "/")


def _drawable(page: Page) -> Page:
    """The page, or, if an admin's own template cannot be drawn with the script's data, one that says so."""
    if "source" not in page.fields:
        return page
    try:
        draw(page.fields["source"], page.fields["data"])
    except BadTemplate as error:
        log.error("the prompt %r cannot be shown: %s", page.fields.get("template"), error, extra={"flow": page.flow_id})
        return replace(page, message="prompt.broken", fields={"source": "", "data": {}})
    return page


def _home_of(redirect_uri: str) -> str | None:
    """The front page of a web application, or None for an app on a device."""
    parts = urlsplit(redirect_uri)
    return f"{parts.scheme}://{parts.netloc}/" if parts.scheme in ("http", "https") else None
