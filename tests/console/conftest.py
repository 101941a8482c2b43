"""One server for the tests of the console, with an admin of each role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.account.conftest import Hands
from tests.browser import Browser
from tests.devices import Phone
from tests.journeys.living import APPLICATION, House, configuration, living

ROLES = {"vera": "viewer", "edda": "editor", "pia": "publisher", "olga": "owner"}


def word(name: str) -> str:
    """The password of somebody."""
    return f"{name}-at-the-console"


@dataclass
class Admin:
    """Somebody with a browser that has been to the console."""

    house: House
    name: str
    browser: Browser

    def at(self, path: str = "") -> Browser:
        """At a page of the console, signed in on the way."""
        browser = self.browser.open(f"{self.house.url}/console{path}")
        return browser.submit(username=self.name, password=word(self.name)) if browser.page == "password" else browser

    def post(self, path: str, form: str | None = None, /, **fields: str) -> Browser:
        """Send the form of a page as it stands, with other fields.  form: the address it posts to, else *path*."""
        browser, target = self.at(path), f"/console{form or path}"
        found = next(one for one in browser.forms if one.action == target)
        return browser.post(self.house.url + target, found.fields | fields)


@pytest.fixture(scope="module")
def clock() -> Hands:
    """The server's time."""
    return Hands()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, clock: Hands) -> Iterator[House]:
    """A server with one application, one flow, four admins and two people who are none."""
    whole = configuration()
    whole["users"] += [
        {"username": name, "password": word(name), "roles": [f"doorstep-{role}"]} for name, role in ROLES.items()
    ]
    whole["users"].append({"username": "admin", "password": word("admin"), "roles": ["admin", "Internal/admin"]})
    with living(tmp_path_factory.mktemp("house"), whole, clock=clock) as house:
        yield house


@pytest.fixture(scope="module")
def admin(house: House) -> Callable[[str], Admin]:
    """Gives an admin by name, in a fresh browser."""
    return lambda name: Admin(house, name, house.browser())


@pytest.fixture
def phone(clock: Hands) -> Phone:
    """A phone of nobody yet."""
    return Phone(clock=clock)


def entry(**changes: str) -> dict[str, str]:
    """What is typed into the form of an application."""
    return {"name": "Wiki", "flow": "enroll", "redirect_uris": APPLICATION, "enabled": "yes"} | changes
