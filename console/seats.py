"""Who sits at the console.  A seat is a cookie of its own, taken with the ticket of a login that was for the console.

It is good only in the browser that signed in, while the session, the person and their role are what they were then.
"""

from __future__ import annotations

import hmac
import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import TypeGuard

from starlette.requests import Request

from account.visitor import Visitor, Visitors
from engine.admin_roles import AdminRole, admin_role
from engine.ports import Clock, StateStore
from engine.sessions import key_of
from management.tokens import AdminToken
from web.cookies import Cookies

LASTS = 4 * 3600.0
"""Seconds after which one signs in anew, whatever happens."""
TICKET_LASTS = 60.0

_SEAT = "console-seat"
_TICKET = "console-ticket"


@dataclass(frozen=True, slots=True)
class Admin:
    """Somebody at the console.  secret: the value of their cookie."""

    visitor: Visitor
    role: AdminRole
    secret: str = field(repr=False)

    @property
    def name(self) -> str:
        """How they are called."""
        return self.visitor.user.username

    @property
    def scopes(self) -> frozenset[str]:
        """What they may do."""
        return self.role.scopes

    @property
    def as_token(self) -> AdminToken:
        """As the management API, and the audit, knows them."""
        return AdminToken(f"console {self.visitor.user.id}", self.name, self.scopes, 0.0, 0.0)

    def token(self, path: str) -> str:
        """What a form that posts to *path* carries; only this seat can make it."""
        mac = hmac.digest(self.secret.encode(), f"console|{path}".encode(), "sha256")
        return urlsafe_b64encode(mac[:16]).rstrip(b"=").decode()

    def made(self, token: str, path: str) -> bool:
        """Whether *token* is of such a form."""
        return hmac.compare_digest(token.encode("utf-8", "surrogatepass"), self.token(path).encode())


@dataclass(frozen=True, slots=True)
class Seats:
    """All of them."""

    visitors: Visitors
    state: StateStore
    cookies: Cookies
    clock: Clock

    async def ticket(self, user_id: str) -> str:
        """A new ticket for who has just signed in; good once."""
        ticket = secrets.token_urlsafe(32)
        await self.state.create(_TICKET, key_of(ticket), user_id.encode(), expires_at=self.clock() + TICKET_LASTS)
        return ticket

    async def shown(self, request: Request, ticket: str) -> Visitor | None:
        """The visitor of this browser, if the ticket is theirs; it is used up."""
        stored = await self.state.take(_TICKET, key_of(ticket)) if ticket else None
        visitor = await self.visitors.read(request)
        is_theirs = stored is not None and visitor is not None and stored.value == visitor.user.id.encode()
        return visitor if is_theirs else None

    async def sit(self, visitor: Visitor) -> str:
        """A new seat; gives the cookie's value."""
        secret = secrets.token_urlsafe(32)
        value = json.dumps([visitor.user.id, visitor.session.chain]).encode()
        await self.state.create(_SEAT, key_of(secret), value, expires_at=self.clock() + LASTS, owner=visitor.user.id)
        return secret

    async def read(self, request: Request) -> Admin | None:
        """Who sits there with this browser, or None.  Every doubt is None."""
        secret = self.cookies.console(request)
        stored = await self.state.read(_SEAT, key_of(secret)) if secret else None
        if secret is None or stored is None:
            return None
        visitor = await self.visitors.read(request)
        if not _is_open(visitor) or json.loads(stored.value) != [visitor.user.id, visitor.session.chain]:
            return None
        role = admin_role(visitor.user.roles)
        return Admin(visitor, role, secret) if role is not None else None

    async def leave(self, admin: Admin) -> None:
        """Nobody sits there any more."""
        await self.state.forget(_SEAT, key_of(admin.secret))


def _is_open(visitor: Visitor | None) -> TypeGuard[Visitor]:
    return visitor is not None and visitor.is_open
