"""The composition root: settings in, one application out; the one route table; the way into the command line.

The parts are imported where they are put together, so that a command that needs none of them starts at once.
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import hmac
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

if TYPE_CHECKING:
    from authenticators import Authenticators
    from authenticators.push.providers.configured import Live, Make
    from commands.settings import Settings
    from console.scripts import Scripts
    from engine.core import Engine
    from engine.model import PushProvider, RequestFacts
    from engine.outgoing import Mailer, Outgoing
    from engine.own import WithOwn
    from engine.ports import Clock, ConfigurationStore, Places
    from engine.proof import Proof
    from management.api import Api
    from management.client_tokens import ClientTokens
    from oidc.routes import Provider
    from outgoing.user_stores import ConfiguredStores
    from storage.open import Stores
    from web.errors import Errors
    from web.metrics import Metrics
    from web.pages import Pages
    from web.site import Site

TEND_EVERY = 60.0
"""Seconds between two rounds of tending the stores."""
SEE_OFF_EVERY = 1.0
"""Seconds between two looks for people who were disabled or have another credential."""

log = logging.getLogger("doorstep")


def main() -> None:
    """The console script `doorstep`."""
    from commands import cli

    cli()


class Spawned:
    """Work that goes on after the answer has gone (engine.ports.Spawner); its failures go to the log."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def spawn(self, work: Awaitable[None]) -> None:
        """Begin *work*."""
        task = asyncio.ensure_future(self._watched(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> None:
        """Let what was begun come to its end, for so many seconds at the most."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    async def _watched(self, work: Awaitable[None]) -> None:
        try:
            await work
        except Exception:
            log.exception("an effect failed")


def create_app(
    settings: Settings, *, clock: Clock = time.time, ready: Callable[[], object] = lambda: None
) -> Starlette:
    """The whole server.  Its stores are opened when it starts and closed when it stops.

    ready: called when all parts stand, before anybody is served.
    Raises ValueError if the issuer cannot be used; starting raises ValueError that names a setting, or Busy.
    """
    from web.errors import Errors
    from web.pages import Pages
    from web.site import site_of
    from web.stack import middleware

    if settings.issuer is None:
        raise ValueError("ISSUER must be set: the public address of this server")
    site = site_of(settings.issuer, trusted_proxies=settings.trusted_proxies)
    pages, spawned = Pages(), Spawned()
    errors = Errors(pages)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        from outgoing.door import Door
        from outgoing.user_stores import ConfiguredStores
        from storage.places import KnownPlaces

        stores, key = await _open(settings, clock)
        metrics = _metrics(settings)
        if metrics is not None:
            stores = replace(stores, audit=metrics.counting(stores.audit), state=metrics.timing(stores.state))
        await asyncio.to_thread(_make_ready)
        places = KnownPlaces(settings.geo_database)
        door = Door()
        people = ConfiguredStores(stores.configuration)
        wiring = Wiring(stores, site, pages, errors, spawned, key, clock, places, door, settings, people, metrics)
        authenticators, provider = wiring.authenticators(), wiring.provider()
        engine = wiring.engine(authenticators, provider)
        app.router.routes.extend(wiring.routes(engine, authenticators, provider))
        tending = [asyncio.create_task(_tend(stores, engine, provider)), asyncio.create_task(_see_off(provider))]
        await authenticators.providers.prepare()
        ready()
        try:
            yield
        finally:
            for task in tending:
                task.cancel()
            await spawned.finish(5.0)
            authenticators.providers.close()
            await door.aclose()
            places.close()
            people.close()
            await stores.close()

    app = Starlette(
        middleware=middleware(site=site, errors=errors, admin_host=settings.admin_host),
        exception_handlers=errors.handlers(),
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # it would build an address from the request
    return app


def _make_ready() -> None:
    """Do once, before anybody is served, what the first login would wait for.  Blocks: call it in a thread."""
    from authenticators import make_ready
    from dsl import compile_script
    from dsl.library.realm_file import load_all

    make_ready()
    load_all()
    compile_script("")


async def _open(settings: Settings, clock: Clock) -> tuple[Stores, bytes]:
    """The stores, and the secret from which keys of single purposes are derived: the oldest, so that they stay."""
    from storage.keys import load_keys, load_or_make_key
    from storage.open import open_stores

    path = settings.key_file
    keys = load_or_make_key(path) if settings.is_embedded else load_keys(path)
    stores = await open_stores(
        settings.database_url,
        settings.state_url,
        keys=keys,
        clock=clock,
        present_keys=functools.partial(load_keys, path),
    )
    return stores, keys[-1]


@dataclass(frozen=True, slots=True)
class Wiring:
    """The parts of the house on their stores.  key: 32 secret bytes."""

    stores: Stores
    site: Site
    pages: Pages
    errors: Errors
    spawned: Spawned
    key: bytes
    clock: Clock
    places: Places
    outgoing: Outgoing
    settings: Settings
    user_stores: ConfiguredStores
    metrics: Metrics | None

    def routes(self, engine: Engine, authenticators: Authenticators, provider: Provider) -> list[BaseRoute]:
        """The one route table, face by face."""
        from account.application import FaceWithAccount
        from account.phone import routes as phone_routes
        from account.routes import House
        from account.routes import routes as account_routes
        from account.visitor import Visitors
        from console.application import FaceWithConsole
        from console.routes import House as ConsoleHouse
        from console.routes import routes as console_routes
        from console.seats import Seats
        from engine.model import CONSOLE
        from login.device_api import DeviceApi
        from login.ends import Ends
        from login.events import LoginEvents
        from login.open import Opener
        from login.pages import LoginPages
        from oidc.authn.endpoint import JsonLogin
        from oidc.routes import routes as oidc_routes
        from web.cookies import Cookies
        from web.streams import Streams

        stores, pages, metrics = self.stores, self.pages, self.metrics
        streams = Streams(metrics.waits) if metrics is not None else Streams()
        cookies = Cookies(self.site)
        visitors = Visitors(provider.sessions, stores.directory, self.clock, cookies.session, CONSOLE)
        seats = Seats(visitors, stores.state, cookies, self.clock)
        ends = Ends(FaceWithConsole(FaceWithAccount(provider.answers), seats.ticket), cookies, pages)
        opener = Opener(engine, cookies, ends)
        face = ends.application_face
        api, management = self._management(authenticators, provider)
        declared = frozenset[str]().union(*(authenticator.fields for authenticator in authenticators))
        return [
            *oidc_routes(
                provider,
                open_login=opener.open_login,
                json_login=JsonLogin(engine, face, self._facts, pages.texts, cookies, self.site.origin),
                session_id=cookies.session,
                facts=self._facts,
                error_page=self.errors.page,
                cookies=cookies,
                pages=pages,
            ),
            *LoginPages(
                engine, pages, cookies, self.site, ends, self._configuration(), self.clock, declared, opener
            ).routes(),
            *LoginEvents(engine, cookies, streams).routes(),
            *DeviceApi(
                engine,
                authenticators.receiver,
                stores.signals,
                stores.configuration,
                stores.directory,
                cookies,
                authenticators.devices,
                provider.device_access,
                flow_of_push=authenticators.flow_of_push,
                push_key=authenticators.providers.web_push_key,
            ).routes(),
            *phone_routes(pages=pages),
            *account_routes(
                House(
                    directory=stores.directory,
                    configuration=stores.configuration,
                    sessions=provider.sessions,
                    audit=stores.audit,
                    mailer=self._mailer(),
                    spawner=self.spawned,
                    places=self.places,
                    clock=self.clock,
                    pages=pages,
                    cookies=cookies,
                    origin=self.site.origin,
                    codes=authenticators.codes,
                    devices=authenticators.devices,
                    passwords=authenticators.new_passwords,
                    setup_links=authenticators.setup_links,
                    streams=streams,
                ),
                open_login=opener.open_login,
                facts=self._facts,
            ),
            *management,
            *console_routes(
                ConsoleHouse(api.rows, self._scripts(api), seats, stores.audit, pages, self.site.origin),
                open_login=opener.open_login,
                facts=self._facts,
            ),
            *pages.static.routes(),
            Route("/healthz", self._alive, methods=["GET"]),
            Route("/readyz", self._ready, methods=["GET"]),
            *([metrics.route()] if metrics is not None else []),
        ]

    def _management(self, authenticators: Authenticators, provider: Provider) -> tuple[Api, list[Route]]:
        """What programs of admins call: the API, and all routes."""
        from authenticators.push.providers.service_account import provider_of
        from commands.apply import tools_for
        from engine.letters import Letters
        from management.api import Api
        from management.desk import Desk
        from management.etags import Tags
        from management.guard import Guard
        from management.known import Known
        from management.push_configs import PushConfigs
        from management.push_senders import PushSenders
        from management.tokens import AdminTokens
        from web.requests import client_address

        stores, configuration = self.stores, self.stores.configuration
        guard = Guard(AdminTokens(configuration, self.clock), self._client_tokens(), configuration)
        senders = PushSenders(
            guard,
            configuration,
            stores.state,
            stores.audit,
            self.clock,
            functools.partial(provider_of, token_hosts=self.settings.fcm_token_hosts),
        )
        desk = Desk(
            tools_for(stores, self.settings),
            self.clock,
            Tags(derived(self.key, "entity tags")),
            Known(stores.state, self.clock),
        )
        address_of = functools.partial(client_address, site=self.site)
        api = Api(
            guard,
            desk,
            stores.state,
            stores.directory,
            stores.audit,
            devices=authenticators.devices,
            sessions=provider.sessions,
            letters=Letters(self._mailer(), configuration),
            spawner=self.spawned,
            keys=provider.keys,
            issuer=self.site.origin,
            address_of=address_of,
        )
        return api, [*senders.routes(), *PushConfigs(guard, desk, address_of).routes(), *api.routes()]

    def _scripts(self, api: Api) -> Scripts:
        """What the console asks about scripts."""
        from commands.flows import FlowFile
        from commands.prove import proof_of
        from console.scripts import Question, Scripts

        def prove(asked: Question) -> Proof:
            """Of the script by itself: that the gate would stop its logins is no merit of it."""
            around = FlowFile(asked.flow, asked.libraries, asked.prompts, asked.settings)
            return proof_of(asked.flow.script or "", around, list(asked.require))

        return Scripts(self.stores.configuration, api.desk.tools.check_script, prove)

    def authenticators(self) -> Authenticators:
        """Every way to do a step."""
        from authenticators import Wiring as Ports
        from authenticators import registry
        from engine.logins import Logins

        stores = self.stores
        return registry(
            Ports(
                directory=stores.directory,
                configuration=stores.configuration,
                state=stores.state,
                signals=stores.signals,
                audit=stores.audit,
                clock=self.clock,
                issuer=self.site.origin,
                key=derived(self.key, "names that are nobody's"),
                makers=self._makers(),
                is_current=Logins(stores.state, self.clock).is_current,
                spawner=self.spawned,
                mailer=self._mailer(),
                stores=self.user_stores,
            )
        )

    def _makers(self) -> Mapping[str, Make]:
        made = makers(self.settings, self.stores.configuration, door=self.outgoing, clock=self.clock)
        return {kind: self._timed(make) for kind, make in made.items()} if self.metrics is not None else made

    def _timed(self, make: Make) -> Make:
        async def timed(provider: PushProvider, secret: str | None) -> Live:
            sender, metrics = await make(provider, secret), self.metrics
            return metrics.timing_sender(sender, provider.name) if metrics is not None else sender

        return timed

    def engine(self, authenticators: Authenticators, provider: Provider) -> Engine:
        """What runs logins with them."""
        from engine.core import Engine, Ports
        from engine.plugins import load
        from engine.registry import Registry
        from engine.seals import Seals

        stores = self.stores
        ports = Ports(
            stores.state,
            stores.directory,
            self._configuration(),
            stores.audit,
            stores.signals,
            self.spawned,
            self.clock,
            outgoing=self.outgoing,
            mailer=self._mailer(),
            passwords=authenticators.new_passwords,
            places=self.places,
            push=authenticators.standings,
            seals=Seals(derived(self.key, "cookies of scripts")),
            session_ended=provider.session_ended,
        )
        return Engine(ports, Registry(authenticators), load())

    def _configuration(self) -> WithOwn:
        from account.application import own as account
        from console.application import own as console
        from engine.own import WithOwn

        origin, texts = self.site.origin, self.pages.texts
        ours = account(origin, texts.text("account.application")), console(origin, texts.text("console.application"))
        return WithOwn(self.stores.configuration, ours)

    def _mailer(self) -> Mailer:
        from outgoing.mail import SmtpMailer

        return SmtpMailer(self._mail_password, clock=self.clock)

    async def _mail_password(self) -> str | None:
        from configuration.organisation import MAIL_PASSWORD

        return await self.stores.configuration.secret(MAIL_PASSWORD)

    def provider(self) -> Provider:
        """The face for applications."""
        from oidc.keys import SigningKeys, StoredKeys
        from oidc.routes import Provider

        stores = self.stores
        return Provider(
            issuer=self.site.origin,
            configuration=stores.configuration,
            directory=stores.directory,
            state=stores.state,
            keys=SigningKeys(StoredKeys(stores.configuration, self.clock), self.clock),
            audit=stores.audit,
            clock=self.clock,
            outgoing=self.outgoing,
            spawner=self.spawned,
            key=derived(self.key, "forms of the OpenID provider"),
            admin=self._client_tokens(),
        )

    def _client_tokens(self) -> ClientTokens:
        from management.client_tokens import ClientTokens

        return ClientTokens(self.stores.state, self.stores.configuration, self.clock)

    def _facts(self, request: Request, params: Mapping[str, list[str]]) -> RequestFacts:
        from web.requests import request_facts

        return request_facts(request, self.site, params=params)

    async def _alive(self, request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def _ready(self, request: Request) -> Response:
        ready = await self.stores.reachable()
        return JSONResponse({"stores": "reachable" if ready else "unreachable"}, 200 if ready else 503)


def _metrics(settings: Settings) -> Metrics | None:
    """Counted only where they may be read."""
    if settings.admin_host is None:
        return None
    from web.metrics import Metrics

    return Metrics(settings.admin_host)


def makers(
    settings: Settings, configuration: ConfigurationStore, *, door: Outgoing, clock: Clock
) -> Mapping[str, Make]:
    """What makes push providers, by kind, as these settings say."""
    from authenticators.push.providers.makers import Makers

    return Makers(
        door=door,
        clock=clock,
        configuration=configuration,
        issuer=settings.issuer or "",
        fcm_endpoint=settings.fcm_endpoint,
        fcm_token_hosts=settings.fcm_token_hosts,
    ).by_kind()


def derived(key: bytes, purpose: str) -> bytes:
    """A key of its own for *purpose*: 32 bytes that tell nothing of the one they come from."""
    return hmac.digest(key, f"doorstep|{purpose}".encode(), hashlib.sha256)


async def _tend(stores: Stores, engine: Engine, provider: Provider) -> None:
    """At the start and now and then: do what a process that ended left undone, and free what is past its deadline."""
    while True:
        try:
            await engine.recover()
            await provider.backchannel.tend()
            await provider.keys.tend()
            await stores.sweep()
        except Exception:
            log.exception("tending the stores failed")
        await asyncio.sleep(TEND_EVERY)


async def _see_off(provider: Provider) -> None:
    """End what rests on proofs that count no more, soon after whoever changed that, in whichever process."""
    while True:
        try:
            await provider.departures.tend()
        except Exception:
            log.exception("sessions of people who may no longer sign in were not ended")
        await asyncio.sleep(SEE_OFF_EVERY)


if __name__ == "__main__":
    main()
