"""The ways to do a step, and how they are put together.

`registry` makes all of them from the ports; `reserved_id` tells which id a name means, without making any.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from authenticators.hashing import PasswordHashing
from authenticators.identifier import Identifier
from authenticators.new_passwords import NewPasswords
from authenticators.password import Password
from authenticators.push.accounts import Accounts
from authenticators.push.authenticator import Push
from authenticators.push.browsers import Browsers
from authenticators.push.budget import Budget
from authenticators.push.delivery import Delivery
from authenticators.push.denials import Denials
from authenticators.push.devices import PushDevices
from authenticators.push.dispatch import Dispatch
from authenticators.push.enrolling import EnrollingPage
from authenticators.push.enrollment import Enrollment, IsCurrent
from authenticators.push.messages import read_tables
from authenticators.push.notices import Notices
from authenticators.push.of_account import CodesOfAccount
from authenticators.push.providers.builtin import BuiltinSender
from authenticators.push.providers.configured import Make, Providers
from authenticators.push.receiver import PushReceiver
from authenticators.push.registrar import Registrar
from authenticators.push.requests import PushRequests
from authenticators.push.standing import Standings
from authenticators.push.waiting import WaitingPage
from authenticators.setup_links import SetupLinks
from authenticators.throttle import Throttle
from engine.letters import Letters
from engine.nowhere import NoMail
from engine.outgoing import Mailer
from engine.ports import (
    Audit,
    Authenticator,
    Clock,
    Directory,
    FunctionConfiguration,
    Names,
    Receiver,
    Signals,
    Spawner,
    StateStore,
)
from engine.user_stores import Stores, UserStores

_ALIASES = {
    "identifier": ("identifierexecutor",),
    "password": ("basic", "basicauthenticator"),
    "push": ("push-notification-authenticator",),
    "totp": (),
    "passkey": ("fido", "fidoauthenticator"),
    "email-otp": ("email-otp-authenticator",),
    "magic-link": ("magiclinkauthenticator",),
    "backup-code": ("backup-code-authenticator",),
}
_RESERVED = {name: id_ for id_, aliases in _ALIASES.items() for name in (id_, *aliases)}


def reserved_id(name: str) -> str | None:
    """The reserved id that *name* means, in any case, or None (contract 2).

    >>> reserved_id("BasicAuthenticator"), reserved_id("nothing")
    ('password', None)
    """
    return _RESERVED.get(name.lower())


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the authenticators stand on.

    issuer: the public URL; key: 32 secret bytes, the same on every node; is_current: whether a flow is under way and in
    that execution; makers: what makes push providers, by kind, besides the built-in channel.
    stores: where people are kept elsewhere.
    """

    directory: Directory
    configuration: FunctionConfiguration
    state: StateStore
    signals: Signals
    audit: Audit
    clock: Clock
    issuer: str
    key: bytes
    is_current: IsCurrent
    spawner: Spawner
    mailer: Mailer = field(default_factory=NoMail)
    makers: Mapping[str, Make] = field(default_factory=dict)
    stores: Stores = field(default_factory=Stores)


@dataclass(frozen=True, slots=True)
class Authenticators:
    """All of them.  receiver: for what devices send; passwords: to hash a new one or check one's own; new_passwords: to
    set anybody's.

    flow_of_push: the id of the flow that a push id belongs to, or None.  providers: the push providers there are;
    dispatch: the way out for any message to a device; standings: how push stands for people; devices: what
    is done with enrolled ones; codes: for those that are added at the account page.
    """

    by_id: Mapping[str, Authenticator]
    receiver: Receiver
    passwords: PasswordHashing
    new_passwords: NewPasswords
    throttle: Throttle
    flow_of_push: Callable[[str], Awaitable[str | None]]
    providers: Providers
    dispatch: Dispatch
    standings: Standings
    devices: PushDevices
    codes: CodesOfAccount
    setup_links: SetupLinks

    def __iter__(self) -> Iterator[Authenticator]:
        return iter(self.by_id.values())


def make_ready() -> None:
    """Do once, before anybody is served, what the first login would wait for.  Blocks: call it in a thread."""
    read_tables()


def registry(wiring: Wiring, *, passwords: PasswordHashing | None = None) -> Authenticators:
    """Every authenticator of this version, on these ports."""
    hashing = passwords or PasswordHashing()
    throttle = Throttle(wiring.state, wiring.clock)
    requests = PushRequests(wiring.state, wiring.clock)
    builtin = BuiltinSender(wiring.signals)
    providers = Providers(wiring.configuration, builtin, wiring.makers)
    dispatch = Dispatch(
        senders=providers, builtin=builtin, directory=wiring.directory, audit=wiring.audit, clock=wiring.clock
    )
    budget = Budget(wiring.state, wiring.clock)
    notices = Notices(
        directory=wiring.directory,
        configuration=wiring.configuration,
        state=wiring.state,
        letters=Letters(wiring.mailer, wiring.configuration),
        dispatch=dispatch,
        spawner=wiring.spawner,
        clock=wiring.clock,
    )
    denials = Denials(wiring.state, budget, wiring.audit, notices, wiring.clock)
    people = UserStores(wiring.directory, wiring.configuration, wiring.stores)
    push, receiver = _push(wiring, requests, names=people, throttle=throttle, dispatch=dispatch, denials=denials)
    made: tuple[Authenticator, ...] = (
        Identifier(people),
        Password(wiring.directory, throttle, hashing, audit=wiring.audit, people=people),
        push,
    )
    new_passwords = NewPasswords(wiring.directory, wiring.configuration, hashing=hashing, throttle=throttle)
    codes = CodesOfAccount(
        Enrollment(wiring.state, wiring.directory, wiring.clock, added=notices.device_added),
        wiring.directory,
        wiring.configuration,
        signals=wiring.signals,
        clock=wiring.clock,
        host=_origin(wiring.issuer),
    )
    return Authenticators(
        {each.id: each for each in made},
        receiver,
        hashing,
        new_passwords,
        throttle,
        requests.flow_of,
        providers=providers,
        dispatch=dispatch,
        standings=Standings(denials, budget, wiring.configuration),
        devices=PushDevices(
            directory=wiring.directory,
            requests=requests,
            notices=notices,
            state=wiring.state,
            signals=wiring.signals,
            audit=wiring.audit,
            clock=wiring.clock,
        ),
        codes=codes,
        setup_links=SetupLinks(
            wiring.directory, wiring.configuration, hashing=hashing, throttle=throttle, clock=wiring.clock
        ),
    )


def _push(
    wiring: Wiring, requests: PushRequests, *, names: Names, throttle: Throttle, dispatch: Dispatch, denials: Denials
) -> tuple[Push, PushReceiver]:
    directory, configuration, audit, clock = wiring.directory, wiring.configuration, wiring.audit, wiring.clock
    host = _origin(wiring.issuer)
    enrollment = Enrollment(wiring.state, directory, clock, added=denials.notices.device_added)
    accounts = Accounts(directory, is_locked=throttle.is_locked, key=wiring.key)
    budget = denials.budget
    delivery = Delivery(
        requests=requests,
        budget=budget,
        directory=directory,
        configuration=configuration,
        audit=audit,
        clock=clock,
        signals=wiring.signals,
        dispatch=dispatch,
    )
    waiting = WaitingPage(
        requests,
        accounts,
        denials=denials,
        browsers=Browsers(wiring.state, clock),
        directory=directory,
        has_trouble=dispatch.senders.has_trouble,
    )
    enrolling = EnrollingPage(enrollment, accounts, waiting=waiting, audit=audit, host=host)
    push = Push(accounts, names, waiting=waiting, enrolling=enrolling, delivery=delivery)
    registrar = Registrar(
        enrollment=enrollment,
        directory=directory,
        configuration=configuration,
        signals=wiring.signals,
        audit=audit,
        clock=clock,
        is_current=wiring.is_current,
        senders=dispatch.senders,
        host=host,
    )
    receiver = PushReceiver(
        registrar=registrar,
        requests=requests,
        enrollment=enrollment,
        accounts=accounts,
        denials=denials,
        directory=directory,
        configuration=configuration,
        state=wiring.state,
        signals=wiring.signals,
        audit=audit,
        clock=clock,
        is_current=wiring.is_current,
        notices=denials.notices,
        senders=dispatch.senders,
    )
    return push, receiver


def _origin(issuer: str) -> str:
    """Scheme, host and port of the issuer: what devices are told as `host` (push-protocol.md 0.7)."""
    parts = urlsplit(issuer)
    return f"{parts.scheme}://{parts.netloc}"
