"""JSON from outside, read strictly (RFC 8259): one parser for all faces.

No duplicate keys, no NaN or Infinity, no lone surrogates, no NUL, bounded depth, size and digits.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NoReturn

from starlette.requests import Request

from web.body import read_body, utf8
from web.refusals import malformed

JSON_TYPE = "application/json"
MOST_BYTES = 64 * 1024
DEEPEST = 16
MOST_DIGITS = 40


async def read_json_object(request: Request, *, limit: int = MOST_BYTES) -> dict[str, Any]:
    """The posted JSON object.  limit: bytes.  Raises Refusal 400, 413, 415."""
    value = parse_json(await read_body(request, content_type=JSON_TYPE, limit=limit))
    if not isinstance(value, dict):
        raise malformed("JSON is not an object")
    return value


def parse_json(octets: bytes) -> Any:
    """Plain Python data.  Raises Refusal 400.

    >>> parse_json(b'{"a": [1, null]}')
    {'a': [1, None]}
    """
    text = utf8(octets)
    if _depth(text) > DEEPEST:
        raise malformed("JSON nested too deeply")
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_int=_integer,
            parse_float=_float,
        )
    except (ValueError, RecursionError) as error:
        raise malformed("not JSON") from error
    if "\\" in text:
        _check_strings(value)
    return value


def _depth(text: str) -> int:
    """How deeply brackets nest, strings left out; counted before parsing so that the parser never recurses far."""
    depth = deepest = 0
    in_string = escaped = False
    for character in text:
        if in_string:
            in_string = escaped or character != '"'
            escaped = not escaped and character == "\\"
        elif character == '"':
            in_string = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("duplicate key")
    return made


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError("number too long")
    return int(digits)


def _float(digits: str) -> float:
    value = float(digits) if len(digits) <= MOST_DIGITS else float("inf")
    if value in (float("inf"), float("-inf")):
        raise ValueError("number out of range")
    return value


def _check_strings(value: Any) -> None:
    """An escape can smuggle in what the text itself may not hold: NUL and lone surrogates."""
    match value:
        case str():
            if "\0" in value or any(0xD800 <= ord(character) <= 0xDFFF for character in value):
                raise malformed("JSON string with NUL or a lone surrogate")
        case dict():
            for key, each in value.items():
                _check_strings(key)
                _check_strings(each)
        case list():
            for each in value:
                _check_strings(each)
        case _:
            pass
