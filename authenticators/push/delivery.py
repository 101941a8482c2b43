"""Lets a stored push request out: budget first, then the older request is replaced, then the message leaves.

Runs after the login is stored.  A provider that is down or slow changes nothing but what the page says of it; the
person may send again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from authenticators.push.budget import Budget
from authenticators.push.dispatch import Dispatch
from authenticators.push.messages import login_push, topic_of
from authenticators.push.providers.builtin import BuiltinSender
from authenticators.push.requests import PushRequest, PushRequests, Reach
from engine.insisting import insist
from engine.model import Device
from engine.ports import Audit, AuditEvent, Clock, Configuration, Directory, Handed, Signals, Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Sends to every device of a request at once; every device can pull as well."""

    requests: PushRequests
    budget: Budget
    directory: Directory
    configuration: Configuration
    audit: Audit
    clock: Clock
    signals: Signals
    dispatch: Dispatch

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
        if await self.requests.let_out(push_id) is None:
            return
        devices = await self._asked(request)
        if not devices:
            await self.signals.notify(f"push:{push_id}")
            return
        handed = await asyncio.gather(*(self._hand_over(request, device) for device in devices))
        await self._sent(request, devices, handed)

    async def _asked(self, request: PushRequest) -> list[Device]:
        """The devices that were to be asked, as far as they are still the person's."""
        owned = await self.directory.devices(request.user_id or "-")
        return [device for device in owned if device.id in request.asked]

    async def _hand_over(self, request: PushRequest, device: Device) -> Handed:
        message = login_push(request.occasion, device, topic=topic_of(request.flow_id))
        return await self.dispatch.hand_over(device, message, ttl=int(request.deadline - self.clock()))

    async def _sent(self, request: PushRequest, devices: Sequence[Device], handed: Sequence[Handed]) -> None:
        taken = sum(isinstance(each, Taken) for each in handed)
        details = {"devices": str(len(devices)), "taken": str(taken)}
        words = sorted({each.why for each in handed if not isinstance(each, Taken)})
        if words:
            details["not_taken"] = ", ".join(words)
        await self._record("push_sent", request, details=details)
        reach = _reach(devices, handed)
        if reach != "unknown":
            await self.requests.note_reach(request.id, reach)
            await self.signals.notify(f"push:{request.id}")

    async def _record(
        self, name: str, request: PushRequest, *, why: str | None = None, details: Mapping[str, str] | None = None
    ) -> None:
        event = AuditEvent(
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
        await insist(partial(self.audit.record, event))  # the request is out: another delivery would not come here


def _reach(devices: Sequence[Device], handed: Sequence[Handed]) -> Reach:
    """Whether a provider took it for any device; of the built-in channel nobody knows who listens."""
    silent = [device.provider.lower() == BuiltinSender.name for device in devices]
    pairs = zip(silent, handed, strict=True)
    if any(isinstance(each, Taken) and not is_silent for is_silent, each in pairs):
        return "taken"
    return "unknown" if any(silent) else "not_reached"
