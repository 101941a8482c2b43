"""Every kind of device with every push provider, in every way a push can end, over real HTTP.

Run as a program it prints the table that docs/evidence keeps: `python -m tests.journeys.push_matrix`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2

from engine.errors import EngineError
from storage.open import Stores
from tests.browser import Browser
from tests.devices import Phone
from tests.security.town import Town, document, password, town
from tests.standins.fcm import Fcm, fcm
from tests.standins.webpush import PushService, push_service

PROCEED, RESEND = "PROCEED_PUSH_AUTHENTICATION", "RESEND_PUSH_NOTIFICATION"
PATIENCE: Final = 20.0
FCM: Final = "main"
Push = dict[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of device.  how: of its phone; relative: it goes by the push's `relativePath`, not by its tenant."""

    name: str
    how: Mapping[str, Any]
    relative: bool = False


KINDS: Final = (
    Kind("RSA app, exp in milliseconds", {"kind": "rsa", "milliseconds": True}),
    Kind("RSA app with relativePath", {"kind": "rsa", "milliseconds": False}, relative=True),
    Kind("ES256, types the number", {"kind": "ec", "typed": True, "milliseconds": False}),
    Kind("Ed25519", {"kind": "ed25519", "milliseconds": False}),
)
PROVIDERS: Final = ("builtin", "fcm", "webpush")


@dataclass(frozen=True, slots=True)
class Matrix:
    """The server, its people, FCM, and the push service of a browser."""

    place: Town
    google: Fcm
    service: PushService

    def cell(self, kind: Kind, provider: str, end: str) -> str:
        """What becomes of one login."""
        return ENDS[end][0](_Login(self, kind, provider))


class _Login:
    """Somebody new with one device of that kind, and a browser that waits for it."""

    def __init__(self, matrix: Matrix, kind: Kind, provider: str) -> None:
        self.place, self.google, self.service = matrix.place, matrix.google, matrix.service
        self.kind, self.provider, self.name = kind, provider, matrix.place.person()
        named = FCM if provider == "fcm" else provider
        self.phone = Phone(provider=named, push_token=self._token(), clock=self.place.clock, **kind.how)
        self._seen: set[str] = set()
        self._enroll()
        self.browser = self.place.waiting(self.name)
        self.push = self.received()

    def _enroll(self) -> None:
        browser = self.place.at("payroll").submit(username=self.name)
        browser.press("INIT_PUSH_ENROLL").submit(password=password(self.name))
        registered = self.place.house.register(self.phone, browser.marked["data-enrollment"])
        assert registered.status_code == 201, registered.text
        while browser.page == "push-enroll":
            browser.press("PUSH_DEVICE_ENROLLMENT")
        assert self.answer(self.received(), browser=browser) == 200
        assert "code" in browser.press(PROCEED).query

    def _token(self) -> str:
        """What the provider addresses the device by."""
        if self.provider != "webpush":
            return f"token-of-{self.name}"
        key = httpx2.get(f"{self.place.house.url}/api/users/v1/me/push/web-push-key").json()["publicKey"]
        return self.service.subscribe(key)

    def received(self) -> Push:
        """The next push that reaches the device, by its provider."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            for push in self._arrived():
                if push["pushId"] not in self._seen:
                    self._seen.add(push["pushId"])
                    return push
            time.sleep(0.02)
        raise AssertionError("no push has arrived")

    def _arrived(self) -> list[Push]:
        match self.provider:
            case "fcm":
                return [each["data"] for each in list(self.google.sent) if each["token"] == self.phone.push_token]
            case "webpush":
                mine = [each for each in list(self.service.received) if f"/{each.browser}" in self.phone.push_token]
                return [each.content["data"] for each in mine]
        return self.place.house.pending(self.phone)

    def answer(
        self, push: Push, word: str = "APPROVED", *, browser: Browser | None = None, number: str | None = None
    ) -> int:
        """The status that the device gets for its answer; the person reads the number off the page."""
        shown = (browser or self.browser).marked.get("data-number")
        token = self.phone.answer(push, word, number=number or shown)
        path = push["relativePath"] if self.kind.relative else f"/t/{push['tenantDomain']}"
        url = f"{self.place.house.url}{path}/push-auth/authenticate"
        return httpx2.post(url, json={"authResponse": token}, timeout=60).status_code

    def went(self) -> str:
        """Where the browser is once it has gone on: in, waiting, or the reason of the end."""
        self.browser.press(PROCEED)
        if "code" in self.browser.query:
            return "in"
        return " ".join([self.browser.page, *self.browser.alerts])


def _approve(login: _Login) -> str:
    return f"{login.answer(login.push)}, {login.went()}"


def _deny(login: _Login) -> str:
    return f"{login.answer(login.push, 'DENIED')}, {login.went()}"


def _wrong_number(login: _Login) -> str:
    right = login.browser.marked["data-number"]
    return f"{login.answer(login.push, number=f'{(int(right) + 1) % 100:02}')}, {login.went()}"


def _expire(login: _Login) -> str:
    login.place.clock.ahead += 91
    return f"{login.answer(login.push)}, {login.went()}"


def _resend(login: _Login) -> str:
    login.place.clock.ahead += 61
    login.browser.press(RESEND)
    return f"{login.answer(login.received())}, {login.went()}"


def _supersede(login: _Login) -> str:
    login.place.clock.ahead += 61
    login.browser.press(RESEND)
    login.received()
    return f"{login.answer(login.push)}, {login.went()}"


def _revoke(login: _Login) -> str:
    async def remove(stores: Stores) -> None:
        user = await stores.directory.user_named(login.name)
        if user is None or not await stores.directory.remove_device(login.phone.device_id, user_id=user.id):
            raise EngineError("the device was not there")

    login.place.stores(remove)
    return f"{login.answer(login.push)}, {login.went()}"


ENDS: Final[dict[str, tuple[Callable[[_Login], str], str]]] = {
    "approve": (_approve, "200, in"),
    "deny": (_deny, "200, error push.denied"),
    "wrong number": (_wrong_number, "400, error push.wrong_number"),
    "expire": (_expire, "410, push-wait push.expired"),
    "resend": (_resend, "200, in"),
    "supersede": (_supersede, "410, push-wait"),
    "revoke while pending": (_revoke, "400, error push.revoked"),
}
"""What is done, and what must come of it: the status of the device's answer, and where the browser is then."""


@contextmanager
def matrix(folder: Path) -> Iterator[Matrix]:
    """A server that shows numbers, with each kind of push provider."""
    with fcm() as google, push_service() as service:
        whole = document(number=True, budget={"per_10_minutes": 1000, "per_day": 1000, "cooldown_after_denial": 0})
        account = google.service_account()
        whole["settings"]["push_providers"] = [
            {"name": FCM, "provider": "fcm", "service_account": account},
            {"name": "webpush", "provider": "webpush", "services": [service.url]},
        ]
        hosts = [urlsplit(google.url).netloc]
        with town(folder, whole, fcm_endpoint=google.url, fcm_token_hosts=hosts) as place:
            yield Matrix(place, google, service)


def main() -> int:
    failures, cells = [], 0
    print("What must come of each way to end: the status of the device's answer, then where the browser is.\n")
    for end, (_, wanted) in ENDS.items():
        print(f"  {end:<22}{wanted}")
    print(f"\n  {'device':<30}{'provider':<10}{'  '.join(ENDS)}")
    with tempfile.TemporaryDirectory() as folder, matrix(Path(folder)) as run:
        for kind in KINDS:
            for provider in PROVIDERS:
                row = []
                for end, (_, wanted) in ENDS.items():
                    came = run.cell(kind, provider, end)
                    cells += 1
                    row.append(("ok" if came == wanted else "NO").ljust(len(end)))
                    if came != wanted:
                        failures.append(f"{kind.name}, {provider}, {end}: {came}")
                print(f"  {kind.name:<30}{provider:<10}{'  '.join(row)}".rstrip())
    print(f"\n  {cells} cells, {len(failures)} of them not as they must be")
    print("".join(f"  {failure}\n" for failure in failures), end="")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
