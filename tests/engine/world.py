"""A small real world for the engine's tests: stores in memory, a clock to turn, and two plain factors."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace

from engine.core import Engine, Ports
from engine.model import Application, Flow, LoginRequest, Option, RequestFacts, Step, Subject, User
from engine.nowhere import NoCalls, NoMail
from engine.outcome import (
    Answer,
    Challenge,
    Failure,
    FailureKind,
    Granted,
    Outcome,
    Page,
    Proof,
    Refused,
    Reply,
    StepContext,
    Success,
)
from engine.outgoing import Mailer, Outgoing
from engine.ports import AuditEvent, ConfigurationChange
from engine.registry import Registry
from storage.memory import MemoryAudit, MemoryConfiguration, MemoryDirectory, MemoryState
from storage.signals import LocalSignals

MARA = User("u-mara", "mara", "mara", roles=("admin",), groups=("staff",), claims={"urn:color": "blue"})
NOAH = User("u-noah", "noah", "noah", roles=("clerk",))


class Clock:
    """Seconds since the epoch, moved by hand."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class Word:
    """A factor that asks for a name, if nobody is known, and a word: `yes` proves, anything else does not."""

    fields = frozenset({"username", "word"})
    credential = "word:1"

    def __init__(self, id: str, directory: MemoryDirectory, *, factor: bool = True, alias: str = "") -> None:
        self.id = id
        self.aliases = frozenset({alias} if alias else set())
        self.factor = factor
        self._directory = directory

    async def begin(self, step: StepContext) -> Outcome:
        return await self.show(step)

    async def show(self, step: StepContext) -> Challenge:
        return Challenge(self.id, {"params": dict(step.params), "proven": sorted(step.proven)}, dict(step.state))

    async def submit(self, step: StepContext, answer: Answer) -> Outcome:
        if "word" not in answer.fields:
            return replace(await self.show(step), message="word.missing")
        name = step.subject.username if step.subject else answer.fields.get("username", "")
        user = await self._directory.user_named(name)
        subject = Subject(name, user.id if user else None)
        match answer.fields["word"]:
            case "yes" if user is not None and user.enabled:
                proof = Proof(user.id, self.credential, user.credential_version, self.id[:3]) if self.factor else None
                return Success(subject, proof)
            case "fallback":
                return Failure("word.fallback", subject=subject, kind=FailureKind.FALLBACK)
            case "dead":
                return Failure("word.dead", subject=subject)
        return Failure("word.wrong", retry=True, subject=subject)


class Spawned:
    """Runs effects in the test's own loop."""

    def __init__(self) -> None:
        self.tasks: list[asyncio.Future[None]] = []

    def spawn(self, work: Awaitable[None]) -> None:
        self.tasks.append(asyncio.ensure_future(work))

    async def finish(self) -> None:
        """Let what was begun come to its end."""
        await asyncio.gather(*self.tasks)


@dataclass
class World:
    """An engine on stores in memory."""

    clock: Clock = field(default_factory=Clock)
    directory: MemoryDirectory = field(default_factory=MemoryDirectory)
    audit: MemoryAudit = field(default_factory=MemoryAudit)
    outgoing: Outgoing = field(default_factory=NoCalls)
    mailer: Mailer = field(default_factory=NoMail)
    spawned: Spawned = field(default_factory=Spawned)

    def __post_init__(self) -> None:
        self.state = MemoryState(self.clock)
        self.configuration = MemoryConfiguration(self.directory)
        self.signals = LocalSignals()
        self.registry = Registry(
            [
                Word("name", self.directory, factor=False),
                Word("password", self.directory, alias="basicauthenticator"),
                Word("push", self.directory),
            ]
        )
        self.engine = self.another_engine()

    def another_engine(self) -> Engine:
        """A second engine on the same stores, as another process has it."""
        ports = Ports(
            self.state,
            self.directory,
            self.configuration,
            self.audit,
            self.signals,
            self.spawned,
            self.clock,
            outgoing=self.outgoing,
            mailer=self.mailer,
        )
        return Engine(ports, self.registry)

    async def configure(self, script: str | None = None, *, steps: dict[int, str] | None = None, **app: object) -> None:
        """One application `app` whose flow has these steps (authenticators separated by `|`)."""
        wanted = steps or {1: "password", 2: "push"}
        flow = Flow(
            "flow",
            tuple(Step(id, tuple(Option(name) for name in names.split("|"))) for id, names in wanted.items()),
            script=script,
        )
        application = Application("app", "The App", ("https://app.test/cb",), "flow")
        await self.configuration.commit(
            ConfigurationChange(
                applications=[replace(application, **app)],  # type: ignore[arg-type]
                flows=[flow],
                users=[MARA, NOAH],
            )
        )

    def request(self, **given: object) -> LoginRequest:
        """What the application asks for."""
        return LoginRequest("app", "https://app.test/cb", **given)  # type: ignore[arg-type]

    async def start(self, *, session: str | None = None, **given: object) -> Visit:
        """Begin a login and hold the browser's side of it."""
        started = await self.engine.start(self.request(**given), session=session)
        return Visit(self, started.flow_id, started.secret, started.reply)

    async def why(self) -> list[str]:
        """Names and reasons of what was audited, oldest first."""
        return [_told(event) for event in reversed(await self.audit.recent(limit=1000))]


def _told(event: AuditEvent) -> str:
    return f"{event.name}: {event.why}" if event.why else event.name


@dataclass
class Visit:
    """A browser in the middle of a login."""

    world: World
    flow_id: str
    secret: str
    reply: Reply

    @property
    def page(self) -> str:
        """The page at hand; `in` or `out: reason` when the login has ended."""
        match self.reply:
            case Page():
                return self.reply.page
            case Granted():
                return "in"
            case Refused():
                return f"out: {self.reply.failed.reason}"

    async def post(self, *, token: str | None = None, action: str | None = None, **fields: str) -> Visit:
        """Post the page's form."""
        assert isinstance(self.reply, Page) or token is not None
        used = token or (self.reply.token if isinstance(self.reply, Page) else "")
        answer = Answer(fields, RequestFacts(ip="203.0.113.9"), token=used, action=action)
        self.reply = await self.world.engine.answer(self.flow_id, self.secret, answer)
        return self

    async def prove(self, username: str | None = None) -> Visit:
        """Give the right word."""
        return await self.post(word="yes", **({"username": username} if username else {}))
