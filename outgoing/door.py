"""The one door by which calls leave: what may go where, how long it may take, how often it is tried.

One `Door` a process, closed on shutdown.  What a script may do with an answer is not decided here.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from engine.destinations import Destination, destination, may_call
from engine.outgoing import Bearer, ClientCredentials, OutgoingFailure, OutgoingRequest, OutgoingResponse
from outgoing.answers import LARGEST_ANSWER
from outgoing.guard import Resolve, SystemNames
from outgoing.lines import Lines
from outgoing.shares import Crowded, Shares
from outgoing.tokens import Tokens
from outgoing.wire import BadRequest, checked_headers

DEADLINE = 10.0
"""Seconds for one call with its names, tokens and retries, where the caller says nothing else."""
LONGEST_CALL = 30.0
"""Seconds that a caller may grant one call at most."""
MOST_RETRIES = 5
FIRST_PAUSE = 0.1
"""Seconds before the first retry; each further one waits twice as long."""

_log = logging.getLogger(__name__)

Outcome = OutgoingResponse | OutgoingFailure
Pause = Callable[[float], Awaitable[None]]


class Door:
    """Sends calls (engine.outgoing.Outgoing).

    resolve: gives a name's addresses; tls: whom to trust; both the system's own if left out.
    """

    def __init__(
        self,
        *,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.time,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._names = SystemNames()
        self._lines = Lines(resolve or self._names, tls)
        self._shares = Shares()
        self._tokens = Tokens(clock)
        self._pause = pause
        self._closed = False

    async def send(self, request: OutgoingRequest, *, allow: Sequence[str], deadline: float = DEADLINE) -> Outcome:
        """Make the call.  Never raises for what a request, a network or a server can do.

        allow: entries as `engine.destinations` reads them; none means nowhere.  deadline: seconds, for everything.
        """
        try:
            to = destination(request.url)
        except ValueError as problem:
            _log.info("call refused: %s", problem)
            return OutgoingFailure("refused", str(problem))
        outcome = await self._in_time(request, to, allow=allow, deadline=min(deadline, LONGEST_CALL))
        _log.info("call to %s: %s", to, outcome.status if isinstance(outcome, OutgoingResponse) else outcome.kind)
        return outcome

    async def aclose(self) -> None:
        """Close all connections; nothing leaves any more."""
        self._closed = True
        await self._lines.aclose()
        self._names.close()

    async def _in_time(
        self, request: OutgoingRequest, to: Destination, *, allow: Sequence[str], deadline: float
    ) -> Outcome:
        try:
            async with asyncio.timeout(deadline), self._shares.turn(request.owner):
                return await self._call(request, to, allow)
        except TimeoutError:
            return OutgoingFailure("timeout", f"{to}: not done within {deadline:g} seconds")
        except Crowded:
            return OutgoingFailure("unreachable", f"{to}: too many calls of this application wait")
        except Exception as problem:
            # Whatever a library may throw: its text could quote what was sent, so only its kind is told.
            _log.error("call to %s broke: %s", to, type(problem).__name__)
            return OutgoingFailure("protocol", f"{to}: broke with {type(problem).__name__}")

    async def _call(self, request: OutgoingRequest, to: Destination, allow: Sequence[str]) -> Outcome:
        """The call, with a token fetched first where its credentials ask for one."""
        refusal = self._refusal(request, to, allow)
        if refusal is not None:
            return refusal
        if not isinstance(request.credentials, ClientCredentials):
            return await self._tried(request, to, allow)
        credentials = request.credentials
        outcome, fresh = await self._with_token(request, to, credentials=credentials, allow=allow)
        if isinstance(outcome, OutgoingResponse) and outcome.status == 401 and not fresh:
            outcome, _ = await self._with_token(request, to, credentials=credentials, allow=allow)
        return outcome

    async def _with_token(
        self, request: OutgoingRequest, to: Destination, *, credentials: ClientCredentials, allow: Sequence[str]
    ) -> tuple[Outcome, bool]:
        """The call with a bearer token, and whether the token was fetched just now.  One that is refused is dropped."""

        async def fetch(token_request: OutgoingRequest) -> Outcome:
            return await self._fetch(replace(token_request, owner=request.owner), allow)

        token = await self._tokens.token(credentials, fetch)
        if isinstance(token, OutgoingFailure):
            return token, True
        outcome = await self._tried(replace(request, credentials=Bearer(token.value)), to, allow)
        if isinstance(outcome, OutgoingResponse) and outcome.status == 401:
            self._tokens.forget(credentials, token)
        return outcome, not token.reused

    async def _fetch(self, request: OutgoingRequest, allow: Sequence[str]) -> Outcome:
        try:
            to = destination(request.url)
        except ValueError as problem:
            return OutgoingFailure("refused", str(problem))
        return self._refusal(request, to, allow) or await self._tried(request, to, allow)

    def _refusal(self, request: OutgoingRequest, to: Destination, allow: Sequence[str]) -> OutgoingFailure | None:
        """Why this call must not leave, looked at before anything is resolved or sent."""
        if self._closed:
            return OutgoingFailure("refused", f"{to}: the server is stopping")
        if not may_call(to, allow):
            secure = to.scheme == "http" and may_call(replace(to, scheme="https"), allow)
            wanted = f"http://{to} must stand in" if secure else "not in"
            return OutgoingFailure("refused", f"{to}: {wanted} the allow-list (settings.http.allow)")
        try:
            checked_headers(request, to)
        except BadRequest as problem:
            return OutgoingFailure("refused", f"{to}: {problem}")
        return None

    async def _tried(self, request: OutgoingRequest, to: Destination, allow: Sequence[str]) -> Outcome:
        """The last outcome of the first try and its retries."""
        try:
            headers = checked_headers(request, to)
        except BadRequest as problem:
            return OutgoingFailure("refused", f"{to}: {problem}")
        retries = min(max(request.retries, 0), MOST_RETRIES) if request.retryable else 0
        pause = FIRST_PAUSE
        while True:
            outcome = await self._lines.exchange(request, to, headers=headers, allow=allow, largest=LARGEST_ANSWER)
            if retries == 0 or not _may_pass(outcome):
                return outcome
            retries -= 1
            await self._pause(pause)
            pause *= 2


def _may_pass(outcome: Outcome) -> bool:
    """Whether the same call may succeed a moment later."""
    if isinstance(outcome, OutgoingResponse):
        return 500 <= outcome.status <= 599
    return outcome.kind == "timeout"
