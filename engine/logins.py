"""Where logins are kept: to bytes and back, bound to one browser, changed by compare-and-set only.

Does not decide anything about a login; core does.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from engine.addresses import is_loopback, network
from engine.errors import LoginGone, NotYourLogin, TooManyRequests
from engine.layouts import Layout
from engine.model import Login
from engine.ports import Clock, StateStore

KIND = "login"
FORMAT = 4
LIFETIME = 1200
"""Seconds a login may take from its first page to its end."""
ADDRESS_WINDOW = 60.0
ADDRESS_LOGINS = 600
"""Logins that one address (IPv6: a /64) may begin in a window; a large company may share one."""
AFTERGLOW = 60
"""Seconds a finished login is remembered, so that a request that raced its end learns how it ended."""

_layout = Layout(Login, number=FORMAT)


def new_id() -> str:
    """A flow id: 128 random bits, url-safe."""
    return secrets.token_urlsafe(16)


def new_secret() -> str:
    """What only the browser's cookie holds: 256 random bits, url-safe."""
    return secrets.token_urlsafe(32)


def browser_hash(secret: str) -> bytes:
    """What the store keeps of the browser's secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def status_key(login_id: str, secret: str) -> str:
    """What only tells how a login stands: for addresses that may be logged, where the secret must not be."""
    return _status_key(login_id, browser_hash(secret))


def _status_key(login_id: str, browser: bytes) -> str:
    mac = hmac.digest(browser, f"status|{login_id}".encode(), "sha256")
    return urlsafe_b64encode(mac[:16]).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class FormToken:
    """Which page of which execution a form was made for."""

    execution: int
    page: str

    def sealed(self, login_id: str, secret: str) -> str:
        """The token as a form carries it; only who holds the browser's secret can make it."""
        text = f"{self.execution}.{self.page}"
        mac = hmac.digest(secret.encode(), f"form|{login_id}|{text}".encode(), "sha256")
        return f"{text}.{urlsafe_b64encode(mac[:16]).rstrip(b'=').decode()}"

    @staticmethod
    def read(token: str, login_id: str, secret: str) -> FormToken:
        """Raises NotYourLogin if we did not make *token* for this login in this browser."""
        execution, _, rest = token.partition(".")
        page, _, _ = rest.rpartition(".")
        if not (execution.isascii() and execution.isdigit() and len(execution) < 6 and token.isascii()):
            raise NotYourLogin("form token malformed")
        read = FormToken(int(execution), page)
        if not hmac.compare_digest(token, read.sealed(login_id, secret)):
            raise NotYourLogin("form token of another login or browser")
        return read


class Logins:
    """The store of logins."""

    def __init__(self, state: StateStore, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    async def admit(self, ip: str) -> None:
        """Count one more login from that address.  Raises TooManyRequests: what nobody ends is kept for a while.

        The machine itself is not counted: behind a proxy on it that was not named, everybody would come from there.
        """
        if is_loopback(ip):
            return
        began = await self._state.hit("logins-from", network(ip), window=ADDRESS_WINDOW)
        if began > ADDRESS_LOGINS:
            raise TooManyRequests("too many logins from one address", retry_after=int(ADDRESS_WINDOW))

    async def add(self, login: Login) -> None:
        """Keep a new login."""
        if not await self._state.create(KIND, login.id, _layout.write(login), expires_at=login.expires_at):
            raise LoginGone("flow id taken")
        login.revision = 1

    async def open(self, login_id: str, secret: str) -> Login:
        """The login, for the browser that holds *secret*.  Raises LoginGone, NotYourLogin."""
        login = await self._read(login_id)
        if not hmac.compare_digest(login.browser, browser_hash(secret)):
            raise NotYourLogin("flow cookie does not fit")
        return login

    async def watched(self, login_id: str, key: str) -> Login:
        """The login, for who holds its status key and may not change it.  Raises LoginGone, NotYourLogin."""
        login = await self._read(login_id)
        if not hmac.compare_digest(_status_key(login.id, login.browser).encode(), key.encode("utf-8", "replace")):
            raise NotYourLogin("status key does not fit")
        return login

    async def look(self, login_id: str) -> Login | None:
        """The login for the engine's own work, not for a browser; None if it is gone."""
        try:
            return await self._read(login_id)
        except LoginGone:
            return None

    async def is_current(self, login_id: str, execution: int) -> bool:
        """Whether the login is under way and in that execution: what was started for it may still be answered."""
        login = await self.look(login_id)
        under_way = login.execution if login is not None and login.outcome is None else None
        return under_way is not None and under_way.number == execution

    async def save(self, login: Login) -> bool:
        """Compare-and-set; False if someone else changed the login since it was opened."""
        now = self._clock()
        expires_at = login.expires_at if login.outcome is None else min(login.expires_at, now + AFTERGLOW)
        if not await self._state.replace(
            KIND, login.id, _layout.write(login), revision=login.revision, expires_at=expires_at
        ):
            return False
        login.revision += 1
        return True

    async def _read(self, login_id: str) -> Login:
        stored = await self._state.read(KIND, login_id) if _is_id(login_id) else None
        if stored is None:
            raise LoginGone("no such login")
        login = _layout.read(stored.value)
        if login is None or login.id != login_id:
            raise LoginGone("a login record of another layout")
        login.revision = stored.revision
        return login


def _is_id(text: str) -> bool:
    return 16 <= len(text) <= 64 and text.isascii() and text.replace("-", "a").replace("_", "a").isalnum()
