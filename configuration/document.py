"""The form of a configuration file: what may stand where, in which bounds.

Only the form: whether a flow exists, a script compiles or a secret is there is judged when the document is resolved.
Every model refuses unknown keys and other types than it names.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    Field,
    ModelWrapValidatorHandler,
    field_validator,
    model_validator,
)

from configuration.client_keys import client_keys
from configuration.part import LONGEST_SCRIPT, Part
from configuration.rules import (
    LOOPBACK_HOSTS,
    AcrValue,
    AdminScope,
    AttributeName,
    DirectoryAddress,
    GroupFilter,
    HostName,
    Identifier,
    Label,
    LogoutAddress,
    Mailbox,
    NameFilter,
    PlaceToCall,
    PlainFilter,
    RedirectAddress,
    SecretName,
    ServiceAddress,
    Text,
    Username,
    Word,
    refuse,
    storable,
    unique,
)
from configuration.sequence import AuthenticationSequence, Steps, is_sequence
from engine.model import SCRIPT_LIMITS, PasswordPolicy
from engine.push_providers import name_fault

LONGEST_SECRET = 4096
"""Characters of a secret written as text."""


class Secret(Part):
    """A secret as text, or where it lies.  stored: the value that the server already holds (an export says so)."""

    text: str | None = None
    env: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,127}$")] | None = None
    file: Annotated[str, Field(min_length=1, max_length=1024)] | None = None
    stored: Literal[True] | None = None

    @model_validator(mode="wrap")
    @classmethod
    def _text_or_place(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(value, str):
            if not 0 < len(value) <= LONGEST_SECRET:
                raise refuse(f"a secret has 1 to {LONGEST_SECRET} characters")
            return cls.model_construct(text=storable(value))
        if not isinstance(value, dict) or len(value) != 1 or "text" in value or None in value.values():
            raise refuse("expected a text (in quotes), {env: NAME}, {file: path} or {stored: true}")
        return handler(value)

    def __repr__(self) -> str:
        """Never the secret itself."""
        return "Secret(...)"


class Script(Part):
    """Where a flow's script comes from: exactly one of the three."""

    template: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")] | None = None
    file: Annotated[str, Field(min_length=1, max_length=1024)] | None = None
    source: Annotated[Text, Field(min_length=1, max_length=LONGEST_SCRIPT)] | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if sum(place is not None for place in (self.template, self.file, self.source)) != 1:
            raise refuse("a script has exactly one of template, file and source")
        return self


class FlowEntry(Part):
    """A flow: steps and script, or the same as an `authenticationSequence` object."""

    id: Identifier
    steps: Steps | None = None
    subject_step: Annotated[int, Field(ge=1)] | None = None
    attribute_step: Annotated[int, Field(ge=1)] | None = None
    script: Script | None = None
    sequence: AuthenticationSequence | None = Field(default=None, alias="authenticationSequence")

    @model_validator(mode="before")
    @classmethod
    def _wrapped(cls, value: Any) -> Any:
        if not isinstance(value, dict) or not is_sequence(value):
            return value
        rest = {key: inner for key, inner in value.items() if key != "id"}
        return {"id": value.get("id"), "authenticationSequence": rest}

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        others = (self.steps, self.subject_step, self.attribute_step, self.script)
        if self.sequence is None and not self.steps:
            raise refuse("a flow needs steps")
        if self.sequence is not None and any(other is not None for other in others):
            raise refuse("a flow has either steps and script, or an authenticationSequence, not both")
        return self


class ApplicationEntry(Part):
    """A relying party."""

    id: Identifier
    name: Label | None = None
    redirect_uris: Annotated[list[RedirectAddress], Field(min_length=1, max_length=50), AfterValidator(unique)]
    post_logout_redirect_uris: Annotated[list[RedirectAddress], Field(max_length=50), AfterValidator(unique)] = Field(
        default_factory=list
    )
    client_secret: Secret | None = None
    jwks: dict[str, Any] | None = None
    id_token_signed_response_alg: Literal["ES256", "RS256"] = Field(default="ES256")
    require_pushed_authorization_requests: bool = False
    backchannel_logout_uri: LogoutAddress | None = None
    consent: Literal["skip", "ask"] = "skip"
    forward_auth: bool = False
    native_api: bool = False
    flow: Identifier
    require: Annotated[list[Word], Field(max_length=20), AfterValidator(unique)] = Field(default_factory=list)
    acr_values: Annotated[list[AcrValue], Field(max_length=20), AfterValidator(unique)] = Field(default_factory=list)
    roles: Annotated[list[Word], Field(max_length=500), AfterValidator(unique)] | None = None
    admin_scopes: Annotated[list[AdminScope], Field(max_length=50), AfterValidator(unique)] = Field(
        default_factory=list
    )
    enabled: bool | None = None

    @field_validator("jwks")
    @classmethod
    def _public_keys(cls, value: dict[str, Any] | None) -> dict[str, Any] | None:
        if value is not None:
            client_keys(value)
        return value

    @model_validator(mode="after")
    def _behind_a_proxy(self) -> Self:
        callbacks = [uri for uri in self.redirect_uris if uri.endswith("/.doorstep/callback")]
        if self.forward_auth and (len(callbacks) != 1 or self.client_secret is not None or self.jwks is not None):
            raise refuse("with forward_auth one redirect_uri is https://HOST/.doorstep/callback; no secret and no keys")
        return self

    @model_validator(mode="after")
    def _one_proof(self) -> Self:
        if self.client_secret is not None and self.jwks is not None:
            raise refuse("an application proves itself by client_secret or by jwks, not by either")
        if self.admin_scopes and self.client_secret is None and self.jwks is None:
            raise refuse("admin_scopes are for an application that proves itself, by client_secret or by jwks")
        return self


class UserEntry(Part):
    """A person.  A key that is absent leaves what is stored; a claim that is null is removed."""

    username: Username
    password: Secret | None = None
    password_hash: Secret | None = None
    roles: Annotated[list[Word], Field(max_length=500), AfterValidator(unique)] | None = None
    groups: Annotated[list[Word], Field(max_length=500), AfterValidator(unique)] | None = None
    claims: (
        Annotated[
            dict[
                Annotated[Text, Field(min_length=1, max_length=255)],
                Annotated[Text, Field(max_length=8192)] | None,
            ],
            Field(max_length=200),
        ]
        | None
    ) = None
    enabled: bool | None = None

    @model_validator(mode="after")
    def _one_password(self) -> Self:
        if self.password is not None and self.password_hash is not None:
            raise refuse("a person has a password or a password_hash, not both")
        return self


class Argon2Entry(Part):
    """Cost of a password hash (RFC 9106 §4)."""

    memory_kib: Annotated[int, Field(ge=64, le=4 * 1024 * 1024)] = 19456
    time_cost: Annotated[int, Field(ge=1, le=100)] = 2
    parallelism: Annotated[int, Field(ge=1, le=8)] = 1


class PasswordEntry(Part):
    """Settings of the password authenticator.  min_length, max_length: characters of a new password."""

    argon2: Argon2Entry = Argon2Entry()
    min_length: Annotated[int, Field(ge=8, le=64)] = PasswordPolicy().min_length
    max_length: Annotated[int, Field(ge=64, le=1024)] = PasswordPolicy().max_length


Channel = Literal["EMAIL", "PUSH_NOTIFICATION"]
"""How a person hears of a new device."""


class BudgetEntry(Part):
    """How many pushes may be sent.  cooldown_after_denial: seconds, 0 is off."""

    per_10_minutes: Annotated[int, Field(ge=1, le=1_000_000)] = 5
    per_day: Annotated[int, Field(ge=1, le=1_000_000)] = 20
    per_known_browser: Annotated[int, Field(ge=0, le=1_000_000)] = 3
    per_address: Annotated[int, Field(ge=1, le=1_000_000)] = 100
    per_flow: Annotated[int, Field(ge=1, le=1_000)] = 12
    cooldown_after_denial: Annotated[int, Field(ge=0, le=86_400)] = 60


class PushEntry(Part):
    """The organisation's push settings.  resend_interval, grace: seconds; together at most ten minutes are used."""

    number_challenge: bool = False
    number_digits: Literal[2, 6] = 2
    progressive_enrollment: bool = False
    enroll_further_devices: bool = True
    registration_notices: Annotated[list[Channel], AfterValidator(unique)] = Field(
        default=["EMAIL", "PUSH_NOTIFICATION"]
    )
    resend_interval: Annotated[int, Field(ge=60, le=600)] = 60
    resend_attempts: Annotated[int, Field(ge=0, le=10)] = 3
    grace: Annotated[int, Field(ge=0, le=600)] = 30
    max_devices: Annotated[int, Field(ge=1, le=10)] = 3
    budget: BudgetEntry = BudgetEntry()


class HttpEntry(Part):
    """Where scripts may call; empty means nowhere."""

    allow: Annotated[list[PlaceToCall], Field(max_length=200), AfterValidator(unique)] = Field(default_factory=list)


class ServiceEntry(Part):
    """A service that scripts call by its name.  secret: the name of the stored secret that is shown to it."""

    url: ServiceAddress
    username: Word | None = None
    secret: SecretName | None = None


class ServicesEntry(Part):
    """The services behind callAnalytics, callElastic and callChoreo."""

    analytics: ServiceEntry | None = None
    elastic: ServiceEntry | None = None
    choreo: ServiceEntry | None = None


class MailEntry(Part):
    """Where mail leaves."""

    host: HostName
    port: Annotated[int, Field(ge=1, le=65535)] = 25
    sender: Mailbox = Field(alias="from")
    username: Word | None = None
    password: Secret | None = None
    tls: Literal["none", "starttls", "tls"] = "none"


class GroupsEntry(Part):
    """How the groups of a person are found in a directory."""

    base: Annotated[Word, Field(max_length=1024)]
    filter: GroupFilter = "(member={dn})"
    name: AttributeName = "cn"
    roles: Annotated[dict[Word, Word], Field(max_length=500)] = Field(default_factory=dict)


class LdapEntry(Part):
    """A directory that speaks LDAP."""

    url: DirectoryAddress
    tls: Literal["none", "starttls"] = "none"
    bind_dn: Annotated[Text, Field(min_length=1, max_length=1024)] | None = None
    bind_password: Secret | None = None
    base: Annotated[Text, Field(min_length=1, max_length=1024)]
    filter: NameFilter = "(uid={name})"
    name: AttributeName = "uid"
    id: AttributeName = "entryUUID"
    attributes: Annotated[dict[AttributeName, Word], Field(max_length=100)] = Field(default_factory=dict)
    disabled: PlainFilter | None = None
    groups: GroupsEntry | None = None

    @model_validator(mode="after")
    def _nothing_in_the_open(self) -> Self:
        secure = self.url.startswith("ldaps:") or self.tls == "starttls"
        if self.url.startswith("ldaps:") and self.tls != "none":
            raise refuse("with ldaps:// the connection is encrypted from the beginning; leave tls out")
        if not secure and urlsplit(self.url).hostname not in LOOPBACK_HOSTS:
            raise refuse("passwords are not sent without TLS except on this machine: ldaps://, or tls: starttls")
        if (self.bind_dn is None) != (self.bind_password is None):
            raise refuse("bind_dn and bind_password go together")
        return self


class UserStoreEntry(Part):
    """People who are kept elsewhere, by the domain that goes before their names."""

    name: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]{0,31}$")]
    ldap: LdapEntry

    @model_validator(mode="after")
    def _none_of_ours(self) -> Self:
        if self.name in ("PRIMARY", "DEFAULT", "INTERNAL", "APPLICATION"):
            raise refuse(f"{self.name} means people or roles of our own")
        return self


class ScriptsEntry(Part):
    """What a script may use.  fuel: steps of one handler; memory: bytes; snapshot: bytes kept between two requests."""

    fuel: Annotated[int, Field(ge=1_000, le=10_000_000)] = SCRIPT_LIMITS.fuel
    memory: Annotated[int, Field(ge=1_000_000, le=256_000_000)] = SCRIPT_LIMITS.memory
    depth: Annotated[int, Field(ge=10, le=1_000)] = SCRIPT_LIMITS.depth
    log: Annotated[int, Field(ge=0, le=1_000)] = SCRIPT_LIMITS.log
    rounds: Annotated[int, Field(ge=1, le=1_000)] = SCRIPT_LIMITS.rounds
    snapshot: Annotated[int, Field(ge=1_024, le=1_048_576)] = SCRIPT_LIMITS.snapshot


class PushProviderEntry(Part):
    """A push service, by the name that devices ask for.  services: hosts that Web Push may call, besides the known."""

    name: str
    provider: Literal["fcm", "webpush", "builtin"]
    service_account: Secret | None = None
    services: Annotated[list[PlaceToCall], Field(max_length=50), AfterValidator(unique)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _what_its_kind_needs(self) -> Self:
        if (self.provider == "fcm") != (self.service_account is not None):
            raise refuse("a provider of kind fcm, and no other, has a service_account: {file: service-account.json}")
        if self.services and self.provider != "webpush":
            raise refuse("only a provider of kind webpush has services")
        fault = name_fault(self.name, self.provider)
        if fault is not None:
            raise refuse(fault)
        return self


class SettingsEntry(Part):
    """What holds for everyone.  A section that is absent leaves what is stored."""

    organisation: Identifier | None = None
    password: PasswordEntry | None = None
    push: PushEntry | None = None
    scripts: ScriptsEntry | None = None
    push_providers: Annotated[list[PushProviderEntry], Field(max_length=20)] = Field(default_factory=list)
    http: HttpEntry | None = None
    services: ServicesEntry | None = None
    secrets: dict[SecretName, Secret] | None = None
    mail: MailEntry | None = None
    user_stores: Annotated[list[UserStoreEntry], Field(max_length=10)] | None = None

    @field_validator("user_stores")
    @classmethod
    def _distinct_stores(cls, stores: list[UserStoreEntry] | None) -> list[UserStoreEntry] | None:
        unique([one.name for one in stores or ()])
        return stores

    @field_validator("push_providers")
    @classmethod
    def _distinct(cls, providers: list[PushProviderEntry]) -> list[PushProviderEntry]:
        unique([one.name.lower() for one in providers])
        return providers


class NamedText(Part):
    """A text of its own, beside the document or in it."""

    name: Identifier
    file: Annotated[str, Field(min_length=1, max_length=1024)] | None = None
    source: Annotated[Text, Field(min_length=1, max_length=LONGEST_SCRIPT)] | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if (self.file is None) == (self.source is None):
            raise refuse("give exactly one of file and source")
        return self


class LibraryEntry(NamedText):
    """A function library that scripts may `require` by name."""


class PromptEntry(NamedText):
    """A page of one's own that scripts may show with `prompt`."""


class Document(Part):
    """A whole configuration file.  A list that is absent says nothing about its kind."""

    applications: list[ApplicationEntry] | None = None
    flows: list[FlowEntry] | None = None
    users: list[UserEntry] | None = None
    settings: SettingsEntry | None = None
    libraries: list[LibraryEntry] | None = None
    prompts: list[PromptEntry] | None = None
