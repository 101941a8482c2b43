"""Bodies of the management API.  Entries are those of the configuration file; here is what a file has not."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from configuration.document import LONGEST_SECRET, SettingsEntry, UserEntry
from configuration.part import Part
from configuration.rules import SecretName as SecretWord
from configuration.rules import Text


class Patch(BaseModel):
    """What is to be different: null takes a key away."""

    model_config = ConfigDict(extra="allow")


@cache
def ListOf(item: type[BaseModel]) -> type[BaseModel]:
    """A page of *item*.  next: the cursor of the next page, null on the last."""
    return create_model(
        f"{item.__name__}Page",
        __base__=Part,
        __doc__=f"A page.  next: the cursor of the next page, null on the last ({item.__name__}).",
        items=(list[item], ...),  # type: ignore[valid-type]
        next=(str | None, ...),
    )


@cache
def WholeList(item: type[BaseModel]) -> type[BaseModel]:
    """A list that never is long."""
    return create_model(
        f"{item.__name__}List",
        __base__=Part,
        __doc__=f"All there are ({item.__name__}).",
        items=(list[item], ...),  # type: ignore[valid-type]
    )


class ApplicationBrief(Part):
    """An application in a list."""

    id: str
    name: str
    flow: str
    enabled: bool


class FlowBrief(Part):
    """A flow in a list.  script: the SHA-256 of its text in hex, or null."""

    id: str
    steps: int
    script: str | None


class TextBrief(Part):
    """A library or a prompt in a list.  digest: the SHA-256 of its text in hex."""

    name: str
    digest: str


class PushProviderBrief(Part):
    """A push provider in a list.  project, account, key: what its service account says of itself."""

    name: str
    provider: str
    project: str
    account: str
    key: str


class ScriptBrief(Part):
    """A version of a script in a list.  at: seconds; by, why: who changed it; digest: SHA-256 of the text, in hex."""

    number: int
    at: float
    by: str
    why: str | None
    digest: str | None


class ScriptBody(ScriptBrief):
    """A version with its text; null where the flow had none."""

    source: str | None


class EventBody(Part):
    """An event of the audit.  at: seconds since the epoch."""

    name: str
    at: float
    flow_id: str | None
    application_id: str | None
    user_id: str | None
    username: str | None
    ip: str | None
    why: str | None
    details: dict[str, str]


class UserBody(UserEntry):
    """A person, as under `users`.  id: opaque, never changed."""

    id: str | None = None


class UserBrief(Part):
    """A user in a list."""

    id: str
    username: str
    enabled: bool


class WordBrief(Part):
    """A role or a group in a list.  members: how many users have it."""

    name: str
    members: int


class DeviceBody(Part):
    """An enrolled device.  Times: seconds since the epoch; typed: the person types the number on it."""

    id: str
    name: str
    model: str
    provider: str
    typed: bool
    created_at: float
    last_used_at: float | None
    unreachable_since: float | None


class SessionBody(Part):
    """What one browser has proven.  factors: the authenticators; applications: ids of those it was used for."""

    id: str
    began_at: float
    used_at: float
    ip: str
    user_agent: str
    factors: list[str]
    applications: list[str]


Settings = create_model(
    "Settings",
    __base__=Part,
    __doc__="The settings of everyone, as under `settings`; secrets and push providers are resources of their own.",
    **{
        name: (field.annotation, field)
        for name, field in SettingsEntry.model_fields.items()
        if name not in ("secrets", "push_providers")
    },
)  # type: ignore[call-overload]


class SecretName(Part):
    """A secret, as far as it can be read."""

    name: SecretWord


class SecretValue(Part):
    """A secret's new value."""

    value: Annotated[Text, Field(min_length=1, max_length=LONGEST_SECRET)]


class NewSecret(SecretName, SecretValue):
    """A new secret."""


class KeyBody(Part):
    """A key that signs tokens.  made_at: seconds since the epoch."""

    kid: str
    algorithm: str
    made_at: float


class NewKey(Part):
    """What a new key is for."""

    algorithm: Literal["ES256", "RS256"] = "ES256"


class Nothing(Part):
    """An empty object."""


class Problem(BaseModel):
    """Problem details (RFC 9457).  traceId: what to look for in the server's log.

    difference: lines that were (`-`) and are (`+`), of a thing that was changed since the caller has read it.
    """

    type: str
    title: str
    status: int
    detail: str
    traceId: str
    errors: list[Place] = []
    difference: list[str] = []


class Place(BaseModel):
    """What is wrong with one place of the body.  pointer: RFC 6901."""

    pointer: str
    detail: str


Problem.model_rebuild()
