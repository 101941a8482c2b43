"""Cookies are set so that they stay ours, and read so that a planted one is not believed."""

from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.responses import Response

from web.cookies import MOST_OPEN_LOGINS, Cookies, read_cookies
from web.refusals import Refusal
from web.site import site_of

SECURE = Cookies(site_of("https://id.example.test"))
PLAIN = Cookies(site_of("http://localhost:8400"))
FLOW = "abcdefghijklmnopqrstuv"


def sending(*cookies: str) -> Request:
    """A request with those Cookie headers."""
    return Request({"type": "http", "headers": [(b"cookie", cookie.encode("latin-1")) for cookie in cookies]})


def test_a_secure_cookie_is_pinned_to_the_host() -> None:
    """`__Host-`, Secure, HttpOnly, Lax, Path=/, no Domain."""
    response = Response()
    SECURE.set_flow(response, FLOW, "secret", ttl=60)
    parts = response.headers["set-cookie"].split("; ")
    assert parts[0] == "__Host-doorstep-flow-abcdefghijkl=secret"
    assert {"Max-Age=60", "Path=/", "Secure", "HttpOnly", "SameSite=lax"} == set(parts[1:])


def test_a_plain_cookie_has_neither_prefix_nor_secure() -> None:
    """Plain http clients on the loopback do not send Secure cookies."""
    response = Response()
    PLAIN.set_session(response, "s")
    assert set(response.headers["set-cookie"].split("; ")) == {
        "doorstep-session=s",
        "Path=/",
        "HttpOnly",
        "SameSite=lax",
    }


def test_a_cookie_that_comes_twice_is_absent() -> None:
    """Cookie tossing gains nothing, in one header or in two."""
    for request in (sending("a=1; b=2; a=3"), sending("a=1; b=2", "a=1")):
        assert read_cookies(request) == {"b": "2"}


def test_malformed_cookies_are_left_out() -> None:
    """Control characters, spaces, non-ASCII, empty names."""
    assert read_cookies(sending('ok="v"; bad=a\x01b; =x; né=1; c=é; sp=a b; empty=')) == {"ok": "v"}


def test_too_long_cookies_are_refused() -> None:
    """8 KB together."""
    with pytest.raises(Refusal):
        read_cookies(sending("a=" + "x" * 9000))


def test_the_flow_cookie_is_found_by_its_flow_only() -> None:
    """A cookie without the prefix is not ours where we use the prefix."""
    request = sending("__Host-doorstep-flow-abcdefghijkl=s3; doorstep-flow-abcdefghijkl=planted")
    assert SECURE.flow_secret(request, FLOW) == "s3"
    assert SECURE.flow_secret(request, "other" + FLOW) == ""
    assert SECURE.session(request) is None


def test_the_oldest_flows_make_room() -> None:
    """A browser holds ten open logins at most; others' cookies stay."""
    names = [f"doorstep-flow-{number:012}" for number in range(MOST_OPEN_LOGINS + 1)]
    response = Response()
    PLAIN.clear_oldest_flows(sending("; ".join(f"{name}=x" for name in names) + "; other=1"), response)
    cleared = [value.split("=")[0] for value in response.headers.getlist("set-cookie")]
    assert cleared == names[:2]


def test_an_application_id_that_fits_no_cookie_is_not_remembered() -> None:
    """It is only a hint."""
    response = Response()
    PLAIN.set_application(response, "pay roll;\r\n")
    assert "set-cookie" not in response.headers


def test_a_browser_is_known_again_by_a_value_we_drew_only() -> None:
    """Half a year, and nothing that somebody made up."""
    response = Response()
    SECURE.set_browser(response, "b" * 43)
    assert {"__Host-doorstep-browser=" + "b" * 43, "Max-Age=15552000"} < set(response.headers["set-cookie"].split("; "))
    assert SECURE.browser(sending("__Host-doorstep-browser=" + "b" * 43)) == "b" * 43
    for planted in ("short", "b" * 42 + "!", "b" * 44, ""):
        assert SECURE.browser(sending(f"__Host-doorstep-browser={planted}")) == ""
