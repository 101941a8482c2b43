"""People, logins and the audit at the console."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.console.conftest import Admin, word
from tests.devices import Phone
from tests.journeys.living import House
from tests.management.callers import Caller

Somebody = Callable[[str], Admin]


def path_of(house: House, name: str) -> str:
    """Their page."""
    found = Caller(house)("GET", "/users?limit=200").json()["items"]
    return next(f"/people/{one['id']}" for one in found if one["username"] == name)


def test_somebody_is_kept_out_and_let_in_again(admin: Somebody, house: House) -> None:
    """By an owner; the page says how it stands."""
    olga, page = admin("olga"), path_of(house, "noah")
    assert "cannot sign in" in olga.post(page, enabled="no", reason="left").text
    refused = house.browser().open(f"{house.url}/account").submit(username="noah", password="noah-at-the-door")
    assert refused.page == "password"
    assert "cannot sign in" not in olga.post(page, enabled="yes").text


def test_a_device_is_removed_and_a_session_ended(admin: Somebody, house: House, phone: Phone) -> None:
    """Both at once, by who may."""
    mara, page = house.browser().open(house.authorize()), path_of(house, "mara")
    mara.submit(username="mara").press("INIT_PUSH_ENROLL").submit(password="mara-at-the-door")
    house.register(phone, mara.marked["data-enrollment"])
    mara.press("PUSH_DEVICE_ENROLLMENT")
    house.approve(phone)
    mara.press("PROCEED_PUSH_AUTHENTICATION")
    olga = admin("olga")
    ending = next(one.action for one in olga.at(page).forms if one.action.endswith("/end"))
    assert "Signed in nowhere." in olga.post(page, ending.removeprefix("/console")).text
    removing = next(one.action for one in olga.at(page).forms if one.action.endswith("/remove"))
    assert "No device is registered." in olga.post(page, removing.removeprefix("/console")).text


def test_admin_02_a_viewer_sees_people_and_changes_none(admin: Somebody, house: House) -> None:
    """ADMIN-02: there is no form, and none of another page does."""
    browser = admin("vera").at(path_of(house, "noah"))
    assert (browser.page, [one.action for one in browser.forms if "people" in one.action]) == ("console-person", [])
    assert browser.post(f"{house.url}/console{path_of(house, 'noah')}", {"enabled": "no"}).status == 403


def test_a_login_is_told_from_its_beginning(admin: Somebody, house: House) -> None:
    """With what it ended in."""
    house.browser().open(f"{house.url}/account").submit(username="noah", password="noah-at-the-door")
    olga = admin("olga")
    found = olga.at("/logins?application=doorstep-account")
    address = next(link for link, _ in found._reader.links if link.startswith("/console/logins/"))
    told = olga.browser.open(house.url + address).text
    assert told.index("login started") < told.index("step succeeded") < told.index("login succeeded")
    assert word("olga") not in told


def test_the_audit_is_searched(admin: Somebody, house: House) -> None:
    """By event and by time; what is no time is told."""
    olga = admin("olga")
    assert "console_entered" in olga.at("/audit?event=console_entered").text
    assert "Nothing was found" in olga.at("/audit?to=2001-01-01T00:00:00Z").text
    refused = olga.at("/audit?from=yesterday")
    assert (refused.status, refused.alerts) == (422, ["console.refused"])


NONE = ["/people/none", "/logins/none", "/logins/%00", "/people?cursor=%2F", "/audit?cursor=e30"]


@pytest.mark.parametrize("path", NONE)
def test_what_is_not_there_is_refused(admin: Somebody, path: str) -> None:
    """No page of it, and never a fault."""
    olga = admin("olga")
    assert olga.at().page == "console-applications"
    assert 400 <= olga.at(path).status < 500
