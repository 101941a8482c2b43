"""Complete logins by password beside the least that such a login can be, in one run, over real sockets.

Both serve with one worker of uvicorn on SQLite, and hash as cheaply as argon2 can.  Prints a table: logins a second,
processor of the server for one, and what each request of ours costs beside theirs.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import uvloop

from benchmarks.line import Line
from benchmarks.timing import processor
from benchmarks.waiting_server import settings
from tests.journeys.living import APPLICATION, House, configuration

PEOPLE = 64
AT_ONCE = 16
ROUNDS = 5
SECONDS = 6.0
REQUESTS = ("authorize", "page", "password", "token")

_TOKEN = re.compile(rb'name="_token" value="([^"]+)"')
_COOKIE = re.compile(rb"set-cookie: ((?:doorstep-)?flow-[^;]+)", re.IGNORECASE)
_LOCATION = re.compile(rb"location: ([^\r]+)", re.IGNORECASE)
_FORM = "Content-Type: application/x-www-form-urlencoded"


@dataclass
class Side:
    """One server.  rates: logins a second; costs: milliseconds of its processor for one; both by round."""

    name: str
    process: subprocess.Popen[bytes]
    house: House
    port: int
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    took: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in REQUESTS})


class Person:
    """Somebody who signs in again and again, each time in a new browser."""

    def __init__(self, side: Side, number: int) -> None:
        self._side, self._number = side, number
        self._line = Line(side.port, f"198.51.{number // 200}.{number % 200 + 1}")

    async def sign_in(self) -> dict[str, float]:
        """A whole login; gives how long each request took, in seconds."""
        house, at = self._side.house, time.perf_counter()
        took: list[float] = []
        parts = urlsplit(house.authorize())
        head, _ = await self._line.request("GET", f"{parts.path}?{parts.query}")
        at = _lap(took, at)
        page, cookie = urlsplit(_found(_LOCATION, head)).path, "Cookie: " + _found(_COOKIE, head)
        _, body = await self._line.request("GET", page, b"", cookie)
        at = _lap(took, at)
        who = {"username": f"person{self._number}", "password": f"word{self._number}"}
        fields = {"_token": _found(_TOKEN, body), **who}
        head, _ = await self._line.request("POST", page, urlencode(fields).encode(), cookie, _FORM)
        at = _lap(took, at)
        code = parse_qs(urlsplit(_found(_LOCATION, head)).query)["code"][0]
        fields = {"grant_type": "authorization_code", "code": code, "client_id": "payroll"}
        fields |= {"redirect_uri": APPLICATION, "code_verifier": house.verifier}
        _, body = await self._line.request("POST", "/oauth2/token", urlencode(fields).encode(), _FORM)
        _lap(took, at)
        assert b"id_token" in body, body
        return dict(zip(REQUESTS, took, strict=True))


def _lap(took: list[float], since: float) -> float:
    now = time.perf_counter()
    took.append(now - since)
    return now


def _found(pattern: re.Pattern[bytes], text: bytes) -> str:
    match = pattern.search(text)
    assert match is not None, text
    return match[1].decode()


@contextmanager
def served(name: str, module: str, *arguments: str, port: int) -> Iterator[Side]:
    """The server in a process of its own, once it answers."""
    process = subprocess.Popen([sys.executable, "-m", module, *arguments])  # noqa: S603  our own
    url = f"http://localhost:{port}"
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield Side(name, process, House(url, settings(Path("/"), port)), port)
    finally:
        process.terminate()
        process.wait()


async def alone(side: Side, count: int) -> None:
    """One login after another, to see what each request takes."""
    person = Person(side, 0)
    for number in range(count):
        took = await person.sign_in()
        if number >= count // 5:
            for name, seconds in took.items():
                side.took[name].append(seconds * 1000)


async def storm(side: Side, seconds: float) -> None:
    """As many logins as it can, so many people at once."""
    people = [Person(side, number) for number in range(AT_ONCE)]
    done, used, began = 0, processor(side.process.pid), time.monotonic()

    async def on_and_on(person: Person) -> None:
        nonlocal done
        while time.monotonic() < began + seconds:
            await person.sign_in()
            done += 1

    await asyncio.gather(*(on_and_on(person) for person in people))
    side.rates.append(done / (time.monotonic() - began))
    side.costs.append((processor(side.process.pid) - used) * 1000 / done)


async def measure(sides: list[Side], rounds: int, seconds: float) -> None:
    """First each alone, then in turns, so that what else the machine does hits both alike."""
    for side in sides:
        await alone(side, 100)
    for _ in range(rounds):
        for side in sides:
            await storm(side, seconds)


def show(ours: Side, floor: Side) -> None:
    """Print the table."""
    print(f"{'one worker, SQLite, ' + str(AT_ONCE) + ' at once':<34}{floor.name:>12}{ours.name:>12}{'ratio':>8}")
    for title, found in (("logins a second", "rates"), ("ms of processor for a login", "costs")):
        low, own = (statistics.median(getattr(side, found)) for side in (floor, ours))
        print(f"{title:<34}{low:>12.2f}{own:>12.2f}{own / low:>8.2f}")
    print("\none after another, ms")
    for name in REQUESTS:
        low, own = (statistics.median(side.took[name]) for side in (floor, ours))
        print(f"{name:<34}{low:>12.2f}{own:>12.2f}{own / low:>8.2f}")


def document() -> dict[str, object]:
    """The people of the minimal login, in a flow of one step."""
    whole = configuration()
    whole["flows"] = [{"id": "word", "steps": [{"id": 1, "options": [{"authenticator": "password"}]}]}]
    whole["applications"][0]["flow"] = "word"
    whole["users"] = [{"username": f"person{n}", "password": f"word{n}"} for n in range(PEOPLE)]
    return whole


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        ours_at, low_at = _free_ports()
        least = (f"{name}/minimal.db", str(low_at), str(PEOPLE))
        with (
            served("Doorstep", "benchmarks.login_server", name, str(ours_at), port=ours_at) as ours,
            served("minimal", "benchmarks.minimal_login", *least, port=low_at) as low,
        ):
            uvloop.run(measure([ours, low], asked.rounds, asked.seconds))
    show(ours, low)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


if __name__ == "__main__":
    main()
