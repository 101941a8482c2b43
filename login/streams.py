"""One stream of events: it costs a connection while nothing happens, and no task or timer of its own but one deadline.

What runs for the request only waits until the browser leaves; a signal begins a look at the store, and that one writes.
"""

from __future__ import annotations

import asyncio
import logging
import random
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from engine.errors import Busy, LoginGone, NotYourLogin
from engine.outcome import Status
from login.beats import Beats

if TYPE_CHECKING:
    from engine.core import Engine

LONGEST = 1200.0
"""Seconds one stream lasts; the browser opens the next by itself."""
SOON = 1.0
"""Seconds after which a store that was busy is looked at again, and after which what has run out surely has."""

_BEAT = {"type": "http.response.body", "body": b"event: beat\ndata:\n\n", "more_body": True}

log = logging.getLogger("doorstep.login")


@dataclass(frozen=True, slots=True)
class Look:
    """How one login stands, for who holds its secret."""

    engine: Engine
    flow_id: str
    secret: str

    async def __call__(self) -> Status:
        """The status; a login that is gone says so.  Raises Busy."""
        try:
            return await self.engine.status(self.flow_id, self.secret)
        except (LoginGone, NotYourLogin):
            return Status("gone")


class EventStream(Response):
    """Tells the first word that is not *seen*, and ends."""

    media_type = "text/event-stream"

    def __init__(self, look: Look, seen: str, *, beats: Beats, counted: AbstractContextManager[None]) -> None:
        super().__init__(headers={"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._look = look
        self._seen = seen
        self._beats = beats
        self._counted = counted
        self._over = False
        self._woken = False
        self._hint = False
        self._last = False
        self._looking: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Until something has changed, or the browser has left.  Raises LoginGone, NotYourLogin, Refusal before."""
        self._send = send
        look = self._look
        async with look.engine.watching(look.flow_id, look.secret, self.wake) as seconds:
            with self._counted, self._beats.given(self._beat):
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                await self._say(f"retry: {random.randint(1000, 3000)}\n\n")  # noqa: S311 (spreads reconnections)
                runs_out = asyncio.get_running_loop().call_later(min(seconds + SOON, LONGEST), self._run_out)
                self.wake()
                try:
                    while (await receive())["type"] != "http.disconnect":
                        pass
                finally:
                    self._over = True
                    runs_out.cancel()

    def wake(self) -> None:
        """Something may have changed: look, or look once more if a look is under way."""
        self._woken = True
        if self._looking is None and not self._over:
            self._looking = asyncio.create_task(self._watched())

    async def _watched(self) -> None:
        try:
            while self._woken and not self._over:
                self._woken = False
                await self._tell(await self._look())
            if self._last:
                await self._end("")
        except Busy:
            asyncio.get_running_loop().call_later(SOON, self.wake)
        except Exception:
            log.exception("a stream of events failed", extra={"flow": self._look.flow_id})
            await self._end("")
        finally:
            self._looking = None

    async def _tell(self, status: Status) -> None:
        if status.word != self._seen:
            await self._end(f"event: changed\ndata: {status.word}\n\n")
        elif status.fields.get("reach") == "not_reached" and not self._hint:
            self._hint = True
            await self._say("event: reach\ndata: not_reached\n\n")

    def _run_out(self) -> None:
        """The last moment at which anything could change by itself has passed: what comes then is another stream's."""
        self._last = True
        self.wake()

    async def _beat(self) -> None:
        if not self._over:
            await self._send(_BEAT)

    async def _say(self, text: str) -> None:
        if not self._over:
            await self._send({"type": "http.response.body", "body": text.encode(), "more_body": True})

    async def _end(self, text: str) -> None:
        if not self._over:
            self._over = True
            await self._send({"type": "http.response.body", "body": text.encode(), "more_body": False})
