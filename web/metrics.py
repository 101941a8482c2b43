"""What Prometheus reads, at `/metrics` of the admin host: logins and steps as the audit has them, how long stores and
push services take, and how many pages wait.

Every label is a word of ours or of the configuration; nobody's name, address or text is one.
"""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar, cast

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from engine.ports import AuditEvent, Taken
from web.hosts import METRICS
from web.refusals import Refusal

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder in which the processes of one server add up what they count."""
_SOON = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_FUEL = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 1_000_000)
_LATER = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0)

T = TypeVar("T")


class Metrics:
    """host: the admin host, as it stands in `Host`."""

    def __init__(self, host: str) -> None:
        self._host = host.lower()
        self._registry = own = CollectorRegistry()
        self._events = Counter("doorstep_events", "Events of the audit.", ["event"], registry=own)
        self._logins = Counter("doorstep_logins", "Logins.", ["application", "outcome"], registry=own)
        labels = ["application", "step", "authenticator", "outcome"]
        self._steps = Counter("doorstep_steps", "Steps that ended.", labels, registry=own)
        self._fuel = Histogram(
            "doorstep_script_fuel", "Steps of a login's script.", ["application"], buckets=_FUEL, registry=own
        )
        self._stores = Histogram(
            "doorstep_store_seconds", "Calls of the state store.", ["call"], buckets=_SOON, registry=own
        )
        self._pushes = Histogram(
            "doorstep_push_seconds", "Messages to push services.", ["provider", "outcome"], buckets=_LATER, registry=own
        )
        self._waiting = Gauge(
            "doorstep_waiting_pages", "Pages that wait on a stream.", multiprocess_mode="livesum", registry=own
        )

    def route(self) -> Route:
        """The one route."""
        return Route(METRICS, self.show, methods=["GET"])

    async def show(self, request: Request) -> Response:
        """All of them, in the text format; 404 under any other host."""
        if request.headers.get("host", "").lower() != self._host:
            raise Refusal(404, "http.not_found", detail="not the admin host")
        return Response(await asyncio.to_thread(self._text), media_type=CONTENT_TYPE_LATEST)

    def waits(self, more: int) -> None:
        """So many pages more wait, or fewer."""
        self._waiting.inc(more)

    def counting(self, audit: T) -> T:
        """The same audit; what it takes is counted."""
        return cast(T, _CountedAudit(audit, self._count))

    def timing(self, state: T) -> T:
        """The same store; its calls are timed."""
        return cast(T, _TimedCalls(state, lambda name, took, _: self._stores.labels(name).observe(took)))

    def timing_sender(self, sender: T, provider: str) -> T:
        """The same sender of push messages; what it sends is timed."""

        def tell(name: str, took: float, handed: object) -> None:
            if name == "send":
                self._pushes.labels(provider, "taken" if isinstance(handed, Taken) else "not_taken").observe(took)

        return cast(T, _TimedCalls(sender, tell))

    def _count(self, event: AuditEvent) -> None:
        self._events.labels(event.name).inc()
        about, _, word = event.name.partition("_")
        match about, word:
            case "login", "started" | "succeeded" | "failed":
                self._logins.labels(event.application_id, word).inc()
                if "fuel" in event.details:
                    self._fuel.labels(event.application_id).observe(int(event.details["fuel"]))
            case "step", "succeeded" | "failed":
                told = event.details
                self._steps.labels(event.application_id, told["step"], told["authenticator"], word).inc()

    def _text(self) -> bytes:
        folder = os.environ.get(SHARED)
        if folder is None:
            return generate_latest(self._registry)
        _forget_the_dead(Path(folder))
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)


def _forget_the_dead(folder: Path) -> None:
    """Pages of a process that is gone wait no more; what it counted stays."""
    for file in folder.glob("gauge_live*_*.db"):
        pid = int(re.sub(r"\D", "", file.name) or "0")
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            with suppress(FileNotFoundError):
                mark_process_dead(pid)  # type: ignore[no-untyped-call]


class _CountedAudit:
    """An audit, and somebody who is told what it has taken."""

    def __init__(self, audit: Any, tell: Callable[[AuditEvent], None]) -> None:
        self._audit = audit
        self._tell = tell

    def __getattr__(self, name: str) -> Any:
        return getattr(self._audit, name)

    async def record(self, *events: AuditEvent) -> None:
        await self._audit.record(*events)
        for event in events:
            self._tell(event)


class _TimedCalls:
    """Anything, and somebody who is told how long each awaited call of it took, and what it gave."""

    def __init__(self, inner: Any, tell: Callable[[str, float, object], None]) -> None:
        self._inner = inner
        self._tell = tell

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        return self._timed(name, found) if asyncio.iscoroutinefunction(found) else found

    def _timed(self, name: str, call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def timed(*given: Any, **named: Any) -> Any:
            began = time.monotonic()
            got = await call(*given, **named)
            self._tell(name, time.monotonic() - began, got)
            return got

        self.__dict__[name] = timed
        return timed
