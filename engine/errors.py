"""Broken promises and refusals that no page of a login can answer.  A face turns each into its status and page."""

from __future__ import annotations


class EngineError(Exception):
    """Base of all below.  detail: for the log only, never for a person, never a secret."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class LoginGone(EngineError):
    """No such login, or it is finished, expired or was lost with its store: start again (410)."""


class NotYourLogin(EngineError):
    """The browser does not hold this login's secret, or the form token is not of this login (403)."""


class BadAnswer(EngineError):
    """What was posted is malformed or not offered here (400); nothing was changed."""


class Busy(EngineError):
    """A store or the hashing pool cannot take more at the moment (503, Retry-After)."""


class StoreUnavailable(EngineError):
    """A user store elsewhere does not answer, or not as it should: nobody gets in by it."""


class TooManyRequests(EngineError):
    """This address begins more logins than it may (429).  retry_after: seconds."""

    def __init__(self, detail: str = "", *, retry_after: int = 60) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class UnknownApplication(EngineError):
    """No enabled application has that id, or it has no flow that can run."""


class DeviceError(EngineError):
    """A device's request is refused.  code: e.g. PDH-15002 (push-protocol.md 1.2); status: HTTP status, 4xx."""

    def __init__(self, code: str, message: str, *, status: int = 400, detail: str = "") -> None:
        super().__init__(detail or message)
        self.code = code
        self.message = message
        self.status = status


class Changed(EngineError):
    """What a change was to rest on is not as it was read any more, and nothing was changed: read again (409)."""


class DirectoryError(EngineError):
    """A change of users or devices is not possible: a name taken, a limit reached, a key already registered."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason = reason
