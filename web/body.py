"""Reads the body of a request, bounded, after its content type was checked.  Does not parse it."""

from __future__ import annotations

import asyncio

from starlette.requests import Request

from web.refusals import Refusal, malformed, too_large, unsupported

SLOWEST = 20.0
"""Seconds from the first look at a body to its end."""


async def read_body(request: Request, *, content_type: str, limit: int) -> bytes:
    """The whole body.  limit: bytes.  Raises Refusal 408, 413, 415 (other type, charset or content coding), 400."""
    _check_type(request, content_type)
    if "content-encoding" in request.headers:
        raise unsupported("content coding")
    length = request.headers.get("content-length")
    if length is not None and not (length.isascii() and length.isdigit() and len(length) < 16):
        raise malformed("content length")
    if length is not None and int(length) > limit:
        raise too_large(f"{length} bytes")
    try:
        async with asyncio.timeout(SLOWEST):
            return await _received(request, limit)
    except TimeoutError:
        raise Refusal(408, "http.bad_request", detail="body too slow", headers={"Connection": "close"}) from None


async def _received(request: Request, limit: int) -> bytes:
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > limit:
            raise too_large(f"over {limit} bytes")
    return bytes(received)


def _check_type(request: Request, wanted: str) -> None:
    """Exactly one Content-Type, with no parameter but `charset=utf-8`."""
    written = request.headers.getlist("content-type")
    if len(written) != 1 or len(written[0]) > 100:
        raise unsupported(f"{len(written)} content types")
    essence, *parameters = (part.strip().lower() for part in written[0].split(";"))
    if essence != wanted:
        raise unsupported(f"content type is not {wanted}")
    if any(parameter not in ("", "charset=utf-8", 'charset="utf-8"') for parameter in parameters):
        raise unsupported("content type parameter")


def utf8(octets: bytes) -> str:
    """The text, from strict UTF-8 without NUL or byte order mark.  Raises Refusal 400."""
    try:
        text = octets.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        raise malformed("not UTF-8") from error
    if "\0" in text or text.startswith("\ufeff"):
        raise malformed("NUL or byte order mark")
    return text
