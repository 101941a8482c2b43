"""The pages of the push step as plain values.  The same fields for every account until something is proven.

Moments are seconds since the epoch; whoever shows a page counts down from them.
"""

from __future__ import annotations

from authenticators.push.enrollment import Registration, as_text
from authenticators.push.requests import PushRequest, Reach
from authenticators.push.states import Asking, Consenting, Enrolling, Waiting, kept
from engine.model import Subject
from engine.outcome import Challenge, Effect, StepContext


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
    kinds: tuple[str, ...],
    can_enroll: bool,
    reach: Reach,
    message: str | None = None,
    subject: Subject | None = None,
    effects: tuple[Effect, ...] = (),
) -> Challenge:
    """Answer on your phone.  lifetime: seconds between sending and the deadline; status: a Status word.

    reach: whether the phone may not have been reached (`not_reached`), as far as this browser may know.
    """
    word = word_of(request, step.now)
    settings = step.settings.push
    fields = {
        "number": state.number,
        "device_kinds": list(kinds),
        "resend_at": state.sent_at + settings.resend_interval,
        "resends_left": max(settings.resend_attempts - state.resends, 0),
        "expires_at": state.deadline,
        "lifetime": int(state.deadline - state.sent_at),
        "status": word,
        "can_proceed": word in ("approved", "denied"),
        "can_enroll": can_enroll,
        "reach": reach,
        "new_device": state.new_device,
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


def word_of(request: PushRequest | None, now: float) -> str:
    """How a request stands, in the words of a page: one that is gone has expired, a wrong number was a refusal."""
    word = request.standing(now) if request is not None else "expired"
    return "denied" if word == "wrong_number" else word
