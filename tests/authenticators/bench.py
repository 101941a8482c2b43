"""What the tests of the authenticators stand on: real stores in memory, a clock that obeys, and a small engine."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from typing import Any

from authenticators import Authenticators, Wiring, registry
from authenticators.hashing import PasswordHashing, hash_now, normalised
from engine.logins import Logins
from engine.model import (
    Application,
    Argon2Settings,
    OrganisationSettings,
    PushBudget,
    PushSettings,
    RequestFacts,
    Subject,
    User,
)
from engine.nowhere import NoMail
from engine.outcome import Answer, Challenge, Failure, Outcome, Status, StepContext, Success
from engine.outgoing import Mailer
from engine.ports import AuditEvent, Authenticator, ConfigurationChange, Delivering, StateStore, Waiting
from engine.usernames import canonical
from storage.memory import MemoryAudit, MemoryConfiguration, MemoryDirectory, MemoryState
from storage.signals import LocalSignals
from tests.devices import Phone

CHEAP = Argon2Settings(memory_kib=64, time_cost=1)
START = 1_800_000_000.0
PAYROLL = Application("payroll", "Payroll", ("https://payroll.example.test/callback",), "payroll-login")


class FakeClock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


class Interleaved:
    """A state store before each call of which every other task runs once."""

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._state, name)

        async def call(*args: Any, **more: Any) -> Any:
            await asyncio.sleep(0)
            return await method(*args, **more)

        return call


class Mortal:
    """A state store whose process ends before the call of that number."""

    def __init__(self, state: StateStore, lives: int) -> None:
        self._state = state
        self._lives = lives

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._state, name)

        async def call(*args: Any, **more: Any) -> Any:
            self._lives -= 1
            if self._lives < 0:
                raise asyncio.CancelledError
            return await method(*args, **more)

        return call


class Spawned:
    """Runs in the test's loop what would be done after the answer."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Future[None]] = []

    def spawn(self, work: Awaitable[None]) -> None:
        """Begin *work*."""
        self._tasks.append(asyncio.ensure_future(work))

    async def finish(self) -> None:
        """Let what was begun come to its end."""
        await asyncio.gather(*self._tasks)


class Bench:
    """The authenticators on real parts.  current: (flow, execution) of the logins that are under way."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.state = MemoryState(self.clock)
        self.directory = MemoryDirectory()
        self.configuration = MemoryConfiguration(self.directory)
        self.signals = LocalSignals()
        self.audit = MemoryAudit()
        self.current: set[tuple[str, int]] = set()
        self.spawned = Spawned()
        self.mailer: Mailer = NoMail()
        self.passwords = PasswordHashing(workers=2)
        self.parts: Authenticators = registry(self.wiring(), passwords=self.passwords)

    def wiring(self, **more: Any) -> Wiring:
        """The ports; *more* replaces some."""
        usual = Wiring(
            directory=self.directory,
            configuration=self.configuration,
            state=self.state,
            signals=self.signals,
            audit=self.audit,
            clock=self.clock,
            issuer="https://id.example.test:9443/base",
            key=b"k" * 32,
            is_current=self._is_current,
            spawner=self.spawned,
            mailer=self.mailer,
        )
        return replace(usual, **more)

    def interleave(self) -> None:
        """From now on every call of the state store lets others run first, as a store over a network does."""
        self.parts = registry(self.wiring(state=Interleaved(self.state)), passwords=self.passwords)

    def use_logins(self, logins: Logins) -> None:
        """From now on the engine's own store of logins says which are under way."""
        self.parts = registry(self.wiring(is_current=logins.is_current), passwords=self.passwords)

    async def _is_current(self, flow_id: str, execution: int) -> bool:
        return (flow_id, execution) in self.current

    async def set_push(self, **push: Any) -> None:
        """Change the organisation's push settings."""
        if "budget" in push:
            push["budget"] = PushBudget(**push["budget"])
        settings = OrganisationSettings(argon2=CHEAP, push=PushSettings(**push))
        await self.configuration.commit(ConfigurationChange(settings=settings))

    async def add_user(
        self, name: str = "mara", *, password: str | None = "correct horse", enabled: bool = True
    ) -> User:
        """A new user."""
        hashed = hash_now(normalised(password), CHEAP) if password is not None else None
        user = User(f"u-{name}", name, canonical(name) or "", password_hash=hashed, enabled=enabled)
        await self.directory.add_user(user)
        return user

    async def enroll(self, user: User, phone: Phone | None = None) -> Phone:
        """A device for *user*, registered outside a login."""
        phone = phone or self.phone()
        await self.parts.receiver.register(phone.register_body(await self.parts.receiver.discovery(user)))
        return phone

    def phone(self, **how: Any) -> Phone:
        """A phone whose clock is this bench's."""
        return Phone(**{"kind": "ec", "clock": self.clock, **how})

    async def login(self, authenticator_id: str = "push", **how: Any) -> Try:
        """A login whose step uses that authenticator, begun."""
        login = Try(self, self.parts.by_id[authenticator_id], await self.configuration.settings(), **how)
        await login.begin()
        return login

    async def events(self, name: str) -> list[AuditEvent]:
        """The audit's events of that name, newest first."""
        return [event for event in await self.audit.recent(limit=1000) if event.name == name]


_flows = iter(range(1, 1_000_000))


@dataclass
class Try:
    """One step of one login, driven as the engine drives it.  outcome: the last one."""

    bench: Bench
    authenticator: Authenticator
    settings: OrganisationSettings
    subject: Subject | None = None
    proven: frozenset[str] = frozenset()
    is_subject_step: bool = True
    ip: str = "203.0.113.9"
    browser: str = ""
    user_agent: str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:120.0) Gecko/20100101 Firefox/120.0"
    state: dict[str, Any] = field(default_factory=dict)
    params: dict[str, Any] = field(default_factory=dict)
    execution: int = 1
    outcome: Outcome | None = None

    def __post_init__(self) -> None:
        self.flow_id = f"flow-{next(_flows)}"

    @property
    def step(self) -> StepContext:
        """What the authenticator sees."""
        now = self.bench.clock()
        return StepContext(
            flow_id=self.flow_id,
            execution=self.execution,
            step=1,
            application=PAYROLL,
            settings=self.settings,
            request=RequestFacts(ip=self.ip, browser=self.browser, headers={"user-agent": self.user_agent}),
            now=now,
            subject=self.subject,
            is_subject_step=self.is_subject_step,
            proven=self.proven,
            state=self.state,
            params=self.params,
            deadline=START + 1200,
        )

    @property
    def page(self) -> Challenge:
        """The last outcome, which is a page."""
        assert isinstance(self.outcome, Challenge), self.outcome
        return self.outcome

    @property
    def reason(self) -> str:
        """Why the last outcome is a failure."""
        assert isinstance(self.outcome, Failure), self.outcome
        return self.outcome.reason

    async def begin(self) -> Outcome:
        """Begin the step (again)."""
        self.bench.current.add((self.flow_id, self.execution))
        return await self._take(await self.authenticator.begin(self.step))

    async def again(self, *, proven: frozenset[str]) -> Outcome:
        """The script runs the step once more, when more is proven."""
        self.bench.current.discard((self.flow_id, self.execution))
        self.execution += 1
        self.state, self.proven = {}, proven
        return await self.begin()

    async def post(self, **fields: str) -> Outcome:
        """Post the page's form."""
        return await self._take(await self.authenticator.submit(self.step, Answer(fields, self.step.request)))

    async def say(self, scenario: str) -> Outcome:
        """Press a button of a push page."""
        return await self.post(scenario=scenario)

    async def show(self) -> Challenge:
        """Reload the page."""
        return await self.authenticator.show(self.step)

    async def status(self) -> Status:
        """What the waiting page asks."""
        assert isinstance(self.authenticator, Waiting)
        return await self.authenticator.status(self.step)

    def end(self) -> None:
        """The login ends or goes on elsewhere."""
        self.bench.current.discard((self.flow_id, self.execution))

    async def _take(self, outcome: Outcome) -> Outcome:
        self.outcome = outcome
        match outcome:
            case Challenge():
                self.state = dict(outcome.state)
                self.subject = self.subject or outcome.subject
                for effect in outcome.effects:
                    assert isinstance(self.authenticator, Delivering)
                    await self.authenticator.deliver(effect)
            case Success():
                self.subject = self.subject or outcome.subject
                self.end()
            case Failure(retry=True):
                self.state = {**self.state, **outcome.state}
            case Failure():
                self.end()
        return outcome
