"""Where a browser may be sent: the addresses of an application, and what is a web address at all."""

from __future__ import annotations

from urllib.parse import urlsplit

from engine.model import Application

_LOOPBACK = ("http://127.0.0.1", "http://[::1]")


def is_registered(redirect_uri: str, application: Application) -> bool:
    """Exact match, but the port of a loopback address of a public client is its own affair (RFC 8252 §7.3)."""
    if redirect_uri in application.redirect_uris:
        return True
    portless = _without_loopback_port(redirect_uri) if not application.is_confidential else None
    return portless is not None and any(portless == _without_loopback_port(uri) for uri in application.redirect_uris)


def is_web_address(url: str) -> bool:
    """Whether a script may send a browser there: absolute, http or https, printable ASCII, without credentials."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    printable = all(" " < c <= "~" for c in url) and "\\" not in url
    return printable and parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None


def _without_loopback_port(uri: str) -> str | None:
    """The address without its port, or None if its host is no loopback address."""
    host = next((host for host in _LOOPBACK if uri.startswith(host)), None)
    if host is None:
        return None
    authority, slash, path = uri[len(host) :].partition("/")
    is_port = authority == "" or (authority[0] == ":" and authority[1:].isascii() and authority[1:].isdigit())
    return f"{host}{slash}{path}" if is_port else None
