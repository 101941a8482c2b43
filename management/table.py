"""The route table of the management API: what each row asks of its caller, and how its answer leaves.

Each row names a scope; a caller without it gets no further.  The OpenAPI document is made of the same rows.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from configuration.form import validated
from configuration.problems import ConfigurationErrors
from configuration.reading import Reading
from management.etags import strong_tags
from management.guard import Guard
from management.idempotency import Idempotency
from management.problems import problem, refused
from management.tokens import AdminToken
from web.body import read_body
from web.json_body import JSON_TYPE, parse_json
from web.refusals import Refusal

BASE = "/api/admin/v1"
MERGE_PATCH = "application/merge-patch+json"
"""RFC 7396."""
REASON = r"[!-~]([ -~]{0,198}[!-~])?"
"""A Change-Reason."""
LARGEST = 64 * 1024
"""Bytes of a body, where nothing else is said."""
LARGEST_TEXT = 1024 * 1024
"""Bytes of a body that holds a script or a library."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call that was let in.  body: the model of its row, or of a merge patch the plain object; ip: the caller's.

    tags: those of If-Match, None for any.
    """

    token: AdminToken
    path: Mapping[str, str]
    query: Any
    body: Any
    tags: list[str] | None
    ip: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What leaves.  location: of a new thing, below BASE."""

    body: Any = None
    status: int = 200
    etag: str | None = None
    location: str | None = None


Handle = Callable[[Call], Awaitable[Answer | Response]]


@dataclass(frozen=True, slots=True)
class Row:
    """One operation.  path: below BASE; scope: None lets everybody in; gives: the model of the body of a success.

    kind: the media type of what is posted; conditional: wants If-Match; reasoned: takes a Change-Reason.
    """

    method: str
    path: str
    scope: str | None
    handle: Handle
    summary: str
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    gives: type[BaseModel] | None = None
    status: int = 200
    kind: str = JSON_TYPE
    conditional: bool = False
    reasoned: bool = False
    streams: str | None = None
    largest: int = LARGEST
    refuses: Sequence[int] = field(default=())

    @property
    def creates(self) -> bool:
        """Whether an Idempotency-Key may come with it."""
        return self.method == "POST" and self.status == 201


@dataclass(frozen=True, slots=True)
class Table:
    """All rows, behind the guard.  address_of: the caller's."""

    rows: Sequence[Row]
    guard: Guard
    idempotency: Idempotency
    address_of: Callable[[Request], str]

    def routes(self) -> list[Route]:
        """One route a path, so that a wrong method is told all right ones."""
        paths: dict[str, dict[str, Row]] = {}
        for row in self.rows:
            paths.setdefault(row.path, {})[row.method] = row
        return [Route(BASE + path, self._endpoint(rows), methods=[*rows]) for path, rows in paths.items()]

    def _endpoint(self, rows: Mapping[str, Row]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            row = rows["GET" if request.method == "HEAD" else request.method]
            response = await self._answer(row, request)
            response.headers["Cache-Control"] = "no-store"
            return response

        return endpoint

    async def _answer(self, row: Row, request: Request) -> Response:
        token = NOBODY if row.scope is None else await self.guard.let_in(request, row.scope)
        tags = strong_tags(request.headers.get("if-match")) if row.conditional else None
        query = _query(row, request)
        octets = await _octets(row, request)
        call = Call(
            token=token,
            path=request.path_params,
            query=query,
            body=_body(row, octets) if row.body is not None else None,
            tags=tags,
            ip=self.address_of(request),
            reason=_reason(row, request),
        )
        if not row.creates:
            return _response(await row.handle(call))
        place = f"{token.id} {request.scope['path']}"
        return await self.idempotency.once(request, place, octets, lambda: _made(row, call))


NOBODY = AdminToken("", "", frozenset(), 0.0, 0.0)
"""Who calls where everybody may."""


async def _made(row: Row, call: Call) -> Response:
    return _response(await row.handle(call))


def _query(row: Row, request: Request) -> Any:
    """The parameters of the address, each once and none that is not known."""
    pairs = request.query_params.multi_items()
    given = dict(pairs)
    if len(given) != len(pairs):
        raise problem(400, "A parameter stands twice in the address.")
    if row.query is None:
        if given:
            raise problem(400, "This address takes no parameters.")
        return None
    try:
        return validated(row.query, given, POSTED)
    except ConfigurationErrors as errors:
        found = errors.problems[0]
        raise problem(400, f"The parameter {found.where[0] if found.where else ''!s} {found.text}.") from None


POSTED = Reading("the request", None, None, {})
"""Where everything comes from that is judged here."""


async def _octets(row: Row, request: Request) -> bytes:
    if row.body is None:
        return b""
    try:
        return await read_body(request, content_type=row.kind, limit=row.largest)
    except Refusal as refusal:
        raise _told(refusal) from None


def _body(row: Row, octets: bytes) -> Any:
    try:
        value = parse_json(octets)
    except Refusal as refusal:
        raise _told(refusal) from None
    if not isinstance(value, dict):
        raise problem(422, "The body is a JSON object.", pointer="")
    return taken(row, value)


def taken(row: Row, value: dict[str, Any]) -> Any:
    """What was sent, as the row takes it.  Raises 422."""
    if row.kind == MERGE_PATCH:
        return value
    assert row.body is not None
    try:
        return validated(row.body, value, POSTED)
    except ConfigurationErrors as errors:
        raise refused(errors) from None


def _told(refusal: Refusal) -> Refusal:
    """The same, saying what is wrong: a program reads it, not a person at a page."""
    text = f"The body cannot be read: {refusal.detail}."
    return Refusal(refusal.status, refusal.message, detail=refusal.detail, headers=refusal.headers, text=text)


def _reason(row: Row, request: Request) -> str | None:
    text = request.headers.get("change-reason") if row.reasoned else None
    if text is not None and not re.fullmatch(REASON, text):
        raise problem(400, "Change-Reason is 1 to 200 ASCII characters that can be seen, and spaces between them.")
    return text


def _response(answer: Answer | Response) -> Response:
    if isinstance(answer, Response):
        return answer
    headers = {}
    if answer.etag is not None:
        headers["ETag"] = answer.etag
    if answer.location is not None:
        headers["Location"] = BASE + answer.location
    if answer.body is None:
        return Response(status_code=answer.status, headers=headers)
    return JSONResponse(answer.body, answer.status, headers=headers)
