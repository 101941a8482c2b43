"""Who this server is, from its configuration alone: its origin, and which proxies it believes.

Nothing here is ever learnt from a request.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


class UnsafeSite(ValueError):
    """The configured issuer or proxies cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Site:
    """This server as its users see it.  origin: scheme, host and port, as browsers write it in `Origin`.

    hosts: every `Host` header that means us, lower case.
    """

    origin: str
    secure: bool
    hosts: frozenset[str]
    trusted_proxies: tuple[Network, ...] = ()

    @property
    def origins(self) -> frozenset[str]:
        """Every origin under which a browser may have loaded one of our pages."""
        scheme = "https" if self.secure else "http"
        return frozenset(f"{scheme}://{host}" for host in self.hosts)

    def trusts(self, address: str) -> bool:
        """Whether that peer is one of our proxies."""
        try:
            peer = ip_address(address)
        except ValueError:
            return False
        return any(peer in network for network in self.trusted_proxies)


def site_of(issuer: str, *, trusted_proxies: Iterable[str] = (), more_hosts: Iterable[str] = ()) -> Site:
    """The site an issuer URL names.  trusted_proxies: addresses or networks; more_hosts: e.g. of the admin listener.

    A loopback issuer also answers to the other names of the loopback, on the same port.  Raises UnsafeSite.

    >>> sorted(site_of("https://ID.example.test/").hosts)
    ['id.example.test', 'id.example.test:443']
    """
    parts = urlsplit(issuer)
    try:
        port = parts.port
    except ValueError as error:
        raise UnsafeSite(f"issuer {issuer!r}: {error}") from error
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise UnsafeSite(f"issuer {issuer!r} is not an http or https address")
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username is not None:
        raise UnsafeSite(f"issuer {issuer!r} must be scheme, host and port alone")
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if parts.scheme == "http" and name not in _LOOPBACK_NAMES:
        raise UnsafeSite(f"issuer {issuer!r} must use https (http is only for the loopback)")
    names = _LOOPBACK_NAMES if name in _LOOPBACK_NAMES else (name,)
    default = _DEFAULT_PORTS[parts.scheme]
    hosts = {host for each in names for host in _spellings(each, port or default, default=default)}
    written = name if port in (None, default) else f"{name}:{port}"
    return Site(
        origin=f"{parts.scheme}://{written}",
        secure=parts.scheme == "https",
        hosts=frozenset(hosts | {host.lower() for host in more_hosts}),
        trusted_proxies=tuple(_network(each) for each in trusted_proxies),
    )


def _spellings(name: str, port: int, *, default: int) -> set[str]:
    """The ways a client may write that host and port."""
    return {f"{name}:{port}", name} if port == default else {f"{name}:{port}"}


def _network(text: str) -> Network:
    try:
        return ip_network(text.strip(), strict=False)
    except ValueError as error:
        raise UnsafeSite(f"trusted proxy {text!r}: {error}") from error
