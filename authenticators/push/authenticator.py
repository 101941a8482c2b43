"""The push step: which state it is in, what may be posted there, and which page comes next.

What happens in a state is its page's part (waiting, enrolling).  The rules are contract 3a and push-protocol.md 9.
"""

from __future__ import annotations

from typing import assert_never

from authenticators.push import pages
from authenticators.push.accounts import Accounts, known, may_enroll
from authenticators.push.delivery import Delivery
from authenticators.push.enrolling import EnrollingPage
from authenticators.push.states import Asking, Consenting, Enrolling, Scenario, Waiting, read, scenario
from authenticators.push.waiting import WaitingPage
from authenticators.subjects import subject_named
from engine.errors import BadAnswer
from engine.model import Subject
from engine.outcome import Answer, Challenge, Effect, Failure, Outcome, Status, StepContext
from engine.ports import Names


class Push:
    """Approve on a device.  A person without one may register one here, after another factor."""

    id = "push"
    aliases = frozenset({"push-notification-authenticator"})
    factor = True
    fields = frozenset({"username", "scenario"})

    def __init__(
        self,
        accounts: Accounts,
        names: Names,
        *,
        waiting: WaitingPage,
        enrolling: EnrollingPage,
        delivery: Delivery,
    ) -> None:
        self._accounts = accounts
        self._names = names
        self._waiting = waiting
        self._enrolling = enrolling
        self._delivery = delivery

    async def begin(self, step: StepContext) -> Outcome:
        """Ask for the name if nobody is known and this step says who it is; else send, ask for consent, or enroll."""
        if step.subject is not None:
            return await self._resolve(step, step.subject)
        return pages.asking(step) if step.is_subject_step else Failure("push.no_user")

    async def submit(self, step: StepContext, answer: Answer) -> Outcome:
        """Take what the person posted.  Raises BadAnswer for a scenario that this state does not offer."""
        state, said = read(step.state), scenario(answer.fields.get("scenario"))
        match state:
            case Asking():
                return await self._named(step, said, posted=answer.fields.get("username", ""))
            case Consenting():
                return self._consented(said)
            case Waiting():
                return await self._waited(step, state, said=said)
            case Enrolling():
                return await self._enrolled(step, state, said=said)
            case _:
                assert_never(state)

    async def show(self, step: StepContext) -> Challenge:
        """The page as it stands; sends nothing and changes nothing."""
        state = read(step.state)
        match state:
            case Asking():
                return pages.asking(step)
            case Consenting():
                return pages.consenting()
            case Waiting():
                return await self._waiting.show(step, state)
            case Enrolling():
                return await self._enrolling.show(step, state)
            case _:
                assert_never(state)

    async def status(self, step: StepContext) -> Status:
        """How the push or the registration stands: only words that last, so that a page wakes when they change."""
        state = read(step.state)
        match state:
            case Waiting():
                return await self._waiting.status(step, state)
            case Enrolling():
                return await self._enrolling.status(state, step.now)
            case _:
                return Status("idle")

    async def deliver(self, effect: Effect) -> None:
        """Let a push out, after the login is stored."""
        await self._delivery.send(effect.reference)

    async def _named(self, step: StepContext, said: Scenario | None, *, posted: str) -> Outcome:
        if said is not None:
            raise BadAnswer("no scenario is offered here")
        if step.subject is not None:
            return await self._resolve(step, step.subject)
        if not posted.strip():
            return pages.asking(step, message="identifier.missing")
        return await self._resolve(step, await subject_named(self._names, posted))

    async def _resolve(self, step: StepContext, subject: Subject) -> Outcome:
        account = await self._accounts.look(subject, step.request.ip)
        if not step.settings.push.progressive_enrollment or account.waits:
            return await self._waiting.send(step, account)
        if may_enroll(step, account):
            return await self._enrolling.begin(step, account)
        return pages.consenting(subject)

    def _consented(self, said: Scenario | None) -> Outcome:
        match said:
            case None:
                return pages.consenting()
            case Scenario.ENROLL:
                return Failure("push.enroll_requested")
            case Scenario.DECLINE:
                return Failure("push.enroll_declined")
            case _:
                raise BadAnswer(f"{said} is not offered on the consent page")

    async def _waited(self, step: StepContext, state: Waiting, *, said: Scenario | None) -> Outcome:
        match said:
            case None:
                return await self._waiting.show(step, state)
            case Scenario.PROCEED:
                return await self._waiting.proceed(step, state)
            case Scenario.RESEND | Scenario.SEND:
                return await self._waiting.resend(step, state)
            case Scenario.NOT_ME:
                return await self._waiting.report(step, state)
            case Scenario.ENROLLED | Scenario.ENROLL_ANOTHER if await self._waiting.lacks_a_device(step, state):
                return await self._resolve(step, known(step))
            case Scenario.ENROLLED | Scenario.ENROLL_ANOTHER:
                return await self._enrolling.begin_another(step, state)
            case _:
                raise BadAnswer(f"{said} is not offered on the waiting page")

    async def _enrolled(self, step: StepContext, state: Enrolling, *, said: Scenario | None) -> Outcome:
        match said:
            case None:
                return await self._enrolling.show(step, state)
            case Scenario.ENROLLED:
                return await self._enrolling.confirm(step, state)
            case Scenario.BACK:
                return await self._enrolling.leave(step, state)
            case _:
                raise BadAnswer(f"{said} is not offered on the page with the code")
