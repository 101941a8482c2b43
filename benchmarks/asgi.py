"""One HTTP request to an application in this process, without a socket and without a client's own cost."""

from __future__ import annotations

import time
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.types import ASGIApp


@dataclass(slots=True)
class Answer:
    """What came back.  wall, cpu: seconds from the first byte of the request to the last of the answer."""

    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    wall: float = 0.0
    cpu: float = 0.0

    def header(self, name: str) -> str:
        """The first header of that name, or the empty string."""
        return next((value for key, value in self.headers if key == name), "")


async def call(
    app: ASGIApp, method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str], client: str
) -> Answer:
    """Send one request.  url: absolute; headers: names in lower case; client: an address."""
    scope, answer = _scope(method, url, body=body, headers=headers, client=client), Answer()
    asked = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> MutableMapping[str, Any]:
        return asked.pop() if asked else {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = [(name.decode(), value.decode("latin-1")) for name, value in message["headers"]]
        else:
            answer.body += message.get("body", b"")

    wall, cpu = time.perf_counter(), time.process_time()
    await app(scope, receive, send)
    answer.wall, answer.cpu = time.perf_counter() - wall, time.process_time() - cpu
    return answer


def form(fields: Mapping[str, str]) -> tuple[bytes, dict[str, str]]:
    """Body and headers of a posted form."""
    return urlencode(fields).encode(), {"content-type": "application/x-www-form-urlencoded"}


def _scope(method: str, url: str, *, body: bytes, headers: Mapping[str, str], client: str) -> dict[str, Any]:
    parts = urlsplit(url)
    sent = {"host": parts.netloc, "user-agent": "Mozilla/5.0 (X11; Linux x86_64)", "accept-language": "en"}
    sent |= ({"content-length": str(len(body))} if body else {}) | dict(headers)
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": parts.scheme,
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in sent.items()],
        "client": (client, 40000),
        "server": (parts.hostname, parts.port),
        "state": {},
    }
