"""Where a call may go: one strict reading of addresses (URLs) and of the organisation's allow-list.

An entry is `[scheme://]host[:port]`.  It names one host exactly, or with `*.` every name below one, and one port: the
scheme's own if it names none.  Without a scheme it means https.  Resolves no name and opens no connection.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from engine.address_kinds import Address, Kind, kind_of

LONGEST_URL = 4096
DEFAULT_PORTS = {"https": 443, "http": 80}

_URL = re.compile(r"(https?)://([^/?#]*)(/[^?#]*)?(\?[^#]*)?(#.*)?", re.IGNORECASE)
_ENTRY = re.compile(r"(?:(https?)://)?(.*)", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%|]*")
"""What RFC 3986 §2 allows in an address, and the bar that query strings use."""
_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::([1-9][0-9]{0,4}))?")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Host:
    """A name in lower case, or an address.  name: how it is written, an IPv6 address without brackets."""

    name: str
    address: Address | None = None

    @property
    def is_local(self) -> bool:
        """Whether it is this machine by its very name (RFC 6761 §6.3) or address."""
        if self.address is not None:
            return kind_of(self.address) is Kind.LOOPBACK
        return self.name == "localhost" or self.name.endswith(".localhost")

    def __str__(self) -> str:
        return f"[{self.name}]" if isinstance(self.address, IPv6Address) else self.name


@dataclass(frozen=True, slots=True)
class Destination:
    """A URL that was understood.  target: path and query, at least `/`; the fragment is dropped."""

    scheme: str
    host: Host
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The value of the Host header: the port only where it is not the scheme's own."""
        return str(self.host) if self.port == DEFAULT_PORTS[self.scheme] else f"{self.host}:{self.port}"

    def __str__(self) -> str:
        """What may be logged: host and port."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class AllowedHost:
    """An entry of the allow-list.  scheme, port: None where it names none.  below: whether it began with `*.`."""

    host: Host
    scheme: str | None = None
    port: int | None = None
    below: bool = False

    def names(self, host: Host, port: int, *, scheme: str | None = None) -> bool:
        """Whether it means that host and port, over *scheme* (None: over any that it means)."""
        return self._has_name(host) and any(
            self._has_port(port, one) for one in self._schemes(host) if scheme in (None, one)
        )

    def _has_name(self, host: Host) -> bool:
        if not self.below:
            return host == self.host
        return host.address is None and host.name.endswith("." + self.host.name)

    def _schemes(self, host: Host) -> tuple[str, ...]:
        if self.scheme is not None:
            return (self.scheme,)
        return ("https", "http") if host.is_local else ("https",)

    def _has_port(self, port: int, scheme: str) -> bool:
        if self.port is not None:
            return port == self.port
        return self.host.is_local or port == DEFAULT_PORTS[scheme]

    @property
    def reaches_inside(self) -> bool:
        """Whether it may lead into a private network: it is an address, or names one host with its port."""
        return self.host.address is not None or (self.port is not None and not self.below)

    def admits(self, address: Address, host: Host) -> bool:
        """Whether *host*, which it names, may be reached at *address*.

        This machine only by a name of its own, and by such a name nothing else.
        """
        match kind_of(address):
            case Kind.PUBLIC:
                return not host.is_local
            case Kind.LOOPBACK:
                return host.is_local and not self.below
            case Kind.INSIDE:
                return not host.is_local and self.reaches_inside
            case Kind.NEVER:
                return False


def destination(url: str) -> Destination:
    """*url*, read strictly.  Raises ValueError whose text never holds more of it than the host.

    >>> destination("HTTPS://API.example.test/score?user=1#top")
    Destination(scheme='https', host=Host(name='api.example.test', address=None), port=443, target='/score?user=1')
    """
    if len(url) > LONGEST_URL:
        raise ValueError(f"the address is longer than {LONGEST_URL} characters")
    if not _PLAIN.fullmatch(url) or _BROKEN_ESCAPE.search(url):
        raise ValueError("the address has characters that must be written as %XX (encodeURIComponent does it)")
    match = _URL.fullmatch(url)
    if match is None:
        raise ValueError("the address must begin with https:// or http://")
    scheme = match[1].lower()
    if "@" in match[2]:
        raise ValueError("the address holds a user name or password; give them as credentials")
    host, port = _authority(match[2])
    return Destination(scheme, host, port or DEFAULT_PORTS[scheme], (match[3] or "/") + (match[4] or ""))


@lru_cache(maxsize=1024)
def allowed_host(text: str) -> AllowedHost:
    """One entry of the allow-list.  Raises ValueError that says what it should be.

    >>> allowed_host("api.example.test").names(Host("api.example.test"), 443, scheme="https")
    True
    >>> allowed_host("http://risk.internal:9000").names(Host("risk.internal"), 9000, scheme="http")
    True
    """
    match = _ENTRY.fullmatch(text)
    if match is None or not match[2]:
        raise ValueError("expected [scheme://]host[:port], such as api.example.test or localhost:9000")
    scheme = match[1].lower() if match[1] else None
    below = match[2].startswith("*.")
    host, port = _authority(match[2].removeprefix("*."))
    if below and (host.address is not None or "." not in host.name or host.is_local):
        raise ValueError("*. must stand before a name of at least two parts, such as *.example.test")
    if host.address is not None and kind_of(host.address) is Kind.NEVER:
        raise ValueError(f"{host} is link-local, multicast, reserved or a cloud's own; nothing may call it")
    return AllowedHost(host, scheme, port, below)


def entries(allow: Sequence[str]) -> tuple[AllowedHost, ...]:
    """The entries of *allow* that can be read; one that cannot means nowhere."""
    found = []
    for text in allow:
        try:
            found.append(allowed_host(text))
        except ValueError:
            continue
    return tuple(found)


def may_call(wanted: Destination, allow: Sequence[str]) -> bool:
    """Whether the list names that place; whether its addresses are fit to be called is another question.

    >>> may_call(destination("https://api.example.test/"), ["api.example.test"])
    True
    >>> may_call(destination("http://api.example.test/"), ["api.example.test"])
    False
    """
    return any(entry.names(wanted.host, wanted.port, scheme=wanted.scheme) for entry in entries(allow))


def _authority(text: str) -> tuple[Host, int | None]:
    match = _AUTHORITY.fullmatch(text)
    if match is None:
        raise ValueError("the address has no plain host name")
    port = int(match[2]) if match[2] else None
    if port is not None and port > 65535:
        raise ValueError("the address has a port over 65535")
    return _host(match[1].lower()), port


def _host(text: str) -> Host:
    """A name, or an address in its one usual form: four decimal numbers, or IPv6 in brackets."""
    try:
        if text.startswith("["):
            address: Address = IPv6Address(text[1:-1])
            return Host(str(address), address)
        labels = text.split(".")
        if _NUMBER.fullmatch(labels[-1]):
            address = IPv4Address(text)
            return Host(str(address), address)
    except AddressValueError:
        raise ValueError("the address has an unusual form of an IP address for its host") from None
    if len(text) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError("the address has no plain host name")
    return Host(text)
