"""Security headers on every response, errors included.

A response that needs another policy (a flow page, the phone) sets that header itself and is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.site import Site

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'none'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_FEATURES = (
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), usb=(), publickey-credentials-get=(self)"
)

STANDING = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: that makes browsers send `Origin: null` with our own forms (Fetch §3.1).
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": _FEATURES,
    "Cache-Control": "no-store",
}
STRICT_TRANSPORT = "max-age=31536000"


def content_security_policy(*, form_targets: Iterable[str] = (), more: Iterable[str] = ()) -> str:
    """The policy of a page.  form_targets: addresses its forms may end at; more: further directives.

    Browsers hold a form's redirects to `form-action` too, so a login's page must name its application.

    >>> content_security_policy(form_targets=["https://app.example.test/cb?x=1"]).rpartition("form-action ")[2]
    "'self' https://app.example.test"
    """
    sources = sorted({source for target in form_targets if (source := source_of(target))})
    return "; ".join((" ".join((_POLICY, *sources)), *more))


def source_of(address: str) -> str | None:
    """The CSP source expression for an address: its origin, or the scheme of an app's own (RFC 8252 §7.1)."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme in ("http", "https"):
        if not host or not set(host) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-:"):
            return None
        name = f"[{host}]" if ":" in host else host
        return f"{parts.scheme}://{name}" + (f":{port}" if port else "")
    is_scheme = parts.scheme and parts.scheme not in ("javascript", "data", "blob", "filesystem", "about")
    return f"{parts.scheme}:" if is_scheme else None


class SecurityHeaders:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, *, site: Site) -> None:
        self._app = app
        transport = {"Strict-Transport-Security": STRICT_TRANSPORT} if site.secure else {}
        self._standing = {**STANDING, **transport}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add what the response has not set itself."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._standing.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
