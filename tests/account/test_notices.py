"""What people are told of changes in their account, and what the audit says: mail over a real SMTP server."""

from __future__ import annotations

from tests.account.letters import letter
from tests.account.town import Somebody, word
from tests.outgoing.mail_server import Mailbox


def test_each_change_is_told_by_mail(somebody: Somebody, box: Mailbox) -> None:
    """With what, when and from where; so whoever did not do it learns of it."""
    person = somebody()
    browser = person.at("/account/devices/add").submit()
    person.house.register(person.phone, browser.marked["data-enrollment"])
    browser.open(browser.url).submit()
    assert "added" in str(letter(box, person.name, "Mara's phone")["subject"])
    path = f"/account/devices/{person.phone.device_id}"
    person.at(path).submit(name="The old one")
    letter(box, person.name, "The device Mara's phone is now called The old one.")
    person.elsewhere().at()
    person.at("/account/sessions/others").submit()
    letter(box, person.name, "All other browsers were signed out.")
    person.at(f"{path}/remove").submit()
    letter(box, person.name, "The device The old one was removed.")
    person.at("/account/password").submit(password=word(person.name), new_password="seven boats on a lake")
    changed = letter(box, person.name, "the password of your account was changed")
    assert changed["subject"] == "Your password was changed"


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
