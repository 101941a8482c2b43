"""`doorstep serve` as a process of its own, which a test may kill."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx2

from commands.settings import Settings
from tests.browser import Browser
from tests.journeys.living import House

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60.0
"""Seconds a server may take to answer on a busy machine."""


class Killable:
    """A server whose process can be killed and started again on the same data and port.

    more: further settings, as the environment has them; beside: another node of which this one shares address and data.
    """

    def __init__(
        self,
        folder: Path,
        document: Mapping[str, Any],
        *,
        more: Mapping[str, str] | None = None,
        beside: Killable | None = None,
        database_url: str | None = None,
    ) -> None:
        self.port = _free_port()
        self._folder, self._more = folder, more or {}
        if beside is not None:
            self.house = beside.house
        else:
            settings = Settings.model_construct(
                issuer=f"http://localhost:{self.port}",
                database_url=database_url or f"sqlite:///{folder / 'doorstep.db'}",
                secret_key_file=folder / "secret.key",
            )
            self.house = House(f"http://localhost:{self.port}", settings)
            self.house.apply(document)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        environment = {
            **os.environ,
            **self._more,
            "DOORSTEP_ISSUER": self.house.url,
            "DOORSTEP_DATABASE_URL": self.house.settings.database_url,
            "DOORSTEP_SECRET_KEY_FILE": str(self._folder / "secret.key"),
        }
        command = [sys.executable, "-c", "from server import main; main()", "serve", "--port", str(self.port)]
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        self._wait()

    def kill(self) -> None:
        """kill -9."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def restart(self) -> None:
        """kill -9 and start again."""
        self.kill()
        self.start()

    def _wait(self) -> None:
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            assert self._process is not None
            assert self._process.poll() is None, "the server ended"
            try:
                if httpx2.get(f"http://localhost:{self.port}/readyz", timeout=1).status_code == 200:
                    return
            except httpx2.TransportError:
                time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def serve(self, browser: Browser) -> Browser:
        """Let that browser's requests, to whatever address, come to this node from now on."""

        def turn(request: httpx2.Request) -> None:
            request.url = request.url.copy_with(port=self.port)

        browser.http.event_hooks = {"request": [turn]}
        return browser


@contextmanager
def two_nodes(folder: Path, document: Mapping[str, Any], **more: str) -> Iterator[tuple[Killable, Killable]]:
    """Two running servers at one address, on one database; ended with the block.  more: further settings."""
    with ExitStack() as stack:
        one = Killable(folder, document, more=more)
        two = Killable(folder, document, more=more, beside=one)
        for node in (one, two):
            node.start()
            stack.callback(node.kill)
        yield one, two


@contextmanager
def killable(folder: Path, document: Mapping[str, Any]) -> Iterator[Killable]:
    """A running server, ended with the block."""
    server = Killable(folder, document)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
