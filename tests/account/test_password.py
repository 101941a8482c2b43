"""Changing one's password at the account page."""

from __future__ import annotations

import pytest

from tests.account.town import Person, Somebody, word

PATH = "/account/password"
NEW = "seven boats on a lake"


def _post(person: Person, present: str, new: str) -> str:
    """At the form with both passwords filled in; gives the page that answers, or the message on it."""
    browser = person.at(PATH).submit(password=present, new_password=new)
    return browser.alerts[0] if browser.alerts else browser.page


def test_the_new_password_lets_in_and_the_old_one_does_not(somebody: Somebody) -> None:
    """And everybody is told to sign in again, the one who changed it too."""
    person = somebody()
    assert _post(person, word(person.name), NEW) == "account.password.changed"
    browser = person.browser.open(f"{person.house.url}/account")
    assert browser.submit(username=person.name, password=word(person.name)).alerts == ["password.wrong"]
    assert browser.submit(username=person.name, password=NEW).page == "account"


def test_all_browsers_are_signed_out(somebody: Somebody) -> None:
    """What the old password proved counts nowhere."""
    person = somebody()
    other = person.elsewhere()
    other.at()
    _post(person, word(person.name), NEW)
    assert other.browser.open(f"{person.house.url}/account").page == "password"
    assert other.browser.open(person.house.authorize("notes")).page == "password"


@pytest.mark.parametrize(
    ("present", "new", "message"),
    [
        ("not it", NEW, "wrong"),
        ("", NEW, "missing"),
        (None, "", "missing"),
        (None, "short77", "short"),
        (None, "Password2026!", "guessable"),
        (None, "P@ssw0rd1", "guessable"),
        (None, "abcabcabcabc", "guessable"),
        (None, "87654321", "guessable"),
        (None, "NAME", "guessable"),
        (None, "NAME-2026", "guessable"),
        (None, "SAME", "same"),
        (None, "x" * 1025, "unusable"),
    ],
)
def test_what_cannot_be_is_refused(somebody: Somebody, present: str | None, new: str, message: str) -> None:
    """In words, at the form, and the old password stays."""
    person = somebody()
    old = word(person.name)
    new = {"SAME": old}.get(new, new.replace("NAME", person.name))
    assert _post(person, old if present is None else present, new) == f"account.password.{message}"
    assert person.elsewhere().at().page == "account"


def test_a_found_session_is_no_place_to_guess_at(somebody: Somebody) -> None:
    """Tries are counted as at the door: after five not even the right password is taken."""
    person = somebody()
    for _ in range(5):
        _post(person, "a guess of somebody", NEW)
    assert _post(person, word(person.name), NEW) == "account.password.wrong"
