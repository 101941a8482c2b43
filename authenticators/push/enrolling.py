"""The page with the code: show one, notice that a device registered, let the person confirm it.

Continue is the confirmation.  Only then is the device in the directory, and it proves nothing yet: a push follows that
it has to approve like any other.
"""

from __future__ import annotations

from dataclasses import replace

from authenticators.push import pages
from authenticators.push.accounts import Account, Accounts, known, may_enroll
from authenticators.push.enrollment import Enrollment, Registration
from authenticators.push.states import Enrolling, Waiting
from authenticators.push.waiting import WaitingPage, may_add
from engine.errors import BadAnswer, DirectoryError
from engine.model import Device
from engine.outcome import Challenge, Failure, Outcome, Status, StepContext
from engine.ports import Audit, AuditEvent


class EnrollingPage:
    """Everything that happens while a code is shown.  host: the server as devices reach it."""

    def __init__(
        self, enrollment: Enrollment, accounts: Accounts, *, waiting: WaitingPage, audit: Audit, host: str
    ) -> None:
        self._enrollment = enrollment
        self._accounts = accounts
        self._waiting = waiting
        self._audit = audit
        self._host = host

    async def begin(
        self, step: StepContext, account: Account, *, back: Waiting | None = None, message: str | None = None
    ) -> Challenge:
        """A new code.  Raises BadAnswer unless the one check lets it."""
        if account.user is None or not may_enroll(step, account):
            raise BadAnswer("enrolling is not offered")
        registration = await self._enrollment.begin(account.user, flow_id=step.flow_id, execution=step.execution)
        return self._page(step, Enrolling(registration.device_id, back=back), registration, message=message)

    async def begin_another(self, step: StepContext, waiting: Waiting) -> Challenge:
        """A code for one more device, from the waiting page.  Raises BadAnswer if that is not offered."""
        account = await self._accounts.look(known(step), step.request.ip)
        if not may_add(step, account):
            raise BadAnswer("registering another device is not offered")
        return await self.begin(step, account, back=waiting)

    async def show(self, step: StepContext, state: Enrolling) -> Challenge:
        """The page as it stands."""
        return self._page(step, state, await self._enrollment.read(state.device_id))

    async def leave(self, step: StepContext, state: Enrolling) -> Challenge:
        """Back to the push that waits; the code is void.  Raises BadAnswer if there is none."""
        if state.back is None:
            raise BadAnswer("there is no push to go back to")
        await self._enrollment.drop(state.device_id)
        return await self._waiting.show(step, state.back)

    async def confirm(self, step: StepContext, state: Enrolling) -> Outcome:
        """The person confirms the device that the page names; without one the page is shown again."""
        account = await self._accounts.look(known(step), step.request.ip)
        enrolled = account.device(state.device_id)
        if enrolled is not None:
            return await self._waiting.send(step, account, replaces=state.back, new_device=enrolled.name)
        if not may_enroll(step, account):
            return Failure("push.enroll_refused")
        registration = await self._enrollment.read(state.device_id)
        if registration is None or (registration.claimed is None and not registration.is_open(step.now)):
            return await self.begin(step, account, back=state.back, message="push.code_expired")
        if registration.claimed is None:
            return self._page(step, state, registration, message="push.not_registered")
        return await self._add(step, account, state=state, registration=registration)

    async def status(self, state: Enrolling, now: float) -> Status:
        """Whether a device has registered."""
        registration = await self._enrollment.read(state.device_id)
        if registration is not None and registration.claimed is not None:
            return Status("registered", {"device": registration.claimed.name})
        return Status("pending" if registration is not None and registration.is_open(now) else "expired")

    async def _add(
        self, step: StepContext, account: Account, *, state: Enrolling, registration: Registration
    ) -> Outcome:
        try:
            device = await self._enrollment.confirm(registration, limit=step.settings.push.max_devices)
        except DirectoryError as error:
            return await self._not_added(step, account, state=state, reason=error.reason)
        await self._record(step, account, device)
        equipped = replace(account, devices=(*account.devices, device))
        return await self._waiting.send(step, equipped, replaces=state.back, new_device=device.name)

    async def _not_added(self, step: StepContext, account: Account, *, state: Enrolling, reason: str) -> Outcome:
        await self._enrollment.drop(state.device_id)
        if reason in ("device_exists", "key_exists"):
            return await self.begin(step, account, back=state.back, message="push.device_known")
        return Failure("push.device_limit" if reason == "device_limit" else "push.enroll_refused")

    def _page(
        self, step: StepContext, state: Enrolling, registration: Registration | None, *, message: str | None = None
    ) -> Challenge:
        return pages.enrolling(step, state, registration=registration, host=self._host, message=message)

    async def _record(self, step: StepContext, account: Account, device: Device) -> None:
        await self._audit.record(
            AuditEvent(
                "device_registered",
                step.now,
                flow_id=step.flow_id,
                application_id=step.application.id,
                user_id=device.user_id,
                username=account.subject.username,
                ip=step.request.ip or None,
                details={"device": device.id, "device_name": device.name},
            )
        )
