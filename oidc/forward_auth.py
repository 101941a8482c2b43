"""Forward auth: applications that speak no protocol, behind a proxy that asks us about each request.

The proxy passes `/.doorstep/` of the application's own host on to `/forward-auth/{application}/`, so that our cookie
is the application's host's, and asks `check` before it lets a request through.  Who signs in goes through the code
flow like everybody else; the application itself never sees a token.
"""

from __future__ import annotations

import hmac
import logging
import re
import secrets
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from engine.model import Application, User
from engine.ports import Configuration, Directory
from oidc.answers import PRIVATE
from oidc.claims import about
from oidc.encoding import s256
from oidc.errors import MalformedParameters, ProtocolError
from oidc.parameters import Parameters, query_of
from oidc.redeeming import CodeGrant
from oidc.visits import LONGEST, Begun, Visit, Visits, digest
from web.cookies import read_cookies
from web.refusals import Refusal, malformed

SCOPE: Final = ("openid", "profile", "email", "groups", "roles")
OWN: Final = "/.doorstep"
"""Where on the application's host the proxy passes requests on to us."""
CALLBACK: Final = OWN + "/callback"
LONGEST_PATH: Final = 2048

_log = logging.getLogger("doorstep.oidc")
_HEADERS: Final = {
    "Remote-User": "preferred_username",
    "Remote-Name": "name",
    "Remote-Email": "email",
    "Remote-Groups": "groups",
    "Remote-Roles": "roles",
    "Remote-Subject": "sub",
    "Remote-Acr": "acr",
}
_LOCAL: Final = re.compile(r"/(?![/\\])[!-\[\]-~]*\Z")


@dataclass(frozen=True, slots=True)
class ForwardAuth:
    """`/forward-auth/{application}/…`.  issuer: the public address."""

    issuer: str
    configuration: Configuration
    directory: Directory
    visits: Visits
    codes: CodeGrant

    def routes(self) -> list[Route]:
        """What a proxy asks, and the way in."""
        base = "/forward-auth/{application}"
        return [
            Route(base + "/check", self.check, methods=["GET"]),
            Route(base + "/start", self.start, methods=["GET"]),
            Route(base + "/callback", self.callback, methods=["GET"]),
        ]

    async def check(self, request: Request) -> Response:
        """204 with who it is; else 401, or the way in for proxies that hand our answer on to the browser."""
        application = await self._application(request)
        user, visit = await self._visitor(request, application)
        if user is not None and visit is not None:
            return Response(status_code=204, headers={**PRIVATE, **_identity(user, visit)})
        to = request.headers.get("x-forwarded-uri")
        if to is None:
            return Response(status_code=401, headers=PRIVATE)
        return Response(status_code=303, headers={**PRIVATE, "Location": f"{OWN}/start?to={_local(to)}"})

    async def start(self, request: Request) -> Response:
        """Off to sign in, remembering where to."""
        application = await self._application(request)
        browser, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        # as it stands to the end of the query: proxies do not encode it
        to = _local(request.scope["query_string"].decode("latin-1").removeprefix("to="))
        state = await self.visits.begin(Begun(application.id, digest(browser), verifier, to))
        asked = {
            "client_id": application.id,
            "redirect_uri": _callback(application),
            "response_type": "code",
            "scope": " ".join(SCOPE),
            "state": state,
            "code_challenge": s256(verifier),
            "code_challenge_method": "S256",
        }
        response = RedirectResponse(f"{self.issuer}/oauth2/authorize?{urlencode(asked)}", 303, headers=PRIVATE)
        _set(response, application, _begun(state), browser, ttl=None)
        return response

    async def callback(self, request: Request) -> Response:
        """Back with a code: a visit begins, for the browser that set out.

        Refused in plain words: our pages belong to our own host.
        """
        application, parameters = await self._application(request), _query(request)
        state = parameters.get("state") or ""
        begun = await self.visits.begun(state)
        browser = read_cookies(request).get(_name(application, _begun(state)), "")
        if begun is None or begun.application_id != application.id:
            return RedirectResponse("/", 303, headers=PRIVATE)
        code = parameters.get("code")
        if not hmac.compare_digest(digest(browser), begun.browser) or parameters.get("iss") != self.issuer or not code:
            return _not_let_in()
        cookie = await self._admitted(application, begun, code)
        if cookie is None:
            return _not_let_in()
        response = Response(status_code=303, headers={**PRIVATE, "Location": begun.to})
        _set(response, application, "visit", cookie, ttl=LONGEST)
        _set(response, application, _begun(state), "", ttl=0)
        return response

    async def _admitted(self, application: Application, begun: Begun, code: str) -> str | None:
        redeemed = {"code": code, "redirect_uri": _callback(application), "code_verifier": begun.verifier}
        try:
            issued, user = await self.codes.person(application, Parameters(redeemed))
        except ProtocolError as error:
            _log.info("visit refused: %s", error)
            return None
        return await self.visits.admit(issued, user)

    async def _application(self, request: Request) -> Application:
        found = await self.configuration.application(request.path_params["application"])
        if found is None or not found.enabled or not found.forward_auth:
            raise Refusal(404, "http.not_found", detail="no application behind a proxy has that id")
        return found

    async def _visitor(self, request: Request, application: Application) -> tuple[User | None, Visit | None]:
        """Who it is, as they are now; nobody if anything has changed that the visit rests on."""
        cookie = read_cookies(request).get(_name(application, "visit"))
        visit = await self.visits.find(cookie) if cookie is not None else None
        user = await self.directory.user(visit.user_id) if visit is not None else None
        if visit is None or visit.application_id != application.id or user is None or not user.live:
            return None, None
        return (user, visit) if user.credential_version == visit.credential_version else (None, None)


def _not_let_in() -> Response:
    return PlainTextResponse("You are not signed in. Go back to the application and try again.\n", 403, headers=PRIVATE)


def _identity(user: User, visit: Visit) -> dict[str, str]:
    """Who it is, in headers: lists by commas, whatever is not plain ASCII as %XX of its UTF-8.

    What is not known is empty, not left out: so a proxy that copies the header overwrites what the browser sent.
    """
    known = {**about(user, SCOPE, visit.claims), "acr": visit.acr}
    return {header: _plain(known.get(name) or "") for header, name in _HEADERS.items()}


def _plain(value: str | list[str]) -> str:
    texts = [value] if isinstance(value, str) else value
    kept = "!#$&'*+-./:;=?@^_`{|}~ ()" if isinstance(value, str) else "!#$&'*+-./:;=?@^_`{|}~ "
    return ",".join(quote(text, safe=kept) for text in texts)


def _local(to: str) -> str:
    """A path of the application's own host; the front page in place of anything else."""
    return to if len(to) <= LONGEST_PATH and _LOCAL.match(to) else "/"


def _callback(application: Application) -> str:
    return next(uri for uri in application.redirect_uris if uri.endswith(CALLBACK))


def _query(request: Request) -> Parameters:
    try:
        parameters = query_of(request)
        parameters.refuse_repeated()
    except (MalformedParameters, ProtocolError) as error:
        raise malformed(str(error)) from error
    return parameters


def _begun(state: str) -> str:
    return f"begun-{state[:12]}"


def _name(application: Application, what: str) -> str:
    """The cookie's name at the application's host."""
    prefix = "__Host-" if _callback(application).startswith("https:") else ""
    return f"{prefix}doorstep-{what}"


def _set(response: Response, application: Application, what: str, value: str, *, ttl: int | None) -> None:
    name = _name(application, what)
    secure = name.startswith("__Host-")
    response.set_cookie(name, value, max_age=ttl, path="/", secure=secure, httponly=True, samesite="lax")
