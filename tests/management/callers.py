"""Programs of admins, as tests have them: a token with some scopes, and calls with it."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx2

from commands.stores import opened
from engine.admin_scopes import SCOPES
from management.table import BASE
from management.tokens import AdminTokens
from tests.journeys.living import House


def token_for(house: House, *scopes: str, days: int = 1) -> str:
    """A token, as the command makes it."""

    async def make() -> str:
        async with opened(house.settings) as stores:
            return (await AdminTokens(stores.configuration, time.time).make("test", frozenset(scopes), days=days))[1]

    return asyncio.run(make())


class Caller:
    """A program with all scopes, or some.  base: where its paths begin."""

    def __init__(self, house: House, *scopes: str, base: str = BASE) -> None:
        self.url = house.url + base
        self.headers = {"Authorization": f"Bearer {token_for(house, *(scopes or SCOPES))}"}

    def __call__(self, method: str, path: str = "", body: Any = None, **headers: str) -> httpx2.Response:
        """One call.  headers: `if_match` is If-Match."""
        given = {} if body is None else {"json": body}
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx2.request(method, self.url + path, headers=self.headers | more, timeout=60, **given)

    def change(self, path: str, body: Any, *, method: str = "PUT", **headers: str) -> httpx2.Response:
        """Read the tag, and change what it is of."""
        tag = self("GET", path).headers["etag"]
        if method == "PATCH":
            headers["content_type"] = "application/merge-patch+json"
        return self(method, path, body, if_match=tag, **headers)

    def remove(self, path: str) -> httpx2.Response:
        """Remove what is there, whatever it is."""
        return self("DELETE", path, if_match="*")


def is_problem(answer: httpx2.Response, status: int, *pointers: str) -> bool:
    """Whether it is such a refusal, in the shape of RFC 9457, that points there."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body.keys() - {"errors", "difference"} == {"type", "title", "status", "detail", "traceId"}
    assert [one["pointer"] for one in body.get("errors", [])] == list(pointers), body
    return answer.status_code == status
