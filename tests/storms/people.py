"""People who sign in all the time: patient with pages that fail, strict with what they get."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random

import httpx2
from joserfc.jwk import KeySet

from tests.browser import Browser
from tests.journeys.living import APPLICATION, House, configuration

FLOW = {
    "id": "enroll",
    "steps": [
        {"id": 1, "options": [{"authenticator": "identifier"}]},
        {"id": 2, "options": [{"authenticator": "password"}]},
    ],
}
MOST_RESTARTS = 5
TRIES = 60
PAUSE = 0.5
"""Seconds after which a page that failed is asked for again."""


class Wrong(AssertionError):
    """Something happened that must never happen."""


class Lost(Exception):
    """This login does not go on; another may be begun."""


@dataclass
class Told:
    """What came of the logins.  restarts: by how many a login needed; wrong: what must never happen."""

    restarts: Counter[int] = field(default_factory=Counter)
    gave_up: int = 0
    refused: int = 0
    redeemed_twice: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def logins(self) -> int:
        """Logins of those who know their password."""
        return self.restarts.total() + self.gave_up

    @property
    def share(self) -> float:
        """Of those who reached the end with one restart at the most."""
        return (self.restarts[0] + self.restarts[1]) / max(1, self.logins)


def document(people: int) -> dict[str, object]:
    """So many people in a flow of two pages, with the cheapest hash."""
    users = [{"username": f"person{n}", "password": f"word{n}"} for n in range(people)]
    return configuration(users=users, flows=[FLOW])


class Person(threading.Thread):
    """Signs in again and again; every tenth has forgotten the password and must never get in.

    ends: when no further login is begun, by the monotonic clock.
    """

    def __init__(self, house: House, keys: KeySet, number: int, *, ends: float, told: Told) -> None:
        super().__init__(daemon=True)
        self._house, self._keys, self._number, self._ends, self._told = house, keys, number, ends, told
        self._knows = number % 10 != 9
        self._chance = Random(number)

    def run(self) -> None:
        """Until it is over."""
        time.sleep(self._chance.uniform(0.0, 4.0))
        while time.monotonic() < self._ends:
            try:
                self._sign_in()
            except Wrong as wrong:
                self._told.wrong.append(f"person{self._number}: {wrong}")

    def _sign_in(self) -> None:
        for restarts in range(MOST_RESTARTS + 1):
            try:
                self._once()
            except Lost:
                continue
            if self._knows:
                self._told.restarts[restarts] += 1
            else:
                self._told.refused += 1
            return
        if self._knows:
            self._told.gave_up += 1

    def _once(self) -> None:
        """One login to its end.  Raises Lost, Wrong."""
        headers = {"X-Forwarded-For": f"198.51.{self._number // 200}.{self._number % 200 + 1}"}
        browser = Browser(foreign=(APPLICATION,), headers=headers)
        with browser.http:
            self._tried(browser, partial(browser.open, self._house.authorize()))
            for _ in range(6):
                self._think()
                if browser.url.startswith(APPLICATION):
                    return self._arrived(browser.query)
                match browser.page:
                    case "identifier":
                        self._tried(browser, partial(browser.submit, username=f"person{self._number}"))
                    case "password" if not self._knows and browser.alerts:
                        return None
                    case "password":
                        word = f"word{self._number}" if self._knows else "another"
                        self._tried(browser, partial(browser.submit, password=word))
                    case _:
                        raise Lost
        raise Lost

    def _tried(self, browser: Browser, act: Callable[[], object]) -> None:
        """Do it; where the connection or the page fails, look again where the login stands.  Raises Lost."""
        for _ in range(TRIES):
            try:
                act()
                if browser.url.startswith(APPLICATION) or browser.status < 500:
                    return
            except httpx2.TransportError:
                pass
            time.sleep(PAUSE)
            act = partial(browser.open, browser.url)
        raise Lost

    def _arrived(self, query: dict[str, str]) -> None:
        """Redeem the code, and try to redeem it once more."""
        if not self._knows:
            raise Wrong("somebody got in without the password")
        if "code" not in query:
            raise Lost
        answer = self._asked(query["code"])
        if answer is None or answer.status_code != 200:
            raise Lost  # the answer may have been lost on its way: the code is used up then
        claims = self._house.claims(answer.json()["id_token"], self._keys)
        if claims["preferred_username"] != f"person{self._number}":
            raise Wrong(f"the token is {claims['preferred_username']}'s")
        again = self._asked(query["code"])
        if again is not None and again.status_code == 200:
            self._told.redeemed_twice += 1
            raise Wrong("a code was redeemed twice")

    def _asked(self, code: str) -> httpx2.Response | None:
        for _ in range(TRIES):
            try:
                answer = self._house.token(code)
                if answer.status_code < 500:
                    return answer
            except httpx2.TransportError:
                pass
            time.sleep(PAUSE)
        return None

    def _think(self) -> None:
        time.sleep(self._chance.uniform(2.0, 6.0))
