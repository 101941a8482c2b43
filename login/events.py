"""Wakes the page of a login that waits: `/login/{flow}/events`.  Tells nobody but the login's own browser."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from engine.errors import LoginGone, NotYourLogin
from login.views import WORDS
from web.cookies import Cookies
from web.forms import read_query
from web.streams import Sight, Streams

if TYPE_CHECKING:
    from engine.core import Engine


@dataclass(frozen=True, slots=True)
class WaitingLogin:
    """web.streams.Watched: one login, for who holds its secret."""

    engine: Engine
    id: str
    secret: str

    def watching(self, wake: Callable[[], None]) -> AbstractAsyncContextManager[float]:
        """Raises LoginGone, NotYourLogin on entry."""
        return self.engine.watching(self.id, self.secret, wake)

    async def look(self) -> Sight:
        """The status; a login that is gone says so."""
        try:
            status = await self.engine.status(self.id, self.secret)
        except (LoginGone, NotYourLogin):
            return Sight("gone")
        return Sight(status.word, is_unreached=status.fields.get("reach") == "not_reached")


@dataclass(frozen=True, slots=True)
class LoginEvents:
    """The route."""

    engine: Engine
    cookies: Cookies
    streams: Streams

    def routes(self) -> list[Route]:
        """One route."""
        return [Route("/login/{flow}/events", self.listen, methods=["GET"], name="login-events")]

    async def listen(self, request: Request) -> Response:
        """`event: changed` with the new word, as soon as the status is not the one the page has seen."""
        flow_id = request.path_params["flow"]
        secret = self.cookies.flow_secret(request, flow_id)
        seen = read_query(request).get("seen", "pending")
        seen = seen if seen in (*WORDS, "registered") else "pending"
        return self.streams.of(WaitingLogin(self.engine, flow_id, secret), seen)
