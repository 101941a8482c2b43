"""What people are told of changes in their account, and what the audit says: mail over a real SMTP server."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP

import pytest

from tests.account.conftest import Hands
from tests.account.town import Person, Somebody, document, word
from tests.journeys.living import House, living
from tests.outgoing.mail_server import Mailbox, mailbox


@pytest.fixture(scope="module")
def box() -> Iterator[Mailbox]:
    """A mail server that runs."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    running = mailbox()
    yield asyncio.run_coroutine_threadsafe(running.__aenter__(), loop).result(10)
    asyncio.run_coroutine_threadsafe(running.__aexit__(None, None, None), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, clock: Hands, box: Mailbox) -> Iterator[House]:
    """A server that sends mail."""
    whole = document()
    whole["settings"]["mail"] = {"host": "127.0.0.1", "port": box.port, "from": "login@example.test"}
    with living(tmp_path_factory.mktemp("house"), whole, clock=clock) as house:
        yield house


def _told(box: Mailbox, person: Person, about: str) -> EmailMessage:
    """The mail to that person with those words in it."""
    for _ in range(500):
        for envelope in box.taken:
            message = BytesParser(policy=SMTP).parsebytes(bytes(envelope.content or b""))
            text = message.get_body(("plain",))
            if envelope.rcpt_tos == [f"{person.name}@example.test"] and text and about in text.get_content():
                return message
        time.sleep(0.02)
    raise AssertionError(f"no mail about {about}")


def test_each_change_is_told_by_mail(somebody: Somebody, box: Mailbox) -> None:
    """With what, when and from where; so whoever did not do it learns of it."""
    person = somebody()
    browser = person.at("/account/devices/add").submit()
    person.house.register(person.phone, browser.marked["data-enrollment"])
    browser.open(browser.url).submit()
    assert "added" in str(_told(box, person, "Mara's phone")["subject"])
    path = f"/account/devices/{person.phone.device_id}"
    person.at(path).submit(name="The old one")
    _told(box, person, "The device Mara's phone is now called The old one.")
    person.elsewhere().at()
    person.at("/account/sessions/others").submit()
    _told(box, person, "All other browsers were signed out.")
    person.at(f"{path}/remove").submit()
    _told(box, person, "The device The old one was removed.")
    person.at("/account/password").submit(password=word(person.name), new_password="seven boats on a lake")
    assert _told(box, person, "the password of your account was changed")["subject"] == "Your password was changed"


def test_each_change_is_in_the_audit(somebody: Somebody) -> None:
    """By its fixed name."""
    person = somebody().enroll()
    path = f"/account/devices/{person.phone.device_id}"
    before = len(person.house.events())
    person.at(path).submit(name="The old one")
    person.at(f"{path}/remove").submit()
    person.at("/account/password").submit(password=word(person.name), new_password="seven boats on a lake")
    told = set(person.house.events()[before:])
    assert {"device_changed", "device_removed", "password_set"} <= told
