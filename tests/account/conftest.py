"""Fixtures of the account page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import pytest

from tests.account.town import PEOPLE, Person, Somebody, document
from tests.devices import Phone
from tests.journeys.living import House, living
from tests.outgoing.mail_server import Mailbox, served_mailbox


@dataclass
class Hands:
    """A clock that tests move forward.  ahead: seconds."""

    ahead: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@pytest.fixture(scope="module")
def clock() -> Hands:
    """The server's time, and the phones'."""
    return Hands()


@pytest.fixture(scope="module")
def box() -> Iterator[Mailbox]:
    """A mail server that runs."""
    with served_mailbox() as box:
        yield box


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, clock: Hands, box: Mailbox) -> Iterator[House]:
    """A server with two applications and many people, which sends mail."""
    whole = document()
    whole["settings"]["mail"] = {"host": "127.0.0.1", "port": box.port, "from": "login@example.test"}
    with living(tmp_path_factory.mktemp("house"), whole, clock=clock) as house:
        yield house


@pytest.fixture(scope="module")
def somebody(house: House, clock: Hands) -> Somebody:
    """Gives a person that no other test has met, in a fresh browser."""
    numbers = count()
    return lambda: Person(house, PEOPLE[next(numbers)], house.browser(), Phone(clock=clock), clock)
