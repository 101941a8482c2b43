"""The facts of a request are bounded, and nobody writes their own address."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from web.requests import client_address, request_facts
from web.site import site_of

SITE = site_of("https://id.example.test", trusted_proxies=["10.0.0.0/8"])


def request(peer: str | None = "203.0.113.9", **headers: str) -> Request:
    """A request from that socket peer."""
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": sent, "client": (peer, 1) if peer is not None else None})


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, nonsense, 10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::ffff:203.0.113.9", "", "203.0.113.9"),
        ("fe80::1%eth0", "", "fe80::1"),
        ("testclient", "", ""),
        (None, "", ""),
    ],
)
def test_the_address_is_the_peer_unless_our_proxy_says_more(peer: str | None, forwarded: str, address: str) -> None:
    """Read from the right, as far as trusted proxies wrote it."""
    assert client_address(request(peer, x_forwarded_for=forwarded), SITE) == address


def test_facts_leave_out_what_is_secret_or_ours() -> None:
    """No credentials, no cookies of ours, no forwarded headers, no password."""
    facts = request_facts(
        request(
            user_agent="Firefox", authorization="Bearer x", x_forwarded_for="1.2.3.4",
            cookie="theme=dark; doorstep-session=s; __Host-doorstep-flow-abc=s",
        ),
        SITE,
        params={"password": ["pw"], "_token": ["t"], "scenario": ["X"], "color": ["red", "blue"]},
    )  # fmt: skip
    assert facts.headers == {"user-agent": "Firefox"}
    assert facts.cookies == {"theme": "dark"}
    assert facts.params == {"scenario": ["X"], "color": ["red", "blue"]}


def test_facts_are_bounded() -> None:
    """64 headers; none over 2 KB."""
    facts = request_facts(request(big="x" * 3000, **{f"h{n}": "1" for n in range(90)}), SITE, params={})
    assert len(facts.headers) == 64
    assert "big" not in facts.headers
