"""What each refusal of FCM's means for the device, the message and the admin (push-protocol.md 10)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from firebase_admin import exceptions, messaging
from google.auth.exceptions import GoogleAuthError, RefreshError

from authenticators.push.providers.calls import Refused
from authenticators.push.providers.steady import Again, Down, Ended
from engine.ports import DeadToken, Handed, NotNow

_BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"
_FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"
LONGEST_WAIT = 3600.0
"""Seconds of a Retry-After that are believed."""


def meaning(error: Exception) -> Ended:
    """What to do after *error*."""
    match error:
        case messaging.UnregisteredError():
            return DeadToken("token.unregistered")
        case messaging.SenderIdMismatchError():
            return DeadToken("token.other_project", alert=True)
        case messaging.QuotaExceededError() | exceptions.ResourceExhaustedError():
            return Again("provider.quota", after=_retry_after(error))
        case messaging.ThirdPartyAuthError():
            return NotNow("provider.apns_key", alert=True)
        case exceptions.UnauthenticatedError():
            return Down("provider.credentials")
        case exceptions.PermissionDeniedError() | exceptions.NotFoundError():
            return Down("provider.project")
        case exceptions.InvalidArgumentError():
            return _invalid(error)
        case exceptions.DeadlineExceededError():
            return Again("provider.slow")
        case exceptions.InternalError() | exceptions.UnavailableError():
            return Again("provider.unavailable", after=_retry_after(error))
        case exceptions.FirebaseError():
            return _unknown(error)
        case GoogleAuthError():
            return _of_tokens(error)
        case _:
            return NotNow("provider.broken", alert=True)


def _invalid(error: exceptions.InvalidArgumentError) -> Handed:
    """The token is to blame only where FCM names no field of the message (the details hold its own error alone)."""
    kinds = {detail.get("@type") for detail in _details(error)}
    if _FCM_ERROR in kinds and _BAD_REQUEST not in kinds:
        return DeadToken("token.invalid")
    return NotNow("message.invalid", alert=True)


def _unknown(error: exceptions.FirebaseError) -> Ended:
    """A call that the door refused, or an answer that the protocol does not name."""
    if isinstance(error.cause, Refused):
        return Down("provider.refused")
    status = getattr(error.http_response, "status_code", 0)
    return Again("provider.unavailable") if status >= 500 else NotNow("provider.broken", alert=True)


def _of_tokens(error: GoogleAuthError) -> Ended:
    """No access token: the endpoint refused the credentials, or could not be reached."""
    if isinstance(error, RefreshError) and not error.retryable:
        return Down("provider.credentials")
    if any(isinstance(cause, Refused) for cause in _causes(error)):
        return Down("provider.refused")
    return Again("provider.unavailable")


def _causes(error: BaseException) -> Iterable[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__


def _details(error: exceptions.FirebaseError) -> list[dict[str, Any]]:
    try:
        found = error.http_response.json()["error"]["details"]
    except (AttributeError, KeyError, TypeError, ValueError):
        return []
    return [detail for detail in found if isinstance(detail, dict)] if isinstance(found, list) else []


def _retry_after(error: exceptions.FirebaseError) -> float | None:
    """Seconds that FCM asks us to wait, if it does."""
    try:
        seconds = float(error.http_response.headers["retry-after"])
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return min(seconds, LONGEST_WAIT) if math.isfinite(seconds) and seconds >= 0 else None
