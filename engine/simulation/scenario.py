"""What is supposed: the request, the people, the answers in order, the time (contract 6)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from engine.check import hint
from engine.usernames import canonical

Outcome = Literal["success", "fail", "abort", "fallback", "timeout"]
ANY = "*"
MOST_ANSWERS = 500
MOST_BEFORE = 20


class BadScenario(ValueError):
    """A scenario that cannot be understood; the text says where and why."""


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the application asked for, and from where.  acr: levels; params: texts, or lists of texts."""

    ip: str = "203.0.113.1"
    headers: dict[str, str] = msgspec.field(default_factory=dict)
    cookies: dict[str, str] = msgspec.field(default_factory=dict)
    params: dict[str, str | list[str]] = msgspec.field(default_factory=dict)
    acr: list[str] = msgspec.field(default_factory=list)


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A user of the directory.  password: what their password is; push: what they do when their phone asks.

    paused: too many passwords were wrong before, so that none is looked at.
    """

    roles: list[str] = msgspec.field(default_factory=list)
    groups: list[str] = msgspec.field(default_factory=list)
    claims: dict[str, str] = msgspec.field(default_factory=dict)
    password: str | None = None
    push: Literal["approve", "deny"] | None = None
    enabled: bool = True
    paused: bool = False


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer, to a step, a call or a prompt.

    step: its number, or `*`.  username: whom the person says they are.  password: what they type, compared with theirs
    where outcome is not given.  authenticator: which way they choose.  call: the function's name, or `*`; data: what
    comes back.  prompt: the template, or `*`; action: the button.  params: other fields that are posted.
    after: seconds since the answer before.
    """

    step: int | str | None = None
    call: str | None = None
    prompt: str | None = None
    username: str | None = None
    password: str | None = None
    authenticator: str | None = None
    outcome: Outcome | None = None
    data: Any = None
    action: str = "success"
    params: dict[str, str | list[str]] = msgspec.field(default_factory=dict)
    after: Annotated[float, Meta(ge=0, le=86_400)] = 0.0

    def __post_init__(self) -> None:
        if sum(about is not None for about in (self.step, self.call, self.prompt)) != 1:
            raise ValueError("an answer is to one of step, call and prompt")
        if isinstance(self.step, str) and self.step != ANY:
            raise ValueError("a step is a number, or *")

    def __str__(self) -> str:
        name, about = next((name, about) for name, about in self._about() if about is not None)
        return f"{name} {about}"

    def _about(self) -> tuple[tuple[str, object], ...]:
        return ("step", self.step), ("call", self.call), ("prompt", self.prompt)


class Login(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One login.  now: ISO 8601; browser: a name for the one it is in, which keeps its cookies and its session."""

    request: Request = msgspec.field(default_factory=Request)
    answers: Annotated[list[Answer], Meta(max_length=MOST_ANSWERS)] = msgspec.field(default_factory=list)
    now: str = "2026-01-01T00:00:00Z"
    browser: str = ""

    @property
    def began_at(self) -> float:
        """Seconds since the epoch."""
        return _seconds(self.now)


class Scenario(Login, frozen=True, forbid_unknown_fields=True):
    """The login that it is about, and everything else that is supposed.

    secrets: what `secrets.NAME` gives; tenant: the organisation's, as scripts see it; before: logins that came before,
    in the same house.
    """

    users: dict[str, Person] = msgspec.field(default_factory=dict)
    secrets: dict[str, str] = msgspec.field(default_factory=dict)
    tenant: Annotated[str, Meta(min_length=1, max_length=255)] = "carbon.super"
    before: Annotated[list[Login], Meta(max_length=MOST_BEFORE)] = msgspec.field(default_factory=list)

    def logins(self) -> list[Login]:
        """All of them in order, this one last."""
        return [*self.before, self]

    def people(self) -> dict[str, Person]:
        """The users by canonical name, and whoever succeeds in an answer without being described."""
        named = {canonical(name) or name: person for name, person in self.users.items()}
        for answer in (answer for login in self.logins() for answer in login.answers):
            name = canonical(answer.username) if answer.username is not None else None
            if name is not None and answer.outcome == "success":
                named.setdefault(name, Person())
        return named


def scenario_of(plain: object) -> Scenario:
    """The scenario in plain data, as JSON or YAML have it.  Raises BadScenario."""
    try:
        scenario = msgspec.convert(plain if plain is not None else {}, Scenario, strict=True)
        times = [login.began_at for login in scenario.logins()]
        if times != sorted(times):
            raise ValueError("no login is earlier than those before it - at `$.before`")
    except (msgspec.ValidationError, ValueError) as error:
        raise BadScenario(f"{error}{_meant(str(error))}") from None
    for name in scenario.users:
        if canonical(name) is None:
            raise BadScenario(f"{name!r} can be nobody's name - at `$.users`")
    return scenario


def _meant(error: str) -> str:
    """What was perhaps meant by a field or a word that there is not."""
    unknown = re.search(r"(unknown field|enum value) [`'](.+?)[`']", error)
    if unknown is None:
        return ""
    fields = {name for struct in (Request, Person, Answer, Scenario) for name in struct.__struct_fields__}
    return hint(unknown[2], fields if unknown[1] == "unknown field" else (*get_args(Outcome), "approve", "deny"))


def _seconds(iso: str) -> float:
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        raise ValueError(f"{iso!r} is no time, such as 2026-01-01T00:00:00Z - at `$.now`") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
