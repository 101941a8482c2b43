"""Adding a device at the account page: only its page shows the code and only its person's word makes it count."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack

import httpx2
import pytest

from tests.account.conftest import Hands
from tests.account.town import Person, Somebody
from tests.devices import Phone
from web.streams import MOST_OF_ONE

ADD = "/account/devices/add"


def _code(person: Person) -> str:
    """At the page with a new code; gives the text of the code."""
    browser = person.at(ADD).submit()
    assert browser.page == "account-device-code", (browser.page, browser.alerts)
    return browser.marked["data-enrollment"]


def test_a_device_counts_once_its_person_has_confirmed_it(somebody: Somebody) -> None:
    """The page names what registered; until the word is given it is no device, then it approves sign-ins."""
    person = somebody()
    assert person.house.register(person.phone, _code(person)).status_code == 201
    assert person.phone.device_id not in person.elsewhere().at().text
    page = person.browser.open(person.browser.url)
    assert page.marked["data-device"] == person.phone.name
    assert 'data-said="device_added"' in page.submit().text
    other = person.elsewhere()
    other.browser.open(person.house.authorize()).submit(username=person.name)
    assert person.house.redeem(other.approve())["preferred_username"] == person.name


def test_a_device_just_added_does_not_close_the_page(somebody: Somebody) -> None:
    """It cannot have been among the proofs; the next change that asks anew asks for it."""
    person = somebody()
    person.house.register(person.phone, _code(person))
    person.browser.open(person.browser.url).submit()
    assert person.at().page == "account"
    assert person.elsewhere().at(ADD).page == "account-device-add"


def test_a_code_is_confirmed_only_where_it_is_shown(somebody: Somebody) -> None:
    """Not by the same person in another browser, and not by somebody else; to them it has run out."""
    person, stranger = somebody(), somebody()
    person.house.register(person.phone, _code(person))
    other = person.elsewhere()
    for visitor in (other, stranger):
        visitor.at(ADD)
        page = visitor.browser.open(person.browser.url)
        assert "data-device" not in page.marked
        token = page.forms[0].fields["_token"]
        page.post(person.browser.url, {"_token": token})
        assert page.status == 403
    assert person.phone.device_id not in person.elsewhere().at().text


def test_a_code_runs_out(somebody: Somebody, clock: Hands) -> None:
    """After three minutes no device registers, and the page offers a new code."""
    person = somebody()
    text = _code(person)
    clock.ahead += 181
    assert person.house.register(person.phone, text).status_code == 400
    page = person.browser.open(person.browser.url)
    assert "data-enrollment" not in page.marked
    assert page.submit().marked["data-enrollment"] != text


def test_there_is_a_limit(somebody: Somebody) -> None:
    """A fourth device is refused before a code is shown."""
    person = somebody()
    for _ in range(3):
        person.phone = Phone(clock=person.clock)
        person.house.register(person.phone, _code(person))
        person.browser.open(person.browser.url).submit()
    assert ADD not in person.at().text
    page = person.at(ADD).submit()
    assert (page.page, page.alerts) == ("account-device-add", ["push.device_limit"])


def test_the_page_is_told_at_once(somebody: Somebody) -> None:
    """The stream says `registered` when the device has registered; `status` says the same."""
    person = somebody()
    text = _code(person)
    address = person.browser.url
    assert _outcome(person, address) == "pending"
    with person.browser.http.stream("GET", f"{address}/events?seen=pending") as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith("retry")
        person.house.register(person.phone, text)
        assert "data: registered" in list(lines)
    assert _outcome(person, address) == "registered"


def test_tabs_of_one_code_are_bounded_and_given_back(somebody: Somebody) -> None:
    """The fifth that would be told at once is refused: it asks instead, and is told all the same."""
    person = somebody()
    text = _code(person)
    address = person.browser.url
    with ExitStack() as stack:
        tabs = [stack.enter_context(_events(person, address)) for _ in range(MOST_OF_ONE)]
        with _events(person, address) as refused:
            assert refused.status_code == 503
        person.house.register(person.phone, text)
        assert ["data: registered" in list(tab.iter_lines()) for tab in tabs] == [True] * MOST_OF_ONE
    with _events(person, address) as again:
        assert "data: registered" in list(again.iter_lines())


def _events(person: Person, address: str) -> AbstractContextManager[httpx2.Response]:
    return person.browser.http.stream("GET", f"{address}/events?seen=pending")


@pytest.mark.parametrize("name", ["status", "events"])
def test_nobody_else_is_told_anything(somebody: Somebody, name: str) -> None:
    """Without a session nothing, and no login is begun for it."""
    person = somebody()
    _code(person)
    answer = httpx2.get(f"{person.browser.url}/{name}")
    assert (answer.status_code, answer.headers.get("set-cookie")) == (403, None)


def _outcome(person: Person, address: str) -> str:
    return person.browser.http.get(f"{address}/status").json()["outcome"]

