"""What all cases share: one server with applications of every kind, people who were never used before, and oracles.

Oracles look into the database, not at the answers: how many codes, sessions, devices and audit records there are.
"""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urljoin

import httpx2

from commands.stores import opened
from engine.ports import ConfigurationChange
from storage.open import Stores
from tests.browser import Browser
from tests.devices import Phone
from tests.journeys.living import APPLICATION, House, configuration, living

T = TypeVar("T")

REQUEST = "AUTHENTICATION"
"""What a push says that asks for an answer."""
PEOPLE = 300
"""Each case takes a person of its own, so that no count of tries or pushes reaches from one to the next."""

EITHER = "function onLoginRequest(context) { executeStep(1, {onSuccess: function () { executeStep(2); }}); }"
SEES_ALL = """function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) { Log.info(JSON.stringify(context.request.params)); },
        onFail: function (context) { Log.info(JSON.stringify(context.request.params)); executeStep(1); }
    });
}"""


class Clock:
    """The real time, moved ahead by hand."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


def document(*, progressive: bool = True, number: bool = False, **push: Any) -> dict[str, Any]:
    """The configuration.

    payroll: the enrollment script; pass-push: password, then push; pass, own: password only; name-push: name and push;
    either: name, then push or password; must-push: password only, though push is required; seen: a script that logs.
    own and pass-push have screens of their own.
    """
    flows = {
        "pass-push": (["password"], ["push"]),
        "pass": (["password"],),
        "own": (["password"],),
        "name-push": (["identifier"], ["push"]),
        "either": (["identifier"], ["push", "password"]),
        "must-push": (["password"],),
        "seen": (["password"],),
    }
    scripts = {"either": EITHER, "seen": SEES_ALL}
    whole = configuration()
    whole["settings"]["push"] |= {"progressive_enrollment": progressive, "number_challenge": number} | push
    whole["flows"] += [
        {
            "id": name,
            "steps": [
                {"id": number, "options": [{"authenticator": option} for option in options]}
                for number, options in enumerate(steps, 1)
            ],
        }
        | ({"script": {"source": scripts[name]}} if name in scripts else {})
        for name, steps in flows.items()
    ]
    whole["applications"] += [
        {"id": name, "name": name.title(), "redirect_uris": [APPLICATION], "flow": name}
        | ({"require": ["push"]} if name == "must-push" else {})
        | ({"native_api": True} if name in ("own", "pass-push") else {})
        for name in flows
    ]
    whole["users"] = [{"username": f"p{n:03}", "password": password(f"p{n:03}")} for n in range(PEOPLE)]
    return whole


def password(name: str) -> str:
    """That person's password."""
    return f"{name}-at-the-door"


@dataclass
class Town:
    """The server and who lives there."""

    house: House
    clock: Clock
    _unused: Iterator[str] = field(default_factory=lambda: (f"p{n:03}" for n in itertools.count()))
    _addresses: Iterator[int] = field(default_factory=itertools.count)

    # --- people -------------------------------------------------------------------------------------------------------

    def person(self) -> str:
        """A person nobody has asked for yet."""
        return next(self._unused)

    def browser(self, **headers: str) -> Browser:
        """A browser of its own; behind a proxy, at an address of its own."""
        if self.house.settings.trusted_proxies:
            at = next(self._addresses)
            headers = {"X-Forwarded-For": f"203.0.{at // 250}.{at % 250}"} | headers
        return Browser(foreign=(APPLICATION,), headers=headers)

    def phone(self, name: str, **more: Any) -> Phone:
        """A phone that is enrolled for *name*, put into the directory as the enrollment does at its end."""
        phone = Phone("ec", clock=self.clock, **more)
        self.enroll(phone, name)
        return phone

    def enroll(self, phone: Phone, name: str) -> None:
        """Register *phone* as the device API does for a person whose proof is fresh."""

        async def work(stores: Stores) -> None:
            from authenticators.push.enrollment import Claimed, Enrollment
            from authenticators.push.registering import read

            user = await stores.directory.user_named(name)
            assert user is not None
            enrollment = Enrollment(stores.state, stores.directory, self.clock, added=lambda device: None)
            registration = await enrollment.begin(user)
            posted = read(phone.register_body(registration.discovery(host=self.house.url, tenant="carbon.super")))
            claimed = Claimed(
                name=posted.name,
                model=posted.model,
                provider="builtin",
                push_token=posted.push_token,
                public_key=posted.key.der,
                algorithms=posted.key.algorithms,
                typed=posted.typed,
                metadata=dict(posted.metadata),
                at=self.clock(),
            )
            await enrollment.confirm(await enrollment.claim(registration.device_id, claimed), limit=10)

        self.stores(work)

    def stores(self, work: Callable[[Stores], Awaitable[T]]) -> T:
        """Do something with the stores from outside, as the command line does."""

        async def run() -> T:
            async with opened(self.house.settings) as stores:
                return await work(stores)

        return asyncio.run(run())

    def set_enabled(self, name: str, enabled: bool) -> None:
        """An admin lets a person in, or keeps them out."""

        async def work(stores: Stores) -> None:
            user = await stores.directory.user_named(name)
            assert user is not None
            await stores.directory.set_enabled(user.id, enabled)

        self.stores(work)

    def remove(self, name: str) -> None:
        """An admin takes a person out of the configuration."""

        async def work(stores: Stores) -> None:
            await stores.configuration.commit(ConfigurationChange(removed_users=[name]))

        self.stores(work)

    # --- logging in ---------------------------------------------------------------------------------------------------

    def at(self, application: str, browser: Browser | None = None, **more: str) -> Browser:
        """A browser on the first page of that application's login."""
        return (browser or self.browser()).open(self.house.authorize(application, **more))

    def waiting(self, name: str, browser: Browser | None = None) -> Browser:
        """A browser on the waiting page of name-push, for *name*."""
        browser = self.at("name-push", browser).submit(username=name)
        assert browser.page == "push-wait", (browser.page, browser.alerts)
        return browser

    def signed_in(self, name: str, browser: Browser | None = None, application: str = "pass") -> Browser:
        """A browser whose login with a password has just ended at the application."""
        browser = self.at(application, browser).submit(username=name, password=password(name))
        assert "code" in browser.query, (browser.url, browser.page, browser.alerts)
        return browser

    def tokens(self, browser: Browser, application: str) -> dict[str, Any]:
        """What the application gets for the code that the browser brought."""
        answer = self.house.token(browser.query["code"], application)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def devices_by(self, bearer: str, path: str, method: str = "GET") -> httpx2.Response:
        """What an access token opens of a person's devices."""
        headers = {"Authorization": f"Bearer {bearer}"}
        return httpx2.request(method, f"{self.house.url}/api/users/v1/me/push{path}", headers=headers)

    def pushes(self, phone: Phone, count: int) -> list[dict[str, str]]:
        """What waits for *phone* as soon as it is so many: a push leaves after the page was answered."""
        for _ in range(500):
            found = self.house.pending(phone)
            if len(found) >= count:
                break
            time.sleep(0.02)
        return found

    def push(self, phone: Phone) -> dict[str, str]:
        """The one request that waits for *phone*."""
        (push,) = self.pushes(phone, 1)
        return push

    def notices(self, phone: Phone) -> list[dict[str, str]]:
        """What *phone* is told besides requests."""
        for _ in range(500):
            body = {"token": phone.pull_token(notices=True)}
            address = f"{self.house.url}/api/users/v1/me/push/devices/{phone.device_id}/pending"
            found = [one for one in httpx2.post(address, json=body).json() if one["notificationScenario"] != REQUEST]
            if found:
                break
            time.sleep(0.02)
        return found

    def until_authorize_answers(self, application: str, status: int) -> None:
        """Wait until the server has seen a change that another process made; it looks twice a second."""
        for _ in range(200):
            if httpx2.get(self.house.authorize(application)).status_code == status:
                return
            time.sleep(0.02)
        raise AssertionError(f"{application} never answered {status}")

    # --- oracles ------------------------------------------------------------------------------------------------------

    def count(self, sql: str, *values: object) -> int:
        """A number from the database."""
        path = self.house.settings.database_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as database:
            return int(database.execute(sql, values).fetchone()[0])

    def records(self, kind: str) -> int:
        """Short-lived records of that kind."""
        return self.count("SELECT count(*) FROM records WHERE kind = ?", kind)

    def audited(self, name: str, user: str | None = None) -> int:
        """AUDIT: records of that name, about that person."""
        if user is None:
            return self.count("SELECT count(*) FROM audit WHERE name = ?", name)
        return self.count("SELECT count(*) FROM audit WHERE name = ? AND username = ?", name, user)

    def let_in(self) -> tuple[int, int, int]:
        """What a success leaves behind: codes, sessions, records in the audit."""
        return self.records("code"), self.records("session"), self.audited("login_succeeded")

    @contextmanager
    def noauth(self, *browsers: Browser) -> Iterator[None]:
        """NOAUTH: nothing in here lets anybody in, whatever the answers say; no answer is a 5xx."""
        codes, sessions, successes = self.let_in()
        yield
        after = self.let_in()
        assert (after[0], after[2]) == (codes, successes)
        assert after[1] <= sessions  # a session that counts no more is ended meanwhile
        for browser in browsers:
            assert "code" not in browser.query
            assert browser.status < 500

    @contextmanager
    def one(self) -> Iterator[None]:
        """ONE: exactly one code, one session more or less than before is not looked at, one success in the audit."""
        codes, _, successes = self.let_in()
        yield
        after = self.let_in()
        assert (after[0] - codes, after[2] - successes) == (1, 1)


def address(browser: Browser) -> str:
    """Where the forms of the page at hand go."""
    return urljoin(browser.url, browser.forms[0].action)


def hidden(browser: Browser) -> dict[str, str]:
    """The hidden fields of the page's own form."""
    return {name: value for name, value in browser.forms[0].fields.items() if name.startswith("_")}


def clean(answer: httpx2.Response) -> None:
    """CLEAN: a refusal that says nothing of how the server is made."""
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text[:300])
    for word in ("Traceback", 'File "', "site-packages", "sqlite", "Exception", "starlette", "uvicorn"):
        assert word.lower() not in answer.text.lower(), word


def at_once(times: int, work: Callable[[int], T]) -> list[T]:
    """The same thing so many times in parallel."""
    with ThreadPoolExecutor(min(times, 25)) as pool:
        return list(pool.map(work, range(times)))


def post_as(browser: Browser, url: str, fields: dict[str, str]) -> Callable[[int], httpx2.Response]:
    """Posts as that browser, from a connection of its own, so that posts really meet."""
    cookies = dict(browser.http.cookies)
    origin = url.split("/login/")[0]

    def post(_: int) -> httpx2.Response:
        with httpx2.Client(cookies=cookies, timeout=60, trust_env=False) as client:
            return client.post(url, data=fields, headers={"Origin": origin})

    return post


@contextmanager
def town(folder: Path, whole: dict[str, Any] | None = None, **more: Any) -> Iterator[Town]:
    """A server with that configuration, and its people."""
    clock = Clock()
    with living(folder, whole or document(), clock=clock, **more) as house:
        yield Town(house, clock)
