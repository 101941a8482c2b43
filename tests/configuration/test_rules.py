"""Which single values a configuration may hold."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from configuration.rules import host_name, place_to_call, redirect_address, user_name


@pytest.mark.parametrize(
    "address",
    [
        "https://app.example.test/callback",
        "https://app.example.test:8443/callback?x=1",
        "http://localhost:8401/callback",
        "http://127.0.0.1/cb",
        "http://[::1]:9000/cb",
        "com.example.app:/callback",
        "myapp://oauth2",
    ],
)
def test_https_loopback_and_an_apps_own_scheme_are_redirect_addresses(address: str) -> None:
    """RFC 8252 §7 lists these three kinds."""
    assert redirect_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/callback",
        "//evil.example/cb",
        "callback",
        "http://app.example.test/cb",
        "http://localhost.evil.example/cb",
        "http://127.0.0.1.evil.example/cb",
        "http://localhost@evil.example/cb",
        "https://user:pw@app.example.test/cb",
        "https://*.example.test/cb",
        "https://app.example.test/*",
        "https://app.example.test/cb#part",
        "https://app.example.test/cb#",
        "https://app.example.test/c b",
        "https://app.example.test\\@evil.example/",
        "https://app.example.test/\r\nSet-Cookie: a=b",
        "https://app.example.test:0/",
        "https://app.example.test:99999/",
        "https://app.example.test:x/",
        "https://;script-src/",
        "https://[::1/",
        "https://[1.2.3.4]/",
        "https:///callback",
        "https:callback",
        "https://",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "myapp:",
        "myapp://",
        "my;app:/cb",
        "my app:/cb",
        "https://ünicode.example/",
    ],
)
def test_anything_else_is_no_redirect_address(address: str) -> None:
    """A code is only ever sent to one exact, safe address."""
    with pytest.raises(PydanticCustomError):
        redirect_address(address)


@pytest.mark.parametrize("name", ["", " ", "ma\u200bra", "a\nb", "раypal", "x" * 256])
def test_a_name_that_looks_like_another_is_no_user_name(name: str) -> None:
    """Invisible characters and mixed alphabets are refused."""
    with pytest.raises(PydanticCustomError):
        user_name(name)


@pytest.mark.parametrize("place", ["api.example.test", "api.example.test:8443", "[::1]:80", "*.example.test", "http://x:80"])
def test_a_place_to_call_is_kept_in_lower_case(place: str) -> None:
    """A host or all names below one, with scheme and port if wanted."""
    assert place_to_call(place.upper()) == place


@pytest.mark.parametrize(
    "wrong", ["*", "*.test", "api/x", "api:0", "api:70000", "", "a b", "a@b", "127.1", "169.254.169.254", "ftp://api.test"]
)
def test_what_names_no_place_is_no_place_to_call(wrong: str) -> None:
    """No path, no user name, no odd spelling of an address, and none that nobody may call."""
    with pytest.raises(PydanticCustomError, match="is not a place to call: "):
        place_to_call(wrong)


def test_a_mail_servers_host_has_no_port() -> None:
    """A name or an address; the port is a setting of its own."""
    for right in ("mail.example.test", "localhost", "192.0.2.7", "2001:db8::25"):
        assert host_name(right.upper()) == right
    for wrong in ("mail.example.test:25", "[2001:db8::25]", "smtp://mail.example.test", "", "a b", "a@b", "*.a.test"):
        with pytest.raises(PydanticCustomError):
            host_name(wrong)
