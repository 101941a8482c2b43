"""A provider that listens on a port of the loopback, for clients that are programs of their own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import anyio
import uvicorn
from starlette.types import ASGIApp

from tests.oidc.support import FakeClock, House


class RealClock(FakeClock):
    """The time other programs see."""

    def __call__(self) -> float:
        return time.time()


def free_socket() -> socket.socket:
    """A socket that listens on a free port."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    return listening


def address_of(listening: socket.socket) -> str:
    """Its http address."""
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextmanager
def serving(app: ASGIApp, listening: socket.socket) -> Iterator[None]:
    """Serve *app* on that socket until the block ends.  Connections wait in the socket while the server starts."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@contextmanager
def live_house() -> Iterator[House]:
    """A furnished provider on a free port; its issuer is its address."""
    listening = free_socket()
    house = House(issuer=address_of(listening), clock=RealClock())
    anyio.run(house.furnish)
    with serving(house.app, listening):
        yield house
