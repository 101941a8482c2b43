"""Registers devices (push-protocol.md 1.2): what a device posts is judged completely before its code is used up.

Whether the device counts then is said by the person at the browser; where nobody can say it, it counts at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authenticators.push import registering
from authenticators.push.enrollment import Claimed, Enrollment, IsCurrent, Registration, no_context
from authenticators.push.keys import PublicKey, SignatureRefused
from engine.errors import DeviceError, DirectoryError
from engine.model import PushSettings, User
from engine.ports import Audit, AuditEvent, Clock, Configuration, Directory, Sender, Senders, Signals


@dataclass(frozen=True, slots=True, kw_only=True)
class Registrar:
    """senders: the push providers that a device may ask for; host: the server as devices reach it."""

    enrollment: Enrollment
    directory: Directory
    configuration: Configuration
    signals: Signals
    audit: Audit
    clock: Clock
    is_current: IsCurrent
    senders: Senders
    host: str

    async def discovery(self, user: User) -> dict[str, str]:
        """New discovery data outside a login; the caller has checked that a proof of *user* is fresh."""
        settings = await self.configuration.settings()
        registration = await self.enrollment.begin(user)
        return registration.discovery(host=self.host, tenant=settings.tenant)

    async def register(self, body: Mapping[str, Any]) -> None:
        """Enroll a device (1.2).  Raises DeviceError; a refused registration leaves the code as it was."""
        registration = await self._open_registration(registering.device_id_of(body))
        posted = registering.read(body)
        try:
            posted.key.verify_registration(registration.challenge, posted.push_token, signature=posted.signature)
        except SignatureRefused:
            raise DeviceError("PDH-15005", "The signature does not verify.") from None
        settings = (await self.configuration.settings()).push
        await self._refuse_unless_room(registration, posted.key, settings=settings)
        claimed = Claimed(
            name=posted.name,
            model=posted.model,
            provider=await self._provider(posted),
            push_token=posted.push_token,
            public_key=posted.key.der,
            algorithms=posted.key.algorithms,
            typed=posted.typed,
            metadata=dict(posted.metadata),
            at=self.clock(),
        )
        registration = await self.enrollment.claim(registration.device_id, claimed)
        await self._claimed(registration, settings)

    async def _open_registration(self, device_id: str) -> Registration:
        registration = await self.enrollment.read(device_id)
        if registration is None or not registration.is_open(self.clock()):
            raise no_context("unknown, used or expired")
        flow_id, execution = registration.flow_id, registration.execution
        if flow_id is not None and not await self.is_current(flow_id, execution):
            raise no_context("the login has ended or gone on")
        return registration

    async def _refuse_unless_room(self, registration: Registration, key: PublicKey, *, settings: PushSettings) -> None:
        user = await self.directory.user(registration.user_id)
        if user is None or not user.live:
            raise DeviceError("PDH-15008", "The user is not known.")
        if await self.directory.has_key(key.der):
            raise DeviceError("PDH-15020", "The key is already registered.")
        if len(await self.directory.devices(user.id)) >= settings.max_devices:
            code = "PDH-15003" if settings.max_devices == 1 else "PDH-15019"
            raise DeviceError(code, "No further device may be registered.")

    async def _claimed(self, registration: Registration, settings: PushSettings) -> None:
        """The code is used.  The browser that shows it confirms now; without one the device counts at once."""
        if not registration.is_shown:
            try:
                await self.enrollment.confirm(registration, limit=settings.max_devices)
            except DirectoryError as error:
                await self.enrollment.drop(registration.device_id)
                raise _not_added(error, settings) from None
        await self.signals.notify(f"registration:{registration.device_id}")
        name = "device_awaits_confirmation" if registration.is_shown else "device_registered"
        await self._record(name, registration)

    async def _provider(self, posted: registering.Posted) -> str:
        """The provider as the device named it, or the default one's name."""
        sender = await self.senders.named(posted.provider)
        if sender is None:
            raise DeviceError("PDH-15013", "The push provider is not known.")
        refuse_unreachable(sender, posted.push_token, posted.metadata)
        return posted.provider or sender.name

    async def _record(self, name: str, registration: Registration) -> None:
        device = registration.device()
        details = {"device": device.id, "device_name": device.name}
        await self.audit.record(
            AuditEvent(name, self.clock(), flow_id=registration.flow_id, user_id=registration.user_id, details=details)
        )


def refuse_unreachable(sender: Sender, push_token: str, metadata: Mapping[str, str]) -> None:
    """Raises DeviceError if the provider cannot reach a device by what it says of itself."""
    refusal = sender.refusal(push_token, metadata)
    if refusal is not None:
        raise DeviceError("PDH-15007", f"deviceToken is malformed: {refusal}.")


def _not_added(error: DirectoryError, settings: PushSettings) -> DeviceError:
    if error.reason == "device_limit":
        code = "PDH-15003" if settings.max_devices == 1 else "PDH-15019"
        return DeviceError(code, "No further device may be registered.")
    return DeviceError("PDH-15020", "The device or its key is already registered.", detail=error.reason)
