"""What follows when a person denies a push, or a number is wrong: quiet, a record in the audit, and a memory of it.

Scripts may read the memory (`context.push`).  The account is never locked by any of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from authenticators.push.budget import MOST_STRIKES, Budget
from authenticators.push.notices import Notices
from authenticators.push.records import Records
from authenticators.push.requests import PushRequest
from engine.model import Device, PushBudget
from engine.ports import Audit, AuditEvent, Clock, StateStore

FORMAT = 1
REMEMBERED = 30 * 86400.0
"""Seconds for which a person's last denial is known."""


class Denial(msgspec.Struct, frozen=True):
    """A person's last denial.  application: its name; ip: where the login was tried from; at: seconds."""

    at: float
    not_me: bool
    application: str
    ip: str
    expires_at: float
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Denials:
    """The store of last denials, by account key."""

    state: StateStore
    budget: Budget
    audit: Audit
    notices: Notices
    clock: Clock

    async def denied(self, request: PushRequest, device: Device, *, allowed: PushBudget) -> None:
        """A device that was asked has denied."""
        strikes = await self.budget.denied(request.asker, allowed, not_me=request.not_me)
        await self._keep(request)
        await self._record("push_not_me" if request.not_me else "push_denied", request, device=device)
        await self._alert(strikes, request, device=device)

    async def wrong_number(self, request: PushRequest, device: Device, *, allowed: PushBudget) -> None:
        """A device that was asked has approved with a wrong number."""
        strikes = await self.budget.wrong_number(request.asker, allowed)
        await self._record("push_wrong_number", request, device=device)
        await self._alert(strikes, request, device=device)

    async def reported(self, request: PushRequest, device: Device, *, allowed: PushBudget) -> None:
        """The person at the browser says of a request that *device* refused: it was not me."""
        await self.budget.reported(request.asker, allowed)
        await self._keep(request)
        await self._record("push_not_me", request, device=device, details={"said": "browser"})
        self.notices.refused(request, device)

    async def last(self, account: str) -> Denial | None:
        """The last denial of that account."""
        return await self._records.read(account)

    @property
    def _records(self) -> Records[Denial]:
        return Records(self.state, "push-denial", record=Denial, layout=FORMAT)

    async def _keep(self, request: PushRequest) -> None:
        now = self.clock()
        application, ip = request.occasion.application, request.occasion.origin.ip
        denial = Denial(now, request.not_me, application, ip, now + REMEMBERED)
        if not await self._records.create(request.account, denial):
            await self._records.change(request.account, lambda _: denial)

    async def _alert(self, strikes: int, request: PushRequest, *, device: Device) -> None:
        """Tell admins and the person, once in a series; the person also when they say that it was not them."""
        if strikes == MOST_STRIKES:
            await self._record("push_alert", request, device=device, details={"strikes": str(strikes)})
        if strikes == MOST_STRIKES or request.not_me:
            self.notices.refused(request, device)

    async def _record(
        self, name: str, request: PushRequest, *, device: Device, details: Mapping[str, str] | None = None
    ) -> None:
        event = AuditEvent(
            name,
            self.clock(),
            flow_id=request.flow_id,
            application_id=request.application_id,
            user_id=device.user_id,
            username=request.occasion.username,
            ip=request.occasion.origin.ip or None,
            details={"device": device.id, "device_name": device.name, **(details or {})},
        )
        await self.audit.record(event)
