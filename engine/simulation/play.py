"""Plays logins: gives each page the scenario's next answer, until the login ends or the scenario has none."""

from __future__ import annotations

import msgspec

from engine.core import Engine, Ports
from engine.model import Flow, LoginRequest, RequestFacts
from engine.outcome import Answer, Page, Reply, Started
from engine.prompts.redirect import RETURN, ExternalRedirect
from engine.registry import Registry
from engine.simulation.scenario import Answer as Supposition
from engine.simulation.scenario import Login, Scenario
from engine.simulation.supposed import (
    OUTCOME,
    Answers,
    Method,
    NoAnswer,
    SupposedCalls,
    SupposedMail,
    SupposedOutside,
    SupposedPasswords,
)
from engine.simulation.trace import Played, Recorder, played
from engine.simulation.world import APPLICATION, REDIRECT, House, MakeStores, Spawner, World, world_of
from engine.usernames import canonical

MOST_PAGES = 2000


async def simulate(flow: Flow, scenario: Scenario, *, house: House, make_stores: MakeStores) -> Played:
    """Play the scenario's logins one after the other, and tell of the last; or of the one that could not be played."""
    world = await world_of(flow, scenario, house=house, make_stores=make_stores)
    *before, last = scenario.logins()
    for number, login in enumerate(before, start=1):
        result = await _Player(login, world).play()
        if result.result in ("error", "pending"):
            return msgspec.structs.replace(result, error=f"in login {number} of `before`: {result.error}")
    return await _Player(last, world).play()


class _Player:
    """One login under way."""

    def __init__(self, login: Login, world: World) -> None:
        stores, people = world.stores, world.people
        world.clock.now = max(world.clock.now, login.began_at)
        self._login, self._world, self._began_at = login, world, world.clock.now
        self._browser = world.browser(login.browser)
        self._answers, self._recorder, self._calls = Answers(login.answers), Recorder(), SupposedCalls()
        ports = Ports(
            state=stores.state,
            directory=stores.directory,
            configuration=stores.configuration,
            audit=self._recorder,
            signals=stores.signals,
            spawner=Spawner(),
            clock=world.clock,
            outgoing=self._calls,
            mailer=SupposedMail(),
            passwords=SupposedPasswords(stores.directory, people),
            seals=world.seals,
        )
        methods = world.house.methods.items()
        self._made: list[dict[str, str]] = []
        self._engine = Engine(
            ports,
            Registry([Method(id_, names, directory=stores.directory, people=people) for id_, names in methods]),
            world.house.functions,
            outside=lambda services: SupposedOutside(services, world.house.functions, self._answers, self._made),
            watch=self._recorder.ran,
        )
        self._subject: str | None = None

    async def play(self) -> Played:
        """From the application's request to the end, or to where the answers end."""
        reply: Reply | None = None
        missing: str | None = None
        try:
            started = await self._engine.start(self._request(), session=self._browser.session)
            reply = self._arrived(started.reply)
            for _ in range(MOST_PAGES):
                if not isinstance(reply, Page):
                    break
                reply = self._arrived(await self._next(started, reply))
        except NoAnswer as nothing:
            reply, missing = None, str(nothing)
        return played(
            reply,
            self._recorder,
            calls=self._made,
            subject=self._subject,
            missing=missing,
            unused=self._answers.left(),
        )

    def _arrived(self, reply: Reply) -> Reply:
        self._recorder.cookies += self._browser.keep(reply, self._world.clock.now)
        return reply

    def _request(self) -> LoginRequest:
        request = self._login.request
        return LoginRequest(APPLICATION, REDIRECT, acr_values=tuple(request.acr), facts=self._facts(request.params))

    def _facts(self, params: dict[str, str | list[str]]) -> RequestFacts:
        request = self._login.request
        return RequestFacts(
            ip=request.ip,
            headers={name.lower(): value for name, value in request.headers.items()},
            cookies={**self._browser.cookies(self._world.clock.now), **request.cookies},
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
        self._world.clock.now = self._began_at + self._answers.elapsed
        answer = Answer(fields, self._facts(params), page.token, action)
        return await self._engine.answer(started.flow_id, started.secret, answer)

    def _way(self, page: Page) -> str:
        """Which way to do a step of several: the one the next answer names, else the first."""
        options: list[str] = list(page.fields["options"])
        left = self._answers.left()
        wanted = left[0].authenticator if left else None
        if wanted is None:
            return options[0]
        return next(
            (option for option in options if wanted.lower() in (option, *self._world.house.methods[option])), wanted
        )

    def _stepped(self, page: Page) -> tuple[dict[str, str], dict[str, str | list[str]]]:
        step = int(page.fields["step"])
        name = page.username
        if self._answers.next_for("step", step) is None and page.authenticator == "push" and name is not None:
            reaction = self._world.people.reaction(name)
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
            return "success" if self._world.people.has_password(name, supposed.password) else "fail"
        if page.authenticator == "push":
            return "fail" if self._world.people.reaction(name) == "deny" else "success"
        return "success"

    def _only_person(self, supposed: Supposition) -> str:
        """The person meant where an answer names nobody: the only one there is.  Raises NoAnswer."""
        if len(self._world.people.described) != 1:
            raise NoAnswer(f"the answer to {supposed} names no user, and nobody is known yet")
        return next(iter(self._world.people.described))

    def _prompted(self, page: Page) -> tuple[dict[str, str], dict[str, str | list[str]]]:
        name = str(page.fields.get("template", "genericForm"))
        if name == "internalWait" and self._answers.next_for("prompt", name) is None:
            self._answers.elapsed += float(page.fields["seconds"])
            return {}, {}
        supposed = self._answers.take("prompt", name)
        _complain(page, supposed)
        fields = {key: value for key, value in supposed.params.items() if isinstance(value, str)}
        if supposed.username is not None:
            fields["username"] = canonical(supposed.username) or supposed.username
        self._calls.done = supposed.action == "success"
        if name == "internalWait":
            self._answers.elapsed += float(page.fields["seconds"])
            return fields, supposed.params
        return {**fields, f"action.{supposed.action}": ""}, supposed.params


def _complain(page: Page, supposed: Supposition) -> None:
    """Raises NoAnswer for an answer with which the form would only be shown again."""
    asked = page.fields.get("inputs", ()) if supposed.action == "success" else ()
    for one in asked:
        typed, choices = supposed.params.get(one["id"]), [choice["value"] for choice in one["choices"]]
        if typed is None or (choices and typed not in choices):
            wanted = f"one of {', '.join(choices)}" if choices else "a text"
            raise NoAnswer(f"the answer to {supposed} needs {wanted} for {one['id']} in its params")
