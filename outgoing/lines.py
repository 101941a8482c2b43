"""Connections, kept by the allow-list under which they were made, and one exchange over one of them.

Follows no redirect, asks no proxy, reads no environment but OpenSSL's own (`SSL_CERT_FILE`, `SSL_CERT_DIR`).
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import AsyncIterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore2

from engine.destinations import Destination, entries
from engine.outgoing import OutgoingFailure, OutgoingRequest, OutgoingResponse
from outgoing.answers import BadAnswer, TooLarge, read_answer
from outgoing.guard import Guard, NoAddress, Refused, Resolve
from outgoing.shares import MOST_CALLS
from outgoing.wire import Headers

MOST_LISTS = 8
"""Allow-lists whose idle connections are kept."""
MOST_IDLE = 16
IDLE = 1.0
"""Seconds an idle connection is kept: below what servers grant, so that none is closed just as we write to it."""

_PROBLEMS = (
    httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError, OSError,
    Refused, NoAddress, TooLarge, BadAnswer,
)  # fmt: skip

logging.getLogger("httpcore2").setLevel(logging.INFO)  # below that it writes header fields


@dataclass(slots=True)
class _Line:
    pool: httpcore2.AsyncConnectionPool
    users: int = 0


class Lines:
    """The connections of this process."""

    def __init__(self, resolve: Resolve, tls: ssl.SSLContext | None) -> None:
        self._resolve = resolve
        self._tls = tls
        self._lines: dict[tuple[str, ...], _Line] = {}

    async def exchange(
        self, request: OutgoingRequest, to: Destination, *, headers: Headers, allow: Sequence[str], largest: int
    ) -> OutgoingResponse | OutgoingFailure:
        """Send the request once and read its answer."""
        try:
            with self._line(tuple(allow)) as pool:
                return await _exchanged(pool, _message(request, to, headers), largest)
        except _PROBLEMS as problem:
            return _failure(problem, to)
        finally:
            await self._drop_spare()

    async def aclose(self) -> None:
        """Close all connections, used ones as well."""
        lines = list(self._lines.values())
        self._lines.clear()
        for line in lines:
            await line.pool.aclose()

    async def _drop_spare(self) -> None:
        """Close what belongs to allow-lists that nobody uses now, oldest first, down to the number that is kept."""
        spare = max(0, len(self._lines) - MOST_LISTS)
        for allow in [key for key, line in self._lines.items() if not line.users][:spare]:
            await self._lines.pop(allow).pool.aclose()

    @contextmanager
    def _line(self, allow: tuple[str, ...]) -> Iterator[httpcore2.AsyncConnectionPool]:
        """The pool of that list, marked as used.  What one list let in is never reached under another."""
        line = self._lines.pop(allow, None) or _Line(self._pool(allow))
        self._lines[allow] = line
        line.users += 1
        try:
            yield line.pool
        finally:
            line.users -= 1

    def _pool(self, allow: tuple[str, ...]) -> httpcore2.AsyncConnectionPool:
        if self._tls is None:
            self._tls = httpcore2.default_ssl_context()
        return httpcore2.AsyncConnectionPool(
            ssl_context=self._tls,
            max_connections=MOST_CALLS,
            max_keepalive_connections=MOST_IDLE,
            keepalive_expiry=IDLE,
            network_backend=Guard(entries(allow), self._resolve),
        )


def _message(request: OutgoingRequest, to: Destination, headers: Headers) -> httpcore2.Request:
    waits = {"connect": request.connect_timeout, "pool": request.connect_timeout}
    waits |= {"read": request.read_timeout, "write": request.read_timeout}
    return httpcore2.Request(
        request.method,
        httpcore2.URL(scheme=to.scheme, host=to.host.name, port=to.port, target=to.target),
        headers=headers,
        content=request.body or b"",
        extensions={"timeout": waits},
    )


async def _exchanged(
    pool: httpcore2.AsyncConnectionPool, message: httpcore2.Request, largest: int
) -> OutgoingResponse:
    response = await pool.handle_async_request(message)
    try:
        if not isinstance(response.stream, AsyncIterable):
            raise BadAnswer("no body that can be read")
        return await read_answer(response.status, response.headers, response.stream, largest=largest)
    finally:
        await response.aclose()


def _failure(problem: Exception, to: Destination) -> OutgoingFailure:
    """What went wrong, in words of ours: those of libraries may quote a header or a body."""
    match problem:
        case httpcore2.TimeoutException():
            return OutgoingFailure("timeout", f"{to}: no answer in time")
        case Refused():
            return OutgoingFailure("refused", f"{to}: {problem}")
        case NoAddress():
            return OutgoingFailure("unreachable", f"{to}: the name has no address")
        case TooLarge():
            return OutgoingFailure("too_large", f"{to}: the answer is over the limit")
        case BadAnswer():
            return OutgoingFailure("protocol", f"{to}: {problem}")
        case httpcore2.ProtocolError():
            return OutgoingFailure("protocol", f"{to}: what came back is not HTTP/1.1")
        case httpcore2.ConnectError():
            return OutgoingFailure("unreachable", f"{to}: {_connection_problem(problem)}")
        case _:
            return OutgoingFailure("unreachable", f"{to}: the connection broke")


def _connection_problem(problem: Exception) -> str:
    cause = problem.args[0] if problem.args else None
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"TLS: {cause.verify_message}"
    return "TLS failed" if isinstance(cause, ssl.SSLError) else "no connection"


