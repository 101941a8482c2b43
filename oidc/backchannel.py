"""Tells applications that a session has ended (OpenID Connect Back-Channel Logout 1.0).

What is to be told stands in the store until it was told, so that a server that stops or an application that is down
for a while loses nothing.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import msgspec

from engine.destinations import destination
from engine.layouts import Layout
from engine.model import Session
from engine.outgoing import Outgoing, OutgoingRequest, OutgoingResponse
from engine.ports import Clock, Configuration, Spawner, StateStore
from oidc.tokens import Tokens

KIND: Final = "logout-due"
OWNER: Final = "backchannel"
TOLD_FOR: Final = 3600
"""Seconds after which an application that cannot be reached is told no more: its own session will have ended."""

_log = logging.getLogger("doorstep.oidc")


class Due(msgspec.Struct, frozen=True):
    """One application that has to be told.  sid: the session's name in its ID tokens."""

    client_id: str
    user_id: str
    sid: str
    format: int = 1


_layout = Layout(Due)


@dataclass(frozen=True, slots=True)
class BackChannel:
    """Sends logout tokens."""

    configuration: Configuration
    tokens: Tokens
    state: StateStore
    outgoing: Outgoing
    spawner: Spawner
    clock: Clock

    async def ended(self, session: Session) -> None:
        """Note all that have to be told of the end of *session*, and begin to tell them."""
        for one in session.applications:
            application = await self.configuration.application(one.application_id)
            if application is None or application.backchannel_logout_uri is None:
                continue
            due, key = Due(application.id, session.user_id, session.chain), secrets.token_urlsafe(16)
            expires_at = self.clock() + TOLD_FOR
            await self.state.create(KIND, key, _layout.write(due), expires_at=expires_at, owner=OWNER)
            self.spawner.spawn(self._tell(key, due))

    async def tend(self) -> None:
        """Begin to tell again those who could not be told; one that is down holds up nobody else."""
        for stored in await self.state.owned(KIND, OWNER):
            due = _layout.read(stored.value)
            if due is None:
                await self.state.forget(KIND, stored.key)
            else:
                self.spawner.spawn(self._tell(stored.key, due))

    async def _tell(self, key: str, due: Due) -> None:
        application = await self.configuration.application(due.client_id)
        if application is None or application.backchannel_logout_uri is None:
            return await self.state.forget(KIND, key)
        token = await self.tokens.logout_token(due.client_id, user_id=due.user_id, sid=due.sid, token_id=key)
        url = application.backchannel_logout_uri
        request = OutgoingRequest(
            "POST",
            url,
            headers=(("Content-Type", "application/x-www-form-urlencoded"),),
            body=urlencode({"logout_token": token}).encode(),
            owner=f"backchannel:{due.client_id}",
            retryable=True,
        )
        to = destination(url)
        answer = await self.outgoing.send(request, allow=(f"{to.scheme}://{to.host}:{to.port}",))
        # An application that says 400 has understood and will not understand it any better the next time (§2.8).
        if isinstance(answer, OutgoingResponse) and (answer.ok or answer.status == 400):
            return await self.state.forget(KIND, key)
        _log.warning("application %s could not be told of a logout", due.client_id)
