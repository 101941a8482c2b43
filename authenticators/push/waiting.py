"""The waiting page: send, send again, take the device's answer.  What may be sent to whom is not decided here."""

from __future__ import annotations

from collections.abc import Callable

from authenticators.push import pages
from authenticators.push.accounts import Account, Accounts, known, may_enroll
from authenticators.push.browsers import Browsers
from authenticators.push.budget import Budget
from authenticators.push.requests import PushRequest, PushRequests, Reach
from authenticators.push.states import Waiting
from engine.model import Device
from engine.outcome import Challenge, Effect, Failure, Outcome, Proof, Status, StepContext, Success
from engine.ports import Directory

UNPROVEN_KINDS = ("phone",)
"""What the page says of the devices until something is proven: the same for everyone."""


class WaitingPage:
    """Everything that happens while a push is under way."""

    def __init__(
        self,
        requests: PushRequests,
        accounts: Accounts,
        *,
        budget: Budget,
        browsers: Browsers,
        directory: Directory,
        has_trouble: Callable[[], bool],
    ) -> None:
        self._has_trouble = has_trouble
        self._requests = requests
        self._accounts = accounts
        self._browsers = browsers
        self._budget = budget
        self._directory = directory

    async def send(
        self, step: StepContext, account: Account, *, replaces: Waiting | None = None, new_device: str | None = None
    ) -> Challenge:
        """Store a request; it leaves as an effect.  For whom nothing may be sent, no device is asked.

        new_device: the name of a device that was enrolled just now; what is sent then is no repetition.
        """
        request = await self._requests.open(
            step,
            account.subject,
            account=account.key,
            browser=await self._browsers.known(step.request.browser, account.user),
            devices=account.devices if account.live else (),
            supersedes=replaces.push_id if replaces is not None else None,
        )
        state = Waiting(
            push_id=request.id,
            sent_at=step.now,
            deadline=request.deadline,
            number=request.occasion.number,
            resends=replaces.resends + 1 if replaces is not None and new_device is None else 0,
            new_device=new_device,
        )
        effects = (Effect("push", request.id),)
        return pages.waiting(
            step,
            state,
            request=request,
            kinds=_kinds(step, account.devices),
            can_enroll=may_add(step, account),
            reach=self._reach(step, request),
            subject=account.subject,
            effects=effects,
        )

    async def show(self, step: StepContext, state: Waiting, *, message: str | None = None) -> Challenge:
        """The page as it stands."""
        account = await self._accounts.look(known(step), step.request.ip)
        request = await self._requests.read(state.push_id)
        return pages.waiting(
            step,
            state,
            request=request,
            kinds=_kinds(step, account.devices),
            can_enroll=may_add(step, account),
            reach=self._reach(step, request),
            message=message,
        )

    async def proceed(self, step: StepContext, state: Waiting) -> Outcome:
        """Go on if the device has answered; else the same page, at no cost while an answer may still come."""
        ended = await self._ended(step, state)
        if ended is not None:
            return ended
        if await self.word(state, step.now) == "pending":
            return await self.show(step, state)
        if state.resends >= step.settings.push.resend_attempts:
            return Failure("push.expired")
        return await self.show(step, state, message="push.expired")

    async def resend(self, step: StepContext, state: Waiting) -> Outcome:
        """Send again, not earlier and not more often than the settings say."""
        settings = step.settings.push
        ended = await self._ended(step, state)
        if ended is not None:
            return ended
        if step.now < state.sent_at + settings.resend_interval:
            return await self.show(step, state, message="push.resend_too_early")
        if state.resends >= settings.resend_attempts:
            return Failure("push.resend_limit")
        account = await self._accounts.look(known(step), step.request.ip)
        return await self.send(step, account, replaces=state)

    async def status(self, step: StepContext, state: Waiting) -> Status:
        """How the push stands, with `reach` once the page should say that no device may have been reached."""
        request = await self._requests.read(state.push_id)
        fields = {"reach": "not_reached"} if self._reach(step, request) == "not_reached" else {}
        return Status(pages.word_of(request, step.now), fields)

    async def word(self, state: Waiting, now: float) -> str:
        """How the push stands, for the page."""
        return pages.word_of(await self._requests.read(state.push_id), now)

    def _reach(self, step: StepContext, request: PushRequest | None) -> Reach:
        """What the page may say of the phone: how this push went only to who proved something; else what all see."""
        if step.proven - {"identifier"} and request is not None and request.reach != "unknown":
            return request.reach
        return "not_reached" if self._has_trouble() else "unknown"

    async def _ended(self, step: StepContext, state: Waiting) -> Success | Failure | None:
        """The end of the step, if the device has answered."""
        request = await self._requests.read(state.push_id)
        match request.standing(step.now) if request is not None else "expired":
            case "approved":
                return await self._approved(step, state)
            case "denied":
                return Failure("push.denied")
            case "wrong_number":
                return Failure("push.wrong_number")
            case _:
                return None

    async def _approved(self, step: StepContext, state: Waiting) -> Success | Failure:
        """Use the approval: the person and the device are looked at as they are at this moment."""
        subject = known(step)
        account = await self._accounts.look(subject, step.request.ip)
        if not account.live or account.user is None:
            return Failure("push.denied")
        request = await self._requests.consume(state.push_id, step)
        if request is None or request.user_id != account.user.id:
            return Failure("push.denied")
        device = account.device(request.answered_by)
        if device is None:
            return Failure("push.denied")
        await self._budget.succeeded(request.asker)
        await self._browsers.remember(step.request.browser, account.user)
        await self._directory.change_device(device.id, used_at=step.now)
        version = account.user.credential_version
        return Success(subject, Proof(account.user.id, f"device:{device.id}", version, "swk"))


def may_add(step: StepContext, account: Account) -> bool:
    """Whether one more device may be registered beside those that the person has."""
    return bool(account.devices) and may_enroll(step, account)


def _kinds(step: StepContext, devices: tuple[Device, ...]) -> tuple[str, ...]:
    """Which kinds of device are asked; told only after something was proven."""
    if not step.proven - {"identifier"}:
        return UNPROVEN_KINDS
    kinds = {"browser" if device.provider.lower() == "builtin" else "phone" for device in devices}
    return tuple(sorted(kinds)) or UNPROVEN_KINDS
