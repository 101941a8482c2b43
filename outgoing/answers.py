"""Reads an answer, within its bounds: so many header fields, so many bytes after decompression, and no more."""

from __future__ import annotations

import re
import zlib
from collections.abc import AsyncIterable, Sequence

from engine.outgoing import OutgoingResponse

LARGEST_ANSWER = 1_048_576
"""Bytes of a body, after decompression."""
MOST_HEADERS = 200
MOST_PIECES = 10_000
"""Chunks of a body: reading each costs the same, be it a byte."""

_WRAPPING = 65_536
"""Bytes that a compressed body may be longer than what it holds."""
_GZIP = frozenset({"gzip", "x-gzip"})
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,127}/[a-z0-9!#$&^_.+-]{1,127}")
_CHARSET = re.compile(r"[a-z0-9._:-]{1,40}")


class TooLarge(Exception):
    """The body is over the cap."""


class BadAnswer(Exception):
    """What came is not what it says it is.  Its text is ours, never the server's."""


async def read_answer(
    status: int, headers: Sequence[tuple[bytes, bytes]], chunks: AsyncIterable[bytes], *, largest: int = LARGEST_ANSWER
) -> OutgoingResponse:
    """The whole answer.  Raises TooLarge or BadAnswer, having kept at most *largest* bytes."""
    if not 200 <= status <= 599:
        raise BadAnswer("the status is none that ends a call")
    if len(headers) > MOST_HEADERS:
        raise BadAnswer(f"more than {MOST_HEADERS} header fields")
    fields = tuple((name.decode("ascii").lower(), value.decode("latin-1")) for name, value in headers)
    body = await _body(fields, chunks, largest=largest)
    content_type, charset = _content_type(fields)
    return OutgoingResponse(status, headers=fields, body=body, content_type=content_type, charset=charset)


async def _body(fields: Sequence[tuple[str, str]], chunks: AsyncIterable[bytes], *, largest: int) -> bytes:
    declared = _values(fields, "content-length")
    if declared and declared[0].isascii() and declared[0].isdigit() and int(declared[0][:20]) > largest + _WRAPPING:
        raise TooLarge
    unpacking = _Unpacking(packed=_is_packed(fields), largest=largest)
    pieces = 0
    async for chunk in chunks:
        unpacking.feed(chunk)
        pieces += 1
        if pieces > MOST_PIECES:
            raise BadAnswer(f"the body comes in more than {MOST_PIECES} pieces")
    return unpacking.finish()


def _is_packed(fields: Sequence[tuple[str, str]]) -> bool:
    """Whether the body is gzip (RFC 9110 §8.4.1.3).  Nothing else was asked for, and layers are no honest answer."""
    named = [part.strip().lower() for value in _values(fields, "content-encoding") for part in value.split(",")]
    codings = [name for name in named if name not in ("", "identity")]
    if len(codings) > 1 or any(name not in _GZIP for name in codings):
        raise BadAnswer("a content coding that was not asked for")
    return bool(codings)


class _Unpacking:
    """Collects a body and never holds more than the cap, whatever a few bytes may unpack to."""

    def __init__(self, *, packed: bool, largest: int) -> None:
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed else None
        self._largest = largest
        self._packed = 0
        self._body = bytearray()

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes.  Raises TooLarge or BadAnswer."""
        self._packed += len(chunk)
        if self._packed > self._largest + _WRAPPING:
            raise TooLarge
        if self._inflate is not None:
            room = self._largest - len(self._body) + 1
            try:
                chunk = self._inflate.decompress(chunk, room)
            except zlib.error:
                raise BadAnswer("the body does not unpack") from None
        self._body += chunk
        if len(self._body) > self._largest:
            raise TooLarge

    def finish(self) -> bytes:
        """The body.  Raises BadAnswer if it was cut off or goes on behind its end."""
        if self._inflate is not None and self._packed and (not self._inflate.eof or self._inflate.unused_data):
            raise BadAnswer("the body does not unpack")
        return bytes(self._body)


def _content_type(fields: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Media type and charset (RFC 9110 §8.3.1); both empty where the field is not well formed or stands twice."""
    values = _values(fields, "content-type")
    if len(values) != 1:
        return "", ""
    media_type, *parameters = (part.strip().lower() for part in values[0].split(";"))
    if not _MEDIA_TYPE.fullmatch(media_type):
        return "", ""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and _CHARSET.fullmatch(value.strip().strip('"')):
            return media_type, value.strip().strip('"')
    return media_type, ""


def _values(fields: Sequence[tuple[str, str]], name: str) -> list[str]:
    return [value for key, value in fields if key == name]
