"""A real SMTP server on loopback that keeps what it gets, or refuses it as a test wants."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from typing import Any

from aiosmtpd.smtp import SMTP as SmtpServer
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session


@dataclass(slots=True)
class Mailbox:
    """A server that runs.  taken: the envelopes it took; logins: who logged in, over TLS or not."""

    port: int = 0
    taken: list[Envelope] = field(default_factory=list)
    logins: list[tuple[str, str, bool]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    """What to say instead of yes, by command: RCPT, DATA."""

    def message(self) -> EmailMessage:
        """The one message that came."""
        (envelope,) = self.taken
        assert isinstance(envelope.content, bytes)
        return BytesParser(policy=SMTP).parsebytes(envelope.content)

    async def handle_RCPT(
        self, server: SmtpServer, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient."""
        if "RCPT" not in self.answers:
            envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(self, server: SmtpServer, session: Session, envelope: Envelope) -> str:
        """Take a message."""
        if "DATA" not in self.answers:
            self.taken.append(envelope)
        return self.answers.get("DATA", "250 OK")

    def log_in(self, server: SmtpServer, session: Session, envelope: Envelope, mechanism: str, auth: Any) -> AuthResult:
        """Let in who says `right`."""
        assert isinstance(auth, LoginPassword)
        name, password = auth.login.decode(), auth.password.decode()
        self.logins.append((name, password, session.ssl is not None))
        return AuthResult(success=password == "right", handled=False)


@contextmanager
def served_mailbox() -> Iterator[Mailbox]:
    """A server that runs in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    running = mailbox()
    yield asyncio.run_coroutine_threadsafe(running.__aenter__(), loop).result(10)
    asyncio.run_coroutine_threadsafe(running.__aexit__(None, None, None), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


@asynccontextmanager
async def mailbox(
    *, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None, log_in: bool = False
) -> AsyncIterator[Mailbox]:
    """Run a mail server until the block ends."""
    box = Mailbox()
    parts: dict[str, Any] = {"hostname": "mail.localhost", "tls_context": starttls, "auth_require_tls": bool(starttls)}
    parts |= {"authenticator": box.log_in, "auth_required": True} if log_in else {}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SmtpServer(box, loop=loop, **parts), "127.0.0.1", 0, ssl=tls)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
