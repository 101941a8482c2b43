"""Lets a library that speaks `requests` call out through the server's one door.

Every call of Google's libraries leaves by `engine.outgoing.Outgoing`: its allow-list, address check and deadlines hold,
no proxy of the environment is asked and no redirect followed.  The library runs in a thread; the door on the loop.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import io
from collections.abc import Mapping, Sequence
from typing import Any

import requests
from requests.adapters import BaseAdapter

from engine.outgoing import Outgoing, OutgoingFailure, OutgoingRequest, OutgoingResponse

_DOORS_OWN = frozenset({"accept-encoding", "connection", "content-length", "host", "transfer-encoding"})


Loop = asyncio.AbstractEventLoop


class Refused(requests.RequestException):
    """The door does not let this call out; trying again changes nothing."""


class DoorAdapter(BaseAdapter):
    """A transport for `requests.Session.mount`.

    door: with the loop it lives on; owner: whose share of connections it uses; allow: where it may call; seconds: for
    one call.
    """

    def __init__(self, door: tuple[Outgoing, Loop], *, owner: str, allow: Sequence[str], seconds: float) -> None:
        super().__init__()
        self._door, self._loop = door
        self._owner = owner
        self._allow = tuple(allow)
        self._seconds = seconds

    def send(  # type: ignore[override]  # the base class leaves its parameters open
        self, request: requests.PreparedRequest, **_: Any
    ) -> requests.Response:
        """Make the call and wait for its answer, in whatever thread this is but the loop's."""
        call = self._door.send(self._message(request), allow=self._allow, deadline=self._seconds)
        future = asyncio.run_coroutine_threadsafe(call, self._loop)
        try:
            outcome = future.result(self._seconds + 1)
        except (TimeoutError, concurrent.futures.CancelledError):
            future.cancel()
            raise requests.Timeout("the call was given up", request=request) from None
        if isinstance(outcome, OutgoingFailure):
            raise _error(outcome, request)
        return self.answered(outcome, request)

    def answered(self, outcome: OutgoingResponse, request: requests.PreparedRequest) -> requests.Response:
        """What the library is given."""
        if 300 <= outcome.status <= 399:
            raise Refused("the answer is a redirect", request=request)
        response = requests.Response()
        response.status_code = outcome.status
        response.headers.update({name: value for name, value in outcome.headers if name != "content-encoding"})
        response.raw = io.BytesIO(outcome.body)
        response.encoding = "utf-8"
        response.url, response.request = request.url or "", request
        return response

    def close(self) -> None:
        """Nothing is kept here: connections are the door's."""

    def _message(self, request: requests.PreparedRequest) -> OutgoingRequest:
        body = request.body.encode() if isinstance(request.body, str) else request.body
        return OutgoingRequest(
            method=request.method or "",
            url=request.url or "",
            headers=_headers(request.headers),
            body=body if isinstance(body, bytes) else None,
            owner=self._owner,
        )


class TokenAdapter(DoorAdapter):
    """The same for the token endpoint: a failure that may pass is raised, so that the library does not sleep on it."""

    def answered(self, outcome: OutgoingResponse, request: requests.PreparedRequest) -> requests.Response:
        """As above."""
        if outcome.status >= 500 or outcome.status in (408, 429):
            raise requests.ConnectionError(f"the token endpoint answered {outcome.status}", request=request)
        return super().answered(outcome, request)


def _headers(given: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What the library set, without what the door sets itself."""
    texts = ((name, value.decode("latin-1") if isinstance(value, bytes) else value) for name, value in given.items())
    return tuple((name, value) for name, value in texts if name.lower() not in _DOORS_OWN)


def _error(failure: OutgoingFailure, request: requests.PreparedRequest) -> requests.RequestException:
    match failure.kind:
        case "timeout":
            return requests.Timeout(failure.detail, request=request)
        case "unreachable" | "protocol" | "too_large":
            return requests.ConnectionError(failure.detail, request=request)
        case "refused":
            return Refused(failure.detail, request=request)
