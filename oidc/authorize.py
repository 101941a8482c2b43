"""The authorization endpoint: judges what an application asks for and opens a login for it.

The rules are in `oidc/checks.py`; the login itself is the engine's, its pages another face's.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from engine.model import Application, LoginRequest, RequestFacts
from engine.ports import Configuration
from oidc.answers import PRIVATE
from oidc.authorization_request import SCOPES, AuthorizationRequest, freeze
from oidc.checks import CHECKS, Asked
from oidc.errors import AuthorizationPageError, MalformedParameters, ProtocolError, TokenRefused
from oidc.parameters import Parameters, form_of, query_of
from oidc.redirects import error_address
from oidc.tokens import Tokens

_log = logging.getLogger("doorstep.oidc")

OpenLogin = Callable[[Request, LoginRequest], Awaitable[Response]]
"""Begins a login for this browser and answers it: a page, or where a finished one leads."""
ErrorPage = Callable[[Request, str, int], Response]
"""The page for a message id, with that status."""
SessionId = Callable[[Request], str | None]
"""The session this browser says it has."""
Facts = Callable[[Request, Mapping[str, list[str]]], RequestFacts]
"""What is known of a request with these parameters."""

MOST_PARAMS = 32
LONGEST_PARAM = 2048
"""What a script may see of an authorization request's parameters (contract 3a)."""


@dataclass(frozen=True, slots=True)
class AuthorizationEndpoint:
    """`GET` and `POST /oauth2/authorize` (OpenID Connect Core §3.1.2.1)."""

    configuration: Configuration
    tokens: Tokens
    open_login: OpenLogin
    session_id: SessionId
    facts: Facts
    error_page: ErrorPage

    async def answer(self, request: Request) -> Response:
        """What the opened login answers, or why none was opened.

        HEAD must not begin anything (RFC 9110 §9.2.1), nor must a browser that only guesses where a person may go.
        """
        if request.method == "HEAD":
            return Response(status_code=405, headers={"Allow": "GET, POST"})
        if any("prefetch" in request.headers.get(name, "").lower() for name in ("sec-purpose", "purpose", "x-moz")):
            return Response(status_code=403, headers=PRIVATE)
        try:
            parameters = await _parameters(request)
            asked = await self._asked(request, parameters)
            return await self._judge(request, asked)
        except AuthorizationPageError as error:
            _log.info("authorization refused on a page: %s", error)
            return self.error_page(request, error.message_id, error.status)

    async def _asked(self, request: Request, parameters: Parameters) -> Asked:
        """Fetch all that the rules look at."""
        client_id, hint = parameters.get("client_id"), parameters.get("id_token_hint")
        application = await self.configuration.application(client_id) if client_id is not None else None
        return Asked(
            parameters,
            application=application,
            hinted_user=await self._hinted(hint, client_id) if hint and client_id and application else None,
            has_session=self.session_id(request) is not None,
        )

    async def _hinted(self, hint: str, client_id: str) -> str | None:
        try:
            return await self.tokens.read_hint(hint, client_id=client_id)
        except TokenRefused:
            return None

    async def _judge(self, request: Request, asked: Asked) -> Response:
        try:
            for check in CHECKS:
                check(asked)
        except ProtocolError as error:
            _log.info("authorization refused: %s", error)
            return self._refusal(asked.parameters, error)
        assert asked.application is not None
        facts = self.facts(request, _shown(asked.parameters))
        return await self.open_login(request, login_request(asked, asked.application, facts=facts))

    def _refusal(self, parameters: Parameters, error: ProtocolError) -> Response:
        """Back to the application, whose address is beyond doubt by now, with the state it sent."""
        address = error_address(
            parameters.required("redirect_uri"),
            error.error,
            issuer=self.tokens.issuer,
            state=parameters.get("state") if "state" not in parameters.repeated else None,
            description=error.description,
        )
        return RedirectResponse(address, status_code=303, headers=PRIVATE)


def login_request(asked: Asked, application: Application, *, facts: RequestFacts) -> LoginRequest:
    """The login that a request which passed all rules asks for."""
    parameters = asked.parameters
    prompt, max_age = parameters.words("prompt"), parameters.get("max_age")
    return LoginRequest(
        application_id=application.id,
        redirect_uri=parameters.required("redirect_uri"),
        protocol=freeze(authorization_request(asked, application)),
        acr_values=parameters.words("acr_values"),
        login_hint=parameters.get("login_hint"),
        max_age=int(max_age) if max_age is not None else None,
        # max_age=0 asks for what prompt=login asks for (Core §3.1.2.1); whoever shall choose an account signs in anew
        fresh=bool({"login", "select_account"}.intersection(prompt)) or (max_age is not None and int(max_age) == 0),
        passive="none" in prompt,
        facts=facts,
    )


def authorization_request(asked: Asked, application: Application) -> AuthorizationRequest:
    """What the answer will need of a request which passed all rules."""
    parameters = asked.parameters
    wanted = parameters.words("scope")
    return AuthorizationRequest(
        client_id=application.id,
        redirect_uri=parameters.required("redirect_uri"),
        scope=tuple(scope for scope in SCOPES if scope in wanted),
        code_challenge=parameters.required("code_challenge"),
        state=parameters.get("state"),
        nonce=parameters.get("nonce"),
        expected_user=asked.hinted_user,
    )


async def _parameters(request: Request) -> Parameters:
    """A POST has them in its body, as a form (Core §3.1.2.1)."""
    try:
        return await form_of(request) if request.method == "POST" else query_of(request)
    except MalformedParameters as error:
        _log.info("malformed authorization request: %s", error)
        raise AuthorizationPageError("authorize.malformed") from error


def _shown(parameters: Parameters) -> dict[str, list[str]]:
    """What scripts may see of the parameters."""
    short = [(name, value) for name, value in parameters.values.items() if len(value) <= LONGEST_PARAM]
    return {name: [value] for name, value in short[:MOST_PARAMS]}
