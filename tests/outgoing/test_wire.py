"""What a request becomes on the wire, and why it is refused: the texts that an author of scripts reads."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.destinations import destination
from engine.outgoing import ApiKey, Basic, Bearer, OutgoingRequest
from outgoing.wire import LARGEST_BODY, MOST_HEADER_BYTES, MOST_HEADERS, BadRequest, checked_headers

URL = "https://api.example.test/path?query"
OURS = (
    "accept-encoding", "connection", "content-length", "cookie", "cookie2", "expect", "host", "http2-settings",
    "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "via", "proxy-authorization", "Proxy-Anything",
)  # fmt: skip


def written(**parts: Any) -> list[tuple[str, str]]:
    """The header fields of a request with these parts."""
    request = replace(OutgoingRequest("GET", URL), **parts)
    return [(name.decode(), value.decode()) for name, value in checked_headers(request, destination(URL))]


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"method": "get"}, "the method is none of DELETE, GET, HEAD, PATCH, POST, PUT"),
        ({"method": "CONNECT"}, "the method is none of DELETE, GET, HEAD, PATCH, POST, PUT"),
        ({"body": b""}, "a GET has no body"),
        ({"method": "HEAD", "body": b"x"}, "a HEAD has no body"),
        ({"method": "POST", "body": b"x" * (LARGEST_BODY + 1)}, f"the body is over {LARGEST_BODY} bytes"),
        ({"headers": (("A", " x"),)}, "header A: its value is not printable ASCII without spaces around it"),
        ({"headers": (("A", "x\r\nB: y"),)}, "header A: its value is not printable ASCII without spaces around it"),
        ({"headers": (("A", "x"), ("a", "y"))}, "header a stands twice"),
        ({"headers": (("A B", "x"),)}, "a header's name is not a name (RFC 9110 §5.1)"),
        ({"headers": (("A" * 129, "x"),)}, "a header's name is not a name (RFC 9110 §5.1)"),
        *(({"headers": ((name, "x"),)}, f"header {name} may not be given") for name in OURS),
        *(({"headers": ((name.upper(), "x"),)}, f"header {name.upper()} may not be given") for name in OURS),
        ({"credentials": ApiKey("Host", "k")}, "header Host may not be given"),
        ({"credentials": ApiKey("K", "")}, "the API key is empty"),
        ({"credentials": Bearer("a b")}, "the bearer token has characters that no token has (RFC 6750 §2.1)"),
        (
            {"credentials": Basic("a:b", "c")},
            "a user name with a colon, or a control character, cannot be sent as basic credentials",
        ),
        ({"credentials": Basic("a", "\ud800")}, "the credentials are not text"),
    ],
)
def test_a_request_that_must_not_leave_is_told_why(parts: dict[str, Any], told: str) -> None:
    """In words that quote no value."""
    with pytest.raises(BadRequest) as refused:
        written(**parts)
    assert str(refused.value) == told


def test_a_request_is_written_with_the_fields_of_the_door() -> None:
    """Host first; what is not given is filled in, what is given stays as it is."""
    plain = [("Host", "api.example.test"), ("Accept-Encoding", "gzip")]
    defaults = [("User-Agent", "Doorstep"), ("Accept", "*/*")]
    assert written() == plain + defaults
    assert written(method="DELETE") == plain + defaults
    assert written(method="POST") == [*plain, ("Content-Length", "0"), *defaults]
    assert written(method="DELETE", body=b"xy") == [*plain, ("Content-Length", "2"), *defaults]
    own = (("accept", "a/b"), ("USER-AGENT", "me"), ("X-Empty", ""))
    assert written(headers=own) == [*plain, *own]


def test_the_largest_request_that_may_leave_does() -> None:
    """The bounds themselves are allowed, and one more is not."""
    assert written(method="POST", body=b"x" * LARGEST_BODY)
    named = tuple((f"A{number}", "x") for number in range(MOST_HEADERS + 1))
    told = f"more than {MOST_HEADERS} headers or {MOST_HEADER_BYTES} bytes of them"
    assert len(written(headers=named[:-1])) == MOST_HEADERS + 4
    assert written(headers=(("A", "x" * (MOST_HEADER_BYTES - 1)),))
    assert written(headers=(("A" * 128, "x"),))
    for beyond in (named, (("A", "x" * MOST_HEADER_BYTES),)):
        with pytest.raises(BadRequest) as refused:
            written(headers=beyond)
        assert str(refused.value) == told
