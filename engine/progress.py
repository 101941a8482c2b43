"""How a login goes on: begin the next call, take its outcome, let the script say what follows, end at the gate.

Works on a Turn in memory; storing it and answering the browser is core's part.
"""

from __future__ import annotations

import secrets

from engine.errors import BadAnswer
from engine.gate import Denied, may_issue
from engine.known import Known
from engine.model import LOCAL, NEEDS_PERSON, Call, Execution, Fact, Failed, LoginResult, StepRecord, Subject
from engine.options import offered, parameters
from engine.outcome import Answer, Challenge, Failure, FailureKind, Outcome, StepContext, Success
from engine.ports import Authenticator, Configuration, Directory
from engine.prompts import Event, Prompts
from engine.questions import Answering, Question
from engine.registry import Registry
from engine.script import Scripts
from engine.sessions import Sessions
from engine.turn import Turn

MAX_TRIES = 5
"""Failed tries of one step that no `onFail` looks at."""


class Progress:
    """Moves logins forward.  Holds no state of its own."""

    def __init__(
        self,
        *,
        registry: Registry,
        scripts: Scripts,
        directory: Directory,
        configuration: Configuration,
        sessions: Sessions,
        outside: Answering,
        prompts: Prompts,
    ) -> None:
        self._registry = registry
        self._scripts = scripts
        self._outside = outside
        self._prompts = prompts
        self._directory = directory
        self._known = Known(directory, registry, sessions)
        self._configuration = configuration
        self._sessions = sessions

    async def enter(self, turn: Turn) -> None:
        """Fill the queue of a new login: from the script, or from the steps in order."""
        flow = turn.login.flow
        turn.login.subject_step = flow.subject_step
        turn.login.attribute_step = flow.attribute_step
        if flow.script is None:
            turn.login.queue = [Call("step", step=step.id) for step in flow.steps]
        else:
            await self._scripts.begin(turn)

    async def proceed(self, turn: Turn) -> None:
        """Go on until a person is needed (turn.challenge) or the login has ended (login.outcome)."""
        login = turn.login
        turn.challenge = None
        while login.outcome is None and turn.challenge is None:
            if not login.queue:
                await self._finish(turn)
            elif login.rounds >= turn.settings.scripts.rounds:
                turn.fail(Failed("login.too_many_rounds"), detail=f"more than {login.rounds} steps and calls")
            else:
                login.rounds += 1
                await self._begin(turn, login.queue.pop(0))

    async def submit(self, turn: Turn, answer: Answer) -> None:
        """Take what the person posted for the call under way.  Raises BadAnswer; then nothing stored was changed."""
        execution = turn.under_way()
        turn.challenge = None
        if answer.action == "abort":
            await self._take(turn, Failure("login.cancelled", kind=FailureKind.ABORT))
        elif execution.call.kind == "prompt":
            await self._submit_prompt(turn, answer)
        elif answer.action == "choose" or execution.authenticator is None:
            await self._choose(turn, answer)
        else:
            authenticator = self._authenticator(execution)
            declared = {name: value for name, value in answer.fields.items() if name in authenticator.fields}
            step = await self.context(turn)
            await self._take(turn, await authenticator.submit(step, Answer(declared, answer.request)))

    async def show(self, turn: Turn) -> Challenge:
        """The page of the call under way as it stands now; changes nothing."""
        execution = turn.under_way()
        if execution.call.kind == "prompt":
            return await self._prompts.show(turn, execution.call)
        if execution.authenticator is None:
            return self._choices(execution)
        return await self._authenticator(execution).show(await self.context(turn))

    async def context(self, turn: Turn) -> StepContext:
        """What the authenticator of the step under way may know."""
        login, execution = turn.login, turn.under_way()
        return StepContext(
            flow_id=login.id,
            execution=execution.number,
            step=execution.call.step,
            application=turn.application,
            settings=turn.settings,
            request=turn.request,
            now=turn.now,
            subject=login.subject,
            is_subject_step=execution.call.step == login.subject_step,
            is_scripted=FailureKind.FAIL.value in execution.call.handlers,
            proven=await self._known.freshly_proven(turn),
            state=execution.state,
            params=parameters(execution, self._registry),
            login_hint=login.request.login_hint,
            deadline=login.expires_at,
        )

    # --- one call -----------------------------------------------------------------------------------------------------

    async def _begin(self, turn: Turn, call: Call) -> None:
        login = turn.login
        login.execution = Execution(login.rounds, call)
        match call.kind:
            case "step":
                await self._begin_step(turn)
            case "prompt" if login.request.passive:
                turn.fail(NEEDS_PERSON, detail=f"line {call.line} of the script: {call.name}")
            case "prompt":
                await self._begin_prompt(turn, call)
            case "question":
                await self._put(turn, call)
            case "end":
                turn.fail(_ending(call), detail=_by(call))
            case kind:
                turn.fail(Failed("login.refused"), detail=f"unknown call {kind}")

    async def _begin_step(self, turn: Turn) -> None:
        login, execution = turn.login, turn.under_way()
        call = execution.call
        if call.options.get("subject"):
            login.subject_step = call.step
        if call.options.get("attribute"):
            login.attribute_step = call.step
        execution.options = offered(login.flow, call, self._registry)
        turn.note("step_begun", why=_by(call), details={"step": str(call.step), "options": " ".join(execution.options)})
        if not execution.options:
            await self._take(turn, Failure("login.no_option"))
            return
        known = await self._known.already_proven(turn)
        if known is not None:
            await self._take(turn, known)
        elif login.request.passive:
            turn.fail(Failed("login.required", error="login_required", direct=True))
        elif len(execution.options) > 1:
            self._ask(turn, self._choices(execution))
        else:
            await self._begin_authenticator(turn, execution.options[0])

    async def _begin_authenticator(self, turn: Turn, authenticator_id: str) -> None:
        execution = turn.under_way()
        execution.authenticator = authenticator_id
        execution.state = {}
        await self._take(turn, await self._authenticator(execution).begin(await self.context(turn)))

    async def _return_to(self, turn: Turn, authenticator_id: str) -> None:
        """Go on where this way was left: coming back is no new beginning, so nothing is sent a second time."""
        execution = turn.under_way()
        execution.authenticator = authenticator_id
        execution.state = execution.left.pop(authenticator_id)
        self._ask(turn, await self._authenticator(execution).show(await self.context(turn)))

    async def _choose(self, turn: Turn, answer: Answer) -> None:
        execution = turn.under_way()
        if answer.action == "choose":
            if len(execution.options) < 2:
                raise BadAnswer("there is nothing to choose")
            if execution.authenticator is not None:
                execution.left[execution.authenticator] = execution.state
            execution.authenticator, execution.state = None, {}
            self._ask(turn, self._choices(execution))
            return
        chosen = answer.fields.get("authenticator")
        if chosen is None:
            self._ask(turn, self._choices(execution))
        elif chosen not in execution.options:
            raise BadAnswer("that way is not offered in this step")
        else:
            turn.note("option_chosen", details={"step": str(execution.call.step), "authenticator": chosen})
            if chosen in execution.left:
                await self._return_to(turn, chosen)
            else:
                await self._begin_authenticator(turn, chosen)

    async def _begin_prompt(self, turn: Turn, call: Call) -> None:
        turn.note("prompt_begun", why=_by(call), details={"prompt": turn.masked(call.name)})
        begun = await self._prompts.begin(turn, call)
        match begun:
            case None:
                turn.fail(Failed("script.unknown_template"), detail=f"line {call.line} of the script: {call.name}")
            case Event():
                await self._end_prompt(turn, begun)
            case Challenge():
                turn.under_way().state = dict(begun.state)
                self._ask(turn, begun)

    async def _submit_prompt(self, turn: Turn, answer: Answer) -> None:
        call = turn.under_way().call
        event = await self._prompts.answer(turn, call, answer)
        if event is None:
            self._ask(turn, await self._prompts.show(turn, call))
        else:
            await self._end_prompt(turn, event)

    async def _end_prompt(self, turn: Turn, event: Event) -> None:
        """The prompt is over; without the handler of its event the script did not say what follows."""
        call = turn.under_way().call
        turn.note("prompt_ended", why=event.handler, details={"prompt": turn.masked(call.name)})
        if event.handler in call.handlers:
            await self._event(turn, event.handler)
        else:
            turn.fail(Failed("login.refused"), detail=f"the prompt {call.name} has no {event.handler}")

    def _ask(self, turn: Turn, challenge: Challenge) -> None:
        execution = turn.under_way()
        execution.page = challenge.page
        turn.challenge = turn.said(challenge, execution.call.step)

    async def _put(self, turn: Turn, call: Call) -> None:
        """Ask what the script left as a question, and go on with the handler of its outcome; without one it ends."""
        question = Question(call.name, call.options, effect=True)
        if turn.needs_person(question):
            turn.fail(NEEDS_PERSON, detail=f"line {call.line} of the script: {call.name}")
            return
        result = await self._outside.answer(turn, question)
        turn.note("call_ended", why=result.event, details={"call": call.name, "line": str(call.line)})
        turn.login.execution = None
        if result.event in call.handlers:
            await self._scripts.resume(turn, call, result.event, data=result.data)
        else:
            turn.fail(Failed("script.no_handler"), detail=f"{call.name} in line {call.line} has no {result.event}")

    # --- outcomes -----------------------------------------------------------------------------------------------------

    async def _take(self, turn: Turn, outcome: Outcome) -> None:
        match outcome:
            case Challenge():
                self._take_challenge(turn, outcome)
            case Success():
                await self._take_success(turn, outcome)
            case Failure():
                await self._take_failure(turn, outcome)

    def _take_challenge(self, turn: Turn, challenge: Challenge) -> None:
        login, execution = turn.login, turn.under_way()
        execution.state = dict(challenge.state)
        login.subject = login.subject or _of_ours(challenge.subject)
        if challenge.effects:
            chosen = execution.authenticator or ""
            execution.effects = [(chosen, effect.name, effect.reference) for effect in challenge.effects]
            turn.leaves = True
        self._ask(turn, challenge)

    async def _take_success(self, turn: Turn, success: Success) -> None:
        login, execution = turn.login, turn.under_way()
        known, subject = login.subject, success.subject
        if not _is_stranger(success):
            if known is not None and known.user_id != subject.user_id:
                turn.fail(Failed("login.refused"), detail="a step was done by another user than the one of this login")
                return
            login.subject = subject = known or subject
        authenticator_id = execution.authenticator or ""
        if success.proof is not None:
            login.ledger.append(
                Fact(
                    step=execution.call.step,
                    authenticator=authenticator_id,
                    user_id=success.proof.user_id,
                    credential=success.proof.credential,
                    credential_version=success.proof.credential_version,
                    amr=success.proof.amr,
                    at=turn.now,
                    idp=success.subject.idp,
                )
            )
        login.steps[execution.call.step] = StepRecord(_seen(success, subject), authenticator_id, success.subject.idp)
        turn.note("step_succeeded", details={"step": str(execution.call.step), "authenticator": authenticator_id})
        await self._event(turn, "onSuccess")

    async def _take_failure(self, turn: Turn, failure: Failure) -> None:
        login, execution = turn.login, turn.under_way()
        login.last_failed = failure.subject or login.subject
        turn.message, turn.failed_step, turn.paused = failure.reason, execution.call.step, failure.paused
        details = {"step": str(execution.call.step), "authenticator": execution.authenticator or ""}
        turn.note("step_failed", why=failure.reason, details=details)
        scripted = failure.kind.value in execution.call.handlers
        if not scripted and failure.kind is FailureKind.FAIL and failure.retry and execution.tries + 1 < MAX_TRIES:
            execution.tries += 1
            execution.state = {**execution.state, **failure.state}
            self._ask(turn, await self._authenticator(execution).show(await self.context(turn)))
            return
        login.subject = login.subject or _of_ours(failure.subject)
        if scripted:
            await self._event(turn, failure.kind.value)
        if not scripted or (login.outcome is None and not login.queue):
            # A failure that nothing is done about is the end (adaptive-scripts.md a.4), whatever was proven before it.
            turn.fail(Failed(failure.reason))

    async def _event(self, turn: Turn, handler: str) -> None:
        """The call under way is over: run its handler, if it has one; then whatever is queued comes next."""
        execution = turn.under_way()
        turn.login.execution = None
        if handler in execution.call.handlers:
            await self._scripts.resume(turn, execution.call, handler)

    async def _finish(self, turn: Turn) -> None:
        """The queue is empty.  That is not success: the gate decides."""
        login = turn.login
        login.execution = None
        verdict = await may_issue(
            login, configuration=self._configuration, directory=self._directory, sessions=self._sessions
        )
        if isinstance(verdict, Denied):
            turn.fail(Failed(verdict.reason), detail=verdict.detail)
            return
        facts = verdict.facts
        cookie, session = await self._sessions.begin(
            verdict.user, facts, replaces=login.session, request=turn.request, application=turn.application
        )
        login.outcome = LoginResult(
            ticket=secrets.token_urlsafe(32),
            request=login.request,
            user_id=verdict.user.id,
            username=verdict.user.username,
            facts=facts,
            amr=_amr(facts),
            acr=login.acr,
            auth_time=min(fact.at for fact in facts),
            issued_at=turn.now,
            claims=login.claims,
            session=cookie,
            sid=session.chain,
        )
        login.ended_at = turn.now
        login.script, login.hidden = b"", []
        factors = " ".join(fact.authenticator for fact in facts)
        turn.note("login_succeeded", details={"factors": factors, **turn.spent()})

    def _authenticator(self, execution: Execution) -> Authenticator:
        found = self._registry.get(execution.authenticator or "")
        if found is None:
            raise BadAnswer(f"no authenticator {execution.authenticator}")
        return found

    def _choices(self, execution: Execution) -> Challenge:
        return Challenge("choose", {"options": list(execution.options)})


def _by(call: Call) -> str | None:
    """What decided that it comes now: a place in the script, or nothing but the order of the steps."""
    return f"line {call.line} of the script" if call.line else None


def _ending(call: Call) -> Failed:
    """The end that a script asked for by `fail()` or `sendError()`."""
    given = call.options
    return Failed(
        given["reason"],
        error=given.get("error", "access_denied"),
        description=given.get("description"),
        error_uri=given.get("error_uri"),
        direct=given.get("direct", False),
        url=given.get("url"),
        details=given.get("details", {}),
    )


def _is_stranger(success: Success) -> bool:
    """Whether the step was done by somebody elsewhere who is nobody of ours: it proves nothing about this login's user.

    Such a step says who somebody is elsewhere, for the script to look at; the login still needs a user of ours.
    """
    return _of_ours(success.subject) is None and success.proof is None


def _of_ours(subject: Subject | None) -> Subject | None:
    """The subject, if a login can be about it: a name of ours, or somebody elsewhere who is known to be one of ours."""
    return subject if subject is not None and (subject.idp == LOCAL or subject.user_id is not None) else None


def _seen(success: Success, subject: Subject) -> Subject:
    """The step's user as a script sees them: with their name and claims elsewhere, if they came from there."""
    return success.subject if success.subject.idp != LOCAL else subject


def _amr(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    """Authentication methods, each once, with `mfa` when there are several (RFC 8176 §2)."""
    methods = tuple(dict.fromkeys(fact.amr for fact in facts))
    return (*methods, "mfa") if len(methods) > 1 else methods
