"""Turns a request into what goes over the wire, and refuses what must not.  Opens no connection."""

from __future__ import annotations

import base64
import re

from engine.destinations import Destination
from engine.outgoing import ApiKey, Basic, Bearer, OutgoingRequest

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
WITHOUT_BODY = frozenset({"GET", "HEAD"})
MOST_HEADERS = 50
MOST_HEADER_BYTES = 16_384
LARGEST_BODY = 1_048_576

RESERVED = frozenset(
    {
        "accept-encoding", "connection", "content-length", "cookie", "cookie2", "expect", "host", "http2-settings",
        "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "via",
    }
)  # fmt: skip
"""Header fields that are the door's own: they decide where a message goes and where it ends (RFC 9112 §6, §9)."""

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}")
_VISIBLE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
_BEARER = re.compile(r"[A-Za-z0-9._~+/-]+=*")
_SECRET = re.compile(r"[^\x00-\x1f\x7f]*")

Headers = list[tuple[bytes, bytes]]


class BadRequest(ValueError):
    """The request must not be sent.  Its text names what is wrong, never a value."""


def checked_headers(request: OutgoingRequest, to: Destination) -> Headers:
    """All header fields of the message, the door's own first.  Raises BadRequest."""
    if request.method not in METHODS:
        raise BadRequest(f"the method is none of {', '.join(sorted(METHODS))}")
    _check_body(request)
    own: Headers = [(b"Host", to.authority.encode("ascii")), (b"Accept-Encoding", b"gzip")]
    if request.body is not None or request.method not in WITHOUT_BODY | {"DELETE"}:
        own.append((b"Content-Length", str(len(request.body or b"")).encode("ascii")))
    given = [*request.headers, *_credentials(request)]
    named = _named(given)
    defaults = [(name, value) for name, value in ((b"User-Agent", b"Doorstep"), (b"Accept", b"*/*"))
                if name.decode("ascii").lower() not in named]  # fmt: skip
    return [*own, *defaults, *((name.encode("ascii"), value.encode("ascii")) for name, value in named.values())]


def _check_body(request: OutgoingRequest) -> None:
    if request.body is None:
        return
    if request.method in WITHOUT_BODY:
        raise BadRequest(f"a {request.method} has no body")
    if len(request.body) > LARGEST_BODY:
        raise BadRequest(f"the body is over {LARGEST_BODY} bytes")


def _named(given: list[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The fields by their name in lower case, each proven fit to be sent."""
    named: dict[str, tuple[str, str]] = {}
    for name, value in given:
        lowered = _field_name(name)
        if value and not _VISIBLE.fullmatch(value):
            raise BadRequest(f"header {name}: its value is not printable ASCII without spaces around it")
        if lowered in named:
            raise BadRequest(f"header {name} stands twice")
        named[lowered] = (name, value)
    if len(named) > MOST_HEADERS or sum(len(name) + len(value) for name, value in given) > MOST_HEADER_BYTES:
        raise BadRequest(f"more than {MOST_HEADERS} headers or {MOST_HEADER_BYTES} bytes of them")
    return named


def _field_name(name: str) -> str:
    if not _TOKEN.fullmatch(name):
        raise BadRequest("a header's name is not a name (RFC 9110 §5.1)")
    lowered = name.lower()
    if lowered in RESERVED or lowered.startswith("proxy-"):
        raise BadRequest(f"header {name} may not be given")
    return lowered


def _credentials(request: OutgoingRequest) -> list[tuple[str, str]]:
    match request.credentials:
        case Basic(username=username, password=password):
            return [("Authorization", basic(username, password))]
        case Bearer(token=token):
            if not _BEARER.fullmatch(token):
                raise BadRequest("the bearer token has characters that no token has (RFC 6750 §2.1)")
            return [("Authorization", f"Bearer {token}")]
        case ApiKey(header=header, key=key):
            if not key:
                raise BadRequest("the API key is empty")
            return [(header, key)]
        case _:
            return []


def basic(username: str, password: str) -> str:
    """The value of `Authorization` (RFC 7617 §2).  Raises BadRequest."""
    if ":" in username or not _SECRET.fullmatch(username) or not _SECRET.fullmatch(password):
        raise BadRequest("a user name with a colon, or a control character, cannot be sent as basic credentials")
    try:
        pair = f"{username}:{password}".encode()
    except UnicodeEncodeError:
        raise BadRequest("the credentials are not text") from None
    return "Basic " + base64.b64encode(pair).decode("ascii")
