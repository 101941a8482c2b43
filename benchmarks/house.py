"""The whole server in this process on SQLite, and the walk through its main story, request by request.

Hashes cost the least that argon2 allows: what is looked at is everything else.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from starlette.types import ASGIApp

import storage.sql.engine
from benchmarks.asgi import Answer, call, form
from commands.listening import create_app
from commands.settings import Settings
from tests.devices import Phone
from tests.journeys.living import APPLICATION, House, configuration

ORIGIN = "http://localhost:8400"
SETTLE = 0.02
"""Seconds between two requests: nobody clicks at once."""


class Trips:
    """Counts the statements that go to the database: each is one round trip to its thread, or to a server."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count from here to the end of the block: every statement passes this one function."""
        fetched = storage.sql.engine._fetched

        def counting(connection: Any, sql: str, arguments: list[Any]) -> Any:
            self.statements.append(sql)
            return fetched(connection, sql, arguments)

        storage.sql.engine._fetched = counting
        try:
            yield
        finally:
            storage.sql.engine._fetched = fetched

    def taken(self) -> list[str]:
        """The statements since the last call."""
        taken, self.statements = self.statements, []
        return taken


@dataclass(frozen=True, slots=True)
class Request:
    """One request of the story.  statements: those before the answer; later: those after it."""

    story: str
    name: str
    answer: Answer
    statements: list[str]
    later: list[str]


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[ASGIApp]:
    """The application with its stores open; the configuration has been applied."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        await asyncio.sleep(SETTLE)
        yield app


def prepared(folder: Path, people: int) -> Settings:
    """A fresh database with the enrollment flow and so many people, `p0`, `p1`, ..."""
    settings = Settings.model_construct(
        issuer=ORIGIN, database_url=f"sqlite:///{folder / 'doorstep.db'}", secret_key_file=folder / "secret.key"
    )
    users = [{"username": f"p{number}", "password": f"p{number}-at-the-door"} for number in range(people)]
    House(ORIGIN, settings).apply(configuration(users=users))
    return settings


@dataclass
class Walk:
    """One person's browser, phone and application.  requests: what was sent, in order.

    watch: told the name of each request of the browser and its flow's id, once it is answered.
    """

    app: ASGIApp
    trips: Trips
    name: str
    client: str
    phone: Phone
    watch: Callable[[str, str], Awaitable[None]] | None = None
    requests: list[Request] = field(default_factory=list)
    _cookies: dict[str, str] = field(default_factory=dict)
    _story: str = ""
    _verifier: str = ""
    _page: str = ""
    _url: str = ""

    async def enroll(self) -> None:
        """From the application to its token, with a phone registered on the way."""
        await self._begin("enrollment")
        await self._post("name", username=self.name)
        await self._post("consent", scenario="INIT_PUSH_ENROLL")
        await self._post("password", password=f"{self.name}-at-the-door")
        code = self._marked("data-enrollment")
        await self._device("phone registers", "/api/users/v1/me/push/devices", self.phone.register_body(code))
        await self._post("code scanned", scenario="PUSH_DEVICE_ENROLLMENT")
        await self._approve()
        await self._end()

    async def log_in(self) -> None:
        """The second login, in a browser that knows nothing: name, approval, in."""
        self._cookies = {}
        await self._begin("second login")
        await self._post("name", username=self.name)
        await self._approve()
        await self._end()

    async def _begin(self, story: str) -> None:
        self._story, self._verifier = story, secrets.token_urlsafe(48)
        challenge = urlsafe_b64encode(sha256(self._verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "client_id": "payroll",
            "redirect_uri": APPLICATION,
            "response_type": "code",
            "scope": "openid profile",
            "state": "the-state",
            "nonce": "the-nonce",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        answer = await self._send("authorize", "GET", f"{ORIGIN}/oauth2/authorize?{urlencode(asked)}")
        self._url = urljoin(ORIGIN, answer.header("location"))
        await self._send("first page", "GET", self._url)
        await self._watched("first page")

    async def _approve(self) -> None:
        path = f"/api/users/v1/me/push/devices/{self.phone.device_id}/pending"
        waiting = await self._device("phone asks", path, {"token": self.phone.pull_token()})
        (push,) = json.loads(waiting.body)
        await self._send("page asks", "GET", f"{ORIGIN}/push-auth/check-status?pushAuthId={push['pushId']}")
        token = self.phone.answer(push)
        await self._device("phone approves", "/push-auth/authenticate", {"authResponse": token})

    async def _end(self) -> None:
        answer = await self._post("goes on", scenario="PROCEED_PUSH_AUTHENTICATION")
        came = parse_qs(urlsplit(answer.header("location")).query)
        fields = {
            "grant_type": "authorization_code",
            "code": came["code"][0],
            "client_id": "payroll",
            "redirect_uri": APPLICATION,
            "code_verifier": self._verifier,
        }
        body, headers = form(fields)
        answer = await self._send("token", "POST", f"{ORIGIN}/oauth2/token", body=body, headers=headers)
        assert "id_token" in json.loads(answer.body)

    async def _post(self, request: str, **fields: str) -> Answer:
        """The form of the page at hand."""
        (token,) = set(re.findall(r'name="_token" value="([^"]*)"', self._page)[:1])
        body, headers = form({"_token": html.unescape(token), **fields})
        answer = await self._send(request, "POST", self._url, body=body, headers={**headers, "origin": ORIGIN})
        await self._watched(request)
        return answer

    async def _device(self, request: str, path: str, body: Mapping[str, Any]) -> Answer:
        headers = {"content-type": "application/json"}
        return await self._send(request, "POST", ORIGIN + path, body=json.dumps(body).encode(), headers=headers)

    async def _send(
        self, request: str, method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send it, keep what it cost, let what it began come to an end."""
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        sent = {**(headers or {}), **({"cookie": cookie} if cookie else {})}
        self.trips.taken()
        before = asyncio.all_tasks()
        answer = await call(self.app, method, url, body=body, headers=sent, client=self.client)
        statements = self.trips.taken()
        await _ended(asyncio.all_tasks() - before)
        await asyncio.sleep(SETTLE)
        self.requests.append(Request(self._story, request, answer, statements, self.trips.taken()))
        assert answer.status < 400, (request, answer.status, answer.body)
        for name, value in answer.headers:
            if name == "set-cookie":
                key, _, kept = value.partition(";")[0].partition("=")
                self._cookies[key] = kept
        if answer.header("content-type").startswith("text/html"):
            self._page = answer.body.decode()
        return answer

    async def _watched(self, request: str) -> None:
        if self.watch is not None:
            await self.watch(request, self._url.rpartition("/")[2])

    def _marked(self, mark: str) -> str:
        """The text of the element with that attribute."""
        found = re.search(rf"{mark}[^>]*>([^<]*)<", self._page)
        assert found is not None, (mark, self._page)
        return html.unescape(found[1]).strip()


async def _ended(begun: set[asyncio.Task[Any]]) -> None:
    """Let the effects of a request come to their end."""
    if begun:
        await asyncio.wait(begun, timeout=5)
