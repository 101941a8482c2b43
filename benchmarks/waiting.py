"""What waiting for a phone costs, over real sockets: from the stored answer to the browser's event, memory, processor.

One worker on SQLite in a process of its own; the browsers and the phones are this one.  Prints a table.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import uvloop

from benchmarks.line import Line
from benchmarks.timing import processor, summed_up
from benchmarks.waiting_server import settings
from commands.stores import opened
from engine.model import Device
from tests.devices import Phone
from tests.journeys.living import House

PEOPLE = 300
"""Those who have a phone, and whose answers are timed; all others wait in vain, by names that are nobody's."""
AT_ONCE = 8
"""Logins that begin at the same time."""
IDLE = 20.0
"""Seconds in which nothing happens, for the processor's share."""
LIMITS = {1_000: 25.0, 10_000: 100.0}
"""Milliseconds that the slowest hundredth may take, by how many wait."""
MOST_MEMORY, MOST_PROCESSOR, MOST_LEAVING = 35.0, 1.0, 50.0
JSON = "Content-Type: application/json"

_TOKEN = re.compile(rb'name="_token" value="([^"]+)"')
_COOKIE = re.compile(rb"set-cookie: (doorstep-flow-[^;]+)", re.IGNORECASE)


@dataclass
class Waiter:
    """A browser whose page waits.  told: when it was told, by the clock that all processes of the machine share."""

    line: Line
    told: asyncio.Future[float] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    async def begin(self, house: House, name: str) -> float:
        """From the application to the open stream of the waiting page; gives when the name was posted."""
        parts = urlsplit(house.authorize())
        head, _ = await self.line.request("GET", f"{parts.path}?{parts.query}")
        cookie = "Cookie: " + _found(_COOKIE, head)
        page = _found(re.compile(rb"location: ([^\r]+)", re.IGNORECASE), head)
        _, body = await self.line.request("GET", page, b"", cookie)
        form = urlencode({"_token": _found(_TOKEN, body), "username": name}).encode()
        kind = "Content-Type: application/x-www-form-urlencoded"
        posted = time.monotonic()
        _, body = await self.line.request("POST", page, form, cookie, kind)
        assert b'data-page="push-wait"' in body, body
        self.line.send("GET", f"{page}/events?seen=pending", b"", cookie)
        await self.line.reader.readuntil(b"retry: ")
        self._listening = asyncio.create_task(self._listen())
        return posted

    async def _listen(self) -> None:
        await self.line.reader.readuntil(b"event: changed")
        self.told.set_result(time.monotonic())

    async def end(self) -> None:
        """Close the page."""
        self._listening.cancel()
        self.line.writer.close()


def _found(pattern: re.Pattern[bytes], text: bytes) -> str:
    match = pattern.search(text)
    assert match is not None, text
    return match[1].decode()


@dataclass
class Server:
    """The process that serves, and when it stored the answers."""

    process: subprocess.Popen[bytes]
    port: int
    stored: dict[str, float] = field(default_factory=dict)

    def memory(self) -> float:
        """KiB in use."""
        (line,) = re.findall(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())
        return float(line)

    def processor(self) -> float:
        """Seconds of processor used until now."""
        return processor(self.process.pid)

    def read_stored(self) -> None:
        """Take note of what the server said."""
        assert self.process.stdout is not None
        while said := self.process.stdout.readline():
            channel, _, at = said.decode().partition(" ")
            self.stored.setdefault(channel.removeprefix("push:"), float(at))


@dataclass
class Level:
    """What was measured while so many waited.  Times in milliseconds; memory in KiB a page; processor in percent."""

    pages: int
    stored_to_told: list[float] = field(default_factory=list)
    memory: float = 0.0
    processor: float = 0.0


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """The server on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.waiting_server", str(folder), str(port), str(PEOPLE)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603 (our own module)
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.1)
        assert process.stdout is not None
        os.set_blocking(process.stdout.fileno(), False)
        yield Server(process, port)
    finally:
        process.kill()
        process.wait()


async def registered(house: House) -> list[Phone]:
    """A phone for each person, as if they had enrolled before."""
    phones = []
    async with opened(house.settings) as stores:
        for n in range(PEOPLE):
            user = await stores.directory.user_named(f"person{n}")
            assert user is not None
            phone = Phone("ed25519")
            phone.device_id = f"device-of-person-{n:06d}"
            key = b64decode(phone.public_key)
            device = Device(phone.device_id, user.id, "Phone", "", "builtin", f"t{n}", key, ("Ed25519", "EdDSA"))
            await stores.directory.add_device(device, limit=3)
            phones.append(phone)
    return phones


async def wait_together(house: House, server: Server, names: list[str]) -> list[Waiter]:
    """So many browsers at the waiting page, a few at a time; each from an address of its own."""
    door = asyncio.Semaphore(AT_ONCE)
    made = [Waiter(Line(server.port, f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}")) for n, _ in enumerate(names, 1)]

    async def begin(waiter: Waiter, name: str) -> None:
        async with door:
            await waiter.begin(house, name)

    await asyncio.gather(*(begin(waiter, name) for waiter, name in zip(made, names, strict=True)))
    return made


async def answer(server: Server, phone: Phone, waiter: Waiter, level: Level) -> None:
    """The phone approves; how long it takes until the browser knows."""
    line = Line(server.port, "10.255.0.1")
    push, _ = await pulled(server, phone)
    token = json.dumps({"authResponse": phone.answer(push)}).encode()
    head, body = await line.request("POST", "/push-auth/authenticate", token, JSON)
    assert head.startswith(b"HTTP/1.1 200"), (head, body)
    told_at = await asyncio.wait_for(waiter.told, 30)
    line.writer.close()
    server.read_stored()
    level.stored_to_told.append((told_at - server.stored[push["pushId"]]) * 1e3)


async def measured(house: House, server: Server, phones: list[Phone], pages: int, *, idle: float) -> Level:
    """One level: fill the waiting room, look at memory and processor, then answer one after the other."""
    level = Level(pages)
    before = server.memory()
    names = [f"person{n}" for n in range(PEOPLE)] + [f"nobody{n}" for n in range(pages - PEOPLE)]
    waiters = await wait_together(house, server, names)
    level.memory = (server.memory() - before) / pages
    used = server.processor()
    await asyncio.sleep(idle)
    level.processor = (server.processor() - used) / max(idle, 1.0) * 100
    for phone, waiter in zip(phones, waiters, strict=False):
        await answer(server, phone, waiter, level)
        await asyncio.sleep(0.005)
    for waiter in waiters:
        await waiter.end()
    await asyncio.sleep(2)
    return level


async def leaving(house: House, server: Server, phones: list[Phone]) -> list[float]:
    """Milliseconds from the name that is posted to the push at a phone that asks and waits; a tenth of the people."""
    taken = []
    for n, phone in enumerate(phones[: PEOPLE // 3]):
        waiter = Waiter(Line(server.port, "10.254.0.2"))
        asking = asyncio.create_task(pulled(server, phone, "Prefer: wait=30"))
        await asyncio.sleep(0.05)
        posted = await waiter.begin(house, f"person{n}")
        _, at = await asking
        taken.append((at - posted) * 1e3)
        await waiter.end()
    return taken


async def pulled(server: Server, phone: Phone, *headers: str) -> tuple[dict[str, str], float]:
    """The newest request for the phone, and when it came."""
    line = Line(server.port, "10.255.0.1")
    address = f"/api/users/v1/me/push/devices/{phone.device_id}/pending"
    _, body = await line.request("POST", address, json.dumps({"token": phone.pull_token()}).encode(), JSON, *headers)
    at = time.monotonic()
    line.writer.close()
    return json.loads(body)[-1], at


# --- telling ----------------------------------------------------------------------------------------------------------


def row(name: str, figures: list[float], limit: float) -> str:
    """Median, p99 and worst of *figures*, and whether p99 keeps the limit."""
    p99 = summed_up(figures).p99
    told = f"{statistics.median(figures):>9.2f}{p99:>9.2f}{max(figures):>9.2f}"
    return f"{name:<44}{told}{limit:>9.0f}  {'kept' if p99 <= limit else 'NOT KEPT'}"


def one(name: str, figure: float, limit: float) -> str:
    """A single figure."""
    return f"{name:<44}{figure:>9.2f}{'':>18}{limit:>9.0f}  {'kept' if figure <= limit else 'NOT KEPT'}"


async def run(levels: list[int]) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server:
        configured = settings(Path(folder), server.port)
        house = House(str(configured.issuer), configured)
        phones = await registered(house)
        await measured(house, server, phones, PEOPLE, idle=0)  # warms up, and is not told
        print(f"{'':<44}{'median':>9}{'p99':>9}{'worst':>9}{'limit':>9}")
        print(row("a push at its phone after the name, ms", await leaving(house, server, phones), MOST_LEAVING))
        for pages in levels:
            level = await measured(house, server, phones, pages, idle=IDLE)
            print(f"\n{pages:,} pages wait on one worker")
            print(row("  answer stored to browser told, ms", level.stored_to_told, LIMITS.get(pages, 100.0)))
            print(one("  memory of a waiting page, KiB", level.memory, MOST_MEMORY))
            print(one("  processor while nothing happens, %", level.processor, MOST_PROCESSOR), flush=True)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("levels", nargs="*", type=int, default=[*LIMITS], help="how many wait")
    uvloop.run(run(parser.parse_args().levels))


if __name__ == "__main__":
    main()
