"""The pages of the push step as plain values.  The same fields for every account until something is proven.

Moments are seconds since the epoch; whoever shows a page counts down from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from authenticators.push.accounts import Account
from authenticators.push.enrollment import Registration, as_text
from authenticators.push.requests import PushRequest, Reach
from authenticators.push.states import Asking, Consenting, Enrolling, Waiting, kept
from engine.model import Device, Subject
from engine.outcome import Challenge, Effect, StepContext

REFUSED: Final = ("denied", "wrong_number", "revoked")
"""How a request stands that nobody will approve, and that a page of its own tells."""


def asking(step: StepContext, *, message: str | None = None) -> Challenge:
    """Who is signing in?"""
    return Challenge("identifier", {"username_hint": step.login_hint or ""}, state=kept(Asking()), message=message)


def consenting(subject: Subject | None = None) -> Challenge:
    """May a device be registered?"""
    return Challenge("push-enroll-consent", state=kept(Consenting()), subject=subject)


def waiting(
    step: StepContext,
    state: Waiting,
    *,
    request: PushRequest | None,
    devices: Sequence[Device],
    kinds: tuple[str, ...],
    can_enroll: bool,
    reach: Reach,
    message: str | None = None,
    subject: Subject | None = None,
    effects: tuple[Effect, ...] = (),
) -> Challenge:
    """Answer on your phone.  lifetime: seconds between sending and the deadline; status: a Status word.

    reach: whether the phone may not have been reached (`not_reached`), as far as this browser may know.  is_scripted:
    whether going on after a refusal is the script's.
    """
    word = word_of(request.standing(step.now, devices) if request is not None else "expired")
    settings = step.settings.push
    fields = {
        "number": state.number,
        "device_kinds": list(kinds),
        "resend_at": resend_at(step, state, request),
        "resends_left": max(settings.resend_attempts - state.resends, 0),
        "expires_at": state.deadline,
        "lifetime": int(state.deadline - state.sent_at),
        "status": word,
        "can_enroll": can_enroll,
        "reach": reach,
        "new_device": state.new_device,
        "is_scripted": step.is_scripted,
    }
    return Challenge(
        "push-wait",
        {name: value for name, value in fields.items() if value is not None},
        state=kept(state),
        message=message,
        channel=f"push:{state.push_id}",
        effects=effects,
        subject=subject,
    )


def enrolling(
    step: StepContext, state: Enrolling, *, registration: Registration | None, host: str, message: str | None = None
) -> Challenge:
    """Scan this.  enrollment: the code's text; device: the name of the device that registered, to be confirmed."""
    fields: dict[str, object] = {"enrollment": "", "expires_at": 0.0, "can_go_back": state.back is not None}
    if registration is not None:
        fields["enrollment"] = as_text(registration.discovery(host=host, tenant=step.settings.tenant))
        fields["expires_at"] = registration.valid_until
    if registration is not None and registration.claimed is not None:
        fields["device"] = registration.claimed.name
    channel = f"registration:{state.device_id}"
    return Challenge("push-enroll", fields, state=kept(state), message=message, channel=channel)


def refused(
    step: StepContext, state: Waiting, *, request: PushRequest, account: Account, message: str | None = None
) -> Challenge:
    """Nobody will approve this request: was it you?  why: denied, wrong_number, revoked.

    reported: it was said already that it was not.  can_enroll: no device is left, and one may be registered.
    """
    why = request.standing(step.now, account.devices)
    settings = step.settings.push
    left = max(settings.resend_attempts - state.resends, 0) if may_repeat(request, account) else 0
    fields = {
        "why": why,
        "status": word_of(why),
        "reported": request.not_me,
        "resends_left": left,
        "resend_at": resend_at(step, state, request),
        "can_enroll": why == "revoked" and not account.devices and settings.progressive_enrollment,
    }
    return Challenge("push-error", fields, state=kept(state), message=message or f"push.{why}")


def may_repeat(request: PushRequest | None, account: Account) -> bool:
    """Whether a refused request may be sent again: there is a device to ask, and nobody said that it was not them."""
    return request is not None and bool(account.devices) and not request.not_me


def resend_at(step: StepContext, state: Waiting, request: PushRequest | None) -> float:
    """When it may be sent again: after a denial also not before the cool-down, in which nothing would leave."""
    settings = step.settings.push
    earliest = state.sent_at + settings.resend_interval
    if request is None or request.word != "denied":
        return earliest
    return max(earliest, request.answered_at + settings.budget.cooldown_after_denial)


def word_of(standing: str) -> str:
    """How a request stands, in the words of a page: a wrong number was a refusal."""
    return "denied" if standing == "wrong_number" else standing
