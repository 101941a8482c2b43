"""JSON is read strictly."""

from __future__ import annotations

import pytest

from tests.web.test_forms import posted
from web.json_body import parse_json, read_json_object
from web.refusals import Refusal

pytestmark = pytest.mark.anyio


def test_plain_json_is_read() -> None:
    """Every kind of value, escapes included."""
    assert parse_json(b'{"a": [1, -2.5, true, null, "\\u00e9\\ud83d\\ude00\\n"]}') == {
        "a": [1, -2.5, True, None, "é😀\n"]
    }


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 1}}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 50_000 + b"}",
        b"[" * 50_000 + b"]" * 50_000,
        b'{"a":' * 17 + b"1" + b"}" * 17,
        b'"\\ud800"',
        b'{"\\udfff": 1}',
        b'"\\u0000"',
        b'"\x00"',
        b'"\xff"',
        b"\xef\xbb\xbf{}",
        b"{'a': 1}",
        b"{} {}",
        b'{"a": 01}',
        '{"a": "x"}'.encode("utf-16"),
    ],
)
def test_malformed_json_is_400(body: bytes) -> None:
    """Duplicate keys, NaN, depth, digits, surrogates, NUL, other encodings."""
    with pytest.raises(Refusal) as caught:
        parse_json(body)
    assert caught.value.status == 400


def test_brackets_in_strings_are_no_depth() -> None:
    """Only nesting counts."""
    assert parse_json(b'{"a": "[[[[[[[[[[[[[[[[[[[[[[\\"{{"}') == {"a": '[[[[[[[[[[[[[[[[[[[[[["{{'}


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"[]", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"{}", None, 415),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b"{" + b" " * 70_000 + b"}", "application/json", 413),
    ],
)
async def test_a_body_that_is_no_json_object_is_refused(body: bytes, content_type: str | None, status: int) -> None:
    """The type is checked before the content."""
    with pytest.raises(Refusal) as caught:
        await read_json_object(posted(body, content_type=content_type))
    assert caught.value.status == status
