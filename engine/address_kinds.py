"""Which part of the network an address belongs to, as far as it decides where calls may go.

An own table (IANA special-purpose registries, RFC 6890 and its updates) rather than `is_global`, which has changed its
mind between Python releases.  What is not known to be public is not public.
"""

from __future__ import annotations

from enum import Enum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address


class Kind(Enum):
    """PUBLIC: the internet.  LOOPBACK: this machine.  INSIDE: somebody's own network.  NEVER: not to be called."""

    PUBLIC = "public"
    LOOPBACK = "loopback"
    INSIDE = "inside"
    NEVER = "never"


def kind_of(address: Address) -> Kind:
    """The kind of *address*.  IPv6 forms that wrap an IPv4 address (mapped, NAT64, 6to4, Teredo) are NEVER.

    >>> kind_of(IPv4Address("127.0.0.1")), kind_of(IPv6Address("::ffff:8.8.8.8")), kind_of(IPv4Address("8.8.8.8"))
    (<Kind.LOOPBACK: 'loopback'>, <Kind.NEVER: 'never'>, <Kind.PUBLIC: 'public'>)
    """
    if _within(address, _METADATA):
        return Kind.NEVER
    if _within(address, _LOOPBACK):
        return Kind.LOOPBACK
    if _within(address, _INSIDE):
        return Kind.INSIDE
    if isinstance(address, IPv6Address) and (address not in _UNICAST or address.scope_id is not None):
        return Kind.NEVER
    return Kind.NEVER if _within(address, _SPECIAL) else Kind.PUBLIC


def _within(address: Address, networks: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    return any(address in network for network in networks if network.version == address.version)


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(part) for part in text.split())


_UNICAST = IPv6Network("2000::/3")
"""All of IPv6 that IANA has given out as global unicast (RFC 4291 §2.4)."""

_LOOPBACK = _networks("127.0.0.0/8 ::1/128")

_INSIDE = _networks("10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 fc00::/7")
"""RFC 1918, RFC 6598, RFC 4193."""

_METADATA = _networks("100.100.100.200/32 168.63.129.16/32 fd00:ec2::/32 fd20:ce::254/128")
"""Where clouds answer their own machines' questions, outside the link-local range."""

_SPECIAL = _networks(
    "0.0.0.0/8 169.254.0.0/16 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24"
    " 224.0.0.0/4 240.0.0.0/4"
    " 2001::/23 2001:db8::/32 2002::/16 3fff::/20"
)
"""This network, link-local, protocol assignments with Teredo, examples, 6to4, benchmarks, multicast, reserved."""
