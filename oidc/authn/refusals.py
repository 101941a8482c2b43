"""How JSON login refuses: an APIError that names what happened; the log has the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.responses import JSONResponse

from engine.errors import Busy, EngineError, LoginGone, NotYourLogin, TooManyRequests, UnknownApplication
from engine.model import Failed
from oidc.answers import private_json
from oidc.errors import AuthorizationPageError, ProtocolError
from web.catalogue import Catalogue
from web.errors import new_reference
from web.refusals import Refusal

MALFORMED = "ABA-60001"
FAILED = "ABA-60002"
GONE = "ABA-60003"
NOT_ENABLED = "ABA-60007"
TOO_MANY_TRIES = "ABA-60013"
TOO_MANY_RESENDS = "ABA-60014"
BUSY = "ABA-65001"
_OF_REASON = {
    "password.wrong": TOO_MANY_TRIES,
    "password.throttled": TOO_MANY_TRIES,
    "push.resend_limit": TOO_MANY_RESENDS,
}


@dataclass(frozen=True, slots=True)
class ApiError:
    """A refusal.  message_id: of the text; description: for the application's developer, or what a script says.

    more: members besides those that every APIError has.
    """

    code: str
    message_id: str
    description: str = ""
    status: int = 400
    trace_id: str = field(default_factory=new_reference)
    more: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self, texts: Catalogue) -> JSONResponse:
        """As JSON, in the person's language."""
        message = texts.text(self.message_id)
        told = {
            "code": self.code,
            "message": message,
            "description": self.description or message,
            "traceId": self.trace_id,
            "messageId": self.message_id,
        }
        return private_json({**told, **self.more}, status=self.status, headers=self.headers)


class NotEnabled(Exception):
    """The application may not use JSON login."""


EXPECTED = (EngineError, Refusal, ProtocolError, AuthorizationPageError, NotEnabled)
"""What may be raised on the way to an answer; anything else is a fault of ours."""


def refusal_of(error: Exception) -> ApiError:
    """What the application is told of *error*, one of those expected.

    Somebody else's flow and one that is gone look alike.
    """
    match error:
        case NotEnabled():
            return ApiError(NOT_ENABLED, "authorize.native_not_enabled")
        case LoginGone() | NotYourLogin():
            return ApiError(GONE, "login.gone")
        case UnknownApplication():
            return ApiError(GONE, "login.application_gone")
        case Busy():
            return ApiError(BUSY, "http.busy", status=503, headers={"Retry-After": "2"})
        case TooManyRequests():
            return ApiError(BUSY, "http.too_many", status=429, headers={"Retry-After": str(error.retry_after)})
        case ProtocolError():
            return ApiError(MALFORMED, "authorize.malformed", error.description, more={"error": error.error})
        case AuthorizationPageError():
            return ApiError(MALFORMED, error.message_id)
        case Refusal():
            return ApiError(MALFORMED, error.message, error.detail, status=error.status, headers=error.headers)
        case _:
            return ApiError(MALFORMED, "http.bad_request", str(error))


def end_of(failed: Failed) -> ApiError:
    """A login that ended without success: its reason, and what the script said of it."""
    more: dict[str, object] = {"error": failed.error}
    if failed.error_uri is not None:
        more["errorUri"] = failed.error_uri
    if failed.url is not None:
        more["redirectUrl"] = failed.url
    if failed.details:
        more["details"] = dict(failed.details)
    code = _OF_REASON.get(failed.reason, FAILED)
    return ApiError(code, failed.reason, failed.description or "", trace_id=failed.reference, more=more)
