"""What goes down to an authenticator and comes up, and what the engine gives a face: closed unions for `match`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from engine.model import Application, Failed, LoginResult, OrganisationSettings, RequestFacts, Subject


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person posted, already strict: every name once, bounded.  request: facts of this HTTP request.

    token: the form's own proof that it was made for this execution in this browser.  action: `abort` (give up) or
    `choose` (another way), from a button that every page may have; `return`, which no form can post, when the person
    came back from an address elsewhere; None for the page's own form.
    """

    fields: Mapping[str, str] = field(repr=False)
    request: RequestFacts = field(default_factory=RequestFacts)
    token: str = field(default="", repr=False)
    action: str | None = None


@dataclass(frozen=True, slots=True)
class StepContext:
    """What an authenticator may know of the login it serves.

    state: what its own last `Challenge` left.  proven: authenticators that proved *this subject* in this flow.
    fields a native application draws itself are the same as a page's.  now: seconds since the epoch.
    is_scripted: whether the script has an `onFail` for it.
    """

    flow_id: str
    execution: int
    step: int
    application: Application
    settings: OrganisationSettings
    request: RequestFacts
    now: float
    subject: Subject | None = None
    is_subject_step: bool = False
    is_scripted: bool = False
    proven: frozenset[str] = frozenset()
    state: Mapping[str, Any] = field(default_factory=dict, repr=False)
    params: Mapping[str, Any] = field(default_factory=dict, repr=False)
    login_hint: str | None = None
    deadline: float = 0.0


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that leaves only after the login is stored, e.g. a push: goes to the authenticator's `deliver`."""

    name: str
    reference: str


@dataclass(frozen=True, slots=True)
class Challenge:
    """The person must do something.  page: the `data-page` name; fields: what the page shows, plain values.

    state: kept with the login for the next call.  channel: the wake-up channel the page may wait on.
    """

    page: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    state: Mapping[str, Any] = field(default_factory=dict, repr=False)
    message: str | None = None
    channel: str | None = None
    effects: tuple[Effect, ...] = ()
    subject: Subject | None = None
    """Set when the authenticator has just learnt who the person says they are."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A factor was proven.  credential: what proved it; credential_version: the user's then; amr: RFC 8176 value."""

    user_id: str
    credential: str
    credential_version: int
    amr: str


@dataclass(frozen=True, slots=True)
class Success:
    """The step is done.  proof: None if it proved nothing (who are you?)."""

    subject: Subject
    proof: Proof | None


class FailureKind(StrEnum):
    """Which event of the script a failure is: `onFail`, `onFallback`, `onUserAbort`."""

    FAIL = "onFail"
    FALLBACK = "onFallback"
    ABORT = "onUserAbort"


@dataclass(frozen=True, slots=True)
class Failure:
    """The step was not done.  reason: a message id.  retry: without `onFail` the same page may be shown again.

    state: what the page of that retry has to remember, e.g. the name that was typed.  paused: nothing was checked, for
    too much was wrong before; a script may know, a person is not told.
    """

    reason: str
    retry: bool = False
    state: Mapping[str, Any] = field(default_factory=dict)
    subject: Subject | None = None
    kind: FailureKind = FailureKind.FAIL
    paused: bool = False


Outcome = Challenge | Success | Failure


@dataclass(frozen=True, slots=True)
class Status:
    """How a waiting step stands.  word: pending, approved, denied, expired, superseded, registered."""

    word: str
    fields: Mapping[str, Any] = field(default_factory=dict)


# --- what a face gets -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """A page to show.  token: to be posted back with the form.  out_of_date: the answer was for a page already left.

    others: authenticators the person may choose instead.  channel: what the page may wait on, None if nothing.
    """

    flow_id: str
    page: str
    fields: Mapping[str, Any]
    token: str
    application: Application
    redirect_uri: str
    message: str | None = None
    username: str | None = None
    others: tuple[str, ...] = ()
    channel: str | None = None
    expires_at: float = 0.0
    authenticator: str | None = None
    out_of_date: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    """Response headers that the script set; never one that a face sets itself."""
    cookies: tuple[str, ...] = field(default=(), repr=False)
    """Whole values of Set-Cookie headers, of the script's own cookies."""


@dataclass(frozen=True, slots=True)
class Granted:
    """The login succeeded: the face may now turn `result` into what its protocol gives.

    headers, cookies: as of a page.
    """

    result: LoginResult
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """The login ended without success.  headers, cookies: as of a page."""

    flow_id: str
    application: Application
    redirect_uri: str
    protocol: bytes
    failed: Failed
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = field(default=(), repr=False)


Reply = Page | Granted | Refused


@dataclass(frozen=True, slots=True)
class Started:
    """A login that began.  secret: for this browser's cookie only, never in a page.  ttl: seconds."""

    flow_id: str
    secret: str
    ttl: int
    reply: Reply
