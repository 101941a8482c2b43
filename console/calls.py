"""Calls of the management API by an admin at the console: the same judgement, the same audit, no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from configuration.form import validated
from configuration.problems import ConfigurationErrors
from console.seats import Admin
from management.problems import problem, refused
from management.table import POSTED, Answer, Call, Row, taken
from web.refusals import Refusal

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Caller:
    """Calls for one admin.  ip: where they are."""

    rows: Mapping[tuple[str, str], Row]
    admin: Admin
    ip: str

    def may(self, method: str, path: str) -> bool:
        """Whether the admin may."""
        scope = self.rows[method, path].scope
        return scope is None or scope in self.admin.scopes

    async def read(self, path: str, query: Mapping[str, str] | None = None, /, **at: str) -> Answer:
        """GET.  at: what stands in the places of the path."""
        return await self._call("GET", path, at, query=query)

    async def change(
        self, method: str, path: str, body: Any = None, *, tag: str = "", reason: str = "", **at: str
    ) -> Answer:
        """Any other method.  tag: of what was read."""
        return await self._call(method, path, at, body=body, tag=tag, reason=reason)

    async def _call(
        self,
        method: str,
        path: str,
        at: Mapping[str, str],
        *,
        query: Mapping[str, str] | None = None,
        body: Any = None,
        tag: str = "",
        reason: str = "",
    ) -> Answer:
        row = self.rows[method, path]
        if row.scope is not None and row.scope not in self.admin.scopes:
            raise Refusal(403, "console.may_not", detail=f"{self.admin.role.role} has not the scope {row.scope}")
        call = Call(
            token=self.admin.as_token,
            path=at,
            query=_query(row, query or {}),
            body=taken(row, body) if row.body is not None else None,
            tags=[tag],
            ip=self.ip,
            reason=_reason(reason),
        )
        answer = await row.handle(call)
        assert isinstance(answer, Answer)
        return answer


def table(rows: Sequence[Row]) -> dict[tuple[str, str], Row]:
    """The rows by method and path."""
    return {(row.method, row.path): row for row in rows}


def _query(row: Row, given: Mapping[str, str]) -> Any:
    if row.query is None:
        return None
    try:
        return validated(row.query, dict(given), POSTED)
    except ConfigurationErrors as errors:
        raise refused(errors) from None


def _reason(text: str) -> str | None:
    if len(text) > LONGEST_REASON or not text.isprintable():
        raise problem(422, f"A reason is at most {LONGEST_REASON} visible characters.", pointer="/reason")
    return text.strip() or None
