"""What never ends is ended: heads and bodies without bound, heads that trickle."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from commands import connections
from commands.listening import uvicorn_config
from tests.oidc.live import free_socket

CHUNK = b"x" * 65_536


async def length(request: Request) -> Response:
    """Tells how much was posted."""
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    """A server as `serve` runs it, whose heads must come within a second."""
    app = Starlette(routes=[Route("/", length, methods=["GET", "POST"])])
    listening, patch = free_socket(), pytest.MonkeyPatch()
    patch.setattr(connections, "SLOWEST_HEAD", 1.0)
    server = uvicorn.Server(uvicorn_config(app, log_config=None))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield listening.getsockname()[:2]
    server.should_exit = True
    thread.join(20)
    patch.undo()


def talk(address: tuple[str, int], *parts: bytes) -> bytes:
    """Send the parts as far as the server takes them; what it says until it closes."""
    with closing(socket.create_connection(address, timeout=30)) as client:
        answer = b""
        try:
            for part in parts:
                client.sendall(part)
            while received := client.recv(65_536):
                answer += received
        except (BrokenPipeError, ConnectionResetError):
            pass
        return answer


@pytest.mark.parametrize(
    "head",
    [b"GET /", b"GET / HTTP/1.1\r\nHost: x\r\nX: ", b"GET / HTTP/1.1\r\nHost: x\r\nX"],
    ids=["target", "value", "name"],
)
def test_a_head_without_end_is_cut_off(address: tuple[str, int], head: bytes) -> None:
    """Before it fills the memory, and without the application."""
    assert not talk(address, head, *[CHUNK] * 400).startswith(b"HTTP/1.1 2")


def test_many_small_header_fields_are_cut_off(address: tuple[str, int]) -> None:
    """Their number is bounded by the head's size."""
    assert not talk(address, b"GET / HTTP/1.1\r\nHost: x\r\n", *[b"A: b\r\n" * 10_000] * 50).startswith(b"HTTP/1.1 2")


def test_a_body_and_trailers_without_end_are_cut_off(address: tuple[str, int]) -> None:
    """Whatever the application would have read of them."""
    post = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert talk(address, post, *[b"10000\r\n" + CHUNK + b"\r\n"] * 200) == b""
    assert talk(address, post, b"1\r\nx\r\n0\r\nA: ", *[CHUNK] * 200) == b""


def test_a_head_that_trickles_is_given_up(address: tuple[str, int]) -> None:
    """Also one that never begins."""
    assert talk(address, b"GET / HTTP/1.1\r\nHost: x\r\n") == b""
    assert talk(address) == b""


def test_requests_of_the_usual_kind_pass(address: tuple[str, int]) -> None:
    """Several on one connection, with bodies, counted one by one."""
    post = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n" + b"y" * 900_000
    last = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = talk(address, post, post, post, last)
    assert answer.count(b"HTTP/1.1 200 OK") == 4
    assert answer.count(b"900000") == 3
