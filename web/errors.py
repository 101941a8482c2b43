"""The one place where what went wrong becomes an answer: a page for people, JSON for programs.

The answer says what to do and carries a reference number; everything else goes to the log under that number.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, ExceptionHandler, Message, Receive, Scope, Send

from engine.errors import (
    BadAnswer,
    Busy,
    Changed,
    DeviceError,
    DirectoryError,
    EngineError,
    LoginGone,
    NotYourLogin,
    TooManyRequests,
    UnknownApplication,
)
from web.endings import Ending
from web.pages import Pages
from web.refusals import Refusal

log = logging.getLogger("doorstep.http")

FOR_PROGRAMS = re.compile(
    r"/oauth2/(?!authorize$).*|/\.well-known/.*|/healthz|/readyz|/metrics"
    r"|(/t/[^/]+)?(/o/[^/]+)?/(api|push-auth)/.*",
    re.DOTALL,
)
"""Paths whose callers read JSON, whatever they say they accept."""
PROBLEMS = re.compile(r"/api/admin/v1(/.*)?", re.DOTALL)
"""Paths whose callers read problem details (RFC 9457)."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SECRET = re.compile(r"[A-Za-z0-9_-]{40,}")
_CONTROL = re.compile(r"[^\x20-\x7e]")


def new_reference() -> str:
    """A number a person can read to support over the telephone (40 random bits, Crockford's alphabet)."""
    letters = [secrets.choice(_ALPHABET) for _ in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the client is told.  message: a text id; code: for programs; errors, difference: as in a Refusal."""

    status: int
    message: str
    code: str = ""
    text: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    errors: Sequence[Mapping[str, str]] = ()
    difference: Sequence[str] = ()


def verdict_of(error: Exception) -> Verdict:
    """The answer to *error*; anything we did not foresee is a 500 that says nothing."""
    match error:
        case Refusal():
            return Verdict(
                error.status,
                error.message,
                code=error.code,
                text=error.text,
                headers=error.headers,
                errors=error.errors,
                difference=error.difference,
            )
        case DeviceError():
            return Verdict(error.status, "http.bad_request", code=error.code, text=error.message)
        case LoginGone():
            return Verdict(410, "login.gone")
        case NotYourLogin():
            return Verdict(403, "login.not_yours")
        case BadAnswer():
            return Verdict(400, "http.bad_request")
        case TooManyRequests():
            return Verdict(429, "http.too_many", headers={"Retry-After": str(error.retry_after)})
        case UnknownApplication():
            return Verdict(400, "login.unknown_application")
        case Busy():
            return Verdict(503, "http.busy", headers={"Retry-After": "2"})
        case Changed():
            return Verdict(409, "http.changed")
        case DirectoryError():
            return Verdict(409, f"directory.{error.reason}")
        case HTTPException():
            return Verdict(error.status_code, _message_of(error.status_code), headers=dict(error.headers or {}))
        case _:
            return Verdict(500, "http.internal")


def _message_of(status: int) -> str:
    messages = {404: "http.not_found", 405: "http.wrong_method", 413: "http.too_large", 415: "http.unsupported_type"}
    return messages.get(status, "http.bad_request" if status < 500 else "http.internal")


class Errors:
    """Answers errors, in the shape the caller of that path reads."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def answer(self, request: Request, error: Exception) -> Response:
        """The response to *error*; logs it under the reference the response carries."""
        verdict, reference = verdict_of(error), new_reference()
        self._log(request, error, verdict, reference=reference)
        if FOR_PROGRAMS.fullmatch(request.scope["path"]):
            return self._json(request, verdict, reference)
        ending = Ending(verdict.message, reference)
        return ending.render(self._pages, request, status=verdict.status, headers=verdict.headers)

    def page(self, request: Request, message: str, status: int) -> Response:
        """An error page for a message id, for faces that refuse a request themselves."""
        reference = new_reference()
        log.info("%s %s answered %d: %s", reference, _path(request), status, message)
        return Ending(message, reference).render(self._pages, request, status=status)

    def handlers(self) -> Mapping[type[Exception], ExceptionHandler]:
        """For Starlette(exception_handlers=...): what routing itself raises, and expected refusals of a face."""

        async def handle(request: Request, error: Exception) -> Response:
            return self.answer(request, error)

        return {HTTPException: handle, Refusal: handle, EngineError: handle}

    def _json(self, request: Request, verdict: Verdict, reference: str) -> Response:
        text = verdict.text or self._pages.texts.text(verdict.message)
        path = request.scope["path"]
        if PROBLEMS.fullmatch(path):
            return _problem(verdict, text, reference)
        if path.startswith("/oauth2/") and path != "/oauth2/authn":
            body = {"error": _oauth_error(verdict.status), "error_description": text, "traceId": reference}
        else:
            body = {"code": verdict.code or f"HTTP-{verdict.status}", "message": text, "traceId": reference}
        return JSONResponse(body, status_code=verdict.status, headers=dict(verdict.headers))

    def _log(self, request: Request, error: Exception, verdict: Verdict, *, reference: str) -> None:
        path, detail = _path(request), _plain(str(getattr(error, "detail", "")), 300)
        about = {"flow": request.path_params.get("flow")}
        if verdict.status == 500:
            log.error("%s %s %s failed", reference, request.method, path, exc_info=error, extra=about)
        else:
            phrase = HTTPStatus(verdict.status).phrase if verdict.status in set(HTTPStatus) else ""
            told = (reference, request.method, path, verdict.status, phrase, detail)
            log.info("%s %s %s %d %s: %s", *told, extra=about)


def _problem(verdict: Verdict, text: str, reference: str) -> Response:
    """Problem details (RFC 9457 §3)."""
    title = HTTPStatus(verdict.status).phrase
    body: dict[str, object] = {"type": "about:blank", "title": title, "status": verdict.status, "detail": text}
    body["traceId"] = reference
    if verdict.errors:
        body["errors"] = [dict(error) for error in verdict.errors]
    if verdict.difference:
        body["difference"] = list(verdict.difference)
    headers = dict(verdict.headers)
    return JSONResponse(body, verdict.status, headers=headers, media_type="application/problem+json")


def _path(request: Request) -> str:
    """The path for the log; a part as long as a secret is left out, for it may be one (links by mail)."""
    return _plain(_SECRET.sub("...", request.scope["path"]), 200)


def _plain(text: str, longest: int) -> str:
    """One line of printable ASCII, so that nobody writes log records of their own."""
    return _CONTROL.sub("?", text[:longest])


def _oauth_error(status: int) -> str:
    """RFC 6749 §5.2 and §4.1.2.1."""
    if status in (429, 503):
        return "temporarily_unavailable"
    return "server_error" if status >= 500 else "invalid_request"


class ErrorBoundary:
    """ASGI middleware: nothing a face or an inner middleware raises gets past it unanswered."""

    def __init__(self, app: ASGIApp, *, errors: Errors) -> None:
        self._app = app
        self._errors = errors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what was raised, unless the response has begun: then the connection is dropped."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        begun = False

        async def watch(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except ClientDisconnect:
            log.debug("client went away")
        except Exception as error:
            if begun:
                raise
            response = self._errors.answer(Request(scope), error)
            await response(scope, receive, send)
