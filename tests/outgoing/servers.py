"""Real servers on loopback that say what a test wants them to say: byte by byte, over TLS or not."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came over the wire."""

    line: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> list[str]:
        """All values of that field."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode("ascii")))


Answer = Callable[[Received, asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class Service:
    """A server that runs.  received: what it was asked; connections: how often somebody connected."""

    port: int
    host: str
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    closed: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def connected(self, number: int) -> None:
        """Wait until so many have connected since the start."""
        async with self.changed:
            await self.changed.wait_for(lambda: self.connections >= number)

    async def left(self, number: int) -> None:
        """Wait until so many connections are closed by whoever made them."""
        async with self.changed:
            await self.changed.wait_for(lambda: self.closed >= number)

    @property
    def url(self) -> str:
        """Its address by plain HTTP."""
        return f"http://{self.host}:{self.port}/"

    @property
    def allow(self) -> list[str]:
        """The list that lets calls to it out."""
        return [f"{self.host}:{self.port}"]


JSON = (("Content-Type", "application/json"),)


def response(body: bytes = b"{}", *, status: int = 200, headers: Sequence[tuple[str, str]] = JSON) -> bytes:
    """A whole answer in bytes."""
    head = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*head, f"Content-Length: {len(body)}", "", ""]).encode("latin-1") + body


def saying(*answers: bytes) -> Answer:
    """Gives these answers one after the other, and the last for ever."""
    left = list(answers)

    async def answer(received: Received, out: asyncio.StreamWriter) -> None:
        out.write(left.pop(0) if len(left) > 1 else left[0])
        await out.drain()

    return answer


@asynccontextmanager
async def serving(
    answer: Answer, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> AsyncIterator[Service]:
    """Run a server until the block ends; connections are kept alive as HTTP/1.1 does."""
    service = Service(0, host)
    tasks: set[asyncio.Task[None] | None] = set()

    async def serve(reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        async with service.changed:
            service.connections += 1
            service.changed.notify_all()
        tasks.add(asyncio.current_task())
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ssl.SSLError):
            while True:
                received = await _request(reader)
                service.received.append(received)
                await answer(received, out)
        out.close()
        async with service.changed:
            service.closed += 1
            service.changed.notify_all()

    server = await asyncio.start_server(serve, host, 0, ssl=tls)
    service.port = server.sockets[0].getsockname()[1]
    try:
        yield service
    finally:
        server.close()
        for task in tasks:
            if task is not None:
                task.cancel()
        await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)


async def _request(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = tuple((name, value.strip()) for name, _, value in (line.partition(":") for line in head[1:] if line))
    length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
    return Received(head[0], headers, await reader.readexactly(length))


# --- certificates -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate authority for one test run."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def new(cls) -> Authority:
        """A fresh one."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Throw-away")])
        builder = _builder(name, name, key.public_key(), days=1)
        constraints = x509.BasicConstraints(ca=True, path_length=0)
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        builder = builder.add_extension(constraints, True).add_extension(usage, True).add_extension(identifier, False)
        return cls(key, builder.sign(key, hashes.SHA256()))

    def server_side(self, folder: Path, *names: str, days: int = 1) -> ssl.SSLContext:
        """TLS of a server with a certificate for *names*; with negative *days* it is over."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
        builder = _builder(subject, self.certificate.subject, key.public_key(), days=days)
        alternatives = x509.SubjectAlternativeName([_general_name(name) for name in names])
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(alternatives, False).add_extension(issuer, False)
        certificate = builder.sign(self.key, hashes.SHA256())
        file = folder / f"{names[0].replace(':', '_')}.{days}.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def client_side(self) -> ssl.SSLContext:
        """TLS of a client that trusts this authority only."""
        pem = self.certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")
        return ssl.create_default_context(cadata=pem)


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, *, days: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3))
        .not_valid_after(now + timedelta(days=days))
    )
