"""`context.request` and `context.response`: of the HTTP request at hand, as bounded plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from dsl.values import Value, text, units
from engine.context.scene import MAX_TEXT, Closed, kind, record, texts

HEADERS_OF_OURS = frozenset(
    {
        "age", "alt-svc", "connection", "date", "etag", "expires", "keep-alive", "last-modified", "link", "location",
        "nel", "permissions-policy", "pragma", "reporting-endpoints", "report-to", "referrer-policy", "refresh",
        "retry-after", "server", "set-cookie", "strict-transport-security", "te", "trailer", "transfer-encoding",
        "upgrade", "vary", "via", "www-authenticate", "x-content-type-options", "x-frame-options", "x-sendfile",
    }
)  # fmt: skip
"""Response headers that a script may not set: they are the faces', or tell a browser or a proxy what to do."""
FAMILIES_OF_OURS = (
    "access-control-", "cache-", "cdn-", "clear-site-", "content-", "cross-origin-", "origin-", "proxy-", "sec-",
    "surrogate-", "x-accel-",
)  # fmt: skip
"""The same for all names that begin like this."""
MOST_HEADERS = 20
"""Headers one answer may have from a script."""
LONGEST_NAME = 64


@kind("request")
class Request(Closed):
    """`context.request`: of the HTTP request at hand."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        return {
            "params": lambda: self.scene.object("params"),
            "headers": lambda: self.scene.object("headers"),
            "cookies": lambda: self.scene.object("cookies"),
            "ip": lambda: units(self.scene.turn.request.ip),
        }


@kind("params")
class Params(Closed):
    """`context.request.params`: lists of text."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        params = self.scene.turn.request.params
        return {units(name): partial(texts, params[name]) for name in params}


@kind("headers")
class Headers(Closed):
    """`context.request.headers`: names in any case."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        headers = self.scene.turn.request.headers
        return {name: partial(units, headers[name]) for name in headers}

    def get_own(self, key: str) -> Value:
        return super().get_own(key[:MAX_TEXT].lower())


@kind("cookies")
class Cookies(Closed):
    """`context.request.cookies`: objects with name and value."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        cookies = self.scene.turn.request.cookies
        return {units(name): partial(record, {"name": name, "value": cookies[name]}) for name in cookies}


@kind("response")
class Response(Closed):
    """`context.response`."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        return {"headers": lambda: self.scene.object("responseHeaders")}


@kind("responseHeaders")
class ResponseHeaders(Closed):
    """`context.response.headers[name] = value`: set on this answer, unless a face sets that header itself."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        headers = self.scene.turn.headers
        return {name: partial(units, headers[name]) for name in headers}

    def write(self, key: str, value: Value) -> None:
        name = text(key)
        written = text(value) if isinstance(value, str) else ""
        headers = self.scene.turn.headers
        fits = name in headers or len(headers) < MOST_HEADERS
        if fits and _may_set(name) and 0 < len(written) <= MAX_TEXT and written.isascii() and written.isprintable():
            headers[name] = written


def _may_set(name: str) -> bool:
    """Whether *name* is a header's name and not one of ours."""
    lower = name.lower()
    is_name = len(name) <= LONGEST_NAME and name.isascii() and name.replace("-", "").isalnum()
    return is_name and lower not in HEADERS_OF_OURS and not lower.startswith(FAMILIES_OF_OURS)
