"""Wakes a waiting page: server-sent events (WHATWG HTML §9.2) that say only that something changed.

Bounded in number, in time and in what they tell; the page asks again if it is refused.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from engine.errors import LoginGone, NotYourLogin
from engine.outcome import Status
from login.views import WORDS
from web.cookies import Cookies
from web.forms import read_query
from web.refusals import Refusal

if TYPE_CHECKING:
    from engine.core import Engine

LONGEST = 180.0
"""Seconds one stream lasts; the browser opens the next by itself."""
HEARTBEAT = 15.0
"""Seconds between signs of life, spread by a quarter so that streams opened together do not beat together."""
MOST_STREAMS = 5000
"""Streams of one process."""
MOST_PER_LOGIN = 4
"""Tabs of one login that are told at once; the others ask."""

_HEADERS = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}


class LoginEvents:
    """`/login/{flow}/events`."""

    def __init__(self, engine: Engine, cookies: Cookies) -> None:
        self._engine = engine
        self._cookies = cookies
        self._open: Counter[str] = Counter()
        self._streams = 0

    def routes(self) -> list[Route]:
        """One route."""
        return [Route("/login/{flow}/events", self.listen, methods=["GET"], name="login-events")]

    async def listen(self, request: Request) -> Response:
        """`event: changed` with the new word, as soon as the status is not the one the page has seen.

        Raises LoginGone, NotYourLogin before the stream begins; Refusal 503 if too many listen.
        """
        flow_id = request.path_params["flow"]
        secret = self._cookies.flow_secret(request, flow_id)
        seen = read_query(request).get("seen", "pending")
        await self._engine.status(flow_id, secret)
        if self._open[flow_id] >= MOST_PER_LOGIN or self._streams >= MOST_STREAMS:
            raise Refusal(503, "http.busy", detail="too many event streams", headers={"Retry-After": "5"})
        stream = self._stream(flow_id, secret, seen if seen in (*WORDS, "registered") else "pending")
        return StreamingResponse(stream, media_type="text/event-stream", headers=_HEADERS)

    async def _stream(self, flow_id: str, secret: str, seen: str) -> AsyncIterator[str]:
        with self._counted(flow_id):
            yield f"retry: {random.randint(1000, 3000)}\n\n"  # noqa: S311 (spreads reconnections, no secret)
            async for status in _with_heartbeats(self._engine.watch(flow_id, secret, seconds=LONGEST)):
                if status is None:
                    yield ": beat\n\n"
                elif status.word != seen:
                    yield f"event: changed\ndata: {status.word}\n\n"
                    return
                elif status.fields.get("reach") == "not_reached":
                    yield "event: reach\ndata: not_reached\n\n"

    @contextmanager
    def _counted(self, flow_id: str) -> Iterator[None]:
        self._open[flow_id] += 1
        self._streams += 1
        try:
            yield
        finally:
            self._streams -= 1
            self._open[flow_id] -= 1
            if not self._open[flow_id]:
                del self._open[flow_id]


async def _with_heartbeats(statuses: AsyncIterator[Status]) -> AsyncIterator[Status | None]:
    """Each status as it comes, None for a sign of life between them; a login that is gone says so and ends."""
    following = asyncio.ensure_future(anext(statuses))
    try:
        while True:
            pause = HEARTBEAT * random.uniform(0.75, 1.25)  # noqa: S311 (spreads the beats, no secret)
            await asyncio.wait({following}, timeout=pause)
            if not following.done():
                yield None
                continue
            try:
                yield following.result()
            except StopAsyncIteration:
                return
            except (LoginGone, NotYourLogin):
                yield Status("gone")
                return
            following = asyncio.ensure_future(anext(statuses))
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        await statuses.aclose()  # type: ignore[attr-defined]
