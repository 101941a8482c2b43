"""The engine: one login from its first page to its end.

HTTP goes down into `start` and `answer` once and a Reply comes up once.  The engine itself does no I/O but through its
ports, draws no page and knows no protocol.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from weakref import WeakValueDictionary

import msgspec

from engine.errors import LoginGone, UnknownApplication
from engine.functions import FUNCTIONS, Functions
from engine.libraries import linked
from engine.logins import FORMAT, LIFETIME, FormToken, Logins, browser_hash, new_id, new_secret
from engine.model import Application, Failed, Login, LoginRequest, LoginResult, RequestFacts, Session
from engine.nowhere import NoCalls, NoMail, NoPasswords, NoPlaces, NoPush
from engine.outbox import Outbox
from engine.outcome import Answer, Challenge, Granted, Page, Refused, Reply, Started, Status
from engine.outgoing import Mailer, Outgoing
from engine.outside import Outside
from engine.ports import (
    Audit,
    Clock,
    Directory,
    FunctionConfiguration,
    Passwords,
    Places,
    PushStandings,
    Signals,
    Spawner,
    StateStore,
    Waiting,
)
from engine.progress import Progress
from engine.prompts import Prompts
from engine.questions import Answering, Question
from engine.redirects import is_registered
from engine.registry import Registry
from engine.script import Scripts, Watch, forget_hidden
from engine.seals import Seals
from engine.services import Services
from engine.sessions import Ended, Sessions
from engine.turn import Turn

PUBLIC_FIELDS = frozenset({"username", "scenario"})
"""Declared fields that a script may read all the same; every other declared field may hold a secret."""
MOST_EVENTS_OF_A_LOGIN = 1000
"""Audit records of one login that are looked through for its end, newest first."""


@dataclass(frozen=True, slots=True)
class Ports:
    """What the engine stands on.  A house without calls, mail or passwords of its own has none to offer to scripts."""

    state: StateStore
    directory: Directory
    configuration: FunctionConfiguration
    audit: Audit
    signals: Signals
    spawner: Spawner
    clock: Clock
    outgoing: Outgoing = field(default_factory=NoCalls)
    mailer: Mailer = field(default_factory=NoMail)
    passwords: Passwords = field(default_factory=NoPasswords)
    places: Places = field(default_factory=NoPlaces)
    push: PushStandings = field(default_factory=NoPush)
    seals: Seals = field(default_factory=Seals)
    session_ended: Ended | None = None


class Engine:
    """Runs logins.  Any number of engines may serve the same stores.

    functions: what scripts may call.  For playing a login instead of serving it: outside, makes who answers their
    questions; watch, is told what each of their runs did.
    """

    def __init__(
        self,
        ports: Ports,
        registry: Registry,
        functions: Functions = FUNCTIONS,
        *,
        outside: Callable[[Services], Answering] | None = None,
        watch: Watch | None = None,
    ) -> None:
        self._ports = ports
        self._registry = registry
        self._logins = Logins(ports.state, ports.clock)
        self._sessions = Sessions(ports.state, ports.clock, ports.session_ended)
        self._outbox = Outbox(ports.state, self._logins, directory=ports.directory, registry=registry)
        services = self._services()
        self._outside = outside(services) if outside is not None else Outside(services, functions.works)
        self._turnstile = _Turnstile()
        self._progress = Progress(
            registry=registry,
            scripts=Scripts(directory=ports.directory, outside=self._outside, table=functions.table, watch=watch),
            directory=ports.directory,
            configuration=ports.configuration,
            sessions=self._sessions,
            outside=self._outside,
            prompts=Prompts(services),
        )

    def _services(self) -> Services:
        ports = self._ports
        return Services(
            directory=ports.directory,
            configuration=ports.configuration,
            sessions=self._sessions,
            state=ports.state,
            audit=ports.audit,
            outgoing=ports.outgoing,
            mailer=ports.mailer,
            passwords=ports.passwords,
            places=ports.places,
            push=ports.push,
            seals=ports.seals,
            clock=ports.clock,
        )

    async def start(self, request: LoginRequest, *, session: str | None = None) -> Started:
        """Begin a login.  session: the value of the browser's session cookie.

        Raises UnknownApplication if no enabled application has that id or its flow is missing, TooManyRequests, Busy.
        """
        return await self._start(request, await self._sessions.read(session))

    async def _start(self, request: LoginRequest, session: Session | None) -> Started:
        now = self._ports.clock()
        await self._logins.admit(request.facts.ip)
        application = await self._ports.configuration.application(request.application_id)
        flow = await self._ports.configuration.flow(application.flow) if application is not None else None
        if application is None or not application.enabled or flow is None:
            raise UnknownApplication(request.application_id)
        flow = await linked(flow, self._ports.configuration)
        secret = new_secret()
        login = Login(
            id=new_id(),
            browser=browser_hash(secret),
            request=request,
            flow=flow,
            require=application.require,
            started_at=now,
            expires_at=now + LIFETIME,
            session=session,
            format=FORMAT,
        )
        turn = Turn(login, application, await self._ports.configuration.settings(), request.facts, now)
        turn.note("login_started")
        await self._progress.enter(turn)
        await self._progress.proceed(turn)
        await self._outbox.announce(turn)
        forget_hidden(login)
        await self._logins.add(login)
        return Started(login.id, secret, LIFETIME, await self._conclude(turn, secret))

    async def answer(self, flow_id: str, secret: str, answer: Answer) -> Reply:
        """Take what the person posted.  Raises LoginGone, NotYourLogin, BadAnswer, Busy; then nothing was changed."""
        arrived = self._ports.clock()
        async with self._turnstile.enter(flow_id):
            login = await self._logins.open(flow_id, secret)
            token = FormToken.read(answer.token, flow_id, secret)
            if login.outcome is not None:
                return await self._ended(login, arrived)
            await self._outbox.settle(login)
            turn = await self._turn(login, _readable(answer, login, self._registry))
            if login.execution is None or token != FormToken(login.execution.number, login.execution.page):
                return await self._current_page(turn, secret)
            await self._progress.submit(turn, answer)
            if turn.challenge is None:
                await self._progress.proceed(turn)
            await self._outbox.announce(turn)
            forget_hidden(login)
            if not await self._logins.save(login):
                return await self._after_lost_race(flow_id, secret, arrived)
            return await self._conclude(turn, secret)

    async def restart(self, flow_id: str, secret: str, token: str) -> Started:
        """End this login and begin another for the same request, asking everything anew.  Raises as `answer` does."""
        async with self._turnstile.enter(flow_id):
            turn = await self._opened(flow_id, secret)
            FormToken.read(token, flow_id, secret)
            turn.fail(Failed("login.restarted"))
            if not await self._logins.save(turn.login):
                raise LoginGone("changed meanwhile")
            await turn.write_audit(self._ports.audit)
        request = msgspec.structs.replace(turn.login.request, fresh=True, login_hint=None)
        return await self._start(request, turn.login.session)

    async def recover(self) -> int:
        """Carry out the effects of logins that were stored by a process that ended before it came to them."""
        return await self._outbox.recover()

    async def show(self, flow_id: str, secret: str) -> Page:
        """The page of a login as it stands (reload, back button); changes nothing.  Raises LoginGone, NotYourLogin."""
        turn = await self._opened(flow_id, secret)
        return self._page(turn, await self._progress.show(turn), secret)

    async def status(self, flow_id: str, secret: str) -> Status:
        """How the step under way stands; changes nothing.  `gone` is not a word: that is LoginGone."""
        return await self._status(await self._opened(flow_id, secret))

    async def status_by_key(self, flow_id: str, key: str) -> Status:
        """The same for who holds only the login's status key, e.g. in an address (`engine.logins.status_key`)."""
        return await self._status(await self._under_way(await self._logins.watched(flow_id, key)))

    async def _status(self, turn: Turn) -> Status:
        execution = turn.login.execution
        authenticator = self._registry.get(execution.authenticator or "") if execution else None
        if execution is None or not isinstance(authenticator, Waiting):
            return Status("idle")
        return await authenticator.status(await self._progress.context(turn))

    @asynccontextmanager
    async def watching(self, flow_id: str, secret: str, wake: Callable[[], None]) -> AsyncIterator[float]:
        """Call *wake* when the status may have changed; no change after entry is lost.

        Gives the seconds until the last change that comes without a signal: the page or the login runs out.  Raises
        LoginGone, NotYourLogin.
        """
        page = await self.show(flow_id, secret)
        ends = page.fields.get("expires_at")
        until = ends if isinstance(ends, float) and ends > self._ports.clock() else page.expires_at
        async with self._ports.signals.calling(page.channel or f"login:{flow_id}", wake):
            yield max(0.0, until - self._ports.clock())

    # --- one turn -----------------------------------------------------------------------------------------------------

    async def _opened(self, flow_id: str, secret: str) -> Turn:
        return await self._under_way(await self._logins.open(flow_id, secret))

    async def _under_way(self, login: Login) -> Turn:
        if login.outcome is not None or login.execution is None:
            raise LoginGone("finished")
        return await self._turn(login, login.request.facts)

    async def _turn(self, login: Login, request: RequestFacts) -> Turn:
        application = await self._application(login)
        return Turn(login, application, await self._ports.configuration.settings(), request, self._ports.clock())

    async def _application(self, login: Login) -> Application:
        """The application as it is now; one that is gone has no address left to go to."""
        found = await self._ports.configuration.application(login.request.application_id)
        return found or Application(login.request.application_id, login.request.application_id, (), "", enabled=False)

    async def _conclude(self, turn: Turn, secret: str) -> Reply:
        """The login is stored: write the audit, let the effects leave, and say what the browser gets."""
        await turn.write_audit(self._ports.audit)
        await self._outbox.settle(turn.login)
        if turn.leaves:
            self._ports.spawner.spawn(self._outbox.deliver(turn.login))
        turn.waited = -math.inf  # nobody waits for what comes now
        for question in turn.later:
            self._ports.spawner.spawn(self._put(turn, question))
        if turn.login.outcome is not None:
            if isinstance(turn.login.outcome, LoginResult) and turn.login.session is not None:
                await self._sessions.replaced(turn.login.session)
            end = self._end(turn.login, turn.application, headers=turn.headers)
            return replace(end, cookies=tuple(turn.cookies.values()))
        challenge = turn.challenge or await self._progress.show(turn)
        return self._page(turn, challenge, secret)

    async def _put(self, turn: Turn, question: Question) -> None:
        """Ask what nobody waits for."""
        await self._outside.answer(turn, question)

    async def _ended(self, login: Login, arrived: float) -> Reply:
        """A request that came before the login ended learns how it ended; a later one finds nothing."""
        if login.outcome is None or login.ended_at is None or arrived >= login.ended_at:
            raise LoginGone("finished")
        if isinstance(login.outcome, LoginResult) and not await self._is_audited(login):
            raise LoginGone("its success is not in the audit")
        return self._end(login, await self._application(login))

    async def _is_audited(self, login: Login) -> bool:
        """Whether the success was written down: whoever stored it may have failed to, or died before (ASVS 16.3.4)."""
        told = await self._ports.audit.recent(limit=MOST_EVENTS_OF_A_LOGIN, flow_id=login.id)
        return any(event.name == "login_succeeded" for event in told)

    async def _after_lost_race(self, flow_id: str, secret: str, arrived: float) -> Reply:
        login = await self._logins.open(flow_id, secret)
        if login.outcome is not None:
            return await self._ended(login, arrived)
        return await self._current_page(await self._turn(login, login.request.facts), secret)

    async def _current_page(self, turn: Turn, secret: str) -> Page:
        """Where the login really is, for an answer to a page that was already left."""
        if turn.login.execution is None:
            raise LoginGone("finished")
        page = self._page(turn, await self._progress.show(turn), secret)
        return replace(page, out_of_date=True, message="login.out_of_date")

    # --- replies ------------------------------------------------------------------------------------------------------

    def _end(
        self, login: Login, application: Application, *, headers: Mapping[str, str] | None = None
    ) -> Granted | Refused:
        said = dict(headers or {})
        if isinstance(login.outcome, LoginResult):
            return Granted(login.outcome, said)
        assert login.outcome is not None
        redirect_uri = login.request.redirect_uri if is_registered(login.request.redirect_uri, application) else ""
        return Refused(login.id, application, redirect_uri, login.request.protocol, login.outcome, said)

    def _page(self, turn: Turn, challenge: Challenge, secret: str) -> Page:
        login, execution = turn.login, turn.login.execution
        assert execution is not None
        others = tuple(option for option in execution.options if option != execution.authenticator)
        return Page(
            flow_id=login.id,
            page=challenge.page,
            fields=challenge.fields,
            token=FormToken(execution.number, execution.page).sealed(login.id, secret),
            application=turn.application,
            redirect_uri=login.request.redirect_uri,
            message=challenge.message,
            username=login.subject.username if login.subject else None,
            others=others if execution.authenticator else (),
            channel=challenge.channel,
            expires_at=login.expires_at,
            authenticator=execution.authenticator,
            headers=dict(turn.headers),
            cookies=tuple(turn.cookies.values()),
        )


def _readable(answer: Answer, login: Login, registry: Registry) -> RequestFacts:
    """The request as a script may read it: what was posted, without the fields that may hold a secret.

    In a step these are the fields of every authenticator: a password is one in the wrong form too.  A prompt's fields
    are the script's own.
    """
    in_prompt = login.execution is not None and login.execution.call.kind == "prompt"
    declared = frozenset[str]().union(*(authenticator.fields for authenticator in registry))
    secret = frozenset[str]() if in_prompt else declared - PUBLIC_FIELDS
    posted = {**{name: [value] for name, value in answer.fields.items()}, **answer.request.params}
    readable = {name: values for name, values in posted.items() if name not in secret}
    return msgspec.structs.replace(answer.request, params=readable)


class _Turnstile:
    """Lets one request of a login through at a time in this process; compare-and-set guards the rest."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def enter(self, flow_id: str) -> AbstractAsyncContextManager[None]:
        lock = self._locks.get(flow_id)
        if lock is None:
            lock = self._locks[flow_id] = asyncio.Lock()
        return lock
