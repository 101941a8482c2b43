"""Several applications served by one process: started together, ended together by one Ctrl-C."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import uvicorn

from commands.listening import uvicorn_config
from commands.logs import log_configuration
from commands.terminal import Stop

SECONDS_TO_START = 60
"""Seconds until everything must answer."""


@dataclass(frozen=True, slots=True)
class Served:
    """An application and where it listens.  probe: an address that answers 200 once it is ready."""

    application: Any
    sockets: Sequence[socket.socket]
    probe: str


class _Server(uvicorn.Server):
    """A server that leaves signals to whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve_all(served: Sequence[Served], *, when_ready: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM.  Calls *when_ready* once every probe answers.  Raises Stop if one cannot start."""
    servers = [_Server(_config(one)) for one in served]
    _end_on_signals(servers)
    running = [
        asyncio.create_task(server.serve(list(one.sockets))) for server, one in zip(servers, served, strict=True)
    ]
    ready = asyncio.create_task(_answering([one.probe for one in served]))
    try:
        await asyncio.wait([*running, ready], return_when=asyncio.FIRST_COMPLETED)
        if ready.done():
            await ready
            when_ready()
            await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    finally:
        ready.cancel()
        for server in servers:
            server.should_exit = True
        results = await asyncio.gather(*running, return_exceptions=True)
    _raise_fault(results)


def _config(one: Served) -> uvicorn.Config:
    config = uvicorn_config(one.application, log_config=log_configuration("text", "WARNING"))
    config.timeout_graceful_shutdown = 1  # pages that wait for a phone would hold up Ctrl-C
    return config


def _end_on_signals(servers: Sequence[uvicorn.Server]) -> None:
    def end() -> None:
        for server in servers:
            server.should_exit = True

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)


async def _answering(probes: Sequence[str]) -> None:
    """Return when all answer."""
    async with httpx2.AsyncClient(trust_env=False, timeout=5) as client, asyncio.timeout(SECONDS_TO_START):
        for probe in probes:
            await _until_ok(lambda probe=probe: client.get(probe))  # type: ignore[misc]


async def _until_ok(get: Callable[[], Awaitable[httpx2.Response]]) -> None:
    while True:
        try:
            if (await get()).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        await asyncio.sleep(0.05)


def _raise_fault(results: Sequence[BaseException | None]) -> None:
    faults = [result for result in results if isinstance(result, BaseException)]
    if any(isinstance(fault, SystemExit) for fault in faults):
        raise Stop("The demo could not start; the reason is above.")
    if faults:
        raise faults[0]
