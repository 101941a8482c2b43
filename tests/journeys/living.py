"""A whole server on a free port, as `doorstep serve` runs it, for stories told through the front door."""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
import uvicorn
from joserfc import jwt
from joserfc.jwk import KeySet

from commands.apply import tools_for
from commands.listening import uvicorn_config
from commands.settings import Settings
from commands.stores import opened
from configuration.apply import apply_documents
from configuration.form import parse
from configuration.reading import Reading, parse_yaml
from engine.ports import Clock
from server import create_app
from tests.browser import Browser
from tests.devices import Phone
from tests.oidc.live import address_of, free_socket

APPLICATION = "https://payroll.example.test/callback"
"""Where the test application is: a browser of ours stops there."""


def configuration(**changes: Any) -> dict[str, Any]:
    """One application, the enrollment flow, three people; cheap hashes."""
    settings: dict[str, Any] = {
        "password": {"argon2": {"memory_kib": 64, "time_cost": 1, "parallelism": 1}},
        "push": {"progressive_enrollment": True},
    }
    whole: dict[str, Any] = {
        "applications": [
            {"id": "payroll", "name": "Payroll", "redirect_uris": [APPLICATION], "flow": "enroll"},
        ],
        "flows": [
            {
                "id": "enroll",
                "steps": [
                    {"id": 1, "options": [{"authenticator": "push"}]},
                    {"id": 2, "options": [{"authenticator": "password"}]},
                ],
                "subject_step": 1,
                "script": {"template": "push-progressive-enrollment"},
            }
        ],
        "users": [
            {"username": "mara", "password": "mara-at-the-door", "roles": ["admin"]},
            {"username": "noah", "password": "noah-at-the-door"},
        ],
        "settings": settings,
    }
    return whole | changes


@dataclass
class House:
    """A server under test and what a test needs to talk to it.  leeway: seconds its clock may be ahead of ours."""

    url: str
    settings: Settings
    leeway: int = 0
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    def apply(self, document: Mapping[str, Any], *, prune: bool = False) -> None:
        """As `doorstep apply` does, while the server runs."""
        asyncio.run(_apply(self.settings, document, prune=prune))

    def browser(self) -> Browser:
        """A browser of its own."""
        return Browser(foreign=(APPLICATION,))

    def authorize(self, client_id: str = "payroll", **more: str) -> str:
        """The address an application sends a person to."""
        challenge = urlsafe_b64encode(sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "client_id": client_id,
            "redirect_uri": APPLICATION,
            "response_type": "code",
            "scope": "openid profile",
            "state": "the-state",
            "nonce": "the-nonce",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{self.url}/oauth2/authorize?{urlencode(asked | more)}"

    def redeem(self, browser: Browser, client_id: str = "payroll") -> dict[str, Any]:
        """The ID token's claims for the code the browser brought; verified as a relying party does."""
        assert browser.url.startswith(APPLICATION), (browser.url, browser.page, browser.alerts)
        assert browser.query.get("state") == "the-state"
        assert browser.query.get("iss") == self.url
        answer = self.token(browser.query["code"], client_id)
        assert answer.status_code == 200, answer.text
        return self.claims(answer.json()["id_token"], self.keys(), client_id=client_id)

    def keys(self) -> KeySet:
        """The keys that the server publishes."""
        return KeySet.import_key_set(httpx2.get(f"{self.url}/oauth2/jwks").json())

    def claims(self, id_token: str, keys: KeySet, *, client_id: str = "payroll") -> dict[str, Any]:
        """What an ID token says; verified as a relying party does."""
        token = jwt.decode(id_token, keys, algorithms=["ES256"])
        jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": self.url},
            aud={"essential": True, "value": client_id},
            nonce={"essential": True, "value": "the-nonce"},
            leeway=self.leeway,
        ).validate(token.claims)
        return dict(token.claims)

    def token(self, code: str, client_id: str = "payroll") -> httpx2.Response:
        """Redeem a code."""
        return httpx2.post(
            f"{self.url}/oauth2/token",
            data={
                "grant_type": "authorization_code",
                "code": code,
                "client_id": client_id,
                "redirect_uri": APPLICATION,
                "code_verifier": self.verifier,
            },
        )

    # --- the phone's side ---------------------------------------------------------------------------------------------

    def register(self, phone: Phone, enrollment: str) -> httpx2.Response:
        """The phone scans the code and registers."""
        body = phone.register_body(enrollment)
        return httpx2.post(f"{self.url}/api/users/v1/me/push/devices", json=body)

    def pending(self, phone: Phone, *, wait: int = 0) -> list[dict[str, str]]:
        """What waits for the phone.  wait: seconds to wait for it, as a push leaves after the page was answered."""
        answer = httpx2.post(
            f"{self.url}/api/users/v1/me/push/devices/{phone.device_id}/pending",
            json={"token": phone.pull_token()},
            headers={"Prefer": f"wait={wait}"} if wait else {},
            timeout=60,
        )
        assert answer.status_code == 200, answer.text
        found: list[dict[str, str]] = answer.json()
        return found

    def respond(self, token: str) -> httpx2.Response:
        """The phone answers."""
        return httpx2.post(f"{self.url}/push-auth/authenticate", json={"authResponse": token})

    def approve(self, phone: Phone) -> None:
        """Approve the only request there is."""
        (push,) = self.pending(phone, wait=10)
        answer = self.respond(phone.answer(push))
        assert (answer.status_code, answer.content) == (200, b"")

    def deny(self, phone: Phone) -> None:
        """Deny the only request there is."""
        (push,) = self.pending(phone, wait=10)
        assert self.respond(phone.answer(push, "DENIED")).status_code == 200

    def remove(self, phone: Phone) -> None:
        """The phone takes itself off the account."""
        address = f"{self.url}/api/users/v1/me/push/devices/{phone.device_id}/remove"
        assert httpx2.post(address, json={"token": phone.remove_token()}).status_code == 204

    def events(self, name: str | None = None) -> list[str]:
        """Names of what was audited, oldest first."""
        return asyncio.run(_events(self.settings, name))


async def _apply(settings: Settings, document: Mapping[str, Any], *, prune: bool) -> None:
    value, positions = parse_yaml(json.dumps(document, ensure_ascii=False))
    reading = Reading("test.yaml", Path(), value, positions)
    async with opened(settings) as stores:
        await apply_documents([(reading, parse(reading))], tools_for(stores, settings), prune=prune)


async def _events(settings: Settings, name: str | None) -> list[str]:
    async with opened(settings) as stores:
        events = await stores.audit.recent(limit=10_000)
    return [event.name for event in reversed(events) if name is None or event.name == name]


@contextmanager
def living(folder: Path, document: Mapping[str, Any], *, clock: Clock = time.time, **more: Any) -> Iterator[House]:
    """A server on a fresh database with that configuration.  clock: the server's; more: further settings."""
    listening = free_socket()
    url = address_of(listening).replace("127.0.0.1", "localhost")
    settings = Settings.model_construct(
        issuer=url, database_url=f"sqlite:///{folder / 'doorstep.db'}", secret_key_file=folder / "secret.key", **more
    )
    house = House(url, settings)
    house.apply(document)
    server = uvicorn.Server(uvicorn_config(create_app(settings, clock=clock), log_config=None))
    server.config.timeout_graceful_shutdown = 1
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield house
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()
