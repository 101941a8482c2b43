"""A connection of uvicorn's with bounds of its own: how long a request's head may take, how large head and body may be.

The parser below keeps whatever comes until a head is complete, and the application sees a request only then; so what
never ends must be ended here.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 64 * 1024
"""Bytes of a request line and all header fields; the application refuses a good deal less, with a page."""
LARGEST_REQUEST = 2 * 1024 * 1024
"""Bytes of a whole request as it is on the wire; no route takes half of it."""
SLOWEST_HEAD = 20.0
"""Seconds from a request's first byte, or from the connection's beginning, to the end of the head."""


class BoundedConnection(HttpToolsProtocol):
    """Closes a connection whose request is too large or whose head is too slow."""

    _received = 0
    _in_head = True
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The first request is due.  No address is logged, whoever listens: a native application's holds a secret."""
        self.access_log = False
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is due any more."""
        self._head_came()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what comes.  A piece, at most some 256 KB, may hold the end of one request and most of the next."""
        if self.transport.is_closing():
            return
        if self._in_head and self._deadline is None:
            self._expect_head()
        self._received += len(data)
        super().data_received(data)
        if self._received > (LARGEST_HEAD if self._in_head else LARGEST_REQUEST):
            self._refuse()

    def on_headers_complete(self) -> None:
        """The head is there; the application takes over."""
        self._in_head = False
        self._head_came()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """What comes now is another request."""
        super().on_message_complete()
        self._in_head, self._received = True, 0

    def _expect_head(self) -> None:
        self._deadline = self.loop.call_later(SLOWEST_HEAD, self._too_slow)

    def _head_came(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        """Give the connection up, unless an answer to an earlier request is still on its way."""
        self._deadline = None
        if self._is_answering():
            self._expect_head()
        elif not self.transport.is_closing():
            self.transport.close()

    def _refuse(self) -> None:
        """Say so if no answer has begun, and listen no longer."""
        if self.transport.is_closing():
            return
        if self._is_answering():
            self.transport.close()
        else:
            self.send_400_response("Request too large.")

    def _is_answering(self) -> bool:
        cycle: Any = self.cycle  # None before the first request
        return cycle is not None and not cycle.response_complete
