"""One-time links by which people set their password: sent from a terminal, used once."""

from __future__ import annotations

import logging
import os
import re
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import httpx2
import pytest

from tests.account.conftest import Hands
from tests.account.letters import letter
from tests.account.town import Person, Somebody, word
from tests.browser import Browser
from tests.journeys.living import House
from tests.outgoing.mail_server import Mailbox

NEW = "seven boats on a lake"
SERVER = Path(__file__).resolve().parents[2] / "server.py"


def command(house: House, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command beside the running server, as an admin gives it."""
    settings = {"ISSUER": house.url, "DATABASE_URL": house.settings.database_url}
    settings |= {"SECRET_KEY_FILE": str(house.settings.secret_key_file)} | more
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DOORSTEP_")}
    environment |= {f"DOORSTEP_{name}": value for name, value in settings.items()}
    run = [sys.executable, str(SERVER), *arguments]
    typed = f"{NEW}\n"
    return subprocess.run(run, env=environment, input=typed, capture_output=True, text=True, timeout=60, check=False)


def invited(person: Person) -> str:
    """The address of a new link for that person."""
    ran = command(person.house, "user", "invite", person.name, "--show")
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def signs_in(person: Person, password: str) -> bool:
    """Whether they do, in a fresh browser."""
    browser = person.house.browser().open(f"{person.house.url}/account")
    return browser.submit(username=person.name, password=password).page == "account"


def test_a_link_by_mail_sets_the_password_once(somebody: Somebody, box: Mailbox) -> None:
    """What was proven before is void, the person is told, and the link is good for nothing more."""
    person = somebody()
    person.at()
    assert command(person.house, "user", "invite", person.name).stdout == f"Sent {person.name} a link.\n"
    body = letter(box, person.name, "with this link").get_body(("plain",))
    assert body is not None
    link = re.search(r"http\S+/account/set-up/\S+", body.get_content())
    assert link is not None
    browser = person.house.browser().open(link[0])
    assert browser.page == "account-set-up"
    assert person.name in browser.response.text
    assert browser.submit(new_password=NEW).alerts == ["account.set_up.done"]
    assert signs_in(person, NEW)
    assert not signs_in(person, word(person.name))
    assert person.browser.open(f"{person.house.url}/account").page == "password"
    letter(box, person.name, "the password of your account was changed")
    assert person.house.browser().open(link[0]).alerts == ["account.set_up.over"]
    assert {"setup_link_made", "password_set"} <= set(person.house.events())


def test_looking_changes_nothing(somebody: Somebody) -> None:
    """Mail scanners follow links, by GET and HEAD, with queries of their own."""
    person = somebody()
    link = invited(person)
    for _ in range(3):
        assert httpx2.get(f"{link}?new_password={NEW}").status_code == 200
        assert httpx2.head(link).status_code == 405
    assert signs_in(person, word(person.name))
    assert person.house.browser().open(link).submit(new_password=NEW).page == "done"


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("", "account.set_up.missing"),
        ("short77", "account.password.short"),
        ("Password2026!", "account.password.guessable"),
        ("NAME-2026", "account.password.guessable"),
        ("x" * 1025, "account.password.unusable"),
    ],
)
def test_the_policy_holds_and_the_link_stays_good(somebody: Somebody, new: str, message: str) -> None:
    """In words, at the form."""
    person = somebody()
    browser = person.house.browser().open(invited(person))
    assert browser.submit(new_password=new.replace("NAME", person.name)).alerts == [message]
    assert browser.status == 422
    assert browser.submit(new_password=NEW).page == "done"


def over(house: House, link: str) -> bool:
    """Whether the link opens nothing, by either method."""
    with httpx2.Client(headers={"Origin": house.url}) as client:
        answers = [client.get(link), client.post(link, data={"new_password": NEW})]
    return [answer.status_code for answer in answers] == [410, 410]


def test_a_newer_link_another_password_and_time_make_it_void(somebody: Somebody, clock: Hands) -> None:
    """And an account that is closed."""
    person = somebody()
    first, second = invited(person), invited(person)
    assert over(person.house, first)
    person.house.apply({"users": [{"username": person.name, "password": "another boat on a lake"}]})
    assert over(person.house, second)
    third = invited(person)
    clock.ahead += 24 * 3600 + 1
    assert over(person.house, third)
    clock.ahead -= 24 * 3600 + 1
    assert not over_by_get(third)
    person.house.apply({"users": [{"username": person.name, "enabled": False}]})
    assert over(person.house, third)
    ran = command(person.house, "user", "invite", person.name, "--show")
    assert (ran.returncode, "may not sign in" in ran.stderr) == (1, True)


def over_by_get(link: str) -> bool:
    return httpx2.get(link).status_code == 410


@pytest.mark.parametrize("secret", ["x", "%00", "a" * 43, "a" * 4000, "..%2f", "%ff", "%ed%a0%80"])
def test_a_guessed_link_is_no_link(house: House, secret: str) -> None:
    """A clear no, never an error of ours."""
    with httpx2.Client(headers={"Origin": house.url}) as client:
        for answer in (
            client.get(f"{house.url}/account/set-up/{secret}"),
            client.post(f"{house.url}/account/set-up/{secret}", data={"new_password": NEW}),
        ):
            assert answer.status_code in (400, 404, 410), answer.status_code


def test_one_of_many_at_once_uses_the_link(somebody: Somebody) -> None:
    """R2: decided by the statement that takes it."""
    person = somebody()
    link, codes = invited(person), list[int]()

    def post(number: int) -> None:
        new = f"{number} boats on a lake"
        answer = httpx2.post(link, data={"new_password": new}, headers={"Origin": person.house.url}, timeout=60)
        codes.append(answer.status_code)

    threads = [threading.Thread(target=post, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [200] + [410] * 7


def test_a_link_is_nowhere_but_in_the_mail(somebody: Somebody, caplog: pytest.LogCaptureFixture) -> None:
    """R12: not in the database, the log, or what a browser tells other pages."""
    caplog.set_level(logging.DEBUG)
    person = somebody()
    link = invited(person)
    secret = link.rsplit("/", 1)[-1]
    assert len(secret) == 43
    page = httpx2.get(link)
    assert page.headers["referrer-policy"] == "strict-origin"
    assert page.headers["cache-control"] == "no-store"
    httpx2.post(link, data={"new_password": NEW}, headers={"Origin": "https://evil.test"})
    httpx2.request("DELETE", link)
    path = person.house.settings.database_url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as database:
        assert secret not in "\n".join(database.iterdump())
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith("http")]  # not the test's client's
    assert ours
    assert secret not in "\n".join(ours)
    assert signs_in(person, word(person.name))


def test_another_site_cannot_post_to_it(somebody: Somebody) -> None:
    """Even if it had the link."""
    person = somebody()
    answer = httpx2.post(invited(person), data={"new_password": NEW}, headers={"Origin": "https://evil.test"})
    assert answer.status_code == 403
    assert signs_in(person, word(person.name))


def test_an_invitation_that_cannot_be_sent_says_why(somebody: Somebody, house: House, box: Mailbox) -> None:
    """No such person, no address, a mail server that does not answer."""
    person = somebody()
    assert "There is no user" in command(house, "user", "invite", "nobody").stderr
    house.apply({"users": [{"username": person.name, "claims": {"http://wso2.org/claims/emailaddress": None}}]})
    assert "no address is known" in command(house, "user", "invite", person.name).stderr
    assert command(house, "user", "invite", person.name, "--show").returncode == 0
    mail = {"host": "127.0.0.1", "from": "login@example.test"}
    house.apply({"settings": {"mail": mail | {"port": 1}}})
    assert "did not leave" in command(house, "user", "invite", "person59").stderr
    house.apply({"settings": {"mail": mail | {"port": box.port}}})


def test_without_a_password_before(somebody: Somebody) -> None:
    """Whoever was added without one is let in by the one they set."""
    person = somebody()
    person.house.apply({"users": [{"username": "newcomer"}]})
    newcomer = Person(person.house, "newcomer", Browser(), person.phone, person.clock)
    assert newcomer.house.browser().open(invited(newcomer)).submit(new_password=NEW).page == "done"
    assert signs_in(newcomer, NEW)
