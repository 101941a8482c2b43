"""Forms are read strictly."""

from __future__ import annotations

import asyncio

import pytest
from starlette.requests import Request

from web import body
from web.forms import LONGEST_VALUE, MOST_FIELDS, Form, parse_form, read_fields, read_form, read_query
from web.refusals import Refusal

pytestmark = pytest.mark.anyio


def posted(body: bytes, *, content_type: str | None = "application/x-www-form-urlencoded", **headers: str) -> Request:
    """A request with that body."""
    sent = [(b"content-type", content_type.encode())] if content_type is not None else []
    sent += [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    chunks = [body[:10], body[10:]]

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

    return Request({"type": "http", "method": "POST", "path": "/", "headers": sent, "query_string": b""}, receive)


async def refused(request: Request) -> int:
    """The status with which the form is refused."""
    with pytest.raises(Refusal) as caught:
        await read_form(request)
    return caught.value.status


async def test_a_form_gives_its_fields_decoded() -> None:
    """Percent-encoding and plus signs are undone."""
    form = await read_form(posted(b"username=m%C3%A4ra+x&empty="))
    assert form.single() == {"username": "mära x", "empty": ""}


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "application/json",
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded; charset=iso-8859-1",
        "application/x-www-form-urlencoded; " + "a=b;" * 1000,
        "application/x-www-form-urlencoded, application/json",
    ],
)
async def test_another_content_type_is_415(content_type: str | None) -> None:
    """Only forms, only in UTF-8."""
    assert await refused(posted(b"a=b", content_type=content_type)) == 415


async def test_a_form_may_name_utf_8_itself() -> None:
    """Clients that write the charset are understood."""
    form = await read_form(posted(b"a=b", content_type="application/x-www-form-urlencoded; charset=UTF-8"))
    assert form.get("a") == "b"


async def test_a_compressed_body_is_415() -> None:
    """Content codings are not undone."""
    assert await refused(posted(b"a=b", content_encoding="gzip")) == 415


@pytest.mark.parametrize(
    "body",
    [
        b"a=%ff",
        b"a=%c0%af",
        b"a=%ed%a0%80",
        b"a=%00",
        b"a=\x00",
        b"a=\xff",
        b"a=%",
        b"a=%4",
        b"a=%zz",
        b"%00=1",
        b"=nameless",
        b"a%0ab=1",
        b"n" * 129 + b"=1",
        b"a=" + b"x" * (LONGEST_VALUE + 1),
        b"a=" + b"%C3%A9" * (LONGEST_VALUE // 2 + 1),
        b"&".join(b"f%d=1" % number for number in range(MOST_FIELDS + 1)),
        b"&" * 100_000,
    ],
)
async def test_a_malformed_form_is_400(body: bytes) -> None:
    """Bad encodings, NUL, surrogates, and too much of anything."""
    assert await refused(posted(body)) == 400


async def test_a_form_of_every_allowed_size_is_read() -> None:
    """40 fields of 2 KB, all percent-encoded."""
    body = b"&".join(b"f%d=" % number + b"%41" * LONGEST_VALUE for number in range(MOST_FIELDS))
    assert len((await read_form(posted(body))).values) == MOST_FIELDS


async def test_a_longer_body_is_413() -> None:
    """With or without a content length."""
    assert await refused(posted(b"a" * 300_000)) == 413
    assert await refused(posted(b"a", content_length="300000")) == 413
    assert await refused(posted(b"a", content_length="-1")) == 400


async def test_a_repeated_name_is_400_where_one_value_is_meant() -> None:
    """No first-wins, no last-wins."""
    with pytest.raises(Refusal):
        await read_fields(posted(b"a=1&a=2"))
    form = await read_form(posted(b"a=1&a=2&b=3"))
    assert form.single() == {"b": "3"}
    for ask in (form.get, lambda name: form.require_single([name])):
        with pytest.raises(Refusal):
            ask("a")


def test_a_query_is_read_by_the_same_rules() -> None:
    """One parser for both."""
    request = Request({"type": "http", "headers": [], "query_string": b"seen=pending", "path": "/"})
    assert read_query(request) == {"seen": "pending"}
    with pytest.raises(Refusal):
        read_query(Request({"type": "http", "headers": [], "query_string": b"a=%ff", "path": "/"}))


def test_an_absent_field_gives_the_default() -> None:
    """Absent and empty are both the empty string unless told otherwise."""
    form: Form = parse_form(b"a=")
    assert (form.get("a"), form.get("b"), form.get("b", "x")) == ("", "", "x")


async def test_a_body_that_trickles_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that never ends holds nothing for long."""
    monkeypatch.setattr(body, "SLOWEST", 0.01)

    async def receive() -> dict[str, object]:
        await asyncio.sleep(0)
        return {"type": "http.request", "body": b"", "more_body": True}

    headers = [(b"content-type", b"application/x-www-form-urlencoded")]
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers, "query_string": b""}
    assert await refused(Request(scope, receive)) == 408
