"""Which pages' scripts may read what these endpoints answer (Fetch, CORS protocol).

What is public anybody may read.  Tokens and claims may be read by pages of the origins that public clients come back
to.  Nothing here is ever answered by the strength of a cookie.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from engine.model import Application
from engine.ports import Clock

Endpoint = Callable[[Request], Awaitable[Response]]
FRESH: Final = 1.0
"""Seconds for which the origins are known without looking."""
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}


@dataclass(slots=True)
class Origins:
    """The origins of public clients.  applications: gives all there are."""

    applications: Callable[[], Awaitable[list[Application]]]
    clock: Clock
    _known: frozenset[str] = frozenset()
    _read_at: float = field(default=float("-inf"))

    async def include(self, origin: str) -> bool:
        """Whether a public client comes back to that origin."""
        if self.clock() - self._read_at >= FRESH:
            found = await self.applications()
            self._known = frozenset(
                origin_of(uri) for one in found if one.enabled and not one.is_confidential for uri in one.redirect_uris
            )
            self._read_at = self.clock()
        return origin in self._known and origin != "null"


def origin_of(address: str) -> str:
    """The origin of a web address as browsers write it; `null` for any other.

    >>> origin_of("https://App.example.test:443/cb"), origin_of("com.example.app:/cb")
    ('https://app.example.test', 'null')
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or parts.hostname is None:
        return "null"
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    default = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port not in (None, default) else "")


def for_anybody(endpoint: Endpoint) -> Endpoint:
    """The same endpoint, whose answers every page's scripts may read."""

    async def answer(request: Request) -> Response:
        response = Response(status_code=204, headers=_PREFLIGHT) if _is_preflight(request) else await endpoint(request)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answer


def for_clients(endpoint: Endpoint, origins: Origins) -> Endpoint:
    """The same endpoint, whose answers scripts of public clients' pages may read."""

    async def answer(request: Request) -> Response:
        asked = request.headers.getlist("origin")
        allowed = len(asked) == 1 and await origins.include(asked[0])
        if _is_preflight(request):
            response = Response(status_code=204, headers=_PREFLIGHT if allowed else {})
        else:
            response = await endpoint(request)
        response.headers["Vary"] = "Origin"
        if allowed:
            response.headers["Access-Control-Allow-Origin"] = asked[0]
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answer


def _is_preflight(request: Request) -> bool:
    return request.method == "OPTIONS"
