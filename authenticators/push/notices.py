"""Tells a person what happened around their devices: by mail, and on the devices themselves.

It leaves after the answer, and what cannot be told is logged; nothing waits for it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from authenticators.push.cleaning import plain
from authenticators.push.dispatch import Dispatch
from authenticators.push.messages import topic_of
from authenticators.push.requests import PushRequest
from engine.letters import Letters, told
from engine.model import Device
from engine.ports import Clock, Configuration, Directory, Handed, PushMessage, Spawner, StateStore

KIND = "push-notice"
KEPT = 86400.0
"""Seconds for which a device may fetch a notice."""
MOST = 20
"""Notices that wait for one device."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """The way out for everything that is no question."""

    directory: Directory
    configuration: Configuration
    state: StateStore
    letters: Letters
    dispatch: Dispatch
    spawner: Spawner
    clock: Clock

    def device_added(self, device: Device) -> None:
        """Tell of a new device, by the channels that the organisation chose."""
        self.spawner.spawn(self._device_added(device))

    def refused(self, request: PushRequest, device: Device) -> None:
        """Tell that somebody else tries to sign in; *device* is the one on which that was said."""
        self.spawner.spawn(self._refused(request, device))

    async def send(self, device: Device, scenario: str, *, title: str, body: str, **more: str) -> Handed:
        """Hand a message to a device that asks nothing: it has no push id.  Kept for a device that fetches."""
        settings = await self.configuration.settings()
        data = {"relativePath": f"/t/{settings.tenant}", "tenantDomain": settings.tenant}
        data |= {"notificationScenario": scenario, "deviceId": device.id, "sentAt": str(int(self.clock())), **more}
        if len(await self.state.owned(KIND, device.id)) < MOST:
            key, until = secrets.token_urlsafe(16), self.clock() + KEPT
            await self.state.create(KIND, key, msgspec.json.encode(data), expires_at=until, owner=device.id)
        message = PushMessage(data, title=title, body=body, topic=topic_of(f"{scenario}|{device.id}"))
        return await self.dispatch.hand_over(device, message, ttl=int(KEPT))

    async def fetched(self, device: Device) -> list[dict[str, str]]:
        """The notices that wait for *device*, oldest first, each given once."""
        taken = [await self.state.take(KIND, stored.key) for stored in await self.state.owned(KIND, device.id)]
        return [msgspec.json.decode(stored.value, type=dict[str, str]) for stored in taken if stored is not None]

    async def _device_added(self, device: Device) -> None:
        channels = (await self.configuration.settings()).push.registration_notices
        named = {"device": _named(device), "time": told(device.created_at)}
        if "EMAIL" in channels:
            await self._mail(device.user_id, "device-enrolled", named)
        if "PUSH_NOTIFICATION" in channels:
            body = f"{named['device']} was registered at {named['time']}."
            others = [one for one in await self.directory.devices(device.user_id) if one.id != device.id]
            await self._tell(
                others,
                "DEVICE_REGISTRATION",
                title="New Device Registered",
                body=body,
                deviceName=device.name,
                deviceModel=device.model,
            )

    async def _refused(self, request: PushRequest, device: Device) -> None:
        application, place = plain(request.occasion.application, longest=100), request.occasion.origin
        values = {
            "application": application,
            "device": _named(device),
            "time": told(request.answered_at),
            "ip": place.ip,
            "browser": f"{place.browser}, {place.system}",
        }
        await self._mail(device.user_id, "push-refused", values)
        others = [one for one in await self.directory.devices(device.user_id) if one.id != device.id]
        body = (
            f"A sign-in to {application} was denied on {values['device']}. If that was not you, change your password."
        )
        await self._tell(others, "LOGIN_DENIED", title="Sign-in denied", body=body, applicationName=application)

    async def _tell(self, devices: Iterable[Device], scenario: str, *, title: str, body: str, **more: str) -> None:
        for device in devices:
            await self.send(device, scenario, title=title, body=body, **more)

    async def _mail(self, user_id: str, template: str, values: Mapping[str, str]) -> None:
        await self.letters.send(await self.directory.user(user_id), template, values)


def _named(device: Device) -> str:
    return f"{device.name} ({device.model})" if device.model and device.model != device.name else device.name
