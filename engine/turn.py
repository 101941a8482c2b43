"""One request's work on one login: what it reads, and what must happen once the login is stored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

import msgspec

from engine.errors import BadAnswer
from engine.model import Application, Execution, Failed, Login, OrganisationSettings, RequestFacts, User
from engine.outcome import Challenge
from engine.ports import Audit, AuditEvent
from engine.questions import PERSONAL, Question


@dataclass(frozen=True, slots=True)
class Mark:
    """What a run of a script may change in a turn, as it was before the run."""

    acr: str | None
    claims: dict[str, str]
    written: dict[str, dict[str, str]]
    remote: dict[str, dict[str, str]]
    labels: dict[str, dict[str, str]]
    headers: dict[str, str]
    cookies: dict[str, str]
    events: int
    later: int


@dataclass(slots=True)
class Turn:
    """Lives for one engine call.

    message: what the next page of the same step says; paused: the step that failed checked nothing; users: those a
    script may see, None for one that is gone; leaves: something is to be carried out once the login is stored; effects:
    how many questions of this turn had an effect; waited: seconds for answers to questions; cookies: whole Set-Cookie
    values by name; later: asked once the login is stored, and nobody waits for the answer.
    """

    login: Login
    application: Application
    settings: OrganisationSettings
    request: RequestFacts
    now: float
    message: str | None = None
    failed_step: int | None = None
    paused: bool = False
    challenge: Challenge | None = None
    leaves: bool = False
    effects: int = 0
    waited: float = 0.0
    users: dict[str, User | None] = field(default_factory=dict)
    events: list[AuditEvent] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    later: list[Question] = field(default_factory=list)

    def mark(self) -> Mark:
        """How things stand before a run."""
        login = self.login
        return Mark(
            login.acr,
            dict(login.claims),
            _copied(login.written),
            _copied(login.remote),
            _copied(login.labels),
            dict(self.headers),
            dict(self.cookies),
            len(self.events),
            len(self.later),
        )

    def back_to(self, mark: Mark) -> None:
        """Undo all that a run changed: it is stopped without a trace, and runs again."""
        login = self.login
        login.acr, login.claims = mark.acr, dict(mark.claims)
        login.written, login.remote, login.labels = _copied(mark.written), _copied(mark.remote), _copied(mark.labels)
        self.headers, self.cookies = dict(mark.headers), dict(mark.cookies)
        del self.events[mark.events :]
        del self.later[mark.later :]

    def under_way(self) -> Execution:
        """The call under way.  Raises BadAnswer if there is none."""
        if self.login.execution is None:
            raise BadAnswer("no step is under way")
        return self.login.execution

    def masked(self, told: str) -> str:
        """What a log, the audit or an error may show of it: nothing that is hidden."""
        hidden = {form for secret in self.login.hidden for form in forms(secret)}
        for form in sorted(hidden, key=len, reverse=True):  # one may be the beginning of another
            told = told.replace(form, "***")
        return told

    def note(self, name: str, *, why: str | None = None, details: Mapping[str, str] | None = None) -> None:
        """Put an event into the audit, to be written when the login is stored.

        A name that is nobody's may be a password typed into the wrong field: it is left out.
        """
        subject = self.login.subject
        self.events.append(
            AuditEvent(
                name,
                self.now,
                flow_id=self.login.id,
                application_id=self.application.id,
                user_id=subject.user_id if subject else None,
                username=subject.username if subject and subject.user_id else None,
                ip=self.request.ip or None,
                why=why,
                details=dict(details or {}),
            )
        )

    def needs_person(self, question: Question) -> bool:
        """Whether it would reach a person who is not there: a passive login sends them nothing, and changes nothing."""
        return self.login.request.passive and question.name in PERSONAL

    def fail(self, failed: Failed, *, detail: str | None = None) -> None:
        """End the login without success.  detail: for the audit, e.g. a script's place.

        The reference is the number support can find in the audit.  A passive login never ends on a page of ours
        (OpenID Connect Core §3.1.2.6).
        """
        silent = self.login.request.passive
        self.login.outcome = msgspec.structs.replace(
            failed,
            reference=self.login.id[:8],
            direct=failed.direct or silent,
            url=None if silent else failed.url,
        )
        self.login.ended_at = self.now
        self.login.execution = None
        self.login.queue = []
        self.login.script = b""
        told = {"detail": self.masked(detail)} if detail else {}
        self.note("login_failed", why=failed.reason, details=told | self.spent())
        self.login.hidden = []

    def spent(self) -> dict[str, str]:
        """What the login's script has cost, for the audit; nothing where none ran."""
        return {"fuel": str(self.login.fuel)} if self.login.fuel else {}

    async def write_audit(self, audit: Audit) -> None:
        """Write what was noted; raises Busy, and then nothing of it may take effect."""
        if self.events:
            await audit.record(*self.events)
            self.events.clear()

    def said(self, challenge: Challenge, step: int) -> Challenge:
        """The challenge with the message of the try that failed just before, if it is the same step again."""
        if challenge.message is None and self.message is not None and self.failed_step == step:
            return replace(challenge, message=self.message)
        return challenge


def forms(secret: str) -> tuple[str, ...]:
    """A secret as it is, and as it stands in JSON and in an address."""
    return secret, json.dumps(secret, ensure_ascii=False)[1:-1], quote(secret, safe="", errors="replace")


def _copied(by_user: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {user: dict(entries) for user, entries in by_user.items()}
