"""The facts of an HTTP request, as bounded plain values for the engine and its scripts.

What is secret or ours (credentials, our cookies, our form fields) is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from ipaddress import IPv6Address, ip_address

from starlette.requests import Request

from engine.model import RequestFacts
from web.cookies import OURS, Cookies, read_cookies
from web.site import Site

MOST_HEADERS = 64
MOST_COOKIES = 32
LONGEST = 2048
"""Characters of one header's or cookie's value."""
MOST_HOPS = 16

_SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie"})
_HOP_HEADERS = ("forwarded", "x-forwarded-", "x-real-ip", "x-original-", "x-rewrite-")
_SECRET_FIELDS = frozenset({"password", "_token", "_action"})


def client_address(request: Request, site: Site) -> str:
    """The client's address: the socket's peer, or, behind our own proxies only, what they say.

    `X-Forwarded-For` is read from the right, as far as trusted proxies wrote it; the rest is anybody's claim.
    """
    address = _canonical(request.client.host if request.client else "")
    if not site.trusts(address):
        return address
    hops = ",".join(request.headers.getlist("x-forwarded-for")).split(",")[-MOST_HOPS:]
    for hop in reversed(hops):
        named = _canonical(hop.strip())
        if not named:
            break
        address = named
        if not site.trusts(address):
            break
    return address


def request_facts(request: Request, site: Site, *, params: Mapping[str, list[str]]) -> RequestFacts:
    """What a script may know of this request.  params: as parsed by web.forms."""
    return RequestFacts(
        ip=client_address(request, site),
        browser=_digest(Cookies(site).browser(request)),
        headers=_headers(request),
        cookies=dict(list(_foreign_cookies(request).items())[:MOST_COOKIES]),
        params={name: list(values) for name, values in params.items() if name not in _SECRET_FIELDS},
    )


def _digest(value: str) -> str:
    """What the server keeps of a cookie's value."""
    return sha256(value.encode()).hexdigest() if value else ""


def _headers(request: Request) -> dict[str, str]:
    """Lower-case names; of a repeated header the first; nothing that only a proxy may say."""
    headers: dict[str, str] = {}
    for name, value in request.headers.items():
        if name in _SECRET_HEADERS or name.startswith(_HOP_HEADERS) or len(value) > LONGEST:
            continue
        if len(headers) < MOST_HEADERS:
            headers.setdefault(name, value)
    return headers


def _foreign_cookies(request: Request) -> dict[str, str]:
    return {name: value for name, value in read_cookies(request).items() if not OURS.match(name)}


def _canonical(address: str) -> str:
    """One spelling of an address; an IPv4 address inside an IPv6 one is that IPv4 address; the empty string if none."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(parsed)
