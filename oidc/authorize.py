"""The authorization endpoint: judges what an application asks for and opens a login for it.

The rules are in `oidc/checks.py`; the login itself is the engine's, its pages another face's.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from engine.model import LoginRequest, RequestFacts
from oidc.answers import PRIVATE
from oidc.asking import Asking, login_request, shown
from oidc.checks import CHECKS, Asked
from oidc.errors import AuthorizationPageError, MalformedParameters, ProtocolError
from oidc.parameters import Parameters, form_of, query_of
from oidc.pushed import PREFIX, PushedRequests
from oidc.redirects import error_address

_log = logging.getLogger("doorstep.oidc")

OpenLogin = Callable[[Request, LoginRequest], Awaitable[Response]]
"""Begins a login for this browser and answers it: a page, or where a finished one leads."""
ErrorPage = Callable[[Request, str, int], Response]
"""The page for a message id, with that status."""
SessionId = Callable[[Request], str | None]
"""The session this browser says it has."""
OpenDirect = Callable[[Request, Asked], Awaitable[Response]]
"""Judges the request and begins its login for an application that draws the pages; answers in JSON."""
Facts = Callable[[Request, Mapping[str, list[str]]], RequestFacts]
"""What is known of a request with these parameters."""


@dataclass(frozen=True, slots=True)
class AuthorizationEndpoint:
    """`GET` and `POST /oauth2/authorize` (OpenID Connect Core §3.1.2.1)."""

    asking: Asking
    pushed: PushedRequests
    open_login: OpenLogin
    session_id: SessionId
    facts: Facts
    error_page: ErrorPage
    open_direct: OpenDirect | None = None

    async def answer(self, request: Request) -> Response:
        """What the opened login answers, or why none was opened.

        HEAD must not begin anything (RFC 9110 §9.2.1), nor must a browser that only guesses where a person may go.
        """
        if request.method == "HEAD":
            return Response(status_code=405, headers={"Allow": "GET, POST"})
        if any("prefetch" in request.headers.get(name, "").lower() for name in ("sec-purpose", "purpose", "x-moz")):
            return Response(status_code=403, headers=PRIVATE)
        try:
            asked = await self._asked(request)
            is_direct = request.method == "POST" and asked.parameters.get("response_mode") == "direct"
            if is_direct and self.open_direct is not None:
                return await self.open_direct(request, asked)
            return await self._judge(request, asked)
        except AuthorizationPageError as error:
            _log.info("authorization refused on a page: %s", error)
            return self.error_page(request, error.message_id, error.status)

    async def _asked(self, request: Request) -> Asked:
        """The request of the browser, or the one it refers to: of that, nothing else it brings counts (RFC 9126 §4)."""
        parameters, has_session = await _parameters(request), self.session_id(request) is not None
        reference = parameters.get("request_uri")
        if reference is None or not reference.startswith(PREFIX) or parameters.repeated:
            return await self.asking.of(parameters, has_session=has_session)
        pushed = await self.pushed.take(reference, parameters.get("client_id"))
        if pushed is None:
            raise AuthorizationPageError("authorize.request_gone")
        return await self.asking.of(pushed, has_session=has_session, pushed=True)

    async def _judge(self, request: Request, asked: Asked) -> Response:
        try:
            for check in CHECKS:
                check(asked)
        except ProtocolError as error:
            _log.info("authorization refused: %s", error)
            return self._refusal(asked.parameters, error)
        assert asked.application is not None
        facts = self.facts(request, shown(asked.parameters))
        return await self.open_login(request, login_request(asked, asked.application, facts=facts))

    def _refusal(self, parameters: Parameters, error: ProtocolError) -> Response:
        """Back to the application, whose address is beyond doubt by now, with the state it sent."""
        address = error_address(
            parameters.required("redirect_uri"),
            error.error,
            issuer=self.asking.tokens.issuer,
            state=parameters.get("state") if "state" not in parameters.repeated else None,
            description=error.description,
        )
        return RedirectResponse(address, status_code=303, headers=PRIVATE)


async def _parameters(request: Request) -> Parameters:
    """A POST has them in its body, as a form (Core §3.1.2.1)."""
    try:
        return await form_of(request) if request.method == "POST" else query_of(request)
    except MalformedParameters as error:
        _log.info("malformed authorization request: %s", error)
        raise AuthorizationPageError("authorize.malformed") from error
