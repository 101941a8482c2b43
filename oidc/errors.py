"""How this face refuses: in OAuth's own words, or on a page of ours when no application can be told."""

from __future__ import annotations


class ProtocolError(Exception):
    """A refusal that the application is told.

    error: a registered OAuth or OpenID Connect code; description: for its developer, plain ASCII, never a secret;
    status: the HTTP status where the answer is JSON.
    """

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(f"{error}: {description}")
        self.error = error
        self.description = description
        self.status = status


class AuthorizationPageError(Exception):
    """A refusal that only the person can be shown, because no address is known to be the application's.

    message_id: an id of the message catalogue; RFC 6749 §4.1.2.1.
    """

    def __init__(self, message_id: str, *, status: int = 400) -> None:
        super().__init__(message_id)
        self.message_id = message_id
        self.status = status


class MalformedParameters(Exception):
    """A query or a form that is no `application/x-www-form-urlencoded` in UTF-8, or is larger than any real one."""


class TokenRefused(Exception):
    """A token that is not ours, not for this purpose, expired, or revoked.  The reason is for the log only."""
