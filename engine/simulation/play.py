"""Plays one login: gives each page the scenario's next answer, until the login ends or the scenario has none."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from engine.core import Engine, Ports
from engine.functions import Functions
from engine.model import (
    Application,
    Flow,
    Library,
    LoginRequest,
    MailSettings,
    OrganisationSettings,
    PromptTemplate,
    RequestFacts,
    User,
)
from engine.outcome import Answer, Page, Reply, Started
from engine.ports import Clock, ConfigurationChange, ConfigurationStore, Directory, Signals, StateStore
from engine.prompts.redirect import RETURN, ExternalRedirect
from engine.registry import Registry
from engine.simulation.scenario import Answer as Supposition
from engine.simulation.scenario import Scenario
from engine.simulation.supposed import (
    OUTCOME,
    Answers,
    Method,
    NoAnswer,
    People,
    SupposedCalls,
    SupposedMail,
    SupposedOutside,
    SupposedPasswords,
)
from engine.simulation.trace import Played, Recorder, played
from engine.usernames import canonical

APPLICATION = "simulation"
REDIRECT = "https://application.invalid/callback"
MOST_PAGES = 2000


@dataclass(frozen=True, slots=True)
class Stores:
    """Empty stores of a played login; whoever plays it gives them, and throws them away."""

    state: StateStore
    directory: Directory
    configuration: ConfigurationStore
    signals: Signals


MakeStores = Callable[[Clock], Stores]
"""Makes empty stores that tell the time by a clock."""


@dataclass(slots=True)
class SupposedClock:
    """Seconds since the epoch; it only moves when the scenario says so."""

    now: float

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True, slots=True)
class House:
    """What is around the flow.  require: factors that the application demands; methods: ids of authenticators, and
    their other names.
    """

    functions: Functions
    methods: dict[str, frozenset[str]]
    name: str = "Simulation"
    require: frozenset[str] = frozenset()
    libraries: Sequence[Library] = ()
    prompts: Sequence[PromptTemplate] = ()
    settings: OrganisationSettings = field(default_factory=OrganisationSettings)


async def simulate(flow: Flow, scenario: Scenario, *, house: House, make_stores: MakeStores) -> Played:
    """Play the flow on the scenario's answers."""
    clock = SupposedClock(scenario.began_at)
    player = _Player(flow, scenario, house, make_stores(clock), clock)
    await player.set_up()
    return await player.play()


class _Spawner:
    """Runs at once what would be done after the answer has gone."""

    def __init__(self) -> None:
        self.tasks: list[asyncio.Future[None]] = []

    def spawn(self, work: Awaitable[None]) -> None:
        self.tasks.append(asyncio.ensure_future(work))


class _Player:
    """One login under way."""

    def __init__(self, flow: Flow, scenario: Scenario, house: House, stores: Stores, clock: SupposedClock) -> None:
        self._flow, self._scenario, self._house, self._stores, self._clock = flow, scenario, house, stores, clock
        self._answers, self._recorder = Answers(scenario), Recorder()
        self._people, self._calls = People(scenario.people()), SupposedCalls()
        ports = Ports(
            state=stores.state,
            directory=stores.directory,
            configuration=stores.configuration,
            audit=self._recorder,
            signals=stores.signals,
            spawner=_Spawner(),
            clock=clock,
            outgoing=self._calls,
            mailer=SupposedMail(),
            passwords=SupposedPasswords(stores.directory, self._people),
        )
        methods = [
            Method(id_, names, directory=stores.directory, people=self._people) for id_, names in house.methods.items()
        ]
        self._made: list[dict[str, str]] = []
        self._engine = Engine(
            ports,
            Registry(methods),
            house.functions,
            outside=lambda services: SupposedOutside(services, house.functions, self._answers, self._made),
            watch=self._recorder.ran,
        )
        self._subject: str | None = None

    async def set_up(self) -> None:
        """Fill the stores."""
        house = self._house
        mail = house.settings.mail or MailSettings("mail.invalid", 25, "login@mail.invalid")
        settings = OrganisationSettings(
            push=house.settings.push,
            scripts=house.settings.scripts,
            http_allow=house.settings.http_allow,
            mail=mail,
            organisation=house.settings.organisation,
        )
        application = Application(APPLICATION, house.name, (REDIRECT,), self._flow.id, require=house.require)
        users = [
            User(
                id=f"user-{name}",
                username=name,
                canonical=name,
                enabled=person.enabled,
                roles=tuple(person.roles),
                groups=tuple(person.groups),
                claims=person.claims,
            )
            for name, person in self._people.described.items()
        ]
        await self._stores.configuration.commit(
            ConfigurationChange(
                applications=[application],
                flows=[self._flow],
                users=users,
                libraries=house.libraries,
                prompts=house.prompts,
                settings=settings,
                secrets=dict(self._scenario.secrets),
            )
        )

    async def play(self) -> Played:
        """From the application's request to the end, or to where the answers end."""
        reply: Reply | None = None
        missing: str | None = None
        try:
            started = await self._engine.start(self._request())
            reply = started.reply
            for _ in range(MOST_PAGES):
                if not isinstance(reply, Page):
                    break
                reply = await self._next(started, reply)
        except NoAnswer as nothing:
            reply, missing = None, str(nothing)
        return played(reply, self._recorder, calls=self._made, subject=self._subject, missing=missing)

    def _request(self) -> LoginRequest:
        request = self._scenario.request
        return LoginRequest(APPLICATION, REDIRECT, acr_values=tuple(request.acr), facts=self._facts(request.params))

    def _facts(self, params: dict[str, str | list[str]]) -> RequestFacts:
        request = self._scenario.request
        return RequestFacts(
            ip=request.ip,
            headers={name.lower(): value for name, value in request.headers.items()},
            cookies=dict(request.cookies),
            params={name: [value] if isinstance(value, str) else value for name, value in params.items()},
        )

    async def _next(self, started: Started, page: Page) -> Reply:
        """The reply to the scenario's answer to that page."""
        self._subject = page.username or self._subject
        params: dict[str, str | list[str]] = {}
        match page.page:
            case "choose":
                fields = {"authenticator": self._way(page)}
            case "prompt":
                fields, params = self._prompted(page)
            case _:
                fields, params = self._stepped(page)
        self._subject = fields.get("username") or self._subject
        back = RETURN if page.fields.get("template") == ExternalRedirect.name else None
        action = "abort" if fields.get(OUTCOME) == "abort" else back
        self._clock.now = self._scenario.began_at + self._answers.elapsed
        answer = Answer(fields, self._facts(params), page.token, action)
        return await self._engine.answer(started.flow_id, started.secret, answer)

    def _way(self, page: Page) -> str:
        """Which way to do a step of several: the one the next answer names, else the first."""
        options: list[str] = list(page.fields["options"])
        left = self._scenario.answers[self._answers.taken :]
        wanted = left[0].authenticator if left else None
        if wanted is None:
            return options[0]
        return next((option for option in options if wanted.lower() in (option, *self._house.methods[option])), wanted)

    def _stepped(self, page: Page) -> tuple[dict[str, str], dict[str, str | list[str]]]:
        step = int(page.fields["step"])
        name = page.username
        if self._answers.next_for("step", step) is None and page.authenticator == "push" and name is not None:
            reaction = self._people.reaction(name)
            if reaction is not None:
                return {OUTCOME: "success" if reaction == "approve" else "fail"}, {}
        supposed = self._answers.take("step", step)
        name = name or supposed.username or self._only_person(supposed)
        outcome = supposed.outcome or self._outcome(page, supposed, name)
        single = {key: value for key, value in supposed.params.items() if isinstance(value, str)}
        return {**single, "username": name, OUTCOME: outcome}, supposed.params

    def _outcome(self, page: Page, supposed: Supposition, name: str) -> str:
        """What follows from what is known of the person, where the answer does not say it."""
        if supposed.password is not None:
            return "success" if self._people.has_password(name, supposed.password) else "fail"
        if page.authenticator == "push":
            return "fail" if self._people.reaction(name) == "deny" else "success"
        return "success"

    def _only_person(self, supposed: Supposition) -> str:
        """The person meant where an answer names nobody: the only one there is.  Raises NoAnswer."""
        if len(self._people.described) != 1:
            raise NoAnswer(f"the answer to {supposed} names no user, and nobody is known yet")
        return next(iter(self._people.described))

    def _prompted(self, page: Page) -> tuple[dict[str, str], dict[str, str | list[str]]]:
        name = str(page.fields.get("template", "genericForm"))
        if name == "internalWait" and self._answers.next_for("prompt", name) is None:
            self._answers.elapsed += float(page.fields["seconds"])
            return {}, {}
        supposed = self._answers.take("prompt", name)
        fields = {key: value for key, value in supposed.params.items() if isinstance(value, str)}
        if supposed.username is not None:
            fields["username"] = canonical(supposed.username) or supposed.username
        self._calls.done = supposed.action == "success"
        if name == "internalWait":
            self._answers.elapsed += float(page.fields["seconds"])
            return fields, supposed.params
        return {**fields, f"action.{supposed.action}": ""}, supposed.params
