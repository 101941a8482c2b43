"""Push providers by HTTP (push-protocol.md 2.3): list, add, read, replace, remove.

A key file goes in and never comes out: what is read tells whose it is.
"""

from __future__ import annotations

import asyncio
import binascii
from base64 import b64decode
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from configuration.difference import between, shortened
from engine.admin_scopes import SENDERS
from engine.destinations import allowed_host
from engine.model import PushProvider
from engine.ports import Audit, AuditEvent, Clock, ConfigurationChange, ConfigurationStore, StateStore
from engine.push_providers import KINDS, name_fault
from management.guard import Guard
from management.tokens import AdminToken
from web.json_body import read_json_object
from web.refusals import Refusal

BASES = ("/api/server/v1/notification-senders/push", "/api/server/v2/notification-senders/push")
DEFAULT_NAME = "PushPublisher"
KEY_FILE = "serviceAccountContent"
"""The property that holds a service account's key file, in base64."""
SERVICES = "services"
"""The property that holds the hosts of further push services, separated by commas."""
MOST_SENDERS = 20
_VIEW, _ADD, _UPDATE, _DELETE = SENDERS
_CHANGING = 10.0
"""Seconds that one change may take before another one of the same sender is let in."""

FcmProvider = Callable[[str, str], tuple[PushProvider, str]]
"""Makes the provider and the secret to store with it from name and key file.  Raises ValueError."""


@dataclass(frozen=True, slots=True)
class PushSenders:
    """The routes."""

    guard: Guard
    configuration: ConfigurationStore
    state: StateStore
    audit: Audit
    clock: Clock
    fcm_provider: FcmProvider

    def routes(self) -> list[Route]:
        """Under both versions of the address, which have the same shapes."""
        every = {"GET": (_VIEW, self.list), "POST": (_ADD, self.add)}
        one = {"GET": (_VIEW, self.read), "PUT": (_UPDATE, self.replace), "DELETE": (_DELETE, self.remove)}
        return [
            route
            for base in BASES
            for path, methods in (("", every), ("/{name}", one))
            for route in self.guard.routes(base + path, methods)
        ]

    async def list(self, _: Request, __: AdminToken) -> Response:
        """200 and all of them."""
        return JSONResponse([_shown(one) for one in await self.configuration.push_providers()])

    async def add(self, request: Request, token: AdminToken) -> Response:
        """201 and the new one; 409 for a name that is taken, in whatever case."""
        body = await read_json_object(request)
        name = body.get("name", DEFAULT_NAME)
        if not isinstance(name, str):
            raise _problem(400, "NSM-60004", "name is a text.")
        provider, secret = await self._described(name, body)
        async with self._alone(name):
            if await self._named(name) is not None:
                raise _problem(409, "NSM-60002", f"There is a sender {name} already.")
            if len(await self.configuration.push_providers()) >= MOST_SENDERS:
                raise _problem(409, "NSM-60006", f"There are {MOST_SENDERS} senders; that is all there may be.")
            await self._record("push_provider_added", token, after=provider)
            await self._commit(provider, secret)
        headers = {"Location": f"{request.scope['path']}/{name}"}
        return JSONResponse(_shown(provider), 201, headers=headers)

    async def read(self, request: Request, _: AdminToken) -> Response:
        """200 and the one of that name."""
        return JSONResponse(_shown(await self._existing(request)))

    async def replace(self, request: Request, token: AdminToken) -> Response:
        """200 and the one that takes its place: everything is given anew."""
        body = await read_json_object(request)
        old = await self._existing(request)
        if body.get("name", old.name) != old.name:
            raise _problem(400, "NSM-60004", "name is the one in the address; it cannot be changed.")
        provider, secret = await self._described(old.name, body)
        async with self._alone(old.name):
            old = await self._existing(request)
            await self._record("push_provider_changed", token, before=old, after=provider)
            await self._commit(provider, secret)
        return JSONResponse(_shown(provider))

    async def remove(self, request: Request, token: AdminToken) -> Response:
        """204: its devices pull from now on."""
        old = await self._existing(request)
        async with self._alone(old.name):
            await self._existing(request)
            await self._record("push_provider_removed", token, before=old)
            change = ConfigurationChange(removed_push_providers=[old.name], secrets={old.secret: None})
            await self.configuration.commit(change)
        return Response(status_code=204)

    # --- what is posted -----------------------------------------------------------------------------------------------

    async def _described(self, name: str, body: Mapping[str, Any]) -> tuple[PushProvider, str | None]:
        unknown = body.keys() - {"name", "provider", "properties"}
        if unknown:
            raise _problem(400, "NSM-60004", f"{sorted(unknown)[0]!a} is not known here.")
        kind = body.get("provider")
        if not isinstance(kind, str) or kind.lower() not in KINDS:
            raise _problem(400, "NSM-60003", f"provider is one of {', '.join(KINDS)}.")
        fault = name_fault(name, kind.lower())
        if fault is not None:
            raise _problem(400, "NSM-60004", f"{fault[0].upper()}{fault[1:]}.")
        properties = _properties(body.get("properties", []))
        match kind.lower():
            case "fcm":
                return await self._fcm(name, properties)
            case "webpush":
                services = _services(_only(properties, SERVICES))
                return PushProvider(name, "webpush", services=services), None
            case _:
                _only(properties, None)
                return PushProvider(name, "builtin"), None

    async def _fcm(self, name: str, properties: Mapping[str, str]) -> tuple[PushProvider, str]:
        encoded = _only(properties, KEY_FILE)
        if not encoded:
            raise _problem(400, "NSM-60003", f"The property {KEY_FILE} is missing.")
        try:
            text = b64decode(encoded, validate=True).decode("utf-8-sig")
        except (binascii.Error, ValueError):
            raise _problem(400, "NSM-60005", f"{KEY_FILE} is not the base64 of a key file.") from None
        try:
            return await asyncio.to_thread(self.fcm_provider, name, text)  # proving a key's primes takes its time
        except ValueError as unusable:
            raise _problem(400, "NSM-60005", f"The key file cannot be used: {unusable}.") from None

    # --- what is stored -----------------------------------------------------------------------------------------------

    async def _named(self, name: str) -> PushProvider | None:
        stored = await self.configuration.push_providers()
        return next((one for one in stored if one.name.lower() == name.lower()), None)

    async def _existing(self, request: Request) -> PushProvider:
        found = await self._named(request.path_params["name"])
        if found is None:
            raise _problem(404, "NSM-60001", "There is no sender of that name.")
        return found

    async def _commit(self, provider: PushProvider, secret: str | None) -> None:
        """Provider and secret go together; one that needs none loses what an older one had."""
        change = ConfigurationChange(push_providers=[provider], secrets={provider.secret: secret})
        await self.configuration.commit(change)

    async def _record(
        self, event: str, token: AdminToken, *, before: PushProvider | None = None, after: PushProvider | None = None
    ) -> None:
        provider = after or before
        assert provider is not None
        details = {"provider": provider.name, "kind": provider.kind, "token": token.id, "token_name": token.name}
        details["difference"] = shortened(between(before, after))
        await self.audit.record(AuditEvent(event, self.clock(), why="management_api", details=details))

    @asynccontextmanager
    async def _alone(self, name: str) -> AsyncIterator[None]:
        """One change of a sender at a time, on all nodes; whoever comes in between is told."""
        key = f"push-sender:{name.lower()}"
        if not await self.state.create("management", key, b"", expires_at=self.clock() + _CHANGING):
            raise _problem(409, "NSM-60002", f"The sender {name} is being changed at this moment.")
        try:
            yield
        finally:
            await self.state.forget("management", key)


def _shown(provider: PushProvider) -> dict[str, Any]:
    """A sender as it is read: whose key it has, never the key."""
    facts = {
        "projectId": provider.project,
        "clientEmail": provider.account,
        "privateKeyId": provider.key,
        SERVICES: ",".join(provider.services),
    }
    properties = [{"key": key, "value": value} for key, value in facts.items() if value]
    kind = "FCM" if provider.kind == "fcm" else provider.kind
    return {"name": provider.name, "provider": kind, "properties": properties}


def _properties(value: object) -> dict[str, str]:
    """A list of key and value, each key once."""
    if not isinstance(value, list):
        raise _problem(400, "NSM-60004", "properties is a list.")
    found: dict[str, str] = {}
    for one in value:
        if not isinstance(one, dict) or one.keys() != {"key", "value"}:
            raise _problem(400, "NSM-60004", "A property has key and value, and nothing else.")
        key, text = one["key"], one["value"]
        if not isinstance(key, str) or not isinstance(text, str) or key in found:
            raise _problem(400, "NSM-60004", "A property's key and value are texts, each key once.")
        found[key] = text
    return found


def _only(properties: Mapping[str, str], key: str | None) -> str:
    """The value of the only property that this kind takes; empty if it is not there."""
    for other in properties:
        if other != key:
            raise _problem(400, "NSM-60004", f"The property {other[:40]!a} is not known here.")
    return properties.get(key, "") if key is not None else ""


def _services(text: str) -> tuple[str, ...]:
    hosts = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    for host in hosts:
        try:
            allowed_host(host)
        except ValueError as problem:
            raise _problem(400, "NSM-60005", f"{SERVICES}: {problem}.") from None
    return hosts


def _problem(status: int, code: str, text: str) -> Refusal:
    return Refusal(status, "http.bad_request", detail=text, code=code, text=text)
