"""Sockets and the processes behind them: what `serve` and `demo` have in common.  Knows nothing of the application."""

from __future__ import annotations

import errno
import gc
import os
import resource
import socket
from contextlib import suppress
from importlib import import_module
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from commands.connections import BoundedConnection
from commands.logs import log_configuration
from commands.settings import Settings, load
from commands.terminal import Stop

if TYPE_CHECKING:
    from starlette.applications import Starlette

SECONDS_TO_FINISH = 10
"""Seconds that requests under way are given when the server is told to end."""


def listen(host: str, port: int) -> list[socket.socket]:
    """Sockets that listen on *host*; `localhost` means both of its addresses, as browsers take it.  Raises Stop."""
    addresses = ["127.0.0.1", "::1"] if host == "localhost" else [host]
    sockets = []
    for address in addresses:
        try:
            sockets.append(_bound(address, port))
        except OSError as error:
            if address == "::1" and error.errno != errno.EADDRINUSE:
                continue  # a machine without IPv6
            for bound in sockets:
                bound.close()
            raise Stop(_why(error, host, port)) from None
    return sockets


def _bound(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind((address, port))
        bound.listen(2048)
        bound.set_inheritable(True)
    except OSError:
        bound.close()
        raise
    return bound


def _why(error: OSError, host: str, port: int) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"Port {port} is taken by another program; end it or choose another with --port."
        case errno.EACCES:
            return f"Port {port} may only be opened by an administrator; choose one above 1023 with --port."
    return f"Cannot listen on {host}:{port}: {error.strerror or error}"


def uvicorn_config(application: Any, *, log_config: dict[str, Any] | None, **more: Any) -> uvicorn.Config:
    """How uvicorn is run.  What a client says about addresses is judged by the application, never here."""
    return uvicorn.Config(
        application,
        http=BoundedConnection,
        ws="none",
        lifespan="on",
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=log_config,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        **more,
    )


def run(sockets: list[socket.socket], *, workers: int, log_format: str) -> None:
    """Serve on these sockets until told to end.  Raises Stop if the application cannot start."""
    take_all_files()
    log_config = log_configuration(log_format)
    config = uvicorn_config("commands.listening:application", log_config=log_config, factory=True, workers=workers)
    server = uvicorn.Server(config)
    if workers > 1:
        from web.metrics import SHARED

        with TemporaryDirectory(prefix="doorstep-metrics-") as shared:
            os.environ[SHARED] = shared
            Multiprocess(config, sockets).run()
        return
    server.run(sockets=sockets)
    if not server.started:
        raise Stop("The server could not start.")


def take_all_files() -> None:
    """Each browser that waits holds a file open: take as many as this user may have, not as few as shells give."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def application() -> Starlette:
    """The application of one serving process, from the settings of its environment."""
    return create_app(load())


def create_app(settings: Settings) -> Starlette:
    """`server.create_app`: looked up by name, for the composition root stands above the command line."""
    made: Starlette = import_module("server").create_app(settings, ready=settle)
    return made


def settle() -> None:
    """Leave what now lives as long as the process to itself.

    To look through it for garbage takes a tenth of a second, in which nobody is served, and finds nothing.
    """
    gc.collect()
    gc.freeze()
