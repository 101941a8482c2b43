"""Who gets to the console, how, and for how long."""

from __future__ import annotations

from collections.abc import Callable

import httpx2

from tests.account.conftest import Hands
from tests.console.conftest import Admin, word
from tests.devices import Phone
from tests.journeys.living import House

Somebody = Callable[[str], Admin]


def test_an_admin_gets_in_with_their_password(admin: Somebody) -> None:
    """Without a phone the password is all there is to ask for."""
    browser = admin("olga").at()
    assert (browser.status, browser.page) == (200, "console-applications")
    assert "Payroll" in browser.text


def test_admin_29_a_person_with_a_session_is_no_admin(admin: Somebody, house: House) -> None:
    """ADMIN-29: a user named admin, with roles that say so, is told that they are none; no cookie of the console."""
    browser = admin("admin").at()
    assert (browser.status, browser.page) == (403, "error")
    assert "doorstep-console" not in browser.http.cookies
    assert "console_refused" in house.events()


def test_admin_29_the_session_of_other_pages_does_not_open_the_console(admin: Somebody, house: House) -> None:
    """ADMIN-29: an admin who is signed in elsewhere proves it anew, and the session cookie alone is not enough."""
    olga = admin("olga")
    olga.browser.open(f"{house.url}/account").submit(username="olga", password=word("olga"))
    assert olga.browser.page == "account"
    assert olga.browser.open(f"{house.url}/console").page == "password"
    assert olga.at("/applications").page == "console-applications"
    olga.browser.http.cookies.delete("doorstep-console")
    assert olga.browser.open(f"{house.url}/console/applications").page == "password"


def test_a_ticket_is_good_once_and_for_its_own_person(admin: Somebody, house: House) -> None:
    """Whoever gets hold of the address after a login has nothing."""
    olga = admin("olga")
    browser = olga.browser.open(f"{house.url}/console")
    form = browser.forms[0]
    values = form.fields | {"username": "olga", "password": word("olga")}
    answer = browser.http.post(house.url + form.action, data=values, headers={"Origin": house.url})
    ticket = answer.headers["location"]
    assert ticket.startswith("/console/enter?ticket=")
    assert httpx2.get(house.url + ticket).headers["location"] == "/console"  # used up, for nobody
    assert browser.open(house.url + ticket).page == "password"


def test_a_phone_is_asked_for_once_there_is_one(admin: Somebody, house: House, phone: Phone) -> None:
    """Password, then push; and the push is not left out by a login that did not know of the phone."""
    pia = admin("pia")
    browser = pia.browser.open(house.authorize())
    browser.submit(username="pia").press("INIT_PUSH_ENROLL").submit(password=word("pia"))
    assert house.register(phone, browser.marked["data-enrollment"]).status_code == 201
    browser.press("PUSH_DEVICE_ENROLLMENT")
    house.approve(phone)
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    pia = admin("pia")
    assert pia.at().page == "push-wait"
    house.approve(phone)
    assert pia.browser.press("PROCEED_PUSH_AUTHENTICATION").page == "console-applications"


def test_signing_out_and_time_end_it(admin: Somebody, house: House, clock: Hands) -> None:
    """A seat is left by a form, and lost after hours; the role is looked at each time."""
    olga, vera = admin("olga"), admin("vera")
    assert olga.post("/applications", "/leave").page == "done"
    assert olga.browser.open(f"{house.url}/console/applications").page == "password"
    assert vera.at().page == "console-applications"
    clock.ahead += 4 * 3600
    assert vera.browser.open(f"{house.url}/console/applications").page == "password"


def test_a_role_that_is_taken_away_ends_it_at_once(admin: Somebody, house: House) -> None:
    """The next request finds no admin."""
    edda = admin("edda")
    assert edda.at().page == "console-applications"
    house.apply({"users": [{"username": "edda", "password": word("edda"), "roles": []}]})
    try:
        assert edda.browser.open(f"{house.url}/console/applications").page == "password"
    finally:
        house.apply({"users": [{"username": "edda", "password": word("edda"), "roles": ["doorstep-editor"]}]})


def test_admin_03_a_change_needs_a_form_of_this_seat(admin: Somebody, house: House) -> None:
    """ADMIN-03: no token, another page's token, another admin's token, another origin: 403."""
    olga, address = admin("olga"), f"{house.url}/console/applications/payroll"
    forms = {one.action: one.fields for one in olga.at("/applications/payroll").forms}
    other = {one.action: one.fields for one in admin("olga").at("/applications/payroll").forms}
    own = forms["/console/applications/payroll"]
    for fields in ({"_token": ""}, forms["/console/leave"], other["/console/applications/payroll"]):
        assert olga.browser.post(address, fields).status == 403
    foreign = olga.browser.http.post(address, data=own, headers={"Origin": "https://evil.example.test"})
    assert foreign.status_code == 403
