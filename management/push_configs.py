"""Push settings by HTTP, as consoles of other servers read and change them (push-protocol.md 1.4 and 6): how many
devices a person may have, and the properties of the push connector.

What has no name there stays as it is.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from configuration.document import PushEntry
from configuration.form import validated
from configuration.problems import ConfigurationErrors
from engine.admin_scopes import CONFIGS
from engine.model import PushSettings
from engine.ports import ConfigurationChange
from management.desk import Desk
from management.guard import Guard
from management.table import POSTED, Call
from management.tokens import AdminToken
from web.json_body import JSON_TYPE, read_json_object
from web.refusals import Refusal

DEVICES = "/api/server/v1/configs/push-device-mgt"
CATEGORY, CONNECTOR = "Multi Factor Authenticators", "push-notification-authenticator"
PROPERTIES: Mapping[str, str] = {
    "PUSH.EnableNumberChallenge": "number_challenge",
    "PUSH.ResendNotificationTime": "resend_interval",
    "PUSH.ResendNotificationMaxAttempts": "resend_attempts",
    "PUSH.EnableProgressiveEnrollment": "progressive_enrollment",
    "PUSH.EnableMultipleDeviceProgressiveEnrollment": "enroll_further_devices",
}
"""Each property of the connector, and the setting that it is."""
_VIEW, _UPDATE = CONFIGS
_DIGITS = re.compile(r"[0-9]{1,9}")

Settings = Mapping[str, Any]
"""Some of the push settings, by name."""


def _id(name: str) -> str:
    """Base64 of the name, without padding: as the addresses have categories and connectors."""
    return urlsafe_b64encode(name.encode()).decode().rstrip("=")


PROPERTY_BASE = f"/api/server/v1/identity-governance/{_id(CATEGORY)}/connectors/{_id(CONNECTOR)}"


@dataclass(frozen=True, slots=True)
class PushConfigs:
    """The routes.  address_of: the caller's."""

    guard: Guard
    desk: Desk
    address_of: Callable[[Request], str]

    def routes(self) -> list[Route]:
        """Reading and changing, of both."""
        devices = {"GET": (_VIEW, self.read_devices), "PUT": (_UPDATE, self.replace_devices)}
        properties = {"GET": (_VIEW, self.read_properties), "PATCH": (_UPDATE, self.change_properties)}
        return [*self.guard.routes(DEVICES, devices), *self.guard.routes(PROPERTY_BASE, properties)]

    async def read_devices(self, _: Request, __: AdminToken) -> Response:
        """200 and the limits."""
        return JSONResponse(_devices((await self.desk.store.settings()).push))

    async def replace_devices(self, request: Request, token: AdminToken) -> Response:
        """200 and the new limits.  Devices that are there stay, however many."""
        wanted = _wanted_devices(await read_json_object(request))
        return JSONResponse(_devices(await self._change(request, token, wanted)))

    async def read_properties(self, _: Request, __: AdminToken) -> Response:
        """200 and all of them."""
        return JSONResponse(_connector((await self.desk.store.settings()).push))

    async def change_properties(self, request: Request, token: AdminToken) -> Response:
        """200 and all of them, those that were sent with their new values."""
        wanted = _wanted_properties(await read_json_object(request))
        return JSONResponse(_connector(await self._change(request, token, wanted)))

    async def _change(self, request: Request, token: AdminToken, wanted: Settings) -> PushSettings:
        call = Call(token, request.path_params, None, None, None, self.address_of(request), None)

        async def work(version: int) -> PushSettings:
            settings = await self.desk.store.settings()
            push = _changed(settings.push, wanted)
            names = [name for name in PushSettings.__slots__ if getattr(push, name) != getattr(settings.push, name)]
            if names:
                fields = [f"push.{name}" for name in names]
                told = {"fields": fields, "before": {"push": asdict(settings.push)}, "after": {"push": asdict(push)}}
                note = self.desk.note("resource_changed", call, "settings", "organisation", **told)
                change = ConfigurationChange(settings=replace(settings, push=push))
                await self.desk.commit(change, note, version=version)
            return push

        return await self.desk.settled(work)


def _changed(push: PushSettings, wanted: Settings) -> PushSettings:
    """What allows a further device in the middle of a login goes off with either setting that it rests on."""
    changed = replace(push, **wanted)
    is_cut_off = _base_is_on(push) and not _base_is_on(changed)
    return replace(changed, enroll_further_devices=False) if is_cut_off else changed


def _base_is_on(push: PushSettings) -> bool:
    return push.progressive_enrollment and push.max_devices > 1


# --- what the OpenAPI document says of both ---------------------------------------------------------------------------


def described() -> dict[str, dict[str, Any]]:
    """The four calls, by address and method."""
    limits, connector = _shape(_devices(PushSettings())), _shape(_connector(PushSettings()))
    change = _shape({"operation": "UPDATE", "properties": [{"name": "", "value": ""}]})
    return {
        DEVICES: {
            "get": _call("get_push_devices", "How many devices a person may have", _VIEW, gives=limits),
            "put": _call("put_push_devices", "Other limits of devices", _UPDATE, gives=limits, takes=limits),
        },
        PROPERTY_BASE: {
            "get": _call("get_push_connector", "The push connector and its properties", _VIEW, gives=connector),
            "patch": _call("patch_push_connector", "Other properties", _UPDATE, gives=connector, takes=change),
        },
    }


def _call(name: str, summary: str, scope: str, *, gives: Settings, takes: Settings | None = None) -> dict[str, Any]:
    refusal = _shape({"code": "", "message": "", "traceId": ""})
    statuses = (401, 403, 503) if takes is None else (400, 401, 403, 413, 415, 503)
    call: dict[str, Any] = {
        "operationId": name,
        "summary": summary,
        "tags": ["push settings"],
        "responses": {"200": _content("OK", gives)}
        | {str(status): _content(HTTPStatus(status).phrase, refusal) for status in statuses},
        "security": [{"token": [scope]}],
    }
    if takes is not None:
        call["requestBody"] = {"required": True, "content": {JSON_TYPE: {"schema": takes}}}
    return call


def _content(text: str, schema: Settings) -> dict[str, Any]:
    return {"description": text, "content": {JSON_TYPE: {"schema": schema}}}


def _shape(example: object) -> dict[str, Any]:
    """The schema of what looks like *example*; a list is one of things like its first."""
    match example:
        case dict():
            inner = {name: _shape(value) for name, value in example.items()}
            return {"type": "object", "properties": inner, "required": [*inner]}
        case list():
            return {"type": "array", "items": _shape(example[0])}
        case bool():
            return {"type": "boolean"}
        case int():
            return {"type": "integer"}
    return {"type": "string"}


# --- the limits of devices ------------------------------------------------------------------------------------------


def _devices(push: PushSettings) -> dict[str, Any]:
    return {
        "enableMultipleDeviceEnrollment": push.max_devices > 1,
        "maximumDeviceLimit": push.max_devices,
        "enableDeviceRegistrationNotifications": bool(push.registration_notices),
        "deviceRegistrationNotificationChannels": list(push.registration_notices),
    }


def _wanted_devices(body: Settings) -> Settings:
    """Absent switches are off, and the channel of notices is EMAIL unless others are given."""
    _only_known(body, _devices(PushSettings()))
    several, notices = (
        _switch(body, name) for name in ("enableMultipleDeviceEnrollment", "enableDeviceRegistrationNotifications")
    )
    limit = body.get("maximumDeviceLimit")
    if type(limit) is not int or limit < 1:
        raise _problem(400, "PDH-15021", "maximumDeviceLimit is a whole number from 1.")
    if limit > 1 and not several:
        raise _problem(400, "PDH-15017", "More than one device needs enableMultipleDeviceEnrollment.")
    _checked({"max_devices": limit}, "maximumDeviceLimit", code="PDH-15018")
    channels = body.get("deviceRegistrationNotificationChannels", ["EMAIL"])
    checked = _checked({"registration_notices": channels}, "deviceRegistrationNotificationChannels")
    if notices and not channels:
        raise _problem(400, "PSC-60001", "Notices need a channel: EMAIL, PUSH_NOTIFICATION or both.")
    return {"max_devices": limit, "registration_notices": tuple(checked["registration_notices"]) if notices else ()}


def _switch(body: Settings, name: str) -> bool:
    value = body.get(name, False)
    if not isinstance(value, bool):
        raise _problem(400, "PSC-60001", f"{name} is true or false.")
    return value


# --- the properties of the connector ----------------------------------------------------------------------------------


def _connector(push: PushSettings) -> dict[str, Any]:
    shown = replace(push, enroll_further_devices=push.enroll_further_devices and _base_is_on(push))
    return {
        "id": _id(CONNECTOR),
        "name": CONNECTOR,
        "category": CATEGORY,
        "friendlyName": "Push Notification",
        "order": 0,
        "subCategory": "DEFAULT",
        "properties": [
            {"name": name, "value": str(getattr(shown, setting)).lower(), "displayName": name, "description": ""}
            for name, setting in PROPERTIES.items()
        ],
    }


def _wanted_properties(body: Settings) -> Settings:
    """Each property at most once; those that are not sent stay."""
    _only_known(body, ("operation", "properties"))
    properties = body.get("properties")
    if body.get("operation") != "UPDATE" or not isinstance(properties, list):
        raise _problem(400, "PSC-60001", "operation is UPDATE, and properties a list.")
    wanted: dict[str, Any] = {}
    for one in properties:
        is_one = isinstance(one, dict) and one.keys() == {"name", "value"}
        if not is_one or not all(isinstance(text, str) for text in one.values()):
            raise _problem(400, "PSC-60001", "A property has name and value, both texts, and nothing else.")
        setting = PROPERTIES.get(one["name"])
        if setting is None or setting in wanted:
            raise _problem(400, "PSC-60001", f"The property {one['name'][:60]!a} is not known here, or stands twice.")
        wanted |= _checked({setting: _value(one["value"])}, one["name"])
    return wanted


def _value(text: str) -> bool | int | str:
    """What the text of a property means; other texts as they are, to be refused."""
    if text in ("true", "false"):
        return text == "true"
    return int(text) if _DIGITS.fullmatch(text) else text


# --- both -------------------------------------------------------------------------------------------------------------


def _only_known(body: Settings, known: Mapping[str, Any] | tuple[str, ...]) -> None:
    for name in body:
        if name not in known:
            raise _problem(400, "PSC-60001", f"{name[:60]!a} is not known here.")


def _checked(given: Settings, shown_as: str, *, code: str = "PSC-60001") -> Settings:
    """The same, if a configuration file may say so too."""
    try:
        return validated(PushEntry, dict(given), POSTED).model_dump(include=set(given))
    except ConfigurationErrors as errors:
        raise _problem(400, code, f"{shown_as} {errors.problems[0].text}.") from None


def _problem(status: int, code: str, text: str) -> Refusal:
    return Refusal(status, "http.bad_request", detail=text, code=code, text=text)
