"""Lets a stored push request out: budget first, then the older request is replaced, then the message leaves.

Runs after the login is stored.  A provider that is down or slow changes nothing but the audit; the person may send
again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from authenticators.push.budget import Budget
from authenticators.push.messages import SIZE, message
from authenticators.push.providers.builtin import BuiltinSender
from authenticators.push.requests import PushRequest, PushRequests
from engine.model import Device
from engine.ports import Audit, AuditEvent, Clock, Configuration, Directory, Sender

SLOWEST = 5.0
"""Seconds a provider may take for one message."""

_log = logging.getLogger("doorstep.push")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Sends through the provider a device registered with; every device can pull as well.

    senders: by name, lower case.
    """

    requests: PushRequests
    budget: Budget
    directory: Directory
    configuration: Configuration
    audit: Audit
    clock: Clock
    builtin: BuiltinSender
    senders: Mapping[str, Sender]

    async def send(self, push_id: str) -> None:
        """Let the request out, once; for nobody's name the same is done and nothing leaves."""
        request = await self.requests.read(push_id)
        if request is None or request.active:
            return
        settings = await self.configuration.settings()
        if request.supersedes is not None:
            await self.requests.supersede(request.supersedes)
        if not await self.budget.spend(request.asker, settings.push.budget):
            await self._record("push_suppressed", request, why="push.budget")
            return
        devices = await self._asked(request)
        if await self.requests.let_out(push_id) is None or not devices:
            return
        taken = await asyncio.gather(*(self._hand_over(request, device) for device in devices))
        await self._record("push_sent", request, details={"devices": str(len(devices)), "taken": str(sum(taken))})

    async def _asked(self, request: PushRequest) -> list[Device]:
        """The devices that were to be asked, as far as they are still the person's."""
        owned = await self.directory.devices(request.user_id or "-")
        return [device for device in owned if device.id in request.asked]

    async def _hand_over(self, request: PushRequest, device: Device) -> bool:
        """Give the message to the device's provider, and wake the device's own channel in any case."""
        text = message(request.occasion, device)
        sender = self.senders.get(device.provider.lower())
        await self.builtin.send(device, text, ttl=0)
        if sender is None:
            return device.provider.lower() == self.builtin.name
        if sum(len(name.encode()) + len(value.encode()) for name, value in text.items()) > SIZE:
            _log.error("push message for device %s is too long", device.id)
            return False
        try:
            async with asyncio.timeout(SLOWEST):
                return await sender.send(device, text, ttl=max(1, int(request.deadline - self.clock())))
        except Exception as error:  # a provider's fault, of whatever kind, must not reach the login
            _log.warning("push provider %s failed: %s", sender.name, type(error).__name__)
            return False

    async def _record(
        self, name: str, request: PushRequest, *, why: str | None = None, details: Mapping[str, str] | None = None
    ) -> None:
        await self.audit.record(
            AuditEvent(
                name,
                self.clock(),
                flow_id=request.flow_id,
                application_id=request.application_id,
                user_id=request.user_id,
                username=request.occasion.username if request.user_id else None,
                ip=request.occasion.origin.ip or None,
                why=why,
                details=dict(details or {}),
            )
        )
