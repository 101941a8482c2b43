"""A connection that is read in small bites, so that no answer, however it is cut, holds the event loop for long.

A server may send a megabyte as a million chunks, or a thousand early answers in a packet; the parser goes through all
that it is given before anybody else has a turn.
"""

from __future__ import annotations

import ssl
from typing import Any

from httpcore2 import AsyncNetworkStream

BITE = 8192
"""Bytes of one read."""


class SmallBites(AsyncNetworkStream):
    """*stream*, with reads of at most BITE bytes, over TLS too."""

    def __init__(self, stream: AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - the interface
        """The next bytes, or none at the end."""
        return await self._stream.read(min(max_bytes, BITE), timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - the interface
        """Send all of *buffer*."""
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface
    ) -> AsyncNetworkStream:
        """The same connection over TLS."""
        return SmallBites(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """What the client wants to know of the connection."""
        return self._stream.get_extra_info(info)
