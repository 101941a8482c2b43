"""What counts as one address when something is counted by address.  Does not count."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address


def network(ip: str) -> str:
    """An IPv4 address, or the /64 of an IPv6 one (RFC 6177).

    >>> network("2001:db8::1") == network("2001:db8::2"), network("::ffff:192.0.2.1")
    (True, '192.0.2.1')
    """
    try:
        address = ip_address(ip)
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Address(int(address) >> 64 << 64))


def is_loopback(ip: str) -> bool:
    """Whether it is this machine itself, or a proxy on it that nobody named as one.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("192.0.2.1"), is_loopback("")
    (True, True, False, False)
    """
    try:
        return ip_address(ip).is_loopback
    except ValueError:
        return False
