"""How an answer is read: what is taken, what is refused, and with which words."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import AsyncIterator, Sequence

import pytest

from engine.outgoing import OutgoingResponse
from outgoing.answers import MOST_HEADERS, MOST_PIECES, BadAnswer, TooLarge, read_answer

pytestmark = pytest.mark.anyio

LARGEST = 100
BOUND = LARGEST + 65_536
"""Bytes that may come over the wire for so many of a body."""
NO_END = "the body does not unpack"
OTHER = "a content coding that was not asked for"


async def read(
    *chunks: bytes, status: int = 200, headers: Sequence[tuple[str, str]] = (), largest: int = LARGEST
) -> OutgoingResponse:
    """The answer that comes in these pieces."""

    async def pieces() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    return await read_answer(status, raw, pieces(), largest=largest)


@pytest.mark.parametrize("status", [200, 299, 300, 404, 599])
async def test_a_status_that_ends_a_call_is_an_answer(status: int) -> None:
    """With its fields in lower case and its body."""
    answer = await read(b"ab", b"c", status=status, headers=[("X-A", "b\xe9")])
    assert answer == OutgoingResponse(status, (("x-a", "b\xe9"),), b"abc")


@pytest.mark.parametrize("status", [0, 101, 199, 600, 999])
async def test_another_status_is_none(status: int) -> None:
    """Nothing below 200 ends a call, nothing from 600 is known."""
    with pytest.raises(BadAnswer, match=r"^the status is none that ends a call$"):
        await read(status=status)


async def test_the_number_of_fields_and_pieces_is_bounded() -> None:
    """The bound itself is allowed."""
    fields = [(f"a{number}", "b") for number in range(MOST_HEADERS + 1)]
    assert len((await read(headers=fields[1:])).headers) == MOST_HEADERS
    with pytest.raises(BadAnswer, match=rf"^more than {MOST_HEADERS} header fields$"):
        await read(headers=fields)
    assert (await read(*[b"a"] * MOST_PIECES, largest=MOST_PIECES)).body == b"a" * MOST_PIECES
    with pytest.raises(BadAnswer, match=rf"^the body comes in more than {MOST_PIECES} pieces$"):
        await read(*[b"a"] * (MOST_PIECES + 1), largest=MOST_PIECES + 1)


@pytest.mark.parametrize("length", ["5", str(BOUND), "nonsense", "", "\xb2"])
async def test_a_length_within_the_bound_is_read_on(length: str) -> None:
    """What a server declares is only a reason to stop early."""
    assert (await read(b"x" * LARGEST, headers=[("Content-Length", length)])).body == b"x" * LARGEST


@pytest.mark.parametrize("length", [str(BOUND + 1), "9" * 30])
async def test_a_length_beyond_the_bound_is_not_read(length: str) -> None:
    """Not a byte of it."""
    with pytest.raises(TooLarge):
        await read(headers=[("Content-Length", length)])


@pytest.mark.parametrize("pieces", [[LARGEST + 1], [LARGEST, 1], [BOUND + 1]])
async def test_a_body_beyond_the_bound_is_cut(pieces: list[int]) -> None:
    """Whatever was declared, and in whichever pieces it comes."""
    with pytest.raises(TooLarge):
        await read(*(b"x" * size for size in pieces))


@pytest.mark.parametrize("coding", ["gzip", "GZIP", " x-gzip ", "identity, gzip", "gzip,"])
async def test_a_packed_body_is_unpacked_within_the_bound(coding: str) -> None:
    """In one piece or byte by byte; one byte more than fits is too large."""
    headers = [("Content-Encoding", coding)]
    packed = gzip.compress(b"x" * LARGEST)
    assert (await read(packed, headers=headers)).body == b"x" * LARGEST
    assert (await read(*(bytes([one]) for one in packed), headers=headers)).body == b"x" * LARGEST
    with pytest.raises(TooLarge):
        await read(gzip.compress(b"x" * (LARGEST + 1)), headers=headers)
    with pytest.raises(TooLarge):
        await read(gzip.compress(b"x" * 50_000_000), headers=headers)


@pytest.mark.parametrize("coding", ["identity", "", " , "])
async def test_a_body_that_is_not_packed_is_as_it_is(coding: str) -> None:
    """Even if it looks packed."""
    packed = gzip.compress(b"x")
    assert (await read(packed, headers=[("Content-Encoding", coding)])).body == packed


@pytest.mark.parametrize(
    ("coding", "body", "told"),
    [
        ("br", b"x", OTHER),
        ("deflate", zlib.compress(b"x"), OTHER),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), OTHER),
        ("gzip", b"no gzip", NO_END),
        ("gzip", gzip.compress(b"x", mtime=0)[:-1], NO_END),
        ("gzip", gzip.compress(b"x", mtime=0) + b"more", NO_END),
        ("gzip", gzip.compress(b"x", mtime=0) * 2, NO_END),
        ("gzip", zlib.compress(b"x"), NO_END),
    ],
)
async def test_a_body_that_does_not_unpack_is_no_answer(coding: str, body: bytes, told: str) -> None:
    """Cut off, gone on behind its end, in layers, or in a coding that was not asked for."""
    with pytest.raises(BadAnswer, match=f"^{told}$"):
        await read(body, headers=[("Content-Encoding", coding)])


async def test_a_packed_body_that_holds_nothing_is_bounded_as_it_comes() -> None:
    """A name in its head that never ends (RFC 1952 §2.3); up to the bound it is only no answer."""
    head, headers = b"\x1f\x8b\x08\x08" + bytes(6), [("Content-Encoding", "gzip")]
    with pytest.raises(BadAnswer):
        await read(head, b"n" * (BOUND - 10), headers=headers)
    with pytest.raises(TooLarge):
        await read(head, b"n" * (BOUND - 9), headers=headers)


async def test_an_empty_body_need_not_be_packed() -> None:
    """An answer without a body may say how it would have been."""
    assert (await read(headers=[("Content-Encoding", "gzip")])).body == b""


@pytest.mark.parametrize(
    ("values", "read_as"),
    [
        (["Text/HTML; Charset=UTF-8"], ("text/html", "utf-8")),
        (['text/plain; a=b; charset="latin-1"'], ("text/plain", "latin-1")),
        (["text/plain;charset = utf8"], ("text/plain", "utf8")),
        (["application/json"], ("application/json", "")),
        (["text/plain; charset=a b"], ("text/plain", "")),
        (["text/plain; charset=" + "x" * 41], ("text/plain", "")),
        (["text"], ("", "")),
        (["text/a b"], ("", "")),
        (["text/" + "x" * 128], ("", "")),
        (["text/plain", "text/html"], ("", "")),
        ([], ("", "")),
    ],
)
async def test_a_content_type_is_read_or_left_out(values: list[str], read_as: tuple[str, str]) -> None:
    """Media type and charset in lower case (RFC 9110 §8.3.1)."""
    answer = await read(b"x", headers=[("Content-Type", value) for value in values])
    assert (answer.content_type, answer.charset) == read_as
