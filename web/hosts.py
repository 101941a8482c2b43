"""The outermost check of a request's head: is it for us, and is it well-formed?

The server knows itself from its configuration only: any other `Host` is refused, and so are targets and headers of
a shape no browser or app sends.  Forwarded headers are not looked at.
"""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from web.refusals import Refusal, malformed, too_large
from web.site import Site

MOST_HEADERS = 100
MOST_HEADER_BYTES = 32 * 1024
LONGEST_TARGET = 16 * 1024
"""Bytes of path and query together."""
LARGEST_BODY = 1024 * 1024
"""Bytes; no route takes more."""

METRICS = "/metrics"
"""Is asked for under the admin host, which is nothing else's."""
ANY_HOST = frozenset({"/healthz", "/readyz"})
"""Probes come by address."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffd]")
_BROKEN_PERCENT = re.compile(rb"%(?![0-9a-fA-F]{2})")


class HostCheck:
    """ASGI middleware; raises Refusal 400, 413, 431.  admin_host: under which metrics may be asked for."""

    def __init__(self, app: ASGIApp, *, site: Site, admin_host: str | None = None) -> None:
        self._app = app
        self._site = site
        self._admin_host = admin_host.lower() if admin_host is not None else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may be passed on."""
        if scope["type"] == "http":
            _check_target(scope)
            _check_headers(scope["headers"])
            self._check_host(scope)
        await self._app(scope, receive, send)

    def _check_host(self, scope: Scope) -> None:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1:
            raise malformed(f"{len(hosts)} Host headers")
        if scope["path"] in ANY_HOST:
            return
        host = hosts[0].decode("latin-1").lower()
        if scope["path"] == METRICS and host == self._admin_host:
            return
        if host not in self._site.hosts:
            raise malformed("Host is not ours")


def _check_target(scope: Scope) -> None:
    raw, query = scope.get("raw_path") or b"/", scope["query_string"]
    if len(raw) + len(query) > LONGEST_TARGET:
        raise Refusal(414, "http.bad_request", detail="target too long")
    path = scope["path"]
    if not path.startswith("/") or path.startswith("//") or "\\" in path or _CONTROL.search(path):
        raise malformed("target")
    if _BROKEN_PERCENT.search(raw):
        raise malformed("percent encoding in target")


def _check_headers(headers: list[tuple[bytes, bytes]]) -> None:
    if len(headers) > MOST_HEADERS or sum(len(name) + len(value) for name, value in headers) > MOST_HEADER_BYTES:
        raise Refusal(431, "http.bad_request", detail="header fields too large")
    for name, value in headers:
        if b"\0" in value or b"\r" in value or b"\n" in value:
            raise malformed("control character in a header")
        if name == b"content-length" and value.isdigit() and len(value) < 16 and int(value) > LARGEST_BODY:
            raise too_large(f"{int(value)} bytes")
