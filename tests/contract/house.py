"""Doorstep as an operator has it: a folder, an environment, commands as processes, and a server that answers HTTP.

Nothing of the product is imported here: what these tests know of it is what stands in the contract.
"""

from __future__ import annotations

import itertools
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2

from tests.browser import Browser
from tests.contract import clock
from tests.contract.commands import COMMANDS, PATIENCE, ROOT
from tests.devices import Phone

APPLICATION = "https://payroll.example.test/callback"
"""Where applications are: a browser of ours stops there."""
CHEAP = {"argon2": {"memory_kib": 64, "time_cost": 1, "parallelism": 1}}
PASSWORD = "at-the-door-of-{}"
"""The password of the person of that name."""
PUSH = {"id": 1, "options": [{"authenticator": "push"}]}
THEN_PASSWORD = {"id": 2, "options": [{"authenticator": "password"}]}
PASSWORD_FIRST = {"id": 1, "options": [{"authenticator": "password"}]}
THEN_PUSH = {"id": 2, "options": [{"authenticator": "push"}]}
ENROLL = {
    "id": "enroll",
    "steps": [PUSH, THEN_PASSWORD],
    "subject_step": 1,
    "script": {"template": "push-progressive-enrollment"},
}
"""The flow of the guide: push first; who has no phone enrolls with the password."""
PUSH_ONLY = {"id": "push-only", "steps": [PUSH], "subject_step": 1}
PASSWORD_ONLY = {"id": "password-only", "steps": [PASSWORD_FIRST], "subject_step": 1}
PASSWORD_PUSH = {"id": "password-push", "steps": [PASSWORD_FIRST, THEN_PUSH], "subject_step": 1}


def free_port() -> int:
    """A port nobody listens on, the one after it neither."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def application(name: str, flow: str, **more: Any) -> dict[str, Any]:
    """An application of that id, public, with the flow."""
    return {"id": name, "name": name.title(), "redirect_uris": [APPLICATION], "flow": flow} | more


def person(name: str, **more: Any) -> dict[str, Any]:
    """Somebody whose password is known to the tests."""
    return {"username": name, "password": PASSWORD.format(name)} | more


def crowd(size: int) -> list[dict[str, Any]]:
    """People for `House.someone`: each test takes one of its own, so that no count of one reaches another."""
    return [person(f"person{number}") for number in range(size)]


def scripted(name: str, steps: list[dict[str, Any]], source: str, **more: Any) -> dict[str, Any]:
    """A flow with the source of its script."""
    return {"id": name, "steps": steps, "subject_step": 1, "script": {"source": source}} | more


def document(
    *flows: Mapping[str, Any], people: list[dict[str, Any]], push: Mapping[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """A whole configuration: each flow has an application of the same id."""
    settings: dict[str, Any] = {"password": CHEAP}
    if push is not None:
        settings["push"] = dict(push)
    apps = [application(flow["id"], flow["id"]) for flow in flows]
    return {"applications": apps, "flows": [dict(flow) for flow in flows], "users": people, "settings": settings} | more


class House:
    """One folder with its environment.  Commands run in it; `serving` runs the server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.database = folder / "doorstep.db"
        self.key = folder / "secret.key"
        self.verifier = secrets.token_urlsafe(48)
        self._clock = folder / "clock"
        self._passed = 0.0
        self._taken = itertools.count()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DOORSTEP_")}
        self.environment = {
            **kept,
            "PYTHONPATH": str(ROOT),
            "DOORSTEP_ISSUER": self.url,
            "DOORSTEP_DATABASE_URL": f"sqlite:///{self.database}",
            clock.FILE: str(self._clock),
        }

    # --- commands -----------------------------------------------------------------------------------------------------

    def run(self, *arguments: str, said: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end.  said: standard input."""
        environment = self.environment | environment
        return COMMANDS.run(list(arguments), folder=self.folder, environment=environment, said=said or "")

    def write(self, name: str, content: Mapping[str, Any] | str) -> Path:
        """A file in the folder; anything but a text is written as JSON (which is YAML too)."""
        path = self.folder / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    def apply(self, content: Mapping[str, Any] | str, *options: str, **environment: str) -> str:
        """Apply a configuration that is right; what it printed."""
        done = self.try_apply(content, *options, **environment)
        assert done.returncode == 0, told(done)
        return told(done)

    def try_apply(
        self, content: Mapping[str, Any] | str, *options: str, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Apply a configuration that may be wrong."""
        path = self.write("configuration.yaml", content)
        return self.run("apply", str(path), *options, **environment)

    def exported(self) -> dict[str, Any]:
        """The whole configuration as `doorstep export` writes it."""
        done = self.run("export", "--out", str(self.folder / "exported.json"))
        assert done.returncode == 0, told(done)
        return dict(json.loads((self.folder / "exported.json").read_text()))

    @contextmanager
    def serving(self, *options: str, **environment: str) -> Iterator[House]:
        """The server, from when it answers until the block ends."""
        log = (self.folder / "server.log").open("w")
        process = subprocess.Popen(
            self.command("serve", "--port", str(self.port), *options),
            cwd=self.folder,
            env=self.environment | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            self._wait(process)
            yield self
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
            log.close()

    def pass_time(self, seconds: float) -> None:
        """Let the server's clock go on."""
        self._passed += seconds
        self._clock.write_text(str(self._passed))

    def someone(self) -> str:
        """A name of the crowd that nobody has used yet."""
        return f"person{next(self._taken)}"

    def now(self) -> float:
        """Seconds since the epoch, by the server's clock."""
        return time.time() + self._passed

    def command(self, *arguments: str) -> list[str]:
        """The words of a command as a process of its own."""
        program = "import tests.contract.clock; from server import main; main()"
        return [sys.executable, "-c", program, *arguments]

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            assert process.poll() is None, (self.folder / "server.log").read_text()
            try:
                if httpx2.get(f"{self.url}/healthz", timeout=1).status_code == 200:
                    return
            except httpx2.TransportError:
                time.sleep(0.05)
        raise AssertionError("the server does not answer")

    # --- applications -------------------------------------------------------------------------------------------------

    def browser(self) -> Browser:
        """A browser of its own, without JavaScript."""
        return Browser(foreign=(APPLICATION,))

    def authorize(self, client_id: str, **more: str) -> str:
        """The address an application sends a person to."""
        challenge = urlsafe_b64encode(sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "client_id": client_id,
            "redirect_uri": APPLICATION,
            "response_type": "code",
            "scope": "openid profile",
            "state": "the-state",
            "nonce": "the-nonce",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{self.url}/oauth2/authorize?{urlencode({k: v for k, v in (asked | more).items() if v})}"

    def begin(self, client_id: str, **more: str) -> Browser:
        """A browser at the first page of a login."""
        return self.browser().open(self.authorize(client_id, **more))

    def token(self, code: str, client_id: str, **more: str) -> httpx2.Response:
        """Redeem a code."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": client_id,
            "redirect_uri": APPLICATION,
            "code_verifier": self.verifier,
        }
        return httpx2.post(f"{self.url}/oauth2/token", data=asked | more)

    def claims(self, browser: Browser, client_id: str) -> dict[str, Any]:
        """The claims of the ID token for the code that *browser* brought."""
        assert let_in(browser), told_by(browser)
        answer = self.token(browser.query["code"], client_id)
        assert answer.status_code == 200, answer.text
        return segment(answer.json()["id_token"], 1)

    # --- phones -------------------------------------------------------------------------------------------------------

    def api(self, path: str, body: Any, *, prefix: str = "") -> httpx2.Response:
        """What an authenticator app posts."""
        return httpx2.post(f"{self.url}{prefix}{path}", json=body)

    def register(self, phone: Phone, enrollment: str, *, prefix: str = "") -> httpx2.Response:
        """The phone scans a code and registers."""
        return self.api("/api/users/v1/me/push/devices", phone.register_body(enrollment), prefix=prefix)

    def pull(self, phone: Phone, *, prefix: str = "", wait: int = 0) -> list[dict[str, str]]:
        """What waits for the phone at this moment.  wait: seconds the server may hold an empty answer back."""
        path = f"{self.url}{prefix}/api/users/v1/me/push/devices/{phone.device_id}/pending"
        answer = httpx2.post(path, json={"token": phone.pull_token()}, headers={"Prefer": f"wait={wait}"}, timeout=30)
        assert answer.status_code == 200, answer.text
        return list(answer.json())

    def pending(self, phone: Phone, *, prefix: str = "", count: int = 1, after: str = "") -> list[dict[str, str]]:
        """What waits for the phone as soon as it is so many, none of them the push *after*."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            found = self.pull(phone, prefix=prefix)
            if len(found) >= count and after not in [push["pushId"] for push in found]:
                return found
            time.sleep(0.02)
        raise AssertionError(f"no {count} requests at the phone")

    def nothing_pending(self, phone: Phone) -> bool:
        """Whether nothing waits for the phone, and nothing comes."""
        return self.pull(phone, wait=1) == []

    def answer(self, token: str, *, prefix: str = "") -> httpx2.Response:
        """A phone's signed answer arrives."""
        return self.api("/push-auth/authenticate", {"authResponse": token}, prefix=prefix)

    def approve(self, phone: Phone) -> None:
        """The phone approves the one request that waits."""
        (push,) = self.pending(phone)
        answered = self.answer(phone.answer(push))
        assert answered.status_code == 200, answered.text

    def with_phone(self, name: str, phone: Phone, *, flow: str = "enroll") -> Phone:
        """Somebody enrolls a phone, in the middle of a login that ends well."""
        browser = self.begin(flow).submit(username=name).press("INIT_PUSH_ENROLL")
        browser.submit(password=PASSWORD.format(name))
        assert browser.page == "push-enroll", told_by(browser)
        assert self.register(phone, browser.marked["data-enrollment"]).status_code == 201
        browser.press("PUSH_DEVICE_ENROLLMENT")
        if "data-device" in browser.marked:
            browser.press("PUSH_DEVICE_ENROLLMENT")
        assert browser.page == "push-wait", told_by(browser)
        (push,) = self.pending(phone)
        number = browser.marked.get("data-number") or None
        assert self.answer(phone.answer(push, number=number)).status_code == 200
        browser.press("PROCEED_PUSH_AUTHENTICATION")
        assert let_in(browser), told_by(browser)
        return phone


def let_in(browser: Browser) -> bool:
    """Whether the browser is at the application with a code."""
    return browser.url.startswith(APPLICATION) and "code" in browser.query


def sent_away(browser: Browser) -> bool:
    """Whether the browser is at the application with an error and no code."""
    return browser.url.startswith(APPLICATION) and "error" in browser.query and "code" not in browser.query


def segment(token: str, number: int) -> dict[str, Any]:
    """The header (0) or the claims (1) of a compact JWS, unverified."""
    part = token.split(".")[number]
    return dict(json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))))


def told(done: subprocess.CompletedProcess[str]) -> str:
    """All that a command printed."""
    return done.stdout + done.stderr


def told_by(browser: Browser) -> str:
    """What a failed test wants to know of a browser."""
    text = browser.response.text if browser.response is not None else ""
    return f"{browser.status} {browser.url} {browser.page} {browser.alerts}\n{text[:2000]}"
