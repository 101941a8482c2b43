"""The waiting page: send, send again, take the device's answer, and the page that a refusal makes of it.

What may be sent to whom is not decided here.
"""

from __future__ import annotations

from collections.abc import Callable

from authenticators.push import pages
from authenticators.push.accounts import NOBODY, Account, Accounts, known, may_enroll
from authenticators.push.browsers import Browsers
from authenticators.push.denials import Denials
from authenticators.push.requests import PushRequest, PushRequests, Reach
from authenticators.push.states import Waiting
from engine.errors import BadAnswer
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
        denials: Denials,
        browsers: Browsers,
        directory: Directory,
        has_trouble: Callable[[], bool],
    ) -> None:
        self._has_trouble = has_trouble
        self._requests = requests
        self._accounts = accounts
        self._browsers = browsers
        self._denials = denials
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
            devices=account.devices,
            kinds=_kinds(step, account.devices),
            can_enroll=may_add(step, account),
            reach=self._reach(step, request),
            subject=account.subject,
            effects=effects,
        )

    async def show(self, step: StepContext, state: Waiting, *, message: str | None = None) -> Challenge:
        """The page as it stands: another one once nobody will approve this request."""
        account = await self._accounts.look(known(step), step.request.ip)
        request = await self._requests.read(state.push_id)
        if request is not None and request.standing(step.now, account.devices) in pages.REFUSED:
            return pages.refused(step, state, request=request, account=account, message=message)
        return pages.waiting(
            step,
            state,
            request=request,
            devices=account.devices,
            kinds=_kinds(step, account.devices),
            can_enroll=may_add(step, account),
            reach=self._reach(step, request),
            message=message,
        )

    async def proceed(self, step: StepContext, state: Waiting) -> Outcome:
        """Go on if the device has answered; else the same page, at no cost while an answer may still come."""
        match await self._standing(step, state):
            case "approved":
                return await self._approved(step, state)
            case "denied":
                return Failure("push.denied")
            case "wrong_number":
                return Failure("push.wrong_number")
            case "revoked":
                return Failure("push.revoked")
            case "pending":
                return await self.show(step, state)
        if state.resends >= step.settings.push.resend_attempts:
            return Failure("push.expired")
        return await self.show(step, state, message="push.expired")

    async def resend(self, step: StepContext, state: Waiting) -> Outcome:
        """Send again, not earlier and not more often than the settings say; after a refusal it says: it was me."""
        standing = await self._standing(step, state)
        if standing == "approved":
            return await self._approved(step, state)
        account = await self._accounts.look(known(step), step.request.ip)
        request = await self._requests.read(state.push_id)
        if standing in pages.REFUSED and not pages.may_repeat(request, account):
            return await self.proceed(step, state)
        if step.now < pages.resend_at(step, state, request):
            return await self.show(step, state, message="push.resend_too_early")
        if state.resends >= step.settings.push.resend_attempts:
            return Failure("push.resend_limit")
        return await self.send(step, account, replaces=state)

    async def report(self, step: StepContext, state: Waiting) -> Failure:
        """The person says of a refused request: it was not me.  Raises BadAnswer for one that was not refused."""
        if await self._standing(step, state) not in ("denied", "wrong_number"):
            raise BadAnswer("nothing was refused")
        account = await self._accounts.look(known(step), step.request.ip)
        request = await self._requests.report(state.push_id)
        device = account.device(request.answered_by) if request is not None else None
        if request is not None and device is not None:
            await self._denials.reported(request, device, allowed=step.settings.push.budget)
        return Failure("push.not_me")

    async def lacks_a_device(self, step: StepContext, state: Waiting) -> bool:
        """Whether the person has no device left to ask, and may register one in a login."""
        account = await self._accounts.look(known(step), step.request.ip)
        is_revoked = await self._standing(step, state) == "revoked"
        return is_revoked and not account.devices and step.settings.push.progressive_enrollment

    async def status(self, step: StepContext, state: Waiting) -> Status:
        """How the push stands, with `reach` once the page should say that no device may have been reached."""
        request = await self._requests.read(state.push_id)
        fields = {"reach": "not_reached"} if self._reach(step, request) == "not_reached" else {}
        return Status(pages.word_of(await self._standing_of(step, request)), fields)

    async def _standing(self, step: StepContext, state: Waiting) -> str:
        return await self._standing_of(step, await self._requests.read(state.push_id))

    async def _standing_of(self, step: StepContext, request: PushRequest | None) -> str:
        """The devices are read only while it is up to them: what was answered stands without a look at them."""
        if request is None:
            return "expired"
        standing = request.standing(step.now)
        return request.standing(step.now, await self._devices(step)) if standing == "pending" else standing

    async def _devices(self, step: StepContext) -> list[Device]:
        """Those the person has now; a name that is nobody's costs the same."""
        return await self._directory.devices(known(step).user_id or NOBODY)

    def _reach(self, step: StepContext, request: PushRequest | None) -> Reach:
        """What the page may say of the phone: how this push went only to who proved something; else what all see."""
        if step.proven - {"identifier"} and request is not None and request.reach != "unknown":
            return request.reach
        return "not_reached" if self._has_trouble() else "unknown"

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
        await self._denials.budget.succeeded(request.asker)
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
