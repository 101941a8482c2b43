"""What stays between the logins of a scenario: the house with its people and stores, the clock, and the browsers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace

from engine.functions import Functions
from engine.model import (
    Application,
    Flow,
    Library,
    MailSettings,
    OrganisationSettings,
    PromptTemplate,
    User,
)
from engine.outcome import Granted, Reply
from engine.ports import Clock, ConfigurationChange, ConfigurationStore, Directory, Signals, StateStore
from engine.seals import Seals
from engine.simulation.scenario import Person, Scenario
from engine.simulation.supposed import People

APPLICATION = "simulation"
REDIRECT = "https://application.invalid/callback"


@dataclass(frozen=True, slots=True)
class Stores:
    """Empty stores of a played scenario; whoever plays it gives them, and throws them away."""

    state: StateStore
    directory: Directory
    configuration: ConfigurationStore
    signals: Signals


MakeStores = Callable[[Clock], Stores]
"""Makes empty stores that tell the time by a clock."""


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


@dataclass(slots=True)
class SupposedClock:
    """Seconds since the epoch; it only moves when the scenario says so."""

    now: float

    def __call__(self) -> float:
        return self.now


class Spawner:
    """Runs at once what would be done after the answer has gone."""

    def __init__(self) -> None:
        self.tasks: list[asyncio.Future[None]] = []

    def spawn(self, work: Awaitable[None]) -> None:
        self.tasks.append(asyncio.ensure_future(work))


@dataclass(slots=True)
class Browser:
    """Keeps its session, and the cookies that scripts set.  jar: value, and until when, by name."""

    session: str | None = None
    jar: dict[str, tuple[str, float | None]] = field(default_factory=dict)

    def cookies(self, now: float) -> dict[str, str]:
        """Those that still live."""
        return {name: value for name, (value, until) in self.jar.items() if until is None or now < until}

    def keep(self, reply: Reply, now: float) -> list[dict[str, str]]:
        """Take what came with a reply; gives the cookies that a script set on it, as the trace tells them."""
        if isinstance(reply, Granted) and reply.result.session is not None:
            self.session = reply.result.session
        told = []
        for cookie in reply.cookies:
            pair, _, attributes = cookie.partition("; ")
            name, _, value = pair.partition("=")
            ages = [one.removeprefix("Max-Age=") for one in attributes.split("; ") if one.startswith("Max-Age=")]
            self.jar[name] = value, now + int(ages[0]) if ages else None
            told.append({"name": name, "value": value, "attributes": attributes})
        return told


@dataclass(slots=True)
class World:
    """What one scenario plays in."""

    house: House
    stores: Stores
    clock: SupposedClock
    people: People
    seals: Seals = field(default_factory=Seals)
    browsers: dict[str, Browser] = field(default_factory=dict)

    def browser(self, name: str) -> Browser:
        """The browser of that name, a new one if nobody has used it yet."""
        return self.browsers.setdefault(name, Browser())


async def world_of(flow: Flow, scenario: Scenario, *, house: House, make_stores: MakeStores) -> World:
    """The world of a scenario before its first login."""
    clock = SupposedClock(scenario.logins()[0].began_at)
    world = World(house, make_stores(clock), clock, People(scenario.people()))
    mail = house.settings.mail or MailSettings("mail.invalid", 25, "login@mail.invalid")
    await world.stores.configuration.commit(
        ConfigurationChange(
            applications=[Application(APPLICATION, house.name, (REDIRECT,), flow.id, require=house.require)],
            flows=[flow],
            users=[_user(name, person) for name, person in world.people.described.items()],
            libraries=house.libraries,
            prompts=house.prompts,
            settings=replace(house.settings, mail=mail, tenant=scenario.tenant),
            secrets=dict(scenario.secrets),
        )
    )
    return world


def _user(name: str, person: Person) -> User:
    return User(
        id=f"user-{name}",
        username=name,
        canonical=name,
        enabled=person.enabled,
        roles=tuple(person.roles),
        groups=tuple(person.groups),
        claims=person.claims,
    )
