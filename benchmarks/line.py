"""A client that costs next to nothing: one connection, HTTP/1.1, as much of it as the benchmarks need."""

from __future__ import annotations

import asyncio
import re


class Line:
    """One connection of a browser or a phone, kept open."""

    def __init__(self, port: int, address: str) -> None:
        self._port = port
        self._address = address

    async def request(self, method: str, path: str, body: bytes = b"", *headers: str) -> tuple[bytes, bytes]:
        """Head and body of the answer."""
        if not hasattr(self, "reader"):
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self._port, limit=65536)
        self.send(method, path, body, *headers)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        return head, await self.reader.readexactly(int(length[1])) if length else b""

    def send(self, method: str, path: str, body: bytes = b"", *headers: str) -> None:
        """Send a request and wait for nothing."""
        common = (f"Host: localhost:{self._port}", f"X-Forwarded-For: {self._address}", *headers)
        length = (f"Content-Length: {len(body)}",) if method == "POST" else ()
        self.writer.write("\r\n".join((f"{method} {path} HTTP/1.1", *common, *length, "", "")).encode() + body)
