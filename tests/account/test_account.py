"""The account page through the front door: who gets in, what they see, what they change, and what nobody can."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest

from configuration.problems import ConfigurationErrors
from tests.account.conftest import Hands
from tests.account.town import Person, Somebody, document, word
from tests.browser import Browser
from tests.devices import Phone
from tests.journeys.living import House, living


def test_the_servers_own_door_leads_to_the_account(house: House, somebody: Somebody) -> None:
    """Whoever types the server's address is asked to sign in, and is at their account then."""
    browser = somebody().browser.open(f"{house.url}/")
    assert browser.page == "password"
    assert "Your account" in browser.text


def test_without_a_device_the_password_opens_the_page(somebody: Somebody) -> None:
    """And the page says who is there."""
    person = somebody()
    browser = person.at()
    assert (browser.page, browser.status) == ("account", 200)
    assert person.name in browser.text


def test_with_a_device_the_password_alone_does_not_open_it(somebody: Somebody) -> None:
    """In a fresh browser the phone is asked as well; after its approval the page is there."""
    person = somebody().enroll().elsewhere()
    browser = person.browser.open(f"{person.house.url}/account")
    browser.submit(username=person.name, password=word(person.name))
    assert browser.page == "push-wait"
    assert person.approve().page == "account"


def test_a_session_with_less_is_asked_only_for_what_is_missing(somebody: Somebody) -> None:
    """Who proved the password to another application is only asked for the phone."""
    person = somebody().enroll().elsewhere()
    person.browser.open(person.house.authorize("notes")).submit(username=person.name, password=word(person.name))
    assert person.browser.open(f"{person.house.url}/account").page == "push-wait"


def test_a_phone_alone_does_not_open_it(somebody: Somebody) -> None:
    """Who approved for Payroll is still asked for the password."""
    person = somebody().enroll().elsewhere()
    person.browser.open(person.house.authorize()).submit(username=person.name)
    person.approve()
    assert person.browser.open(f"{person.house.url}/account").page == "password"


def test_a_device_is_removed_and_approves_no_more(somebody: Somebody) -> None:
    """Its open request finds nobody, and the list is empty."""
    person = somebody().enroll()
    browser = person.at()
    waiting = person.elsewhere()
    waiting.browser.open(person.house.authorize()).submit(username=person.name)
    (push,) = person.house.pending(person.phone, wait=10)
    person.at(f"/account/devices/{person.phone.device_id}/remove").submit()
    assert browser.page == "account"
    assert 'data-said="device_removed"' in browser.text
    assert person.phone.device_id not in browser.text
    assert person.house.respond(person.phone.answer(push)).status_code == 400
    assert waiting.browser.press("PROCEED_PUSH_AUTHENTICATION").alerts == ["push.revoked"]


@pytest.mark.parametrize("path", ["", "/remove"])
def test_somebody_elses_device_does_not_exist(somebody: Somebody, path: str) -> None:
    """To others it is as absent as one that never was."""
    other, person = somebody().enroll(), somebody()
    person.at()
    answers = [
        person.browser.open(f"{person.house.url}/account/devices/{name}{path}").status
        for name in (other.phone.device_id, "no-such-device")
    ]
    assert answers == [404, 404]


def test_a_device_gets_another_name(somebody: Somebody) -> None:
    """The list shows it, and says that it was done."""
    person = somebody().enroll()
    browser = person.at(f"/account/devices/{person.phone.device_id}").submit(name="  The <b>blue</b>  one ")
    assert browser.page == "account"
    assert "The &lt;b&gt;blue&lt;/b&gt; one" in browser.text
    assert 'data-said="device_renamed"' in browser.text


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "\u202e\u200b"])
def test_what_is_no_name_is_refused_at_the_field(somebody: Somebody, name: str) -> None:
    """And the device keeps the one it has."""
    person = somebody().enroll()
    path = f"/account/devices/{person.phone.device_id}"
    browser = person.at(path).submit(name=name)
    assert (browser.status, browser.alerts) == (422, ["account.device.bad_name"])
    assert person.phone.device_id in person.at(path).text


@pytest.mark.parametrize("path", ["", "/remove"])
def test_a_change_asks_for_a_proof_of_the_last_minutes(somebody: Somebody, clock: Hands, path: str) -> None:
    """After five minutes password and phone are asked anew, and then the person is where they were going."""
    person = somebody().enroll()
    person.at()
    clock.ahead += 301
    target = f"{person.house.url}/account/devices/{person.phone.device_id}{path}"
    assert person.browser.open(f"{person.house.url}/account").page == "account"
    assert person.browser.open(target).page == "password"
    person.browser.submit(username=person.name, password=word(person.name))
    assert person.browser.page == "push-wait"
    person.approve()
    assert person.browser.url == target


def test_a_form_that_waited_too_long_changes_nothing(somebody: Somebody, clock: Hands) -> None:
    """What is posted after five minutes leads to a new proof, not to the change."""
    person = somebody().enroll()
    browser = person.at(f"/account/devices/{person.phone.device_id}/remove")
    clock.ahead += 301
    assert browser.submit().page == "password"
    assert person.phone.device_id in person.elsewhere().at().text


def test_a_form_of_another_page_or_session_changes_nothing(somebody: Somebody) -> None:
    """The token is of that very address in that very session."""
    person = somebody().enroll()
    path = f"/account/devices/{person.phone.device_id}"
    renaming = person.at(path).forms[0].fields["_token"]
    stranger = somebody()
    stranger.at()
    for browser, token in ((person.browser, renaming), (person.browser, ""), (stranger.browser, renaming)):
        browser.post(f"{person.house.url}{path}/remove", {"_token": token})
        assert (browser.status, browser.alerts) == (403, ["account.another_session"])
    assert person.phone.device_id in person.at().text


def test_a_test_reaches_the_device(somebody: Somebody) -> None:
    """It asks nothing; after five in ten minutes no more are sent."""
    person = somebody().enroll()
    page = person.at(f"/account/devices/{person.phone.device_id}")
    (test,) = [form for form in page.forms if form.action.endswith("/test")]
    said = [page.post(person.house.url + test.action, test.fields).alerts for _ in range(6)]
    assert said == [[]] * 5 + [["account.test.too_many"]]
    assert {notice["notificationScenario"] for notice in person.notices()} == {"TEST"}


def test_all_browsers_are_listed_this_one_first(somebody: Somebody) -> None:
    """Each with where and for what; the one that looks is marked and has no way to be ended but signing out."""
    person = somebody()
    other = person.elsewhere()
    other.at()
    browser = person.at()
    assert len(_ways_to_end(browser)) == 1
    assert browser.text.count("data-here") == 1


def test_another_browser_is_signed_out(somebody: Somebody) -> None:
    """At once it has to sign in again, for this page and for every application."""
    person = somebody()
    other = person.elsewhere()
    other.at()
    (name,) = _ways_to_end(person.at())
    assert person.at(f"/account/sessions/{name}").submit().page == "account"
    assert _ways_to_end(person.browser) == []
    assert other.browser.open(f"{person.house.url}/account").page == "password"
    assert other.browser.open(person.house.authorize("notes")).page == "password"


def test_all_other_browsers_are_signed_out_at_once(somebody: Somebody) -> None:
    """Only the one that asked for it stays."""
    person = somebody()
    others = [person.elsewhere() for _ in range(3)]
    for other in others:
        other.at()
    assert len(_ways_to_end(person.at())) == 3
    assert person.at("/account/sessions/others").submit().page == "account"
    assert {other.browser.open(f"{person.house.url}/account").page for other in others} == {"password"}
    assert person.browser.open(f"{person.house.url}/account").page == "account"


def test_somebody_elses_session_does_not_exist(somebody: Somebody) -> None:
    """Its name is of no use to others; neither is one's own, which ends by signing out."""
    person, other = somebody(), somebody()
    second = other.elsewhere()
    second.at()
    (name,) = _ways_to_end(other.at())
    person.at()
    assert person.browser.open(f"{person.house.url}/account/sessions/{name}").status == 404
    assert second.browser.open(f"{person.house.url}/account").page == "account"


def test_signing_out_ends_the_session(somebody: Somebody) -> None:
    """The page says so, and the next visit signs in."""
    person = somebody()
    assert person.at().submit().page == "done"
    assert person.browser.open(f"{person.house.url}/account").page == "password"


def _ways_to_end(browser: Browser) -> list[str]:
    """The names of the sessions that the page offers to end."""
    return re.findall(r'href="/account/sessions/(?!others)([\w-]+)"', browser.text)


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "/oauth2/authorize", "/account/../login", ""])
def test_nobody_is_sent_elsewhere(somebody: Somebody, to: str) -> None:
    """Where a login comes back to leads to the account only."""
    person = somebody()
    person.at()
    browser = person.browser.open(f"{person.house.url}/account/enter?to={to}")
    assert (browser.page, browser.url) == ("account", f"{person.house.url}/account")


def test_a_guess_of_the_browser_begins_no_login(house: House) -> None:
    """Neither a prefetch nor HEAD opens one."""
    browser = house.browser()
    assert browser.http.get(f"{house.url}/account", headers={"Sec-Purpose": "prefetch"}).status_code == 403
    assert browser.http.head(f"{house.url}/account").status_code == 405
    assert not browser.http.cookies


def _with_flow(authenticator: str) -> dict[str, Any]:
    """The usual configuration, in which one signs in to the account page by that alone."""
    steps = [{"id": 1, "options": [{"authenticator": authenticator}]}]
    whole = document()
    return whole | {"flows": [*whole["flows"], {"id": "doorstep-account", "steps": steps}]}


def test_a_flow_of_the_admins_own_takes_the_place(tmp_path: Path) -> None:
    """Here one with the phone alone, which asks for nothing else."""
    with living(tmp_path, _with_flow("push")) as house:
        person = Person(house, "person0", house.browser(), Phone(), time.time).enroll().elsewhere()
        browser = person.browser.open(f"{house.url}/account")
        assert browser.page == "identifier"
        browser.submit(username=person.name)
        assert person.approve().page == "account"


def test_a_flow_that_never_asks_for_the_phone_lets_nobody_in_who_has_one(tmp_path: Path) -> None:
    """It is said, once, instead of asking again and again."""
    with living(tmp_path, _with_flow("password")) as house:
        person = Person(house, "person0", house.browser(), Phone(), time.time).enroll().elsewhere()
        browser = person.browser.open(f"{house.url}/account")
        browser.submit(username=person.name, password=word(person.name))
        assert (browser.status, browser.alerts) == (403, ["account.not_proven"])


def test_nobody_configures_an_application_in_its_place(tmp_path: Path) -> None:
    """Its id is refused, with what to do instead."""
    own = {"id": "doorstep-account", "redirect_uris": ["https://app.example.test/"], "flow": "password"}
    with living(tmp_path, document()) as house, pytest.raises(ConfigurationErrors, match="is the account page"):
        house.apply({"applications": [own]})
