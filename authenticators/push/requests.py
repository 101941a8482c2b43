"""Push requests: one question to a person's devices, stored before it is sent and answered at most once.

All rules about answers are here, as pure decisions over one record that are made by compare-and-set: the first answer
is taken; a denial by a device that was asked turns an approval into a denial until the browser has gone on; nothing
turns a denial into an approval.  Signatures are verified elsewhere, before.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from typing import Literal

import msgspec

from authenticators.push.budget import Asker
from authenticators.push.cleaning import is_id
from authenticators.push.messages import Occasion, origin
from authenticators.push.purposes import LoginAnswer
from authenticators.push.records import Records
from engine.errors import Busy, DeviceError
from engine.model import Device, PushSettings, Subject
from engine.outcome import StepContext
from engine.ports import Clock, Signals, StateStore

FORMAT = 1
LATE = 120.0
"""Seconds after an approval in which the browser has to go on."""

Word = Literal["pending", "approved", "denied", "wrong_number"]
Reach = Literal["unknown", "taken", "not_reached"]


class PushRequest(msgspec.Struct, frozen=True):
    """One push.  asked: device ids; account: whom the budget counts it for; user_id: None for nobody's name.

    browser: the key of a browser known to be the person's own, or empty.  not_me: they deny it as none of theirs.
    active: it was let out and may be answered.  deadline: until when an answer is taken; both in seconds.
    reach: whether a push service took it; of the built-in channel that is unknown.
    """

    flow_id: str
    execution: int
    user_id: str | None
    account: str
    browser: str
    application_id: str
    occasion: Occasion
    deadline: float
    expires_at: float
    asked: tuple[str, ...] = ()
    supersedes: str | None = None
    active: bool = False
    superseded: bool = False
    consumed: bool = False
    word: Word = "pending"
    not_me: bool = False
    answered_by: str | None = None
    answered_at: float = 0.0
    reach: Reach = "unknown"
    format: int = FORMAT

    @property
    def id(self) -> str:
        """The push id."""
        return self.occasion.push_id

    @property
    def asker(self) -> Asker:
        """Whom the budget counts it for."""
        return Asker(self.id, self.account, self.flow_id, self.browser, self.occasion.origin.ip)

    def standing(self, now: float, devices: Iterable[Device] | None = None) -> str:
        """How it stands for the page: pending, approved, denied, wrong_number, expired, superseded or revoked.

        devices: those that the person has now, if that is to be looked at; without one that was asked, nobody can
        answer any more.
        """
        if self.superseded:
            return "superseded"
        if self.word == "approved":
            return "approved" if now < min(self.answered_at + LATE, self.expires_at) else "expired"
        if self.word != "pending":
            return self.word
        if now >= self.deadline:
            return "expired"
        if devices is None or not self.asked or any(device.id in self.asked for device in devices):
            return "pending"
        return "revoked"


class PushRequests:
    """The store of push requests."""

    def __init__(self, state: StateStore, clock: Clock) -> None:
        self._state = state
        self._clock = clock
        self._records = Records(state, "push", record=PushRequest, layout=FORMAT)

    async def open(
        self,
        step: StepContext,
        subject: Subject,
        *,
        account: str,
        browser: str = "",
        devices: Iterable[Device],
        supersedes: str | None,
    ) -> PushRequest:
        """Store a new request, not yet let out.  Raises Busy if it cannot be stored."""
        deadline = step.now + step.settings.push.lifetime
        request = PushRequest(
            flow_id=step.flow_id,
            execution=step.execution,
            user_id=subject.user_id,
            account=account,
            browser=browser,
            application_id=step.application.id,
            occasion=_occasion(step, subject, seen_before=bool(browser)),
            deadline=deadline,
            expires_at=max(deadline + LATE, step.deadline),
            asked=tuple(device.id for device in devices),
            supersedes=supersedes,
        )
        if not await self._records.create(request.id, request):
            raise Busy("the push request could not be stored")
        return request

    async def read(self, push_id: str) -> PushRequest | None:
        """The request with that id."""
        return await self._records.read(push_id)

    async def flow_of(self, push_id: str) -> str | None:
        """The flow that a push belongs to: for whoever has to find the cookie of that flow."""
        request = await self.read(push_id) if is_id(push_id) else None
        return request.flow_id if request is not None else None

    async def let_out(self, push_id: str) -> PushRequest | None:
        """Make it answerable, once: None if it was let out before, has expired or is gone."""
        now, first = self._clock(), False
        listed = await self.read(push_id)
        if listed is not None and listed.user_id is not None:
            # Listed before it is answerable: a process that ends in between has not let it out yet.
            await self._state.create("push-open", push_id, b"", expires_at=listed.deadline, owner=listed.user_id)

        def decide(request: PushRequest) -> PushRequest:
            nonlocal first
            first = not request.active and now < request.deadline
            return msgspec.structs.replace(request, active=True) if first else request

        request = await self._records.change(push_id, decide)
        return request if first else None

    async def note_reach(self, push_id: str, reach: Reach) -> None:
        """Keep what became of the message."""
        await self._records.change(push_id, lambda request: msgspec.structs.replace(request, reach=reach))

    async def supersede(self, push_id: str) -> None:
        """A newer request took its place: no answer is taken any more."""
        await self._records.change(push_id, lambda request: msgspec.structs.replace(request, superseded=True))

    async def report(self, push_id: str) -> PushRequest | None:
        """Keep that the person at the browser did not ask for it; None if it was not refused, or if that was said."""
        first = False

        def decide(request: PushRequest) -> PushRequest:
            nonlocal first
            first = request.word in ("denied", "wrong_number") and not request.not_me
            return msgspec.structs.replace(request, not_me=True) if first else request

        request = await self._records.change(push_id, decide)
        return request if first else None

    async def open_of(self, user_id: str) -> list[str]:
        """The ids of a person's requests that were let out and have not run out."""
        return [stored.key for stored in await self._state.owned("push-open", user_id)]

    async def open_for(self, device: Device) -> list[PushRequest]:
        """The requests that wait for an answer of *device*, oldest first."""
        now = self._clock()
        found = [await self.read(push_id) for push_id in await self.open_of(device.user_id)]
        waiting = [
            request
            for request in found
            if request is not None and _waits_for(request, device) and request.standing(now, [device]) == "pending"
        ]
        # Not the order they were let out in: that is done beside the logins, and one may overtake another.
        return sorted(waiting, key=lambda request: request.occasion.asked_at)

    async def answer(self, device: Device, said: LoginAnswer, *, still_wanted: bool) -> PushRequest:
        """Take an authentic answer of *device*.  Raises DeviceError: 400 if it fits no request, 410 if it is too late.

        still_wanted: whether the login goes on and may take it.  A wrong number ends the request; the caller looks at
        the word.
        """
        now = self._clock()

        def decide(request: PushRequest) -> PushRequest:
            _refuse_unfitting(request, device, said=said)
            if not still_wanted:
                raise too_late("the login has gone on, or may not take it")
            return _answered(request, device, said=said, now=now)

        taken = await self._records.change(said.push_id, decide)
        if taken is None:
            raise unfitting("no such request")
        return taken

    async def consume(self, push_id: str, step: StepContext) -> PushRequest | None:
        """Use an approval, once for this flow and execution, however often these ask; None if there is none to use."""
        now = self._clock()

        def decide(request: PushRequest) -> PushRequest:
            usable = request.standing(now) == "approved" and not request.consumed
            mine = request.flow_id == step.flow_id and request.execution == step.execution
            return msgspec.structs.replace(request, consumed=True) if usable and mine else request

        request = await self._records.change(push_id, decide)
        if request is None or not request.consumed or request.flow_id != step.flow_id:
            return None
        return request if request.execution == step.execution else None


async def wake_pages_of(device: Device, requests: PushRequests, signals: Signals) -> None:
    """The device is the person's no more: the pages that waited for it look again."""
    for push_id in await requests.open_of(device.user_id):
        await signals.notify(f"push:{push_id}")


def _waits_for(request: PushRequest, device: Device) -> bool:
    return request.active and device.id in request.asked and device.user_id == request.user_id


def unfitting(detail: str) -> DeviceError:
    """The one answer to everything that fits no open request: it tells nothing about which check failed."""
    return DeviceError("PBA-15004", "The response fits no open request.", detail=detail)


def too_late(detail: str) -> DeviceError:
    """The request was answered, replaced, used or has run out; said only to a device that was asked."""
    return DeviceError("PBA-15011", "The request was already handled or has expired.", status=410, detail=detail)


def _occasion(step: StepContext, subject: Subject, *, seen_before: bool) -> Occasion:
    """What the push is about, with fresh secrets."""
    return Occasion(
        push_id=secrets.token_urlsafe(24),
        challenge=secrets.token_urlsafe(32),
        number=_number(step.settings.push),
        username=subject.username,
        application=step.application.name,
        tenant=step.settings.tenant,
        origin=origin(step.request),
        asked_at=step.now,
        seen_before=seen_before,
    )


def _number(settings: PushSettings) -> str | None:
    """The number that the page will show, with its leading zeros."""
    digits = settings.number_digits
    return f"{secrets.randbelow(10**digits):0{digits}d}" if settings.number_challenge else None


def _refuse_unfitting(request: PushRequest, device: Device, *, said: LoginAnswer) -> None:
    if not _waits_for(request, device):
        raise unfitting("device was not asked")
    if not _same_text(said.challenge, request.occasion.challenge):
        raise unfitting("challenge")


def _answered(request: PushRequest, device: Device, *, said: LoginAnswer, now: float) -> PushRequest:
    if request.superseded or request.consumed:
        raise too_late("superseded or used")
    denies_an_approval = request.word == "approved" and not said.approved
    if not denies_an_approval and (request.word != "pending" or now >= request.deadline):
        raise too_late(request.word)
    word = _word(request, said)
    return msgspec.structs.replace(request, word=word, not_me=said.not_me, answered_by=device.id, answered_at=now)


def _word(request: PushRequest, said: LoginAnswer) -> Word:
    if not said.approved:
        return "denied"
    number = request.occasion.number
    if number is None or (said.number is not None and _same_text(said.number, number)):
        return "approved"
    return "wrong_number"


def _same_text(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())
