"""The login face on real parts: engine, authenticators, stores in memory; and an application that only takes note."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace

import httpx2
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from authenticators import Wiring, registry
from authenticators.hashing import hash_now, normalised
from engine.core import Engine, Ports
from engine.logins import Logins
from engine.model import (
    Application,
    Argon2Settings,
    Flow,
    LoginRequest,
    LoginResult,
    Option,
    OrganisationSettings,
    PushSettings,
    Step,
    User,
)
from engine.outcome import Refused
from engine.ports import ConfigurationChange
from engine.registry import Registry
from login.device_api import DeviceApi
from login.ends import Ends
from login.events import LoginEvents
from login.open import Opener
from login.pages import LoginPages
from storage.memory import MemoryAudit, MemoryConfiguration, MemoryDirectory, MemoryState
from storage.signals import LocalSignals
from web.cookies import Cookies
from web.errors import Errors
from web.pages import Pages
from web.refusals import Refusal
from web.site import site_of
from web.stack import middleware
from web.streams import Streams

ISSUER = "https://id.example.test"
CHEAP = Argon2Settings(memory_kib=64, time_cost=1, parallelism=1)
PASSWORD = "correct horse"
PAGES = Pages()
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Clock:
    """Seconds since the epoch, moved by hand."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class Spawned:
    """Runs effects in the test's own loop."""

    def __init__(self) -> None:
        self.tasks: list[asyncio.Future[None]] = []

    def spawn(self, work: Awaitable[None]) -> None:
        self.tasks.append(asyncio.ensure_future(work))

    async def finish(self) -> None:
        await asyncio.gather(*self.tasks)


class PlainApplication:
    """Sends a browser to the application's address with what came of the login, in no protocol."""

    async def granted(self, result: LoginResult) -> str:
        return f"{result.request.redirect_uri}?code={result.ticket}&sub={result.user_id}"

    async def refused(self, refused: Refused) -> str:
        return f"{refused.redirect_uri}?error={refused.failed.error}"


@dataclass
class House:
    """A server in memory."""

    clock: Clock = field(default_factory=Clock)
    signals: LocalSignals = field(default_factory=LocalSignals)
    spawned: Spawned = field(default_factory=Spawned)
    push: PushSettings = field(default_factory=lambda: PushSettings(progressive_enrollment=True, number_challenge=True))
    bearer: User | None = None
    issuer: str = ISSUER
    redirect_uri: str = "https://app.test/cb"

    def __post_init__(self) -> None:
        self.state = MemoryState(self.clock)
        self.directory = MemoryDirectory()
        self.configuration = MemoryConfiguration(self.directory)
        audit = MemoryAudit()
        self.site = site_of(self.issuer, trusted_proxies=["10.0.0.0/8"])
        self.authenticators = registry(
            Wiring(
                directory=self.directory,
                configuration=self.configuration,
                state=self.state,
                signals=self.signals,
                audit=audit,
                clock=self.clock,
                issuer=self.issuer,
                key=b"k" * 32,
                spawner=self.spawned,
                is_current=Logins(self.state, self.clock).is_current,
            )
        )
        ports = Ports(self.state, self.directory, self.configuration, audit, self.signals, self.spawned, self.clock)
        self.engine = Engine(ports, Registry(self.authenticators))
        self.cookies = Cookies(self.site)
        self.ends = Ends(PlainApplication(), self.cookies, PAGES)
        self.opener = Opener(self.engine, self.cookies, self.ends)
        self.events = LoginEvents(self.engine, self.cookies, Streams())
        self.devices = DeviceApi(
            self.engine,
            self.authenticators.receiver,
            self.signals,
            self.configuration,
            self.directory,
            self.cookies,
            self.authenticators.devices,
            self._person,
            self.authenticators.flow_of_push,
        )
        self.app = self._app()

    async def configure(self, *steps: str, script: str | None = None, **application: object) -> None:
        """One application, its flow of these steps (authenticators separated by `|`), and mara with her password."""
        flow = Flow(
            "flow",
            tuple(Step(n, tuple(Option(o) for o in names.split("|"))) for n, names in enumerate(steps, 1)),
            script=script,
        )
        app = Application("app", "The App", (self.redirect_uri,), "flow")
        mara = User("u-mara", "mara", "mara", password_hash=hash_now(normalised(PASSWORD), CHEAP))
        await self.configuration.commit(
            ConfigurationChange(
                applications=[replace(app, **application)],  # type: ignore[arg-type]
                flows=[flow],
                users=[mara],
                settings=OrganisationSettings(push=self.push, argon2=CHEAP),
            )
        )

    def browser(self) -> httpx2.AsyncClient:
        """A browser with its own cookies; it follows no redirect."""
        return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=self.app), base_url=self.issuer)

    async def _open(self, request: Request) -> Response:
        return await self.opener.open_login(request, LoginRequest("app", self.redirect_uri))

    async def _person(self, request: Request, *, changes: bool) -> User:
        if self.bearer is None:
            raise Refusal(401, "http.unauthorized", headers={"WWW-Authenticate": "Bearer"})
        return self.bearer

    def _app(self) -> Starlette:
        errors = Errors(PAGES)
        declared = frozenset[str]().union(*(each.fields for each in self.authenticators))
        pages = LoginPages(
            self.engine,
            PAGES,
            self.cookies,
            self.site,
            self.ends,
            self.configuration,
            self.clock,
            declared,
            self.opener,
        )
        return Starlette(
            routes=[
                Route("/open", self._open),
                *pages.routes(),
                *self.events.routes(),
                *self.devices.routes(),
                *PAGES.static.routes(),
            ],
            middleware=middleware(site=self.site, errors=errors),
            exception_handlers=errors.handlers(),
        )


# --- a phone ----------------------------------------------------------------------------------------------------------


def public_key() -> str:
    """The phone's key as apps send it."""
    der = KEY.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


def registration(code: dict[str, str], *, provider: str = "builtin") -> dict[str, object]:
    """What a phone posts that scanned *code*."""
    signed = KEY.sign(f"{code['challenge']}.token-1".encode(), padding.PKCS1v15(), hashes.SHA256())
    return {
        "deviceId": code["deviceId"],
        "name": "Mara's phone",
        "model": "Pixel 9",
        "deviceToken": "token-1",
        "publicKey": public_key(),
        "signature": base64.b64encode(signed).decode(),
        "provider": {"name": provider, "metadata": {"numberInput": "typed"}},
    }


def signed(device_id: str, claims: dict[str, object]) -> str:
    """A token of the phone."""
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
        for part in ({"alg": "RS256", "typ": "JWT", "deviceId": device_id}, claims)
    ]
    text = b".".join(parts)
    made = KEY.sign(text, padding.PKCS1v15(), hashes.SHA256())
    return (text + b"." + base64.urlsafe_b64encode(made).rstrip(b"=")).decode()
