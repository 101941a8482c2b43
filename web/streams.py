"""Streams of events (server-sent events, WHATWG HTML §9.2) that say only that something changed, and end.

One costs a connection while nothing happens, and no task or timer of its own but one deadline: what runs for the
request only waits until the browser leaves; a signal begins a look at the store, and that one writes.  They are bounded
in number and in time; the page asks again if it is refused.
"""

from __future__ import annotations

import asyncio
import logging
import random
import resource
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from engine.errors import Busy
from web.beats import Beats
from web.refusals import Refusal

LONGEST = 1200.0
"""Seconds one stream lasts; the browser opens the next by itself."""
SOON = 1.0
"""Seconds after which a store that was busy is looked at again, and after which what has run out surely has."""
MOST_STREAMS = 16_000
"""Streams of one process, if it may open so many files and a few besides."""
OTHER_FILES = 512
"""Files kept free for everything else."""
MOST_OF_ONE = 4
"""Tabs that show the same thing and are told at once; the others ask."""

_BEAT = {"type": "http.response.body", "body": b"event: beat\ndata:\n\n", "more_body": True}

log = logging.getLogger("doorstep.http")


@dataclass(frozen=True, slots=True)
class Sight:
    """How a thing stands.  is_unreached: no device may have been reached."""

    word: str
    is_unreached: bool = False


class Watched(Protocol):
    """What a page shows and waits for."""

    @property
    def id(self) -> str:
        """Its name, which is no secret."""
        ...

    def watching(self, wake: Callable[[], None]) -> AbstractAsyncContextManager[float]:
        """Call *wake* when it may stand otherwise, as long as the block lasts; no change after entry is lost.

        Gives the seconds until the last change that comes without a signal.  Raises what refuses the stream.
        """
        ...

    async def look(self) -> Sight:
        """How it stands.  Raises Busy."""
        ...


class Streams:
    """All that are open in this process.  told: how many more or fewer there are."""

    def __init__(self, told: Callable[[int], None] = lambda more: None) -> None:
        self._told = told
        self._beats = Beats()
        self._open: Counter[str] = Counter()
        self._most = most_streams()

    def of(self, watched: Watched, seen: str) -> Response:
        """The stream that tells when *watched* does not stand as the page has *seen*."""
        return EventStream(watched, seen, beats=self._beats, counted=self._counted(watched.id))

    @contextmanager
    def _counted(self, name: str) -> Iterator[None]:
        """Raises Refusal 503 if too many listen."""
        if self._open[name] >= MOST_OF_ONE or self._open.total() >= self._most:
            raise Refusal(503, "http.busy", detail="too many event streams", headers={"Retry-After": "5"})
        self._open[name] += 1
        self._told(1)
        try:
            yield
        finally:
            self._told(-1)
            self._open[name] -= 1
            if not self._open[name]:
                del self._open[name]


def most_streams() -> int:
    """How many may be open at once: each is a connection, and so a file of this process."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_STREAMS if files == resource.RLIM_INFINITY else max(1, min(MOST_STREAMS, files - OTHER_FILES))


class EventStream(Response):
    """Tells the first word that is not *seen*, and ends."""

    media_type = "text/event-stream"

    def __init__(self, watched: Watched, seen: str, *, beats: Beats, counted: AbstractContextManager[None]) -> None:
        super().__init__(headers={"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._watched = watched
        self._seen = seen
        self._beats = beats
        self._counted = counted
        self._over = False
        self._woken = False
        self._hint = False
        self._last = False
        self._looking: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Until something has changed, or the browser has left.  Raises what refuses it before."""
        self._send = send
        async with self._watched.watching(self.wake) as seconds:
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
            self._looking = asyncio.create_task(self._look())

    async def _look(self) -> None:
        try:
            while self._woken and not self._over:
                self._woken = False
                await self._tell(await self._watched.look())
            if self._last:
                await self._end("")
        except Busy:
            asyncio.get_running_loop().call_later(SOON, self.wake)
        except Exception:
            log.exception("a stream of events failed", extra={"flow": self._watched.id})
            await self._end("")
        finally:
            self._looking = None

    async def _tell(self, sight: Sight) -> None:
        if sight.word != self._seen:
            await self._end(f"event: changed\ndata: {sight.word}\n\n")
        elif sight.is_unreached and not self._hint:
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
