"""The things a login is about: applications, flows, users, devices, requests, and the Login itself.

Everything is frozen but `Login`, the one record the engine changes.  What is stored (Login and all it holds) is a
msgspec struct, so that it goes to bytes and back without pickle; the rest are plain frozen dataclasses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

LOCAL = "LOCAL"
"""The identity provider that we are ourselves."""
ACCOUNT = "doorstep-account"
"""The id of the page where people see what is theirs, as an application of our own; and of its flow."""
CONSOLE = "doorstep-console"
"""The same of the pages for admins."""
EMAIL = "http://wso2.org/claims/emailaddress"
"""The claim that has the address to which a person's mail goes."""
LOCKING_CLAIMS = (
    "http://wso2.org/claims/identity/accountLocked",
    "http://wso2.org/claims/identity/accountDisabled",
)
"""Claims that keep a person out while they say `true`, whoever wrote them."""


# --- what an admin configures -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    """One way to do a step: an authenticator, by its reserved id."""

    authenticator: str
    idp: str = LOCAL


@dataclass(frozen=True, slots=True)
class Step:
    """A numbered step of a flow.  id: 1 or more, unique in its flow."""

    id: int
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """A function library that scripts may `require` by name."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Steps, and the script that says in which order and for whom; without a script they run in order.

    libraries: those that the script requires, in a flow that a login has begun; a configured flow has none.
    """

    id: str
    steps: tuple[Step, ...]
    subject_step: int = 1
    attribute_step: int = 1
    script: str | None = None
    libraries: tuple[Library, ...] = ()

    def step(self, number: int) -> Step | None:
        """The step with that id, or None if it is not configured."""
        return next((step for step in self.steps if step.id == number), None)


@dataclass(frozen=True, slots=True)
class Application:
    """A relying party; `id` is its client_id and selects the flow.  secret_hash: None makes it a public client.

    roles: those that are associated with it, the only ones its scripts' V2 functions see; None: every role.
    keys: its public keys as JWKs in JSON (RFC 7517), with which it proves to be itself instead of by a secret.
    signing_algorithm: of its ID tokens, ES256 or RS256.  asks_consent: whether people are asked what it may know.
    pushed_requests: whether it must push its authorization requests (RFC 9126).
    backchannel_logout_uri: where it is told of ended sessions.
    forward_auth: whether a proxy stands before it and asks about each request.
    admin_scopes: what it may do at the management API for itself (engine/admin_scopes.py).
    """

    id: str
    name: str
    redirect_uris: tuple[str, ...]
    flow: str
    post_logout_redirect_uris: tuple[str, ...] = ()
    secret_hash: str | None = None
    native_api: bool = False
    require: frozenset[str] = frozenset()
    acr_values: tuple[str, ...] = ()
    enabled: bool = True
    roles: tuple[str, ...] | None = None
    keys: tuple[str, ...] = ()
    signing_algorithm: str = "ES256"
    asks_consent: bool = False
    pushed_requests: bool = False
    backchannel_logout_uri: str | None = None
    forward_auth: bool = False
    admin_scopes: tuple[str, ...] = ()

    @property
    def is_confidential(self) -> bool:
        """Whether it can prove to be itself."""
        return self.secret_hash is not None or bool(self.keys)


@dataclass(frozen=True, slots=True)
class PushBudget:
    """How many pushes may be sent: to one user since their last success, and in all for one address and one login.

    per_known_browser: in ten minutes for a browser known to be the user's own, when others have used up the rest.
    per_address: in ten minutes without a success.  cooldown_after_denial: seconds; 0 switches it off.
    """

    per_10_minutes: int = 5
    per_day: int = 20
    per_known_browser: int = 3
    per_address: int = 100
    per_flow: int = 12
    cooldown_after_denial: int = 60


@dataclass(frozen=True, slots=True)
class PushSettings:
    """The organisation's push settings.  resend_interval, grace: seconds.

    number_digits: 2 or 6.  max_devices: of one user; 1 is the mode with a single device.  enroll_further_devices:
    whether somebody who has a device may add another one in the middle of a login.  registration_notices: by which of
    EMAIL and PUSH_NOTIFICATION a person hears of a new device.
    """

    number_challenge: bool = False
    number_digits: int = 2
    progressive_enrollment: bool = False
    enroll_further_devices: bool = True
    registration_notices: tuple[str, ...] = ("EMAIL", "PUSH_NOTIFICATION")
    resend_interval: int = 60
    resend_attempts: int = 3
    grace: int = 30
    max_devices: int = 3
    budget: PushBudget = field(default_factory=PushBudget)

    @property
    def lifetime(self) -> int:
        """Seconds a push request may be answered; never over ten minutes (NIST SP 800-63B, out-of-band)."""
        return min(self.resend_interval + self.grace, 600)


@dataclass(frozen=True, slots=True)
class Argon2Settings:
    """Cost of a password hash (RFC 9106).  memory_kib: KiB."""

    memory_kib: int = 19456
    time_cost: int = 2
    parallelism: int = 1


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """What a new password must be, whoever sets it.  min_length, max_length: characters, as they are compared."""

    min_length: int = 8
    max_length: int = 1024


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Where mail leaves.  tls: none, starttls or tls; the password is a stored secret named `mail.password`."""

    host: str
    port: int
    sender: str
    username: str | None = None
    tls: str = "none"


@dataclass(frozen=True, slots=True)
class LdapGroups:
    """How the groups of a person are found.  filter: `{dn}` stands for the person's.

    name: the attribute that names a group; roles: by the name of a group, what its members get.
    """

    base: str
    filter: str = "(member={dn})"
    name: str = "cn"
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LdapSettings:
    """A directory that speaks LDAP.  url: ldaps:// or ldap://, with tls none or starttls for the latter.

    bind_dn: who searches; the password is a stored secret.  filter: finds a person, `{name}` stands for what was typed;
    name, id: attributes with the one name and the unchanging id of a person; attributes: by attribute, the claim that
    it fills; disabled: a filter that the entries of people fit who may not sign in.
    """

    url: str
    base: str
    bind_dn: str | None = None
    filter: str = "(uid={name})"
    name: str = "uid"
    id: str = "entryUUID"
    attributes: Mapping[str, str] = field(default_factory=dict)
    groups: LdapGroups | None = None
    disabled: str | None = None
    tls: str = "none"


@dataclass(frozen=True, slots=True)
class UserStoreSettings:
    """People who are kept elsewhere.  name: upper case; a person's name here is NAME/theirs."""

    name: str
    ldap: LdapSettings

    @property
    def secret(self) -> str:
        """The name of its stored secret, which no script can use."""
        return f"user.store.{self.name}"


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """A service that scripts call by its name.  secret: the name of the stored secret that is shown to it.

    With a username the secret is its password, without one a bearer token; without a secret nothing is shown.
    """

    url: str
    username: str | None = None
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class Services:
    """The services behind callAnalytics, callElastic and callChoreo; of the last, where its tokens are fetched."""

    analytics: ServiceSettings | None = None
    elastic: ServiceSettings | None = None
    choreo: ServiceSettings | None = None


@dataclass(frozen=True, slots=True)
class ScriptLimits:
    """What a script may use.  fuel: steps of one handler, of which the dearest take under 100 ms; memory: bytes of one.

    depth: nested calls; log: entries of one handler that are kept; rounds: calls one login may begin; snapshot: bytes
    kept between requests.
    """

    fuel: int = 35_000
    memory: int = 32_000_000
    depth: int = 1000
    log: int = 100
    rounds: int = 100
    snapshot: int = 262_144


SCRIPT_LIMITS = ScriptLimits()
"""As long as nobody sets others."""


@dataclass(frozen=True, slots=True)
class OrganisationSettings:
    """What holds for everyone, changed while running.  http_allow: hosts that scripts may call; empty means nowhere.

    decoys: password hashes that no password fits, one for each kind that other systems made and people have; nobody
    sets them.
    """

    push: PushSettings = field(default_factory=PushSettings)
    scripts: ScriptLimits = field(default_factory=ScriptLimits)
    argon2: Argon2Settings = field(default_factory=Argon2Settings)
    passwords: PasswordPolicy = field(default_factory=PasswordPolicy)
    http_allow: tuple[str, ...] = ()
    mail: MailSettings | None = None
    services: Services = field(default_factory=Services)
    organisation: str = "Doorstep"
    tenant: str = "carbon.super"
    decoys: tuple[str, ...] = ()
    user_stores: tuple[UserStoreSettings, ...] = ()

    def store_of(self, canonical: str) -> UserStoreSettings | None:
        """The user store that a canonical name belongs to; None for one of our own."""
        domain, slash, _ = canonical.partition("/")
        stores = (store for store in self.user_stores if slash and store.name.casefold() == domain)
        return next(stores, None)


@dataclass(frozen=True, slots=True)
class PromptTemplate:
    """A page of an admin's own that scripts may show with `prompt`.  source: Jinja2, drawn in a sandbox."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class PushProvider:
    """A push service, by the name that devices ask for.  Its credentials are a stored secret (see `secret`).

    kind: fcm, webpush or builtin.  project, account, key: what a service account says of itself; digest: SHA-256 of the
    secret, so that a change of it is noticed.  services: hosts that Web Push may call besides the well-known ones.
    """

    name: str
    kind: str
    project: str = ""
    account: str = ""
    key: str = ""
    digest: str = ""
    services: tuple[str, ...] = ()

    @property
    def secret(self) -> str:
        """The name of its stored secret, which no script can use."""
        return f"push.provider.{self.name}"


# --- people and their devices -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class User:
    """A person.  id: opaque, immutable, never reused; canonical: the one form under which the name is unique.

    credential_version grows with each change of a credential, so that a proof made with the old one is void.
    """

    id: str
    username: str
    canonical: str
    password_hash: str | None = None
    credential_version: int = 1
    enabled: bool = True
    roles: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    claims: Mapping[str, str] = field(default_factory=dict)

    @property
    def live(self) -> bool:
        """Whether the person may sign in at all: enabled, and no claim says that the account is locked."""
        return self.enabled and not any(self.claims.get(uri, "").strip().lower() == "true" for uri in LOCKING_CLAIMS)


@dataclass(frozen=True, slots=True)
class Device:
    """An enrolled phone or browser.  public_key: SubjectPublicKeyInfo DER; algorithms: JOSE names its answers may use.

    provider: the sender's name; push_token: what that sender addresses; typed: the person types the number on it.
    created_at, last_used_at: seconds since the epoch.  unreachable_since: its provider said that the token is dead.
    """

    id: str
    user_id: str
    name: str
    model: str
    provider: str
    push_token: str
    public_key: bytes
    algorithms: tuple[str, ...]
    typed: bool = False
    metadata: Mapping[str, str] = field(default_factory=dict)
    created_at: float = 0.0
    last_used_at: float | None = None
    unreachable_since: float | None = None


@dataclass(frozen=True, slots=True)
class SetupLink:
    """A link by which a person sets their password once.  digest: SHA-256 of its secret; expires_at: seconds.

    credential_version: the person's when it was made; with another one it is void.
    """

    user_id: str
    digest: bytes
    credential_version: int
    expires_at: float


# --- one login --------------------------------------------------------------------------------------------------------


class Subject(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who the flow is about.  username: as typed, cleaned; user_id: None if there is no such user; nobody is told.

    idp: where the name is from; elsewhere than LOCAL, claims are what that provider said, and user_id is None unless
    the authenticator knows which user of ours it is.
    """

    username: str
    user_id: str | None = None
    idp: str = LOCAL
    claims: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def elsewhere(self) -> str:
        """One text for the name at its provider."""
        return f"{self.idp}\n{self.username}"


class Fact(msgspec.Struct, frozen=True, omit_defaults=True):
    """One proven factor.  credential: what proved it and its version, e.g. `password:3` or `device:ID`; at: seconds.

    idp: the provider that the person was proven by.
    """

    step: int
    authenticator: str
    user_id: str
    credential: str
    credential_version: int
    amr: str
    at: float
    idp: str = LOCAL


class SignedIn(msgspec.Struct, frozen=True, omit_defaults=True):
    """An application that a session was used for.  subject: the person's name there.

    factors: the authenticators whose facts let the person in there the last time.
    """

    application_id: str
    name: str
    subject: str
    factors: tuple[str, ...] = ()


class Session(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one browser has proven in earlier logins.  id: SHA-256 hex of the cookie's value; times: seconds.

    chain: the same for all sessions that took one another's place in this browser; 128 random bits of their own, by
    which scripts may name the session: it opens nothing.  ip, user_agent: of the last login.
    """

    id: str
    user_id: str
    username: str
    facts: tuple[Fact, ...]
    began_at: float
    used_at: float
    chain: str
    ip: str = ""
    user_agent: str = ""
    applications: tuple[SignedIn, ...] = ()
    format: int = 0


class RequestFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of one HTTP request: bounded plain values that a script may read.  ip: the client's address.

    browser: SHA-256 hex of the value of the cookie by which the browser is known again, or empty; not for scripts.
    """

    ip: str = ""
    headers: dict[str, str] = msgspec.field(default_factory=dict)
    cookies: dict[str, str] = msgspec.field(default_factory=dict)
    params: dict[str, list[str]] = msgspec.field(default_factory=dict)
    browser: str = ""

    def __repr__(self) -> str:
        return f"RequestFacts({self.ip})"  # the rest may hold a secret

    @property
    def user_agent(self) -> str:
        """The User-Agent header, or the empty string."""
        return self.headers.get("user-agent", "")


class LoginRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an application asked for, frozen when the login begins.

    protocol: the face's own validated request, opaque to the engine.  max_age: seconds.  fresh: `prompt=login`.
    passive: `prompt=none`: where a page would be needed the login ends as `login_required`, and as
    `interaction_required` where a prompt would be, or something that reaches the person; services are called as ever.
    """

    application_id: str
    redirect_uri: str
    protocol: bytes = b""
    acr_values: tuple[str, ...] = ()
    login_hint: str | None = None
    max_age: int | None = None
    fresh: bool = False
    passive: bool = False
    facts: RequestFacts = msgspec.field(default_factory=RequestFacts)


class Call(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry of the queue: a step, a prompt or a question a script (or a flow without one) asked for, not yet begun.

    name: of the prompt's template, or of the question.  options: plain options as given, already checked.
    handlers: names of the event handlers that exist; root: where they lie in the script's snapshot; None if there are
    none.
    """

    kind: str
    step: int = 0
    name: str = ""
    options: dict[str, Any] = msgspec.field(default_factory=dict)
    handlers: tuple[str, ...] = ()
    root: int | None = None
    line: int = 0

    def __repr__(self) -> str:
        return f"Call({self.kind} {self.name or self.step} in line {self.line})"  # its options may hold a secret


class Execution(msgspec.Struct, omit_defaults=True):
    """The call under way.  number: grows with each call begun; tries: failed tries since it began.

    authenticator: None while the person chooses among several options.  state: the authenticator's own.
    page: the page the person was shown last.  effects: authenticator, name and reference of what leaves once this is
    stored; they stay, for whoever has to recover them.  left: states of ways that the person left to choose another.
    """

    number: int
    call: Call
    options: tuple[str, ...] = ()
    authenticator: str | None = None
    state: dict[str, Any] = msgspec.field(default_factory=dict)
    tries: int = 0
    page: str = ""
    effects: list[tuple[str, str, str]] = msgspec.field(default_factory=list)
    left: dict[str, dict[str, Any]] = msgspec.field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Execution({self.number}, {self.call!r})"  # its states may hold a secret


class StepRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a script sees of a step that ran: its subject and the authenticator used."""

    subject: Subject | None
    authenticator: str
    idp: str = LOCAL


class LoginResult(msgspec.Struct, frozen=True, omit_defaults=True, tag="succeeded"):
    """A login that succeeded, for the face it came from.  ticket: 256 random bits, used once; auth_time: seconds.

    session: the value for the browser's session cookie; sid: the session's name, which opens nothing.
    """

    ticket: str
    request: LoginRequest
    user_id: str
    username: str
    facts: tuple[Fact, ...]
    amr: tuple[str, ...]
    acr: str | None
    auth_time: float
    issued_at: float
    claims: dict[str, str] = msgspec.field(default_factory=dict)
    session: str | None = None
    sid: str | None = None

    def __repr__(self) -> str:
        return f"LoginResult({self.username})"  # its ticket and session let their bearer in


class Failed(msgspec.Struct, frozen=True, omit_defaults=True, tag="failed"):
    """Why a login ended without success.  reason: a message id; error: an OAuth error code for the application.

    direct: go to the application at once (a script's `fail()`); url: a page elsewhere (`sendError` with an address).
    """

    reason: str
    error: str = "access_denied"
    description: str | None = None
    error_uri: str | None = None
    direct: bool = False
    url: str | None = None
    details: dict[str, str] = msgspec.field(default_factory=dict)
    reference: str = ""


NEEDS_PERSON = Failed("login.required", error="interaction_required", direct=True)
"""How a passive login ends that cannot go on without the person (OpenID Connect Core §3.1.2.6)."""


class Login(msgspec.Struct, omit_defaults=True):
    """One attempt of one browser: the only thing the engine changes, by compare-and-set on its stored revision.

    browser: SHA-256 of the secret that only this browser's cookie holds.  expires_at: seconds since the epoch.
    script: the dumped heap of the script (handlers of queue entries and globals); empty without one.
    written: claims by user id that go into the directory now that this is stored.  remote, labels: what a script added
    to the claims of a user elsewhere (by Subject.elsewhere), and the names it gave to users (by the object's path).
    hidden: stored secrets that the script read, and what was typed into confidential fields, as long as the script has
    them; no log, audit, error or trace may show them.
    format: of the stored record; 0 is none of ours, so that a record that names none is refused.
    """

    id: str
    browser: bytes
    request: LoginRequest
    flow: Flow
    require: frozenset[str]
    started_at: float
    expires_at: float
    execution: Execution | None = None
    queue: list[Call] = msgspec.field(default_factory=list)
    script: bytes = b""
    ledger: list[Fact] = msgspec.field(default_factory=list)
    subject: Subject | None = None
    last_failed: Subject | None = None
    subject_step: int = 1
    attribute_step: int = 1
    steps: dict[int, StepRecord] = msgspec.field(default_factory=dict)
    claims: dict[str, str] = msgspec.field(default_factory=dict)
    written: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    remote: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    labels: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    hidden: list[str] = msgspec.field(default_factory=list)
    acr: str | None = None
    rounds: int = 0
    fuel: int = 0
    session: Session | None = None
    outcome: LoginResult | Failed | None = None
    ended_at: float | None = None
    format: int = 0
    revision: int = 0

    def __repr__(self) -> str:
        return f"Login({self.id[:8]})"  # what it keeps for the script may hold a secret
