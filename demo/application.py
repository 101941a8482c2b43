"""The sample application: its pages, and the four addresses that make it a relying party."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from demo.headers import SecurityHeaders
from demo.relying_party import RelyingParty, SignInFailed
from demo.sessions import Sessions

FOLDER = Path(__file__).resolve().parent
COOKIE = "sample-session"

REASONS: Mapping[str, str] = {
    "unreachable": "The login server did not answer. It may be starting; try again in a moment.",
    "unknown_state": "This sign-in was not begun in this browser, or it was finished before.",
    "wrong_issuer": "The answer did not come from the login server that was asked.",
    "malformed": "The login server’s answer could not be read.",
    "bad_token": "The login server’s proof did not stand up to checking.",
    "refused": "The login server did not let this sign-in through.",
    "access_denied": "You were not signed in. Nothing was shared with this application.",
    "not_found": "There is no page at this address.",
}
"""What a person is told, by reason; an OAuth error may have a text of its own."""

METHODS: Mapping[str, str] = {"pwd": "password", "swk": "phone", "hwk": "security key", "otp": "one-time code"}
"""RFC 8176 values that name something a person did; others (`mfa`) count how many."""


@dataclass(frozen=True, slots=True)
class Application:
    """The pages of one relying party.  name: as people know it."""

    party: RelyingParty
    name: str
    sessions: Sessions
    templates: Environment

    async def home(self, request: Request) -> Response:
        """Who is signed in and how that was proven, or what this is."""
        session = self.sessions.find(request.cookies.get(COOKIE))
        claims = session.claims if session is not None else None
        return self._page("home.html", claims=claims, **(_proof(claims) if claims else {}))

    async def login(self, request: Request) -> Response:
        """Off to the login server; `?prompt=login` asks it to forget that it knows us."""
        prompt = "login" if request.query_params.get("prompt") == "login" else None
        try:
            address, pending = await self.party.begin(prompt=prompt)
        except SignInFailed as failure:
            return self._failed(failure)
        session_id = self.sessions.remember(request.cookies.get(COOKIE), pending)
        return self._with_cookie(RedirectResponse(address, status_code=303), session_id)

    async def callback(self, request: Request) -> Response:
        """Back from the login server: only what this very browser began goes on."""
        session_id, query = request.cookies.get(COOKIE), request.query_params
        answer = dict(query)
        try:
            if len(answer) != len(query.multi_items()):
                raise SignInFailed("malformed")
            pending = self.sessions.take(session_id, answer.get("state", ""))
            if pending is None:
                raise SignInFailed("unknown_state")
            claims = await self.party.finish(answer, pending)
        except SignInFailed as failure:
            return self._failed(failure)
        return self._with_cookie(RedirectResponse("/", status_code=303), self.sessions.sign_in(session_id, claims))

    async def logout(self, request: Request) -> Response:
        """Forget who is signed in here."""
        self.sessions.end(request.cookies.get(COOKIE))
        response = RedirectResponse("/", status_code=303)
        response.delete_cookie(COOKIE, path="/", secure=self._secure, httponly=True, samesite="lax")
        return response

    async def wrong_way(self, request: Request, error: Exception) -> Response:
        """A page for addresses and methods that are not there."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        return self._page("error.html", status=status, text=REASONS["not_found"], error="", description="")

    def _failed(self, failure: SignInFailed) -> Response:
        text = REASONS.get(failure.error) or REASONS[failure.reason]
        status = 502 if failure.reason == "unreachable" else 400
        return self._page(
            "error.html", status=status, text=text, error=failure.error[:100], description=failure.description[:500]
        )

    def _page(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        page = self.templates.get_template(template).render(name=self.name, issuer=self.party.issuer, **values)
        return HTMLResponse(page, status_code=status)

    def _with_cookie(self, response: Response, session_id: str) -> Response:
        response.set_cookie(COOKIE, session_id, path="/", secure=self._secure, httponly=True, samesite="lax")
        return response

    @property
    def _secure(self) -> bool:
        return self.party.redirect_uri.startswith("https:")


def create_application(
    issuer: str,
    client_id: str,
    *,
    client_secret: str | None,
    redirect_uri: str,
    name: str = "Payroll",
) -> Starlette:
    """The sample application, served at the origin of *redirect_uri*.  client_secret: None for a public client."""
    party = RelyingParty(issuer, client_id, client_secret=client_secret, redirect_uri=redirect_uri)
    templates = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    application = Application(party, name, sessions=Sessions(), templates=templates)
    return Starlette(
        routes=[
            Route("/", application.home, methods=["GET"]),
            Route("/login", application.login, methods=["GET"]),
            Route(urlsplit(redirect_uri).path or "/callback", application.callback, methods=["GET"]),
            Route("/logout", application.logout, methods=["POST"]),
            Mount("/static", StaticFiles(directory=FOLDER / "static")),
        ],
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers={HTTPException: application.wrong_way},
    )


def _proof(claims: Mapping[str, Any]) -> dict[str, Any]:
    """How the person was authenticated, as the page tells it."""
    amr = claims.get("amr")
    methods = [METHODS[method] for method in amr if method in METHODS] if isinstance(amr, list) else []
    rows = [(name, value if isinstance(value, str) else json.dumps(value)) for name, value in claims.items()]
    return {
        "person": str(claims.get("preferred_username") or claims.get("email") or claims["sub"]),
        "methods": methods,
        "amr": amr if isinstance(amr, list) else [],
        "acr": claims.get("acr"),
        "moment": _moment(claims.get("auth_time")),
        "rows": rows,
    }


def _moment(auth_time: object) -> datetime | None:
    """The time of the login, UTC; None if the claim is missing or no time."""
    if not isinstance(auth_time, int) or isinstance(auth_time, bool) or not 0 <= auth_time < 2**33:
        return None
    return datetime.fromtimestamp(auth_time, UTC)
