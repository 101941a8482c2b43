"""Refusals that the HTTP layer itself makes, before any face has looked at the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class Refusal(Exception):
    """This request is answered with *status* and nothing was changed.

    message: id of the text shown; detail: for the log only; headers: e.g. Retry-After.  code, text: for programs, in
    place of the general ones; errors: which places of what was sent are meant (RFC 9457); difference: what the sender
    did not know of, line by line.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        detail: str = "",
        headers: Mapping[str, str] | None = None,
        code: str = "",
        text: str | None = None,
        errors: Sequence[Mapping[str, str]] = (),
        difference: Sequence[str] = (),
    ) -> None:
        super().__init__(detail or message)
        self.code = code
        self.text = text
        self.errors = errors
        self.difference = difference
        self.status = status
        self.message = message
        self.detail = detail
        self.headers = dict(headers or {})


def malformed(detail: str) -> Refusal:
    """400: the request is not well-formed."""
    return Refusal(400, "http.bad_request", detail=detail)


def too_large(detail: str) -> Refusal:
    """413: the body is larger than anything we take."""
    return Refusal(413, "http.too_large", detail=detail, headers={"Connection": "close"})


def unsupported(detail: str) -> Refusal:
    """415: not the content type this route takes."""
    return Refusal(415, "http.unsupported_type", detail=detail)
