"""Who is at the account page, and how long ago they proved it: all of it from the browser's session.

A session counts here once it was used to sign in to this page, while what it was entered with still stands.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from engine.model import ACCOUNT, Device, Fact, Session, User
from engine.ports import Clock, Directory
from engine.sessions import Sessions, stands

FRESH = 300.0
"""Seconds for which a proof allows changes."""

Cookie = Callable[[Request], str | None]
"""The value of the browser's session cookie."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A live person with a live session.  secret: the session cookie's value.

    facts: what they entered the page with, as far as it still stands; empty if they have not.
    """

    user: User
    session: Session
    devices: tuple[Device, ...]
    facts: tuple[Fact, ...]
    secret: str

    @property
    def proven_at(self) -> float:
        """Seconds since the epoch of the oldest proof; 0 without any."""
        return min((fact.at for fact in self.facts), default=0.0)

    @property
    def is_open(self) -> bool:
        """Whether they may see the page: with a device, one has to be among their proofs.

        One that was added since could not be.
        """
        has_phone = any(device.created_at < self.proven_at for device in self.devices)
        return bool(self.facts) and (not has_phone or any(fact.authenticator == "push" for fact in self.facts))

    def is_fresh(self, now: float) -> bool:
        """Whether they may change something."""
        return self.is_open and now < self.proven_at + FRESH

    def device(self, device_id: str) -> Device | None:
        """Their device with that id."""
        return next((device for device in self.devices if device.id == device_id), None)

    def token(self, path: str) -> str:
        """What a form that posts to *path* carries; only this session can make it."""
        mac = hmac.digest(self.secret.encode("utf-8", "surrogatepass"), f"account|{path}".encode(), "sha256")
        return urlsafe_b64encode(mac[:16]).rstrip(b"=").decode()

    def made(self, token: str, path: str) -> bool:
        """Whether *token* is of such a form."""
        return hmac.compare_digest(token.encode("utf-8", "surrogatepass"), self.token(path).encode())


@dataclass(frozen=True, slots=True)
class Visitors:
    """Reads visitors.  application: the page of our own that they sign in to."""

    sessions: Sessions
    directory: Directory
    clock: Clock
    cookie: Cookie
    application: str = ACCOUNT

    async def read(self, request: Request) -> Visitor | None:
        """The person whose session this browser has, or None."""
        secret = self.cookie(request)
        session = await self.sessions.read(secret)
        user = await self.directory.user(session.user_id) if session is not None else None
        if secret is None or session is None or user is None or not user.live:
            return None
        devices = tuple(await self.directory.devices(user.id))
        return Visitor(user, session, devices, self._entered_with(session, user, devices=devices), secret)

    def _entered_with(self, session: Session, user: User, *, devices: tuple[Device, ...]) -> tuple[Fact, ...]:
        """The facts behind the last sign-in to this page; none if one of them counts no more."""
        factors = next((used.factors for used in session.applications if used.application_id == self.application), ())
        facts = tuple(fact for fact in session.facts if fact.authenticator in factors)
        standing = all(stands(fact, user, devices=devices) for fact in facts)
        return facts if standing and len(facts) >= len(factors) else ()
