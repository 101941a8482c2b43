"""Wakes a waiting page: server-sent events (WHATWG HTML §9.2) that say only that something changed.

Bounded in number, in time and in what they tell; the page asks again if it is refused.
"""

from __future__ import annotations

import resource
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from login.beats import Beats
from login.streams import EventStream, Look
from login.views import WORDS
from web.cookies import Cookies
from web.forms import read_query
from web.refusals import Refusal

if TYPE_CHECKING:
    from engine.core import Engine

MOST_STREAMS = 16_000
"""Streams of one process, if it may open so many files and a few besides."""
OTHER_FILES = 512
"""Files kept free for everything else."""
MOST_PER_LOGIN = 4
"""Tabs of one login that are told at once; the others ask."""


class LoginEvents:
    """`/login/{flow}/events`."""

    def __init__(self, engine: Engine, cookies: Cookies) -> None:
        self._engine = engine
        self._cookies = cookies
        self._beats = Beats()
        self._open: Counter[str] = Counter()
        self._streams = 0
        self._most = most_streams()

    def routes(self) -> list[Route]:
        """One route."""
        return [Route("/login/{flow}/events", self.listen, methods=["GET"], name="login-events")]

    async def listen(self, request: Request) -> Response:
        """`event: changed` with the new word, as soon as the status is not the one the page has seen."""
        flow_id = request.path_params["flow"]
        secret = self._cookies.flow_secret(request, flow_id)
        seen = read_query(request).get("seen", "pending")
        seen = seen if seen in (*WORDS, "registered") else "pending"
        return EventStream(Look(self._engine, flow_id, secret), seen, beats=self._beats, counted=self._counted(flow_id))

    @contextmanager
    def _counted(self, flow_id: str) -> Iterator[None]:
        """Raises Refusal 503 if too many listen."""
        if self._open[flow_id] >= MOST_PER_LOGIN or self._streams >= self._most:
            raise Refusal(503, "http.busy", detail="too many event streams", headers={"Retry-After": "5"})
        self._open[flow_id] += 1
        self._streams += 1
        try:
            yield
        finally:
            self._streams -= 1
            self._open[flow_id] -= 1
            if not self._open[flow_id]:
                del self._open[flow_id]


def most_streams() -> int:
    """How many may be open at once: each is a connection, and so a file of this process."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_STREAMS if files == resource.RLIM_INFINITY else max(1, min(MOST_STREAMS, files - OTHER_FILES))
