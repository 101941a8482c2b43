"""Bodies of the management API.  Entries are those of the configuration file; here is what a file has not."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict, create_model

from configuration.document import (
    ApplicationEntry,
)
from configuration.part import Part


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


class Application(ApplicationEntry):
    """A relying party, as under `applications`."""


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


class Problem(BaseModel):
    """Problem details (RFC 9457).  traceId: what to look for in the server's log."""

    type: str
    title: str
    status: int
    detail: str
    traceId: str
    errors: list[Place] = []


class Place(BaseModel):
    """What is wrong with one place of the body.  pointer: RFC 6901."""

    pointer: str
    detail: str


Problem.model_rebuild()
