"""Plain sockets, for what no HTTP client would send."""

from __future__ import annotations

import re
import socket
from contextlib import closing
from urllib.parse import urlsplit


def exchange(url: str, *parts: bytes, seconds: float = 10) -> bytes:
    """Send the parts as far as the server takes them; what it says until it closes, or says nothing for a while."""
    target = urlsplit(url)
    with closing(socket.create_connection((target.hostname or "", target.port or 80), timeout=seconds)) as client:
        answer = b""
        try:
            for part in parts:
                client.sendall(part)
            client.settimeout(min(seconds, 2))
            while received := client.recv(65_536):
                answer += received
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            pass
        return answer


def request(
    url: str, method: str = "GET", target: str = "/healthz", *, headers: bytes = b"", body: bytes = b""
) -> bytes:
    """A request as bytes; it asks the server to close.  headers: lines with their ends."""
    host = urlsplit(url).netloc.encode()
    head = f"{method} {target} HTTP/1.1\r\n".encode("latin-1") + b"Host: " + host + b"\r\nConnection: close\r\n"
    return head + headers + b"\r\n" + body


def statuses(answer: bytes) -> list[int]:
    """The status codes in what a server said."""
    return [int(code) for code in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)]
