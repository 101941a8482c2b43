"""Sends mail by SMTP (RFC 5321): one message to one person, over the connection that the settings describe.

The mail server is the admin's choice and so is not bound by the allow-list; time, TLS and silence about secrets are.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import secrets
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from typing import Literal

import aiosmtplib
from httpcore2 import default_ssl_context

from engine.addresses import is_loopback
from engine.model import MailSettings
from engine.outgoing import Mail, MailFailure
from outgoing.mail_templates import MailTemplate, composed, shipped

DEADLINE = 20.0
"""Seconds for one mail, the wait for a free connection included."""
STEP = 10.0
"""Seconds for each answer of the mail server."""
GOODBYE = 2.0
"""Seconds for the farewell, after the mail was taken."""
MOST_AT_ONCE = 8
LONGEST_SUBJECT = 250
LONGEST_PART = 262_144
"""Characters of the text, and of its HTML."""

_ADDRESS = re.compile(
    r"([A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*)"
    r"@([A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*)"
)
"""A dot-atom and a domain (RFC 5322 §3.4.1): no display name, no comment, no quoting, no second address."""

_BREAKING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_log = logging.getLogger(__name__)

Password = Callable[[], Awaitable[str | None]]
"""Reads the stored secret `mail.password`, just before it is needed."""


class SmtpMailer:
    """Writes and sends mail (engine.outgoing.Mailer).

    templates: those that ship if left out; tls: whom to trust, the system's authorities if left out.
    """

    def __init__(
        self,
        password: Password,
        *,
        templates: Mapping[str, MailTemplate] | None = None,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._password = password
        self._templates = shipped() if templates is None else templates
        self._tls = tls
        self._clock = clock
        self._turns = asyncio.Semaphore(MOST_AT_ONCE)

    def compose(self, template: str, *, to: str, values: Mapping[str, str], key: str | None = None) -> Mail | None:
        """The mail that *template* makes of *values*; None if there is no such template."""
        found = self._templates.get(template)
        if found is None:
            return None
        filled = composed(found, values)
        return Mail(to, filled.subject, filled.text, filled.html, key)

    async def send(self, mail: Mail, *, settings: MailSettings) -> MailFailure | None:
        """Hand *mail* over; None once the server has taken it.  Never raises for what a server can do."""
        failure = await self._handed_over(mail, settings)
        if failure is not None:
            _log.warning("mail not sent: %s", failure.detail)
        return failure

    async def _handed_over(self, mail: Mail, settings: MailSettings) -> MailFailure | None:
        if settings.username is not None and settings.tls == "none" and not _is_here(settings.host):
            return MailFailure("refused", f"{_place(settings)}: a password is not sent without TLS; set mail.tls")
        try:
            message = written(mail, sender=settings.sender, now=self._clock())
        except ValueError as problem:
            return MailFailure("refused", str(problem))
        try:
            client = await self._client(settings)
            async with _closing(client):
                async with asyncio.timeout(DEADLINE), self._turns:
                    await client.connect()
                    await client.sendmail(settings.sender, [mail.to], message)
                await _say_goodbye(client)
        except Exception as problem:
            return _failure(problem, settings)
        return None

    async def _client(self, settings: MailSettings) -> aiosmtplib.SMTP:
        if settings.tls not in ("none", "starttls", "tls"):
            raise ValueError("mail.tls is none of its three words")
        if self._tls is None and settings.tls != "none":
            self._tls = default_ssl_context()
        return aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            username=settings.username,
            password=None if settings.username is None else await self._password(),
            local_hostname=settings.sender.rpartition("@")[2],
            timeout=STEP,
            use_tls=settings.tls == "tls",
            start_tls=settings.tls == "starttls",
            tls_context=self._tls,
        )


@asynccontextmanager
async def _closing(client: aiosmtplib.SMTP) -> AsyncIterator[None]:
    """Leave no connection behind."""
    try:
        yield
    finally:
        client.close()


async def _say_goodbye(client: aiosmtplib.SMTP) -> None:
    """End politely (RFC 5321 §4.1.1.10).  The mail is taken, so nothing that goes wrong here matters."""
    with suppress(aiosmtplib.SMTPException, OSError):
        async with asyncio.timeout(GOODBYE):
            await client.quit()


def written(mail: Mail, *, sender: str, now: float) -> bytes:
    """The message as it goes over the wire, 7-bit, lines ended by CRLF (RFC 5322, RFC 2045).

    Raises ValueError for an address or a header that is not plain; its text names which, never the value.
    """
    if not mail.subject or len(mail.subject) > LONGEST_SUBJECT or _BREAKING.search(mail.subject):
        raise ValueError(f"the subject is not one line of 1 to {LONGEST_SUBJECT} characters")
    if len(mail.text) > LONGEST_PART or len(mail.html or "") > LONGEST_PART:
        raise ValueError(f"the mail is longer than {LONGEST_PART} characters")
    domain = _address(sender, "the sender").domain
    message = EmailMessage(SMTP_POLICY)
    message["From"] = _address(sender, "the sender")
    message["To"] = _address(mail.to, "the recipient")
    message["Subject"] = mail.subject
    message["Date"] = datetime.fromtimestamp(now, UTC)
    message["Message-ID"] = f"<{_message_id(mail.key)}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834 §5: nobody's absence note answers it
    message.set_content(_tidy(mail.text), cte="quoted-printable")
    if mail.html is not None:
        message.add_alternative(_tidy(mail.html), subtype="html", cte="quoted-printable")
    return message.as_bytes()


def _address(text: str, whose: str) -> Address:
    match = _ADDRESS.fullmatch(text)
    if match is None or len(match[1]) > 64 or len(match[2]) > 253:
        raise ValueError(f"{whose} is not one plain mail address")
    return Address(username=match[1], domain=match[2])


def _message_id(key: str | None) -> str:
    return secrets.token_hex(16) if key is None else hashlib.sha256(key.encode()).hexdigest()[:32]


def _tidy(text: str) -> str:
    """Lines ended by LF, and no other control character: what a mail server might take for the end is not there."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one in "\n\t" or (ord(one) >= 32 and not 0xD800 <= ord(one) <= 0xDFFF))


def _is_here(host: str) -> bool:
    return host == "localhost" or is_loopback(host)


def _place(settings: MailSettings) -> str:
    return f"mail server {settings.host}:{settings.port}"


def _failure(problem: Exception, settings: MailSettings) -> MailFailure:
    """What went wrong in words of ours; of the server's answer only the code (RFC 5321 §4.2)."""
    place = _place(settings)
    match problem:
        case aiosmtplib.SMTPAuthenticationError(code=code):
            return MailFailure("unavailable", f"{place}: log-in refused with {code}")
        case aiosmtplib.SMTPRecipientsRefused(recipients=[refused, *_]):
            return MailFailure(_kind(refused.code), f"{place}: the recipient is refused with {refused.code}")
        case aiosmtplib.SMTPSenderRefused(code=code) | aiosmtplib.SMTPDataError(code=code):
            return MailFailure(_kind(code), f"{place}: the mail is refused with {code}")
        case aiosmtplib.SMTPResponseException(code=code):
            return MailFailure("unavailable", f"{place}: answered {code}")
        case TimeoutError():
            return MailFailure("unavailable", f"{place}: no answer in time")
        case aiosmtplib.SMTPNotSupported():
            return MailFailure("unavailable", f"{place}: does not offer what mail.tls or the log-in needs")
        case aiosmtplib.SMTPConnectError() | aiosmtplib.SMTPServerDisconnected() | OSError():
            return MailFailure("unavailable", f"{place}: no connection{_tls_problem(problem)}")
        case _:
            return MailFailure("unavailable", f"{place}: broke with {type(problem).__name__}")


def _kind(code: int) -> Literal["refused", "unavailable"]:
    return "refused" if 500 <= code <= 599 else "unavailable"


def _tls_problem(problem: BaseException | None) -> str:
    while problem is not None:
        if isinstance(problem, ssl.SSLCertVerificationError):
            return f" (TLS: {problem.verify_message})"
        problem = problem.__cause__ or problem.__context__
    return ""
