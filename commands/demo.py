"""`doorstep demo`: everything in one process, to try out: server, sample application, phone.  No network needed."""

from __future__ import annotations

import asyncio
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import terminal
from commands.options import PortOption
from commands.terminal import MISUSED, Stop

if TYPE_CHECKING:
    from commands.settings import Settings
    from configuration.document import Document
    from configuration.reading import Reading

Sockets = list[socket.socket]

DEMO = Path(__file__).resolve().parent.parent / "demo" / "demo.yaml"
PORT = 8400
"""The port that demo.yaml is written for; the sample application has the next one."""


def demo(
    port: PortOption = PORT,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Keep what is stored in DIR; else it is thrown away.")
    ] = None,
) -> None:
    """Run a server, a sample application and a phone in the browser, with two people to sign in as."""
    from commands.listening import listen

    if port == 65535:
        raise Stop("The sample application needs the port after this one; choose a lower --port.", code=MISUSED)
    server_sockets = listen("localhost", port)
    application_sockets = listen("localhost", port + 1)
    with _folder(data) as folder:
        reading, document = _document(port)
        asyncio.run(_run(folder, port, sockets=(server_sockets, application_sockets), configured=(reading, document)))
    terminal.say("Ended.")


@contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    """The data folder; one that is made is for its owner alone, as the files in it always are."""
    if data is None:
        with tempfile.TemporaryDirectory(prefix="doorstep-demo-") as made:
            yield Path(made)
        return
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(f"{data} cannot be the data folder: {error.strerror}", code=MISUSED) from None
    yield data.resolve()


def _document(port: int) -> tuple[Reading, Document]:
    """The demo's configuration, with the sample application on the port after *port*."""
    from configuration.form import parse
    from configuration.reading import LONGEST_FILE, Reading, parse_yaml, read_text

    text = read_text(DEMO, limit=LONGEST_FILE).replace(f"http://localhost:{PORT + 1}/", f"http://localhost:{port + 1}/")
    value, positions = parse_yaml(text)
    reading = Reading(str(DEMO), DEMO.parent, value, positions)
    return reading, parse(reading)


async def _run(
    folder: Path, port: int, *, sockets: tuple[Sockets, Sockets], configured: tuple[Reading, Document]
) -> None:
    from commands.listening import create_app
    from commands.side_by_side import Served, serve_all
    from demo.application import create_application

    settings = _settings(folder, port)
    await _configure(settings, configured)
    (payroll,) = configured[1].applications or []
    application = create_application(
        f"http://localhost:{port}", payroll.id, client_secret=None, redirect_uri=payroll.redirect_uris[0]
    )
    await serve_all(
        [
            Served(create_app(settings), sockets[0], f"http://localhost:{port}/.well-known/openid-configuration"),
            Served(application, sockets[1], f"http://localhost:{port + 1}/"),
        ],
        when_ready=lambda: terminal.say(*_welcome(port, folder, configured[1])),
    )


def _settings(folder: Path, port: int) -> Settings:
    """Settings of the demo alone: nothing of the environment counts."""
    from commands.settings import Settings

    return Settings.model_construct(
        issuer=f"http://localhost:{port}",
        database_url=f"sqlite:///{folder / 'doorstep.db'}",
        secret_key_file=folder / "secret.key",
    )


async def _configure(settings: Settings, configured: tuple[Reading, Document]) -> None:
    from commands.apply import tools_for
    from commands.stores import opened
    from configuration.apply import apply_documents

    async with opened(settings) as stores:
        await apply_documents([configured], tools_for(stores, settings))


def _welcome(port: int, folder: Path, document: Document) -> list[str]:
    people = [
        f"                {user.username:<8} {user.password.text if user.password else ''}"
        for user in document.users or ()
    ]
    return [
        "Doorstep is ready.",
        "",
        f"  Sign in at    http://localhost:{port + 1}/        (Payroll, a sample application)",
        f"  Your phone    http://localhost:{port}/phone   (in this browser or on another screen)",
        f"  Your account  http://localhost:{port}/account   (devices, browsers, password)",
        "  People        name     password",
        *people,
        f"  Data          {folder}",
        "",
        "Ctrl-C ends it.",
    ]
