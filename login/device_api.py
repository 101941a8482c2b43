"""The face for authenticator apps (reference: push-protocol): exact statuses, exact bodies, four prefixes.

Parses and answers; what a device may do is the Receiver's to decide.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from engine.errors import DeviceError, LoginGone, NotYourLogin
from engine.model import Device, User
from engine.outcome import Status
from engine.ports import Configuration, Directory, EnrolledDevices, Receiver, Signals
from login.prefer import wait_preference
from web.cookies import Cookies
from web.forms import read_query
from web.json_body import read_json_object
from web.refusals import Refusal

if TYPE_CHECKING:
    from engine.core import Engine

LONGEST_TOKEN = 8192
"""Characters of a signed token (8 KB)."""
MOST_WAITING = 2000
"""Devices of one process that may wait for a request at once; the others are answered at once."""
PREFIXES = ("", "/t/{tenant}", "/o/{organisation}", "/t/{tenant}/o/{organisation}")

_PUSH = "/api/users/v1/me/push"
_OPEN_WORDS = frozenset({"pending"})

Endpoint = Callable[[Request], Awaitable[Response]]


class Person(Protocol):
    """Says whose devices a request is about.  changes: devices are to be added or removed, which needs more."""

    async def __call__(self, request: Request, *, changes: bool) -> User:
        """The user.  Raises Refusal if the request's access token is not good enough."""
        ...


FlowOfPush = Callable[[str], Awaitable[str | None]]
"""The flow that a push was sent for, by the push's id, or None."""


PushKey = Callable[[], Awaitable[str | None]]
"""The key that browsers subscribe to Web Push with, or None where there is none."""


@dataclass(frozen=True, slots=True)
class DeviceApi:
    """All routes of authenticator apps.  monotonic: seconds, for how long to wait."""

    engine: Engine
    receiver: Receiver
    signals: Signals
    configuration: Configuration
    directory: Directory
    cookies: Cookies
    enrolled: EnrolledDevices
    person: Person
    flow_of_push: FlowOfPush | None = None
    push_key: PushKey | None = None
    monotonic: Callable[[], float] = time.monotonic

    def routes(self) -> list[Route]:
        """Every endpoint under every prefix."""
        waiting = _Waiting()
        endpoints: list[tuple[str, str, Endpoint]] = [
            ("GET", f"{_PUSH}/discovery-data", self.discovery),
            ("GET", f"{_PUSH}/devices", self.devices),
            ("POST", f"{_PUSH}/devices", self.register),
            ("GET", f"{_PUSH}/devices/{{device}}", self.device),
            ("DELETE", f"{_PUSH}/devices/{{device}}", self.delete),
            ("POST", f"{_PUSH}/devices/{{device}}/remove", self.remove),
            ("POST", f"{_PUSH}/devices/{{device}}/update", self.update),
            ("POST", f"{_PUSH}/devices/{{device}}/pending", functools.partial(self.pending, waiting=waiting)),
            ("GET", f"{_PUSH}/web-push-key", self.web_push_key),
            ("POST", "/push-auth/authenticate", self.authenticate),
            ("GET", "/push-auth/check-status", self.check_status),
        ]
        return [
            Route(prefix + path, self._known_prefix(endpoint), methods=[method])
            for prefix in PREFIXES
            for method, path, endpoint in endpoints
        ]

    async def web_push_key(self, _: Request) -> Response:
        """200 and the key that a browser subscribes with (RFC 8292 §3.2); it is no secret."""
        key = await self.push_key() if self.push_key is not None else None
        if key is None:
            raise HTTPException(404)
        return JSONResponse({"publicKey": key}, headers={"Cache-Control": "no-store"})

    # --- what a device signs ------------------------------------------------------------------------------------------

    async def register(self, request: Request) -> Response:
        """201 and nothing else (push-protocol.md 1.2)."""
        await self.receiver.register(await _body(request, code="PDH-15000"))
        return Response(status_code=201)

    async def authenticate(self, request: Request) -> Response:
        """200 and nothing else (push-protocol.md 3)."""
        body = await _body(request, code="PBA-15006")
        await self.receiver.respond(_token(body, "authResponse", code="PBA-15006"))
        return Response(status_code=200)

    async def remove(self, request: Request) -> Response:
        """204: the device is gone."""
        await self.receiver.remove(request.path_params["device"], await _signed(request))
        return Response(status_code=204)

    async def update(self, request: Request) -> Response:
        """204: its name or push token is changed."""
        await self.receiver.update(request.path_params["device"], await _signed(request))
        return Response(status_code=204)

    async def pending(self, request: Request, *, waiting: _Waiting) -> Response:
        """200 and the open requests; `Prefer: wait=N` waits for one (RFC 7240 §4.3)."""
        device_id, token = request.path_params["device"], await _signed(request)
        found = await self.receiver.pending(device_id, token)
        seconds = wait_preference(request.headers.getlist("prefer"))
        if found or not seconds:
            return JSONResponse(found)
        if waiting.count < MOST_WAITING:
            with waiting:
                found = await self._wait_for_pending(device_id, token, seconds=seconds)
        return JSONResponse(found, headers={"Preference-Applied": f"wait={seconds}"})

    async def _wait_for_pending(self, device_id: str, token: str, *, seconds: float) -> list[dict[str, str]]:
        """Look, wait, look again: what came in between is not lost, and a late look finds what no signal told of."""
        ends = self.monotonic() + seconds
        async with self.signals.listen(f"device:{device_id}") as wait:
            found = await self.receiver.pending(device_id, token)
            while not found and (left := ends - self.monotonic()) > 0:
                await wait(left)
                found = await self.receiver.pending(device_id, token)
        return found

    # --- what a person's token allows ---------------------------------------------------------------------------------

    async def discovery(self, request: Request) -> Response:
        """200 and the data of a new code (push-protocol.md 1.1)."""
        return JSONResponse(await self.receiver.discovery(await self.person(request, changes=True)))

    async def devices(self, request: Request) -> Response:
        """200 and the person's devices."""
        user = await self.person(request, changes=False)
        return JSONResponse([_described(device) for device in await self.directory.devices(user.id)])

    async def device(self, request: Request) -> Response:
        """200 and one device; somebody else's does not exist."""
        user = await self.person(request, changes=False)
        device = await self._named(request, user)
        return JSONResponse(_described(device))

    async def delete(self, request: Request) -> Response:
        """204: the person's device is gone."""
        user = await self.person(request, changes=True)
        if not await self.enrolled.remove(await self._named(request, user)):
            raise _unknown_device()
        return Response(status_code=204)

    async def _named(self, request: Request, user: User) -> Device:
        """The person's device that the path names."""
        device = await self.enrolled.named(request.path_params["device"], user_id=user.id)
        if device is None:
            raise _unknown_device()
        return device

    # --- what a waiting page or a native application asks -------------------------------------------------------------

    async def check_status(self, request: Request) -> Response:
        """How a login's push stands: `status` PENDING until there is nothing to wait for, `outcome` the word.

        Only for the browser that holds the login's cookie, or for who knows its status key (`pushAuthId=FLOW.KEY`, as
        in a native application's statusEndpoint).  To everybody else all ids are alike.
        """
        asked = read_query(request).get("pushAuthId", "")
        if not asked:
            raise DeviceError("PBA-15001", "pushAuthId is missing.", status=404)
        flow_id, _, key = asked.partition(".")
        try:
            status = await (self.engine.status_by_key(flow_id, key) if key else self._own_status(request, flow_id))
        except (LoginGone, NotYourLogin) as error:
            raise DeviceError("PBA-15010", "There is nothing for you to see here.", status=403) from error
        return JSONResponse(
            {"status": "PENDING" if status.word in _OPEN_WORDS else "COMPLETED", "outcome": status.word}
        )

    async def _own_status(self, request: Request, asked: str) -> Status:
        """By the flow's cookie; *asked* is the flow's id or that of the push sent for it."""
        secret = self.cookies.flow_secret(request, asked)
        if not secret and self.flow_of_push is not None:
            asked = await self.flow_of_push(asked) or ""
            secret = self.cookies.flow_secret(request, asked)
        if not secret:
            raise NotYourLogin("no flow cookie")
        return await self.engine.status(asked, secret)

    # ------------------------------------------------------------------------------------------------------------------

    def _known_prefix(self, endpoint: Endpoint) -> Endpoint:
        """404 for a tenant or an organisation that is not ours (contract 3a)."""

        async def answer(request: Request) -> Response:
            named = [request.path_params[name] for name in ("tenant", "organisation") if name in request.path_params]
            if named:
                settings = await self.configuration.settings()
                if not all(name in (settings.tenant, settings.organisation) for name in named):
                    raise HTTPException(404)
            return await endpoint(request)

        return answer


class _Waiting:
    """Counts the devices that wait."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> None:
        self.count += 1

    def __exit__(self, *exc: object) -> None:
        self.count -= 1


async def _body(request: Request, *, code: str) -> dict[str, Any]:
    """The JSON object a device sent.  Raises DeviceError with that code in place of the general refusal."""
    try:
        return await read_json_object(request)
    except Refusal as refusal:
        raise DeviceError(code, "The request is malformed.", status=refusal.status, detail=refusal.detail) from refusal


async def _signed(request: Request) -> str:
    """The `token` of a device's own request."""
    return _token(await _body(request, code="PDH-15006"), "token", code="PDH-15006")


def _token(body: Mapping[str, Any], name: str, *, code: str) -> str:
    token = body.get(name)
    if not isinstance(token, str) or not 0 < len(token) <= LONGEST_TOKEN or not token.isascii():
        raise DeviceError(code, f"{name} is missing or malformed.")
    return token


def _unknown_device() -> DeviceError:
    return DeviceError("PDH-15009", "There is no such device.")


def _described(device: Device) -> dict[str, str]:
    """A device as apps know it (push-protocol.md 1.3)."""
    return {"deviceId": device.id, "name": device.name, "model": device.model, "provider": device.provider}
