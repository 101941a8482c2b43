"""What the engine needs from outside, as protocols.  The one place where the core may await."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

from engine.model import (
    Application,
    Device,
    Flow,
    Library,
    LoginResult,
    OrganisationSettings,
    PromptTemplate,
    PushProvider,
    SetupLink,
    User,
)
from engine.outcome import Answer, Challenge, Effect, Outcome, Refused, Status, StepContext

Clock = Callable[[], float]
"""Seconds since the epoch."""


# --- authenticators ---------------------------------------------------------------------------------------------------


class Authenticator(Protocol):
    """One way to do a step.  It sees no HTTP request and draws no page."""

    id: str
    """Its reserved id, e.g. `password`."""
    aliases: frozenset[str]
    """Other ids that mean it, lower case."""
    factor: bool
    """Whether it proves something about the user."""
    fields: frozenset[str]
    """The names of form fields it reads; others never reach it."""

    async def begin(self, step: StepContext) -> Outcome:
        """Start the step: a page to show, or at once an outcome."""
        ...

    async def submit(self, step: StepContext, answer: Answer) -> Outcome:
        """Take what the person posted.  Raises BadAnswer for what the state does not offer, having changed nothing."""
        ...

    async def show(self, step: StepContext) -> Challenge:
        """The page as it stands now (reload, back button).  Changes nothing, sends nothing."""
        ...


@runtime_checkable
class Waiting(Protocol):
    """An authenticator whose page waits for something that happens elsewhere."""

    async def status(self, step: StepContext) -> Status:
        """How it stands; changes nothing."""
        ...


@runtime_checkable
class Delivering(Protocol):
    """An authenticator with effects that leave after the login is stored."""

    async def deliver(self, effect: Effect) -> None:
        """Carry out *effect*; never raises for a provider that is down.  Told twice, it does it once."""
        ...


class Receiver(Protocol):
    """Takes what authenticator apps send (push-protocol.md).  Each method raises DeviceError for a refusal."""

    async def register(self, body: Mapping[str, Any]) -> None:
        """Enroll a device (section 1.2)."""
        ...

    async def respond(self, auth_response: str) -> None:
        """Take a signed answer to a push (section 3)."""
        ...

    async def pending(self, device_id: str, token: str) -> list[dict[str, str]]:
        """The open requests of a device, oldest first, as push data maps (section 2.1)."""
        ...

    async def remove(self, device_id: str, token: str) -> None:
        """Remove a device at its own wish."""
        ...

    async def update(self, device_id: str, token: str) -> None:
        """Change a device's name or push token at its own wish."""
        ...

    async def discovery(self, user: User) -> dict[str, str]:
        """New discovery data (section 1.1) for a person whose proof is fresh; the caller has checked that."""
        ...


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """A code at a person's own page.  text: what the QR code says; device: what registered with it, None so far.

    expires_at: seconds since the epoch; until then a device may register, or be confirmed.
    """

    id: str
    text: str
    expires_at: float
    device: str | None


class DeviceCodes(Protocol):
    """Codes at a person's own page; the caller has seen that their proof is fresh.  session: its chain."""

    async def begin(self, user: User, *, session: str) -> DeviceCode:
        """A new code.  Raises DirectoryError('device_limit')."""
        ...

    async def look(self, code_id: str, user_id: str, *, session: str) -> DeviceCode | None:
        """The code as it stands; None if it has run out, was confirmed, or is another session's."""
        ...

    async def confirm(self, code_id: str, user_id: str, *, session: str) -> Device | None:
        """Let what registered count; None if nothing has.

        Raises DirectoryError('device_limit' | 'device_exists' | 'key_exists'); then the code is void.
        """
        ...

    def watching(self, code_id: str, wake: Callable[[], None]) -> AbstractAsyncContextManager[None]:
        """Call *wake* when a device has registered, as long as the block lasts; running out has no signal."""
        ...


@dataclass(frozen=True, slots=True)
class PushMessage:
    """What one device is told.

    data: for the app, texts of at most 4096 bytes together; title, body: for the notification.  topic: 1 to 32 letters,
    digits, - or _; a newer message of the same topic takes the place of one that waits.
    """

    data: Mapping[str, str]
    title: str
    body: str
    topic: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The provider took the message; whether it arrives nobody knows."""


@dataclass(frozen=True, slots=True)
class DeadToken:
    """The push token reaches nobody any more.  why: a word for the audit; alert: an admin should look."""

    why: str
    alert: bool = False


@dataclass(frozen=True, slots=True)
class NotNow:
    """The message was not taken, and the token is not to blame.  why, alert: as in DeadToken."""

    why: str
    alert: bool = False


Handed = Taken | DeadToken | NotNow


class EnrolledDevices(Protocol):
    """What is done with an enrolled device; the caller has checked who may do it."""

    async def named(self, device_id: str, *, user_id: str) -> Device | None:
        """The person's device with that id; somebody else's does not exist."""
        ...

    async def rename(self, device: Device, name: str) -> bool:
        """Call it something else; False for a name that nothing is left of, or if the device is gone."""
        ...

    async def remove(self, device: Device) -> bool:
        """Take it off the account at once; False if it is gone already."""
        ...

    async def test(self, device: Device) -> Handed:
        """Send a message that asks nothing, to see whether it arrives.  Raises TooManyRequests."""
        ...


class Sender(Protocol):
    """Delivers push messages of one provider."""

    name: str

    def refusal(self, push_token: str, metadata: Mapping[str, str]) -> str | None:
        """Why a device with this token cannot be reached through it, or None.  metadata: what the device registered."""
        ...

    async def send(self, device: Device, message: PushMessage, *, ttl: int) -> Handed:
        """Hand *message* to the provider, trying again what may pass.  ttl: seconds.  Never raises."""
        ...

    async def test(self) -> Handed:
        """Try what can be tried without a device: whether the provider takes what we have."""
        ...


class Senders(Protocol):
    """The push providers there are at this moment."""

    async def named(self, name: str | None) -> Sender | None:
        """The one that a device means by *name*, in any case; by None the default one.  None if there is no such."""
        ...

    def has_trouble(self) -> bool:
        """Whether messages are known not to leave at the moment, whoever they are for."""
        ...


# --- stores -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stored:
    """A short-lived record.  revision: 1 for a new one, one more with each replacement."""

    key: str
    revision: int
    value: bytes
    expires_at: float


class StateStore(Protocol):
    """Short-lived records and counters.  Every record has a deadline, inside the record too; every change is atomic.

    Raises Busy when it cannot be reached.  A record past its deadline does not exist for any method.
    """

    async def create(self, kind: str, key: str, value: bytes, *, expires_at: float, owner: str | None = None) -> bool:
        """Store a new record; False if the key exists (then nothing is changed)."""
        ...

    async def read(self, kind: str, key: str) -> Stored | None:
        """The record, or None."""
        ...

    async def replace(self, kind: str, key: str, value: bytes, *, revision: int, expires_at: float) -> bool:
        """Compare-and-set: False if the stored revision is not *revision* (then nothing is changed)."""
        ...

    async def take(self, kind: str, key: str) -> Stored | None:
        """Remove and give the record, once: of any number of callers one gets it."""
        ...

    async def owned(self, kind: str, owner: str) -> list[Stored]:
        """All records of that owner, oldest first."""
        ...

    async def hit(self, kind: str, key: str, *, window: float) -> int:
        """Count one more event; gives how many the window, which began with its first, now has.  window: seconds."""
        ...

    async def hits(self, kind: str, key: str) -> int:
        """The events in the present window; changes nothing."""
        ...

    async def forget(self, kind: str, key: str) -> None:
        """Drop a record, if it is there."""
        ...

    async def forget_hits(self, kind: str, key: str) -> None:
        """Drop a counter, if it is there."""
        ...


class Signals(Protocol):
    """Wakes whoever waits on a channel.  Only a hint: a waiter always looks at the store again."""

    async def notify(self, channel: str) -> None:
        """Wake all waiters of *channel*."""
        ...

    def calling(self, channel: str, wake: Callable[[], None]) -> AbstractAsyncContextManager[None]:
        """Call *wake* at each signal of *channel*, as long as the block lasts."""
        ...

    def listen(self, channel: str) -> AbstractAsyncContextManager[Callable[[float], Awaitable[bool]]]:
        """`async with signals.listen(c) as wait: woken = await wait(seconds)`; no signal after entry is lost."""
        ...


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """Somebody whose proofs may count no more.  changes: how often since this was last settled."""

    user_id: str
    changes: int


class Directory(Protocol):
    """People and their devices: what lasts.  Changes raise DirectoryError when a rule of the store forbids them."""

    async def user(self, user_id: str) -> User | None:
        """The user with that id."""
        ...

    async def user_named(self, canonical: str) -> User | None:
        """The user with that canonical name."""
        ...

    async def add_user(self, user: User) -> None:
        """Raises DirectoryError('name_taken')."""
        ...

    async def put_user(self, user: User) -> User:
        """Add the user, or give who has that name these roles, groups and claims; gives the user as stored."""
        ...

    async def set_password(
        self, user_id: str, password_hash: str, *, rehash: bool = False, replacing: str | None = None
    ) -> None:
        """Store a new hash; the credential version grows unless it is only a *rehash* of the same password.

        replacing: only if this hash is still the stored one, else nothing happens.
        """
        ...

    async def set_enabled(self, user_id: str, enabled: bool) -> None:
        """Let a user in, or keep out."""
        ...

    async def set_claims(self, user_id: str, claims: Mapping[str, str]) -> None:
        """Write these claims; others stay."""
        ...

    async def change_roles(self, user_id: str, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> User:
        """Give and take roles; gives the user as it is then.  Raises DirectoryError('unknown_user' | 'too_many')."""
        ...

    async def users_with(self, claims: Mapping[str, str], *, limit: int) -> list[User]:
        """Users who have exactly all these claims, by id, at most *limit*.

        claims: 1 to 8; any other number, and text that no user can have, finds nobody.
        """
        ...

    async def associate(self, idp: str, identifier: str, *, user_id: str) -> bool:
        """Let a user of a provider elsewhere be this one of ours; False if it is another of ours already.

        Raises DirectoryError('unknown_user' | 'not_text').
        """
        ...

    async def associated(self, idp: str, identifier: str) -> User | None:
        """The user of ours that this user of a provider elsewhere is."""
        ...

    async def dissociate(self, idp: str, identifier: str) -> bool:
        """Let it be none of ours any more; False if it was none."""
        ...

    async def devices(self, user_id: str) -> list[Device]:
        """The user's devices, oldest first."""
        ...

    async def device(self, device_id: str) -> Device | None:
        """The device with that id."""
        ...

    async def has_key(self, public_key: bytes) -> bool:
        """Whether a device of anybody has that key."""
        ...

    async def add_device(self, device: Device, *, limit: int) -> None:
        """Raises DirectoryError('device_limit' | 'device_exists' | 'key_exists'); the count and the insert are one."""
        ...

    async def change_device(
        self, device_id: str, *, name: str | None = None, push_token: str | None = None, used_at: float | None = None
    ) -> bool:
        """Change what is given; False if there is no such device.  With a push token it is reachable again."""
        ...

    async def mark_unreachable(self, device_id: str, *, push_token: str, since: float) -> bool:
        """Note that this token reaches nobody; False if the device has another by now, or is gone, or was marked."""
        ...

    async def remove_device(self, device_id: str, *, user_id: str) -> bool:
        """Remove a device of that user; False if it is not theirs."""
        ...

    async def offer_setup(self, link: SetupLink) -> None:
        """Keep *link* in place of the person's earlier one.  Raises DirectoryError('unknown_user')."""
        ...

    async def setup_offered(self, digest: bytes, *, now: float) -> User | None:
        """Whose link it is, while it is good."""
        ...

    async def set_up(self, digest: bytes, password_hash: str, *, now: float) -> bool:
        """Use the link up and set the password, as one; False if it is not good any more."""
        ...

    async def changed_people(self, *, limit: int) -> list[ChangedPerson]:
        """Those who were disabled, locked or removed, or have another credential or a device less, by whatever way."""
        ...

    async def settle(self, changed: ChangedPerson) -> None:
        """All that follows from it is done; somebody who was changed again stays noted."""
        ...


class Configuration(Protocol):
    """What admins configured, as it stands now."""

    async def application(self, application_id: str) -> Application | None:
        """The application with that client_id."""
        ...

    async def flow(self, flow_id: str) -> Flow | None:
        """The flow with that id, in its published version."""
        ...

    async def settings(self) -> OrganisationSettings:
        """The organisation's settings."""
        ...

    async def push_providers(self) -> list[PushProvider]:
        """The push services, by name."""
        ...


class FunctionConfiguration(Configuration, Protocol):
    """The same, with what the functions of scripts need."""

    async def secret(self, name: str) -> str | None:
        """The value of a stored secret."""
        ...

    async def library(self, name: str) -> Library | None:
        """The function library of that name."""
        ...

    async def prompt_template(self, name: str) -> PromptTemplate | None:
        """The admin's own page of that name."""
        ...


@dataclass(frozen=True, slots=True)
class PushDenial:
    """A push that a person denied.  application: its name; ip: where the login was tried from; at: seconds."""

    at: float
    not_me: bool
    application: str
    ip: str


@dataclass(frozen=True, slots=True)
class PushStanding:
    """How push stands for a person.  budget_left: requests that strangers may still have sent at the moment."""

    last_denial: PushDenial | None
    budget_left: int


class PushStandings(Protocol):
    """Knows how push stands for people."""

    async def standing(self, user_id: str) -> PushStanding:
        """How it stands for a user of ours."""
        ...


class Passwords(Protocol):
    """Sets the passwords of people."""

    async def set(self, user_id: str, password: str, *, as_it_is: bool = False) -> bool:
        """Store a new password; False if it is none that may be used, or there is no such user.

        as_it_is: also one that people would not be let choose, e.g. one they have elsewhere.
        """
        ...


PasswordRefusal = Literal["missing", "wrong", "unusable", "short", "long", "guessable", "same", "elsewhere"]
"""Why a person's password is not changed; too many tries are told as `wrong`."""


class OwnPasswords(Protocol):
    """Lets a person who is known change their own password."""

    async def refusal(self, user: User, present: str, *, new: str, ip: str) -> PasswordRefusal | None:
        """Why *new* may not take the place of *present*, or None; counts a try.  Raises Busy."""
        ...

    async def replace(self, user: User, new: str) -> bool:
        """Set it; False if the password is not the one that *user* was read with any more.  Raises Busy."""
        ...


@dataclass(frozen=True, slots=True)
class StorePerson:
    """A person as a user store elsewhere has them.  id: unchanging there; place: where the store keeps them."""

    id: str
    name: str
    place: str
    claims: Mapping[str, str]
    groups: tuple[str, ...]
    enabled: bool


class UserStore(Protocol):
    """People who are kept elsewhere.  Each method raises StoreUnavailable."""

    async def find(self, name: str) -> StorePerson | None:
        """The one person of that name; None if there is none, or more than one."""
        ...

    async def proves(self, person: StorePerson | None, password: bytes) -> bool:
        """Whether it is their password; for None the same work, and False.  password: not empty."""
        ...


class Names(Protocol):
    """Knows whom a name means."""

    async def user_named(self, canonical: str) -> User | None:
        """The user with that canonical name."""
        ...


class SetupLinks(Protocol):
    """Links by which people set their password once; whoever shows a link's secret may do it."""

    async def offer(self, user: User) -> str:
        """A new link's secret; an earlier link of the person is void."""
        ...

    async def person(self, secret: str) -> User | None:
        """Whose link it is, while it is good."""
        ...

    async def refusal(self, user: User, new: str) -> PasswordRefusal | None:
        """Why *new* may not be the person's password, or None."""
        ...

    async def use(self, secret: str, user: User, *, new: str) -> bool:
        """Set it, once; False if the link is not good any more.  Raises Busy."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address is, as far as it is known.  country: ISO 3166-1 alpha-2; latitude, longitude: degrees."""

    country: str | None
    city: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Places(Protocol):
    """Knows where addresses of the network are, from data at hand."""

    def place_of(self, ip: str) -> Place | None:
        """The place; None if nothing is known, or *ip* is no address."""
        ...


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One thing that happened.  name: a fixed event name; why: a message id or a script's place; never a secret."""

    name: str
    at: float
    flow_id: str | None = None
    application_id: str | None = None
    user_id: str | None = None
    username: str | None = None
    ip: str | None = None
    why: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConfigurationChange:
    """What one `apply` changes, all of it or nothing.  secrets: name to value; None removes.

    version: change nothing unless the configuration still has this one.  users_before: nor unless these users, by
    canonical name, are still so; None: there is nobody of that name.  events: what goes into the audit with it.
    at, by, why: when, by whom and for what reason; kept with each script that changes.
    """

    applications: Sequence[Application] = ()
    flows: Sequence[Flow] = ()
    users: Sequence[User] = ()
    libraries: Sequence[Library] = ()
    prompts: Sequence[PromptTemplate] = ()
    push_providers: Sequence[PushProvider] = ()
    settings: OrganisationSettings | None = None
    secrets: Mapping[str, str | None] = field(default_factory=dict)
    removed_applications: Sequence[str] = ()
    removed_flows: Sequence[str] = ()
    removed_users: Sequence[str] = ()
    removed_libraries: Sequence[str] = ()
    removed_prompts: Sequence[str] = ()
    removed_push_providers: Sequence[str] = ()
    version: int | None = None
    users_before: Mapping[str, User | None] = field(default_factory=dict)
    events: Sequence[AuditEvent] = ()
    at: float = 0.0
    by: str = ""
    why: str | None = None


@dataclass(frozen=True, slots=True)
class ScriptVersion:
    """What the script of a flow was from *at* on.  number: from 1; by, why: who changed it, for what reason."""

    flow_id: str
    number: int
    at: float
    by: str
    why: str | None
    script: str | None


WordKind = Literal["roles", "groups"]
"""What people have that is nothing by itself."""


class ConfigurationStore(FunctionConfiguration, Protocol):
    """The same, with what `apply` and `export` need."""

    async def applications(self) -> list[Application]:
        """All, by id."""
        ...

    async def flows(self) -> list[Flow]:
        """All, by id."""
        ...

    async def users(self) -> list[User]:
        """All, by canonical name."""
        ...

    async def users_named(self, canonicals: Sequence[str]) -> list[User]:
        """Those who have one of these canonical names."""
        ...

    async def users_page(self, *, after: str, limit: int) -> list[User]:
        """Those whose canonical name comes after *after*, in its order, at most *limit*."""
        ...

    async def words(self, kind: WordKind) -> list[tuple[str, int]]:
        """The roles or groups that somebody has, by name, and how many have each."""
        ...

    async def users_with_word(self, kind: WordKind, name: str, *, after: str, limit: int) -> list[User]:
        """Who has that role or group, as `users_page` gives them."""
        ...

    async def libraries(self) -> list[Library]:
        """All, by name."""
        ...

    async def prompt_templates(self) -> list[PromptTemplate]:
        """All, by name."""
        ...

    async def secret_names(self) -> list[str]:
        """Names only."""
        ...

    async def script_versions(self, flow_id: str, *, before: int, limit: int) -> Sequence[ScriptVersion]:
        """The versions of a flow's script, newest first, those with smaller numbers than *before*."""
        ...

    async def version(self) -> int:
        """Grows with each commit, whoever makes it; what is read afterwards is of this version or a later one."""
        ...

    async def commit(self, change: ConfigurationChange) -> None:
        """Make the change in one transaction; a user that exists, by canonical name, keeps its id.  Raises Changed."""
        ...


class Audit(Protocol):
    """The append-only record of what happened and why."""

    async def record(self, *events: AuditEvent) -> None:
        """Append them, all or none; raises Busy if they cannot be written, and then what they say must not happen."""
        ...

    async def recent(self, *, limit: int = 100, flow_id: str | None = None) -> Sequence[AuditEvent]:
        """The newest events first."""
        ...


@dataclass(frozen=True, slots=True)
class Sought:
    """Which events are sought; None is any.  since, until: seconds; until itself is not among them."""

    name: str | None = None
    flow_id: str | None = None
    application_id: str | None = None
    user_id: str | None = None
    since: float | None = None
    until: float | None = None


Spot = tuple[float, int]
"""Where an event stands: its time and its number."""


class AuditLog(Audit, Protocol):
    """The same, to be looked through."""

    async def page(self, sought: Sought, *, before: Spot | None, limit: int) -> Sequence[tuple[Spot, AuditEvent]]:
        """What is sought, newest first, from *before* on; at most MOST_EVENTS."""
        ...


# --- faces ------------------------------------------------------------------------------------------------------------


class ApplicationFace(Protocol):
    """The face an application is reached by: turns an end of a login into an address to send the browser to."""

    async def granted(self, result: LoginResult) -> str:
        """The address with the code.  For the same result always the same code, stored at most once."""
        ...

    async def refused(self, refused: Refused) -> str:
        """The application's address with the error."""
        ...


class Spawner(Protocol):
    """Runs something after the answer has gone, off the request's way."""

    def spawn(self, work: Awaitable[None]) -> None:
        """Begin *work*; failures go to the log."""
        ...
