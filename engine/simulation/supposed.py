"""Who answers in a played login: the person at each step, the outcome of each call, the services that are not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.functions import Functions
from engine.model import MailSettings, Subject
from engine.nowhere import NoMail
from engine.outcome import Answer, Challenge, Failure, FailureKind, Outcome, Proof, StepContext, Success
from engine.outgoing import Mail, OutgoingRequest, OutgoingResponse
from engine.outside import Outside
from engine.ports import Directory
from engine.questions import ON_FAIL, ON_SUCCESS, ON_TIMEOUT, Question, Result
from engine.services import Services
from engine.simulation.scenario import ANY, Person
from engine.simulation.scenario import Answer as Supposition
from engine.turn import Turn
from engine.usernames import canonical

OUTCOME = " outcome"
"""The field that tells a supposed authenticator how the step ends; no form has one of this name."""
FACTORS = frozenset({"identifier"})
"""Authenticators that prove nothing."""
WORDS = {"password": "password.wrong", "push": "push.denied"}
"""Message ids of failed steps."""
_EVENTS = {"success": ON_SUCCESS, "fail": ON_FAIL, "timeout": ON_TIMEOUT}


class NoAnswer(Exception):
    """The flow asks for something that the scenario has no answer to.  Says what."""


@dataclass(slots=True)
class Answers:
    """The answers of one login, taken in order."""

    answers: Sequence[Supposition]
    taken: int = 0
    elapsed: float = 0.0

    def next_for(self, kind: str, name: int | str) -> Supposition | None:
        """The next answer, if it is one to that; it stays."""
        if self.taken >= len(self.answers):
            return None
        answer = self.answers[self.taken]
        about = getattr(answer, kind)
        return answer if about is not None and about in (name, ANY) else None

    def take(self, kind: str, name: int | str) -> Supposition:
        """The next answer, which must be to that.  Raises NoAnswer."""
        answer = self.next_for(kind, name)
        if answer is None:
            left = self.left()
            instead = f"the next answer is to {left[0]}" if left else "there is no answer left"
            raise NoAnswer(f"the flow asks for {kind} {name}, but {instead}")
        self.taken += 1
        self.elapsed += answer.after
        return answer

    def left(self) -> Sequence[Supposition]:
        """Those that nothing has asked for yet."""
        return self.answers[self.taken :]


@dataclass(slots=True)
class People:
    """The scenario's people, and their passwords as they are now.  Names are canonical."""

    described: Mapping[str, Person]
    passwords: dict[str, str | None] = field(init=False)

    def __post_init__(self) -> None:
        self.passwords = {name: person.password for name, person in self.described.items()}

    def has_password(self, name: str, password: str) -> bool:
        """Whether that is their password, and it would be looked at."""
        return self.passwords.get(canonical(name) or "") == password and not self.is_paused(name)

    def is_paused(self, name: str) -> bool:
        """Whether no password of theirs is looked at."""
        person = self._named(name)
        return person is not None and person.paused

    def reaction(self, name: str) -> str | None:
        """How they answer on their phone."""
        person = self._named(name)
        return person.push if person is not None else None

    def _named(self, name: str) -> Person | None:
        return self.described.get(canonical(name) or "")


class Method:
    """A supposed authenticator: the step ends as it is told."""

    fields = frozenset({"username", OUTCOME})

    def __init__(self, id_: str, aliases: frozenset[str], *, directory: Directory, people: People) -> None:
        self.id = id_
        self.aliases = aliases
        self.factor = id_ not in FACTORS
        self._directory = directory
        self._people = people

    async def begin(self, step: StepContext) -> Outcome:
        """The page; or at once the outcome where the script gave the password (adaptive-scripts.md b)."""
        password = step.params.get("password")
        if self.id != "password" or not isinstance(password, str):
            return await self.show(step)
        subject = step.subject or await self._named(str(step.params.get("username", "")))
        if self._people.has_password(subject.username, password):
            return await self._success(subject)
        return self._failed(subject)

    async def show(self, step: StepContext) -> Challenge:
        """The page, which says for which step it is."""
        return Challenge(self.id, {"step": step.step, "params": dict(step.params)}, dict(step.state))

    async def submit(self, step: StepContext, answer: Answer) -> Outcome:
        """The outcome that the scenario supposes."""
        subject = step.subject or await self._named(answer.fields.get("username", ""))
        match answer.fields.get(OUTCOME):
            case "success":
                return await self._success(subject)
            case "abort":
                return Failure("login.cancelled", subject=subject, kind=FailureKind.ABORT)
            case "fallback":
                return Failure(f"{self.id}.fallback", subject=subject, kind=FailureKind.FALLBACK)
        return self._failed(subject)

    def _failed(self, subject: Subject) -> Failure:
        by_password = self.id == "password"
        reason = WORDS.get(self.id, f"{self.id}.failed")
        paused = by_password and self._people.is_paused(subject.username)
        return Failure(reason, retry=by_password, subject=subject, paused=paused)

    async def _named(self, name: str) -> Subject:
        user = await self._directory.user_named(canonical(name) or "")
        return Subject(user.username, user.id) if user is not None else Subject(name)

    async def _success(self, subject: Subject) -> Outcome:
        user = await self._directory.user(subject.user_id) if subject.user_id else None
        if not self.factor:
            return Success(subject, None)
        if user is None or not user.live:
            return self._failed(subject)
        credential = f"supposed:{self.id}"
        return Success(subject, Proof(user.id, credential, user.credential_version, _AMR.get(self.id, self.id)))


_AMR = {"password": "pwd", "push": "swk", "totp": "otp", "passkey": "hwk"}


class SupposedOutside(Outside):
    """Calls end as the scenario says; what only needs the directory is done on the supposed one.

    made: takes note of the calls.
    """

    def __init__(self, services: Services, functions: Functions, answers: Answers, made: list[dict[str, str]]) -> None:
        super().__init__(services, functions.works)
        self._leaving = functions.calls
        self._answers = answers
        self._made = made

    async def answer(self, turn: Turn, question: Question) -> Result:
        """The scenario's answer.  Raises NoAnswer if it has none for a call.

        Success without data has what the directory, the sessions and the cookies of the played house say.
        """
        name = question.name
        if name not in self._leaving and self._answers.next_for("call", name) is None:
            return await super().answer(turn, question)
        supposed = self._answers.take("call", name)
        event = _EVENTS.get(supposed.outcome or "success", ON_FAIL)
        self._made.append({"call": name, "outcome": supposed.outcome or "success"})
        if event == ON_SUCCESS and supposed.data is None and name not in self._leaving:
            return await super().answer(turn, question)
        return Result(event, supposed.data)


@dataclass(slots=True)
class SupposedCalls:
    """Calls of waiting pages: done when the scenario says so."""

    done: bool = False

    async def send(self, request: OutgoingRequest, *, allow: Sequence[str], deadline: float = 10.0) -> OutgoingResponse:
        """`COMPLETED`, or not yet."""
        return OutgoingResponse(200, body=b'{"status": "COMPLETED"}' if self.done else b"{}")


@dataclass(slots=True)
class SupposedMail(NoMail):
    """Takes every mail and sends none."""

    sent: list[str] = field(default_factory=list)

    def compose(  # type: ignore[override]
        self, template: str, *, to: str, values: Mapping[str, str], key: str | None = None
    ) -> Mail:
        """A mail without text."""
        return Mail(to, template, "", key=key)

    async def send(self, mail: Mail, *, settings: MailSettings) -> None:  # type: ignore[override]
        """Noted."""
        self.sent.append(mail.subject)


@dataclass(slots=True)
class SupposedPasswords:
    """Sets passwords of the scenario's people, so that a later step may prove one."""

    directory: Directory
    people: People

    async def set(self, user_id: str, password: str, *, as_it_is: bool = False) -> bool:
        """Done for a user that there is."""
        user = await self.directory.user(user_id)
        if user is None or not password:
            return False
        self.people.passwords[user.canonical] = password
        await self.directory.set_password(user_id, "supposed")
        return True
