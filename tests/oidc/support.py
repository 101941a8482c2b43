"""A small provider for the tests: this face's routes on real stores, and a login that succeeds at once.

Only the login is made up: whoever is asked for by `login_hint` is signed in with the facts the test names.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
from anyio.lowlevel import checkpoint
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from engine.model import Application, Fact, Failed, LoginRequest, LoginResult, RequestFacts, User
from engine.outcome import Refused
from engine.ports import ConfigurationChange, Stored
from management.client_tokens import ClientTokens
from oidc.encoding import s256
from oidc.keys import SigningKeys
from oidc.routes import Provider, routes
from oidc.secrets import hash_secret
from outgoing.door import Door
from server import Spawned
from storage.memory import MemoryAudit, MemoryConfiguration, MemoryDirectory, MemoryState
from web.cookies import Cookies
from web.errors import Errors
from web.pages import Pages
from web.site import site_of

ISSUER = "http://localhost:8400"
CALLBACK = "http://localhost:8401/callback"
SECRET = "payroll-secret-of-more-than-22-characters"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
PAYROLL = Application("payroll", "Payroll", (CALLBACK,), "payroll-login", secret_hash=hash_secret(SECRET))
OTHER = Application("other", "Other", (CALLBACK,), "payroll-login", secret_hash=hash_secret(SECRET + "2"))
NATIVE = Application("native", "Native", ("http://127.0.0.1/cb", "com.example.app:/cb"), "payroll-login")
CLOSED = replace(PAYROLL, id="closed", enabled=False)
MARA = User(
    "u-mara",
    "mara",
    "mara",
    roles=("clerk",),
    groups=("staff",),
    claims={"http://wso2.org/claims/emailaddress": "mara@example.test", "http://wso2.org/claims/givenname": "Mara"},
)
OMAR = User("u-omar", "omar", "omar")


@dataclass
class FakeClock:
    """Time that moves when a test says so."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class KeptKeys:
    """A key store in memory."""

    keys: list[bytes] = field(default_factory=list)

    async def load(self) -> Sequence[bytes]:
        return tuple(self.keys)

    async def add(self, key: bytes) -> None:
        self.keys.append(key)

    async def remove(self, key: bytes) -> None:
        self.keys = [one for one in self.keys if one != key]


class YieldingState(MemoryState):
    """The store in memory, but everyone else gets a turn at each call, as with a store across a network."""

    async def create(self, kind: str, key: str, value: bytes, *, expires_at: float, owner: str | None = None) -> bool:
        await checkpoint()
        return await super().create(kind, key, value, expires_at=expires_at, owner=owner)

    async def read(self, kind: str, key: str) -> Stored | None:
        found = await super().read(kind, key)
        await checkpoint()
        return found

    async def replace(self, kind: str, key: str, value: bytes, *, revision: int, expires_at: float) -> bool:
        await checkpoint()
        return await super().replace(kind, key, value, revision=revision, expires_at=expires_at)


class House:
    """The provider, what it stands on, and a client that talks to it."""

    def __init__(self, *, issuer: str = ISSUER, clock: FakeClock | None = None) -> None:
        self.clock = clock or FakeClock()
        self.state = YieldingState(self.clock)
        self.directory = MemoryDirectory()
        self.configuration = MemoryConfiguration(self.directory)
        self.audit = MemoryAudit()
        self.key_store = KeptKeys()
        self.outgoing, self.spawned, pages = Door(), Spawned(), Pages()
        self.provider = Provider(
            issuer,
            configuration=self.configuration,
            directory=self.directory,
            state=self.state,
            keys=SigningKeys(self.key_store, self.clock),
            audit=self.audit,
            clock=self.clock,
            outgoing=self.outgoing,
            spawner=self.spawned,
            key=b"k" * 32,
            admin=ClientTokens(self.state, self.configuration, self.clock),
        )
        self.answers = self.provider.answers
        self.opened: list[LoginRequest] = []
        self.results: list[LoginResult] = []
        self.facts: tuple[Fact, ...] | None = None
        self.app = Starlette(
            routes=routes(
                self.provider,
                open_login=self.open_login,
                session_id=lambda request: request.cookies.get("session"),
                facts=lambda request, params: RequestFacts(params=dict(params)),
                error_page=lambda request, message_id, status: PlainTextResponse(message_id, status),
                cookies=Cookies(site_of(issuer)),
                pages=pages,
            ),
            exception_handlers=Errors(pages).handlers(),
        )
        self.http = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=self.app), base_url=issuer)

    async def furnish(self) -> None:
        """Put applications and people in."""
        applications = (PAYROLL, OTHER, NATIVE, CLOSED)
        await self.configuration.commit(ConfigurationChange(applications=applications, users=(MARA, OMAR)))

    # --- the made-up login --------------------------------------------------------------------------------------------

    async def open_login(self, request: Request, login_request: LoginRequest) -> Response:
        self.opened.append(login_request)
        if login_request.login_hint == "stranger":
            return RedirectResponse(await self.answers.refused(await self.refusal(login_request)), 303)
        result = await self.result(login_request)
        self.results.append(result)
        return RedirectResponse(await self.answers.granted(result), 303)

    async def result(self, login_request: LoginRequest) -> LoginResult:
        hinted = await self.directory.user_named(login_request.login_hint or "mara")
        user = hinted or await self.directory.user_named("mara")
        assert user is not None
        version = user.credential_version
        password = Fact(1, "password", user.id, f"password:{version}", version, "pwd", self.clock() - 5)
        return LoginResult(
            ticket=secrets.token_urlsafe(32),
            request=login_request,
            user_id=user.id,
            username=user.username,
            facts=self.facts or (password,),
            amr=("pwd",),
            acr="urn:doorstep:1",
            auth_time=self.clock() - 5,
            issued_at=self.clock(),
        )

    async def refusal(self, login_request: LoginRequest, failed: Failed | None = None) -> Refused:
        application = await self.configuration.application(login_request.application_id)
        assert application is not None
        return Refused(
            "flow",
            application,
            redirect_uri=login_request.redirect_uri,
            protocol=login_request.protocol,
            failed=failed or Failed("login.refused", description="no entry"),
        )

    # --- an application -----------------------------------------------------------------------------------------------

    async def authorize(self, **changes: str | None) -> httpx2.Response:
        """An authorization request, right but for *changes* (None leaves a parameter out)."""
        return await self.http.get("/oauth2/authorize?" + urlencode(asked(**changes)))

    async def code(self, **changes: str | None) -> str:
        """A code."""
        return str(sent(await self.authorize(**changes))["code"])

    async def redeem(self, code: str, **changes: str | None) -> httpx2.Response:
        """A token request of payroll, right but for *changes*."""
        return await self.redeem_as("payroll", SECRET, code, **changes)

    async def redeem_as(self, client_id: str, secret: str, code: str, **changes: str | None) -> httpx2.Response:
        """The same of another client, or with another secret."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK, "code_verifier": VERIFIER}
        return await self.http.post("/oauth2/token", data=without_none({**form, **changes}), auth=(client_id, secret))

    async def tokens(self, **changes: str | None) -> dict[str, Any]:
        """The tokens of a whole login."""
        response = await self.redeem(await self.code(**changes))
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def userinfo(self, access_token: str) -> httpx2.Response:
        """What the token lets one read."""
        return await self.http.get("/oauth2/userinfo", headers={"Authorization": f"Bearer {access_token}"})


def asked(**changes: str | None) -> dict[str, str]:
    """The parameters of a good authorization request, but for *changes*."""
    good: dict[str, str | None] = {
        "response_type": "code",
        "client_id": "payroll",
        "redirect_uri": CALLBACK,
        "scope": "openid profile email",
        "state": "s-1",
        "nonce": "n-1",
        "code_challenge": s256(VERIFIER),
        "code_challenge_method": "S256",
    }
    return without_none({**good, **changes})


def without_none(values: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}


def sent(response: httpx2.Response) -> dict[str, str]:
    """The parameters a redirect to the application carries, each once."""
    assert response.status_code == 303, (response.status_code, response.text)
    query = parse_qs(urlsplit(response.headers["location"]).query, strict_parsing=True)
    assert all(len(values) == 1 for values in query.values())
    return {name: values[0] for name, values in query.items()}
