"""Posted forms and query strings, read strictly: one parser for all faces.

Refuses rather than repairs: wrong type, bad encoding, too much of anything.  Does not know what fields mean.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from web.body import read_body, utf8
from web.refusals import malformed

FORM_TYPE = "application/x-www-form-urlencoded"
MOST_FIELDS = 40
"""Of a whole form: what a page has of its own, and what a script may read besides."""
LONGEST_VALUE = 2048
"""Bytes of UTF-8."""
LONGEST_NAME = 128
MOST_BYTES = MOST_FIELDS * 3 * (LONGEST_VALUE + LONGEST_NAME)
"""Bytes of a whole form if every one of them is percent-encoded."""

_BROKEN_PERCENT = re.compile(rb"%(?![0-9a-fA-F]{2})")


@dataclass(frozen=True, slots=True)
class Form:
    """Fields in the order posted; a name may have several values only where the caller allows it."""

    values: Mapping[str, list[str]]

    def get(self, name: str, default: str = "") -> str:
        """The one value of *name*.  Raises Refusal 400 if it was posted more than once."""
        values = self.values.get(name)
        if values is None:
            return default
        if len(values) > 1:
            raise malformed(f"field {name!r} posted {len(values)} times")
        return values[0]

    def single(self) -> dict[str, str]:
        """All fields that have exactly one value."""
        return {name: values[0] for name, values in self.values.items() if len(values) == 1}

    def require_single(self, names: Collection[str]) -> None:
        """Raises Refusal 400 if any of *names* was posted more than once."""
        for name in names:
            self.get(name)


async def read_form(request: Request, *, longest: int = LONGEST_VALUE) -> Form:
    """The posted form, repeated names kept.  longest: bytes of a value.  Raises Refusal 400, 413, 415."""
    limit = MOST_BYTES + 3 * longest
    return parse_form(await read_body(request, content_type=FORM_TYPE, limit=limit), longest=longest)


async def read_fields(request: Request) -> dict[str, str]:
    """The posted form, where every name may be there once only.  Raises Refusal 400, 413, 415."""
    return _once(await read_form(request))


def read_query(request: Request) -> dict[str, str]:
    """The query string, by the same rules, every name once only.  Raises Refusal 400."""
    return _once(parse_form(request.scope["query_string"]))


def query_form(request: Request) -> Form:
    """The query string as a form, repeated names kept.  Raises Refusal 400."""
    return parse_form(request.scope["query_string"])


def parse_form(octets: bytes, *, longest: int = LONGEST_VALUE) -> Form:
    """application/x-www-form-urlencoded, strict: UTF-8, whole percent-encodings, bounded.  Raises Refusal 400.

    >>> parse_form(b"a=1&b=%C3%A9+x&a=2").values
    {'a': ['1', '2'], 'b': ['é x']}
    """
    if len(octets) > MOST_BYTES + 3 * longest:
        raise malformed("form too long")
    if octets.count(b"&") >= MOST_FIELDS * 2:
        raise malformed("too many fields")
    values: dict[str, list[str]] = {}
    for count, (name, value) in enumerate(_pairs(octets, longest)):
        if count == MOST_FIELDS:
            raise malformed("too many fields")
        values.setdefault(name, []).append(value)
    return Form(values)


def _pairs(octets: bytes, longest: int) -> Iterator[tuple[str, str]]:
    for pair in octets.split(b"&"):
        if not pair:
            continue
        name, _, value = pair.partition(b"=")
        decoded_name, decoded_value = _decode(name), _decode(value)
        if not decoded_name or len(decoded_name) > LONGEST_NAME or not decoded_name.isprintable():
            raise malformed("field name")
        if len(decoded_value.encode()) > longest:
            raise malformed(f"field {decoded_name!r} is too long")
        yield decoded_name, decoded_value


def _decode(octets: bytes) -> str:
    """One name or value.  A `%` not followed by two hex digits is refused, where browsers would keep it."""
    if _BROKEN_PERCENT.search(octets):
        raise malformed("percent encoding")
    return utf8(unquote_to_bytes(octets.replace(b"+", b" ")))


def _once(form: Form) -> dict[str, str]:
    form.require_single(form.values)
    return form.single()
