"""What all functions share that call a service by HTTP: credentials, the call itself, and how its answer is read.

What is called, and with which arguments, is decided elsewhere; whether it may be called, by the door.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from engine.outgoing import (
    ApiKey,
    Basic,
    Bearer,
    ClientCredentials,
    Credentials,
    OutgoingFailure,
    OutgoingRequest,
    OutgoingResponse,
)
from engine.questions import Asked, CallFailed

DEADLINE = 10.0
"""Seconds for one call with its token and its retries."""
READ_AT_ONCE = 16_384
"""Bytes of an answer that are read between two turns of the loop; a larger one is read in a thread."""
DEEPEST = 64
"""Levels an answer may be nested."""
LONGEST_SHOWN = 65_536
"""Characters of an answer that is not JSON which `onFail` is given."""

_CHARSETS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "windows-1252"})
_SCHEMES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "basic": (("username", "password"), ()),
    "bearer": (("token",), ()),
    "apikey": (("apiKey", "headerName"), ()),
    "clientcredential": (("consumerKey", "consumerSecret", "tokenEndpoint"), ("scope",)),
}
"""Ways to show who calls: the texts each must have, and those it may have."""

_HALF = re.compile("[\ud800-\udfff]")
_log = logging.getLogger("doorstep.script")


def checked_auth(given: Any) -> dict[str, str]:
    """`{type, properties}` as flat texts, `type` in lower case.  Raises ValueError, which quotes no value."""
    kind = given.get("type") if isinstance(given, dict) else None
    if not isinstance(kind, str) or kind.lower() not in _SCHEMES:
        raise ValueError(f"authConfig.type must be one of {', '.join(_SCHEMES)}")
    needed, possible = _SCHEMES[kind.lower()]
    properties = given.get("properties")
    if not isinstance(properties, dict):
        raise ValueError("authConfig.properties must be an object")
    for name in (*needed, *(one for one in possible if properties.get(one) is not None)):
        if not isinstance(properties.get(name), str) or not properties[name]:
            raise ValueError(f"authConfig.properties.{name} must be a text that is not empty")
    texts = {name: properties[name] for name in (*needed, *possible) if properties.get(name) is not None}
    return {"type": kind.lower(), **texts}


def credentials(auth: Mapping[str, str] | None) -> Credentials | None:
    """What `checked_auth` gave, as the door wants it."""
    if auth is None:
        return None
    match auth["type"]:
        case "basic":
            return Basic(auth["username"], auth["password"])
        case "bearer":
            return Bearer(auth["token"])
        case "apikey":
            return ApiKey(auth["headerName"], auth["apiKey"])
    return ClientCredentials(
        auth["consumerKey"], auth["consumerSecret"], token_endpoint=auth["tokenEndpoint"], scope=auth.get("scope")
    )


async def call(
    asked: Asked,
    method: str,
    *,
    url: str,
    headers: Sequence[Sequence[str]] = (),
    body: str | None = None,
    credentials: Credentials | None = None,
) -> Any:
    """Call, and give what came back as plain data.  Raises CallFailed with status, response and reason."""
    request = OutgoingRequest(
        method,
        url,
        headers=tuple((name, value) for name, value in headers),
        body=None if body is None else body.encode(),
        credentials=credentials,
        owner=asked.turn.application.id,
        retryable=True,
    )
    outcome = await asked.services.outgoing.send(request, allow=asked.turn.settings.http_allow, deadline=DEADLINE)
    if isinstance(outcome, OutgoingFailure):
        told = asked.turn.masked(outcome.detail)
        _log.info("%s of a script: %s", method, told, extra={"flow": asked.turn.login.id})
        raise CallFailed({"reason": outcome.kind}, timed_out=outcome.kind == "timeout")
    if len(outcome.body) > READ_AT_ONCE:
        return await asyncio.to_thread(_read, outcome)
    return _read(outcome)


def failed(reason: str) -> NoReturn:
    """The call is not made, or its answer is not what it must be."""
    raise CallFailed({"reason": reason})


def _read(answer: OutgoingResponse) -> Any:
    """JSON as its value, plain text as `{response: text}`, nothing as `{}`.  Raises CallFailed."""
    if not answer.ok:
        raise CallFailed({"status": answer.status, "response": _shown(answer), "reason": "status"})
    if not answer.body:
        return {}
    if answer.content_type == "text/plain":
        return {"response": _text(answer)}
    try:
        return _json(answer.body)
    except ValueError:
        raise CallFailed({"status": answer.status, "reason": "not_json"}) from None


def _shown(answer: OutgoingResponse) -> Any:
    """The body of a refusal: as JSON if it is, else as text."""
    try:
        return _json(answer.body) if answer.content_type != "text/plain" else _text(answer)[:LONGEST_SHOWN]
    except ValueError:
        return _text(answer)[:LONGEST_SHOWN]


def _text(answer: OutgoingResponse) -> str:
    charset = answer.charset if answer.charset in _CHARSETS else "utf-8"
    return answer.body.decode(charset, "replace").removeprefix("\ufeff")


def _json(body: bytes) -> Any:
    """The value (RFC 8259): of UTF-8, nested at most DEEPEST, its texts storable.  Raises ValueError."""
    try:
        found = json.loads(body.decode("utf-8-sig"), parse_constant=_no_number)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return _tidy(found, DEEPEST)


def _no_number(word: str) -> NoReturn:
    raise ValueError("no number of JSON")


def _tidy(value: Any, room: int) -> Any:
    """The value with U+FFFD for halves of surrogate pairs, which nothing can store; too big a number is a float."""
    if room == 0:
        raise ValueError("nested too deeply")
    match value:
        case str():
            return value if value.isascii() else _HALF.sub("\ufffd", value)
        case bool() | None | float():
            return value
        case int():
            return value if -(2**63) <= value < 2**63 else _float(value)
        case list():
            return [_tidy(one, room - 1) for one in value]
    return {_tidy(key, room): _tidy(one, room - 1) for key, one in value.items()}


def _float(number: int) -> float:
    try:
        return float(number)
    except OverflowError:
        raise ValueError("a number beyond all bounds") from None
