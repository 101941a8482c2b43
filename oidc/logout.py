"""Signing out: at an application's wish or the person's own, in this browser and everywhere it signed in
(OpenID Connect RP-Initiated Logout 1.0).

Without an ID token of the very session, anybody could have sent the browser here, so the person is asked.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from engine.model import Application, Session
from engine.ports import Configuration
from engine.sessions import Sessions
from oidc.answers import PRIVATE
from oidc.errors import MalformedParameters, TokenRefused
from oidc.notes import Notes
from oidc.parameters import Parameters, form_of, query_of
from oidc.redirects import with_parameters
from oidc.tokens import Hint, Tokens
from web.cookies import Cookies
from web.endings import Ending
from web.errors import new_reference
from web.pages import Pages
from web.refusals import Refusal

PATH = "/oidc/logout"
_ASKED = ("client_id", "post_logout_redirect_uri", "state")
"""What the confirmation page's form carries on."""
_log = logging.getLogger("doorstep.oidc")


@dataclass(frozen=True, slots=True)
class Wish:
    """A logout request, judged.  address: where to go afterwards, with its state; None for our own page."""

    parameters: Parameters
    hint: Hint | None
    application: Application | None
    address: str | None


@dataclass(frozen=True, slots=True)
class LogoutPages:
    """`/oidc/logout`.  key: 32 secret bytes, of which the confirmation form's token is made."""

    configuration: Configuration
    sessions: Sessions
    tokens: Tokens
    cookies: Cookies
    pages: Pages
    notes: Notes
    key: bytes

    def routes(self) -> list[Route]:
        """The wish, by either method (§2), and the person's yes."""
        return [
            Route(PATH, self.answer, methods=["GET", "POST"]),
            Route(PATH + "/confirm", self.confirm, methods=["POST"]),
        ]

    async def answer(self, request: Request) -> Response:
        """Signed out at once, or the question whether to."""
        if request.method == "HEAD":
            return Response(status_code=405, headers={"Allow": "GET, POST"})
        wish = await self._wish(await _parameters(request))
        session = await self.sessions.to_leave(self.cookies.session(request))
        if session is None:
            return self._done(request, wish)
        if wish.hint is not None and wish.hint.user_id == session.user_id and wish.hint.sid == session.chain:
            return await self._sign_out(request, wish, session)
        return self._ask(request, wish, session)

    async def confirm(self, request: Request) -> Response:
        """Signed out, if the form is the one this session was shown."""
        parameters = await _parameters(request)
        wish = await self._wish(parameters)
        session = await self.sessions.to_leave(self.cookies.session(request))
        if session is None:
            return self._done(request, wish)
        if not hmac.compare_digest((parameters.get("token") or "").encode(), self._token(session).encode()):
            raise Refusal(403, "http.cross_origin", detail="the logout form's token")
        return await self._sign_out(request, wish, session)

    async def _wish(self, parameters: Parameters) -> Wish:
        """What is wanted.  Raises Refusal where the application or its address is not beyond doubt (§3)."""
        if parameters.repeated:
            raise Refusal(400, "authorize.repeated", detail="repeated parameter")
        hint = await self._hinted(parameters.get("id_token_hint"))
        client_id = parameters.get("client_id") or (hint.client_id if hint is not None else None)
        if hint is not None and hint.client_id != client_id:
            raise Refusal(400, "authorize.repeated", detail="client_id is not the one of the hint")
        application = await self.configuration.application(client_id) if client_id is not None else None
        return Wish(parameters, hint, application, _address(parameters, application))

    async def _hinted(self, token: str | None) -> Hint | None:
        """A hint that is none of ours counts as none: the person is asked."""
        try:
            return await self.tokens.read_hint(token) if token is not None else None
        except TokenRefused as error:
            _log.info("logout hint refused: %s", error)
            return None

    async def _sign_out(self, request: Request, wish: Wish, session: Session) -> Response:
        await self.sessions.end_chain(session.user_id, session.chain)
        name = wish.application.id if wish.application is not None else None
        await self.notes.write("signed_out", name, user_id=session.user_id)
        response = self._done(request, wish)
        self.cookies.clear_session(response)
        return response

    def _done(self, request: Request, wish: Wish) -> Response:
        if wish.address is not None:
            return RedirectResponse(wish.address, 303, headers=PRIVATE)
        ending = Ending(
            "logout.done", new_reference(), page="done", title="logout.done.title", advice="logout.done.next"
        )
        return ending.render(self.pages, request, status=200)

    def _ask(self, request: Request, wish: Wish, session: Session) -> Response:
        values = {
            "action": PATH + "/confirm",
            "application": wish.application.name if wish.application is not None else None,
            "username": session.username,
            "carried": {name: wish.parameters.get(name) for name in _ASKED if wish.parameters.get(name)},
            "token": self._token(session),
        }
        targets = (wish.address,) if wish.address is not None else ()
        return self.pages.render(request, "logout.html", values=values, form_targets=targets)

    def _token(self, session: Session) -> str:
        return hmac.digest(self.key, session.chain.encode(), hashlib.sha256).hex()


def _address(parameters: Parameters, application: Application | None) -> str | None:
    """Where to go afterwards: exactly as registered, and only for an application that is known (§2, §3)."""
    wanted = parameters.get("post_logout_redirect_uri")
    if wanted is None:
        return None
    if application is None or not application.enabled or wanted not in application.post_logout_redirect_uris:
        raise Refusal(400, "authorize.unknown_address", detail="post_logout_redirect_uri")
    return with_parameters(wanted, {"state": parameters.get("state")})


async def _parameters(request: Request) -> Parameters:
    try:
        return await form_of(request) if request.method == "POST" else query_of(request)
    except MalformedParameters as error:
        raise Refusal(400, "authorize.malformed", detail=str(error)) from error
