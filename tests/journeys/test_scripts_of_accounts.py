"""Scripts that ship and need more than steps, through the front door: an old system, cookies, sessions."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.journeys.living import APPLICATION, House, configuration, living
from tests.journeys.test_nobody_gets_in import application, flow

SCRIPTS = Path(__file__).resolve().parent.parent.parent / "scripts"
OLD_PASSWORD = "as-it-was-years-ago"


class OldSystem(BaseHTTPRequestHandler):
    """Knows mara's password, if it is shown the token."""

    asked: list[str] = []

    def do_POST(self) -> None:
        typed = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(typed["username"])
        known = self.headers["Authorization"] == "Bearer s3cret" and typed["password"] == OLD_PASSWORD
        answer = json.dumps({"valid": known}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *arguments: object) -> None:
        """Quiet."""


@contextmanager
def old_system() -> Iterator[str]:
    """The address of one that runs."""
    OldSystem.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), OldSystem) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A server with a flow for each script; mara's password is in the old system."""
    with old_system() as address:
        document = configuration()
        for name in ("silent-password-migration", "concurrent-sessions"):
            source = (SCRIPTS / f"{name}.js").read_text("utf-8").replace("https://old.example.org", address)
            document["applications"].append(application(name, name))
            document["flows"].append(flow(name, "password", script=source))
        document["users"][0] = {"username": "mara", "claims": {"urn:doorstep:password-elsewhere": "true"}}
        document["settings"]["http"] = {"allow": [address]}
        document["settings"]["secrets"] = {"oldSystem": "s3cret"}
        with living(tmp_path, document) as house:
            yield house


def test_a_password_moves_here_and_stands_nowhere(
    house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Typed wrong once, then right: in; then the old system is not asked. No log, no store has it in clear."""
    caplog.set_level(logging.DEBUG, "doorstep")
    browser = house.browser()
    browser.open(house.authorize("silent-password-migration"))
    browser.submit(username="mara", password=OLD_PASSWORD + "!")
    assert (browser.page, OLD_PASSWORD in browser.text) == ("prompt", False)
    browser.submit(password=OLD_PASSWORD)
    assert house.redeem(browser, "silent-password-migration")["preferred_username"] == "mara"
    again = house.browser().open(house.authorize("silent-password-migration"))
    again.submit(username="mara", password=OLD_PASSWORD)
    assert again.url.startswith(APPLICATION)
    assert OldSystem.asked == ["mara", "mara"]
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert OLD_PASSWORD.encode() not in kept + caplog.text.encode()


def test_nobody_learns_from_the_form_whose_password_is_where(house: House) -> None:
    """A name of the old system, one of ours and one of nobody's look alike."""
    seen = set()
    for name in ("mara", "noah", "nobody"):
        browser = house.browser()
        browser.open(house.authorize("silent-password-migration"))
        browser.submit(username=name, password="wrong")
        seen.add(browser.text.replace(name, "NAME").partition("<form")[0])
    assert len(seen) == 1
    assert OldSystem.asked == ["mara"]


def test_the_session_that_is_chosen_ends(house: House) -> None:
    """In its browser the next application asks for the password again."""
    browsers = [house.browser() for _ in range(3)]
    for browser in browsers:
        browser.open(house.authorize("concurrent-sessions"))
        browser.submit(username="noah", password="noah-at-the-door")
    assert [browser.page for browser in browsers][2] == "prompt"
    browsers[2].submit(session="2")
    assert browsers[2].url.startswith(APPLICATION)
    assert browsers[0].open(house.authorize("concurrent-sessions")).url.startswith(APPLICATION)
    assert browsers[1].open(house.authorize("concurrent-sessions")).page == "password"
