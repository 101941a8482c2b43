"""Hands one message to one device: through its provider, and by waking its own channel in any case.

Notes which tokens are dead and tells admins what needs them.  What may be sent to whom is decided by the callers.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from authenticators.push.messages import SIZE, size
from authenticators.push.providers.builtin import BuiltinSender
from engine.model import Device
from engine.ports import (
    Audit,
    AuditEvent,
    Clock,
    DeadToken,
    Directory,
    Handed,
    NotNow,
    PushMessage,
    Sender,
    Senders,
    Taken,
)

ALERT_EVERY = 600.0
"""Seconds between two audit events about the same trouble of one provider."""

_log = logging.getLogger("doorstep.push")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """The way out for every kind of message.  alerted: when each trouble was told last."""

    senders: Senders
    builtin: BuiltinSender
    directory: Directory
    audit: Audit
    clock: Clock
    alerted: dict[tuple[str, str], float] = field(default_factory=dict)

    async def hand_over(self, device: Device, message: PushMessage, *, ttl: int) -> Handed:
        """Send it, once; never raises for what a provider does.  ttl: seconds that it is of use."""
        await self.builtin.wake(device.id)
        if device.unreachable_since is not None:
            return NotNow("token.dead")
        if size(message) > SIZE:
            _log.error("push message for device %s is too long", device.id)
            return NotNow("message.too_long")
        sender = await self.senders.named(device.provider)
        if sender is None:
            return NotNow("provider.unknown")
        handed = await _sent(sender, device, message=message, ttl=max(1, ttl))
        await self._note(sender, device, handed)
        return handed

    async def _note(self, sender: Sender, device: Device, handed: Handed) -> None:
        if isinstance(handed, Taken):
            return
        _log.warning("push provider %s did not take a message: %s", sender.name, handed.why)
        if isinstance(handed, DeadToken):
            await self._mark(device, handed.why)
        if handed.alert:
            await self._alert(sender.name, handed.why)

    async def _mark(self, device: Device, why: str) -> None:
        """The device stays, and can pull; only nothing is sent to a dead token any more."""
        now = self.clock()
        if await self.directory.mark_unreachable(device.id, push_token=device.push_token, since=now):
            details = {"device": device.id, "device_name": device.name, "provider": device.provider}
            event = AuditEvent("push_token_dead", now, user_id=device.user_id, why=why, details=details)
            await self.audit.record(event)

    async def _alert(self, provider: str, why: str) -> None:
        """Tell admins, not with every message."""
        now = self.clock()
        if now - self.alerted.get((provider, why), float("-inf")) < ALERT_EVERY:
            return
        self.alerted[provider, why] = now
        _log.error("push provider %s needs an admin: %s", provider, why)
        await self.audit.record(AuditEvent("push_provider_trouble", now, why=why, details={"provider": provider}))


async def _sent(sender: Sender, device: Device, *, message: PushMessage, ttl: int) -> Handed:
    try:
        return await sender.send(device, message, ttl=ttl)
    except Exception as error:  # a provider's fault, of whatever kind, must not reach the login
        _log.exception("push provider %s broke", sender.name, exc_info=error)
        return NotNow("provider.broken")
