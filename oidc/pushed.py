"""Pushed authorization requests: an application leaves its request here and sends the browser with a reference
(RFC 9126)."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from engine.errors import Busy
from engine.layouts import Layout
from engine.model import Application
from engine.ports import Clock, StateStore
from oidc.answers import private_json, refusal_json
from oidc.asking import Asking
from oidc.checks import OF_PUSHED
from oidc.clients import Clients
from oidc.errors import AuthorizationPageError, ProtocolError
from oidc.parameters import Parameters

KIND: Final = "pushed-request"
LIFE: Final = 60
"""Seconds between pushing a request and sending the browser with it."""
PREFIX: Final = "urn:ietf:params:oauth:request_uri:"

_OF_CLIENT: Final = frozenset({"client_secret", "client_assertion", "client_assertion_type"})
"""What proves the client is no part of the request."""
_log = logging.getLogger("doorstep.oidc")


class PushedRequest(msgspec.Struct, frozen=True):
    """The parameters, by name."""

    client_id: str
    values: dict[str, str]
    format: int = 1


_layout = Layout(PushedRequest)


class PushedRequests:
    """The store of pushed requests."""

    def __init__(self, state: StateStore, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    async def keep(self, request: PushedRequest) -> str:
        """Keep *request* for LIFE seconds; gives the reference."""
        key = secrets.token_urlsafe(32)
        if not await self._state.create(KIND, key, _layout.write(request), expires_at=self._clock() + LIFE):
            raise Busy("a pushed request was not stored")
        return PREFIX + key

    async def take(self, reference: str, client_id: str | None) -> Parameters | None:
        """The request of that client, once; None if there is none any more, or it is another's."""
        stored = await self._state.read(KIND, reference.removeprefix(PREFIX))
        if stored is None or _read(stored.value, client_id) is None:
            return None
        taken = await self._state.take(KIND, stored.key)
        request = _read(taken.value, client_id) if taken is not None else None
        return Parameters(request.values) if request is not None else None


@dataclass(frozen=True, slots=True)
class PushedRequestEndpoint:
    """`POST /oauth2/par`."""

    clients: Clients
    asking: Asking
    requests: PushedRequests

    async def answer(self, request: Request) -> Response:
        """201 with the reference (§2.2), or an error of the token endpoint's form (§2.3)."""
        try:
            client, posted = await self.clients.of(request)
            parameters = await self._judged(client, posted)
        except ProtocolError as error:
            _log.info("pushed request refused: %s", error)
            return refusal_json(error)
        reference = await self.requests.keep(PushedRequest(client.id, dict(parameters.values)))
        return private_json({"request_uri": reference, "expires_in": LIFE}, status=201)

    async def _judged(self, client: Application, posted: Parameters) -> Parameters:
        """The request, once all rules let it pass that the browser has no part in."""
        own = {name: value for name, value in posted.values.items() if name not in _OF_CLIENT}
        if posted.get("client_id") not in (None, client.id) or "request_uri" in own:
            raise ProtocolError("invalid_request", "client_id must be the client's own; request_uri has no place here")
        parameters = Parameters({**own, "client_id": client.id})
        asked = await self.asking.of(parameters, pushed=True)
        try:
            for check in OF_PUSHED:
                check(asked)
        except AuthorizationPageError as error:
            raise ProtocolError("invalid_request", "redirect_uri is not one of this client's") from error
        return parameters


def _read(value: bytes, client_id: str | None) -> PushedRequest | None:
    request = _layout.read(value)
    return request if request is not None and request.client_id == client_id else None
