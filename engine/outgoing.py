"""What the engine hands to the outside and gets back: calls by HTTP, and mail.  Shapes and protocols only.

Nothing here opens a connection; the package `outgoing` does.  Whatever may be a secret is left out of every repr.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from engine.model import MailSettings

# --- calls ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Basic:
    """`Authorization: Basic` (RFC 7617), in UTF-8.  The user name must not contain a colon."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Bearer:
    """`Authorization: Bearer` (RFC 6750 §2.1)."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """The key as the value of a header that the service names."""

    header: str
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """A bearer token fetched first (RFC 6749 §4.4), through the same door, and kept while it is valid.

    key, secret: the client's id and secret, sent as HTTP Basic; scope: as the endpoint wants it, or None.
    """

    key: str
    secret: str = field(repr=False)
    token_endpoint: str
    scope: str | None = None


Credentials = Basic | Bearer | ApiKey | ClientCredentials


@dataclass(frozen=True, slots=True)
class OutgoingRequest:
    """One call.

    method: GET, POST, PUT, PATCH, DELETE or HEAD.  url: absolute, ASCII; its query may hold a secret, so it is not in
    the repr.  headers: pairs; those the door sets itself are refused.  body: at most 1 MiB; None sends none.
    retries: how often the call is tried again after a 5xx or a timeout; only where `retryable`.
    owner: on whose account the call runs (the application's id); one owner has a bounded share of the connections.
    connect_timeout, read_timeout: seconds for connecting with TLS, and for each wait for the next bytes.
    """

    method: str
    url: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes | None = field(default=None, repr=False)
    credentials: Credentials | None = None
    owner: str = ""
    retryable: bool = False
    retries: int = 2
    connect_timeout: float = 5.0
    read_timeout: float = 5.0


@dataclass(frozen=True, slots=True)
class OutgoingResponse:
    """What came back, whatever its status; a redirect is not followed.

    headers: names in lower case, values as Latin-1 text.  body: after decompression, at most the door's cap.
    content_type: the media type alone, lower case, `""` if none was told; charset: lower case, `""` if none.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)
    content_type: str = ""
    charset: str = ""

    @property
    def ok(self) -> bool:
        """Whether the status says success (RFC 9110 §15.3)."""
        return 200 <= self.status <= 299


FailureKind = Literal["refused", "timeout", "unreachable", "too_large", "protocol"]


@dataclass(frozen=True, slots=True)
class OutgoingFailure:
    """No answer.  detail: for logs and authors: host, port and reason, never a path, query, header or body.

    refused: the door does not let this call out; nothing was sent.  timeout: too slow.  unreachable: no connection, no
    name, no trusted TLS.  too_large: the answer is over the cap.  protocol: what came back is not the HTTP we speak.
    """

    kind: FailureKind
    detail: str


class Outgoing(Protocol):
    """The one way by which calls leave."""

    async def send(
        self, request: OutgoingRequest, *, allow: Sequence[str], deadline: float = 10.0
    ) -> OutgoingResponse | OutgoingFailure:
        """Make the call; never raises for anything that a request, a network or a server can do.

        allow: `settings.http_allow`; empty means nowhere.  deadline: seconds for everything: names, tokens, retries.
        """
        ...


# --- mail -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mail:
    """One message to one person.  text: plain text; html: the same as HTML, or None.

    key: the effect's idempotency key; the same key always makes the same Message-ID, so that a second run can be told.
    """

    to: str
    subject: str
    text: str = field(repr=False)
    html: str | None = field(default=None, repr=False)
    key: str | None = None


@dataclass(frozen=True, slots=True)
class MailFailure:
    """The mail did not leave.  detail: for the log, never a password, a text or what the server echoed.

    refused: an address, a header or the message is not acceptable to us or to the mail server; a retry is useless.
    unavailable: the server is down, slow, has no trusted TLS or takes no log-in; a later try may succeed.
    """

    kind: Literal["refused", "unavailable"]
    detail: str


class Mailer(Protocol):
    """Writes and sends mail."""

    def compose(self, template: str, *, to: str, values: Mapping[str, str], key: str | None = None) -> Mail | None:
        """The mail that *template* makes with *values* put in as text; None if there is no such template."""
        ...

    async def send(self, mail: Mail, *, settings: MailSettings) -> MailFailure | None:
        """Hand *mail* to the mail server; None once it is taken.  Never raises for what a server can do."""
        ...
