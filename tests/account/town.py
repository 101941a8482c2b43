"""People with browsers and phones at a whole server, for stories about the account page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx2

from engine.ports import Clock
from tests.browser import Browser
from tests.devices import Phone
from tests.journeys.living import House, configuration

PEOPLE = tuple(f"person{number}" for number in range(60))
FLOWS: list[dict[str, Any]] = [
    *configuration()["flows"],
    {"id": "password", "steps": [{"id": 1, "options": [{"authenticator": "password"}]}]},
    {
        "id": "vault",
        "steps": [{"id": n, "options": [{"authenticator": name}]} for n, name in enumerate(("password", "push"), 1)],
    },
]


def document(**push: Any) -> dict[str, Any]:
    """Payroll, which asks for the phone, Notes for the password alone, Vault for both in this order."""
    budget = {"per_10_minutes": 1000, "per_day": 1000, "cooldown_after_denial": 0}
    whole = configuration(
        flows=FLOWS,
        users=[{"username": name, "password": word(name), "claims": {MAIL: f"{name}@example.test"}} for name in PEOPLE],
        settings={
            "password": {"argon2": {"memory_kib": 64, "time_cost": 1, "parallelism": 1}},
            "push": {"progressive_enrollment": True, "budget": budget} | push,
        },
    )
    (payroll,) = whole["applications"]
    notes = payroll | {"id": "notes", "name": "Notes", "flow": "password"}
    whole["applications"] = [payroll, notes, payroll | {"id": "vault", "name": "Vault", "flow": "vault"}]
    return whole


MAIL = "http://wso2.org/claims/emailaddress"


def word(name: str) -> str:
    """The password of somebody."""
    return f"{name}-at-the-door"


@dataclass
class Person:
    """Somebody with a browser, and perhaps a phone."""

    house: House
    name: str
    browser: Browser
    phone: Phone
    clock: Clock

    def enroll(self) -> Person:
        """Register the phone on the way to Payroll, and be let in there."""
        browser = self.browser.open(self.house.authorize())
        browser.submit(username=self.name).press("INIT_PUSH_ENROLL").submit(password=word(self.name))
        assert self.house.register(self.phone, browser.marked["data-enrollment"]).status_code == 201
        browser.press("PUSH_DEVICE_ENROLLMENT")
        self.approve()
        return self

    def approve(self) -> Browser:
        """Approve the open request, and go on in the browser."""
        assert self.browser.page == "push-wait", (self.browser.page, self.browser.alerts)
        self.house.approve(self.phone)
        return self.browser.press("PROCEED_PUSH_AUTHENTICATION")

    def at(self, path: str = "/account") -> Browser:
        """At a page of the account, having proven what was asked on the way."""
        browser = self.browser.open(self.house.url + path)
        if browser.page == "password":
            browser.submit(username=self.name, password=word(self.name))
        if browser.page == "push-wait":
            self.approve()
        return browser

    def notices(self) -> list[dict[str, str]]:
        """What the phone is told without being asked anything."""
        address = f"{self.house.url}/api/users/v1/me/push/devices/{self.phone.device_id}/pending"
        return httpx2.post(address, json={"token": self.phone.pull_token(notices=True)}).json()

    def elsewhere(self) -> Person:
        """The same person in another browser."""
        return Person(self.house, self.name, self.house.browser(), self.phone, self.clock)


Somebody = Callable[[], Person]
"""Gives a person whom no other test has met."""
