"""The network below the door: resolves a name once, looks at every address, connects to one that was looked at.

The client above asks for `host:port` and gets a connection or a refusal; it never resolves a name of its own, so what
was checked is what is connected to.  TLS goes on checking the name.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address

from httpcore2 import SOCKET_OPTION, AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream, ConnectError, ConnectTimeout

from engine.address_kinds import Address
from engine.destinations import AllowedHost, Host
from outgoing.streams import SmallBites

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Gives the addresses of a name; raises OSError if there are none."""

MOST_LOOKUPS = 8
"""Names that are looked up at a time; the system's resolver keeps a thread busy for each."""
MOST_TRIED = 4
"""Addresses of one name to which a connection is tried."""


class Refused(Exception):
    """The guard does not connect there.  Its text is fit for a log."""


class NoAddress(Exception):
    """The name has no address."""


class SystemNames:
    """The system's resolver, each name in work once however many ask, in threads of its own."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(MOST_LOOKUPS, thread_name_prefix="names")
        self._running: dict[tuple[str, int], asyncio.Future[list[str]]] = {}

    async def __call__(self, name: str, port: int) -> Sequence[str]:
        """The addresses of *name*, in the system's order of preference."""
        running = self._running.get((name, port))
        if running is None:
            running = asyncio.get_running_loop().run_in_executor(self._threads, _addresses, name, port)
            self._running[name, port] = running
            running.add_done_callback(lambda _: self._running.pop((name, port)))
        return await asyncio.shield(running)

    def close(self) -> None:
        """Look up nothing more; what runs is left to end by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _addresses(name: str, port: int) -> list[str]:
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard(AsyncNetworkBackend):
    """Connects to the places that *entries* name, and to nothing else whatever asks it to."""

    def __init__(self, entries: Sequence[AllowedHost], resolve: Resolve) -> None:
        self._entries = entries
        self._resolve = resolve
        self._network = AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the client's interface
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        """A connection to a checked address of *host*.  Raises Refused, NoAddress or what httpcore raises."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._checked(host, port)
                return SmallBites(await self._first_that_answers(addresses, port, seconds=timeout))
        except TimeoutError:
            raise ConnectTimeout from None

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - the client's interface
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        """Raises Refused: no call leaves by a file."""
        raise Refused("a socket file is not a place to call")

    async def sleep(self, seconds: float) -> None:
        """Wait, for the client's own purposes."""
        await asyncio.sleep(seconds)

    async def _checked(self, name: str, port: int) -> list[Address]:
        """All addresses of *name*, of which every one may be called."""
        host = _as_host(name)
        named = [entry for entry in self._entries if entry.names(host, port)]
        if not named:
            raise Refused("not in the allow-list")
        addresses = [host.address] if host.address is not None else await self._looked_up(name, port)
        for address in addresses:
            if not any(entry.admits(address, host) for entry in named):
                raise Refused("the name leads to an address that may not be called")
        return addresses

    async def _looked_up(self, name: str, port: int) -> list[Address]:
        try:
            addresses: list[Address] = [ip_address(text) for text in await self._resolve(name, port)]
        except (OSError, UnicodeError):
            raise NoAddress from None
        except ValueError:
            raise Refused("the name leads to something that is no address") from None
        if not addresses:
            raise NoAddress
        return addresses

    async def _first_that_answers(
        self, addresses: Sequence[Address], port: int, *, seconds: float | None
    ) -> AsyncNetworkStream:
        """One after the other, each with its share of the time, so that a dead one does not use it up."""
        tried = addresses[:MOST_TRIED]
        share = None if seconds is None else seconds / len(tried)
        for address in tried[:-1]:
            try:
                return await self._network.connect_tcp(str(address), port, timeout=share)
            except (ConnectError, ConnectTimeout):
                continue
        return await self._network.connect_tcp(str(tried[-1]), port, timeout=seconds)


def _as_host(name: str) -> Host:
    """The host as the client hands it down: an IPv6 address without brackets."""
    try:
        return Host(name, ip_address(name))
    except ValueError:
        return Host(name)
