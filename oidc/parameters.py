"""The one parser of queries and forms of this face: strict percent-encoding, UTF-8, bounded, and it sees repetitions.

It does not judge what a parameter says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from oidc.errors import MalformedParameters, ProtocolError
from web.body import read_body, utf8
from web.forms import FORM_TYPE
from web.refusals import Refusal

LARGEST = 32 * 1024
"""Bytes of a query or a form."""
MOST = 64
"""Parameters of one request."""

_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Parameters:
    """Names and values as sent; an empty value counts as left out (RFC 6749 §3.1).  repeated: names sent twice."""

    values: Mapping[str, str] = field(default_factory=dict)
    repeated: frozenset[str] = frozenset()

    def get(self, name: str) -> str | None:
        """The value of *name*, or None if it was left out."""
        return self.values.get(name)

    def words(self, name: str) -> tuple[str, ...]:
        """The value as a list of words divided by spaces, e.g. a scope."""
        return tuple(word for word in (self.get(name) or "").split(" ") if word)

    def required(self, name: str) -> str:
        """The value of *name*; raises invalid_request if it was left out."""
        value = self.get(name)
        if value is None:
            raise ProtocolError("invalid_request", f"{name} is required")
        return value

    def refuse_repeated(self) -> None:
        """Raises invalid_request if any parameter came more than once (RFC 6749 §3.1, §3.2)."""
        if self.repeated:
            raise ProtocolError("invalid_request", "a parameter was sent more than once")


def parse(encoded: bytes) -> Parameters:
    """Read `a=b&c=d`.  Raises MalformedParameters.

    >>> parse(b"scope=openid+profile&state=%C3%A9&empty=").values
    {'scope': 'openid profile', 'state': 'é'}
    >>> sorted(parse(b"a=1&a=2&b=3").repeated)
    ['a']
    """
    if len(encoded) > LARGEST:
        raise MalformedParameters("too large")
    pairs = [_pair(pair) for pair in encoded.split(b"&") if pair]
    if len(pairs) > MOST:
        raise MalformedParameters("too many parameters")
    counts = Counter(name for name, _ in pairs)
    repeated = frozenset(name for name, count in counts.items() if count > 1)
    return Parameters({name: value for name, value in pairs if value}, repeated)


def decode(encoded: bytes) -> str:
    """Undo form encoding of one name or value.  Raises MalformedParameters."""
    if _BAD_ESCAPE.search(encoded):
        raise MalformedParameters("a broken percent escape")
    try:
        return utf8(unquote_to_bytes(encoded.replace(b"+", b" ")))
    except Refusal as refusal:
        raise MalformedParameters(refusal.detail) from None


def query_of(request: Request) -> Parameters:
    """The parameters of the address."""
    return parse(_query_string(request))


async def form_of(request: Request) -> Parameters:
    """The parameters of the body; none may be in the address, where they would end up in logs."""
    if _query_string(request):
        raise MalformedParameters("parameters in the address of a POST")
    try:
        return parse(await read_body(request, content_type=FORM_TYPE, limit=LARGEST))
    except Refusal as refusal:
        raise MalformedParameters(refusal.detail) from refusal


def _query_string(request: Request) -> bytes:
    query: bytes = request.scope.get("query_string", b"")
    return query


def _pair(pair: bytes) -> tuple[str, str]:
    name, _, value = pair.partition(b"=")
    return decode(name), decode(value)
