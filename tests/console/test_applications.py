"""Applications at the console: read, added, changed, tried and removed, by who may."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.console.conftest import Admin, entry
from tests.journeys.living import APPLICATION, House
from tests.management.callers import Caller

Somebody = Callable[[str], Admin]
NEW = "/applications/-/new"


@pytest.fixture
def wiki(admin: Somebody, house: House) -> Iterator[Admin]:
    """An admin who has just added an application."""
    olga = admin("olga")
    assert olga.post(NEW, id="wiki", **entry()).page == "console-application"
    yield olga
    Caller(house).remove("/applications/wiki")


def test_an_application_is_added_and_can_be_signed_in_to(wiki: Admin, house: House) -> None:
    """From the form to its login."""
    assert "Added." in wiki.browser.text
    assert wiki.browser.open(house.authorize("wiki")).page == "identifier"


def test_what_is_changed_is_stored_and_all_else_stays(wiki: Admin, house: House) -> None:
    """The form has some fields only."""
    Caller(house).change("/applications/wiki", {"acr_values": ["gold"]}, method="PATCH")
    changed = wiki.post("/applications/wiki", **entry(name="Our wiki", redirect_uris=f"{APPLICATION}\n{APPLICATION}2"))
    assert "Saved." in changed.text
    stored = Caller(house)("GET", "/applications/wiki").json()
    assert (stored["name"], stored["redirect_uris"]) == ("Our wiki", [APPLICATION, f"{APPLICATION}2"])
    assert stored["acr_values"] == ["gold"]


def test_what_cannot_be_taken_is_told_at_its_field(wiki: Admin, house: House) -> None:
    """Nothing is changed, and what was typed is still there."""
    refused = wiki.post("/applications/wiki", **entry(name="Typed", redirect_uris="javascript:alert(1)"))
    assert (refused.status, refused.alerts) == (422, ["console.refused"])
    assert 'id="redirect_uris-wrong"' in refused.text
    assert 'value="Typed"' in refused.text
    assert Caller(house)("GET", "/applications/wiki").json()["name"] == "Wiki"


def test_admin_18_the_second_of_two_admins_is_told_what_changed(wiki: Admin, admin: Somebody, house: House) -> None:
    """ADMIN-18: the later form changes nothing, and shows the difference."""
    other = admin("olga")
    stale = next(one for one in other.at("/applications/wiki").forms if one.action == "/console/applications/wiki")
    wiki.post("/applications/wiki", **entry(name="First"))
    late = other.browser.post(f"{house.url}/console/applications/wiki", stale.fields | entry(name="Second"))
    assert (late.status, late.alerts) == (412, ["console.refused"])
    assert "First" in late.text
    assert Caller(house)("GET", "/applications/wiki").json()["name"] == "First"


def test_admin_02_who_only_looks_changes_nothing(wiki: Admin, admin: Somebody, house: House) -> None:
    """ADMIN-02: viewers and editors see it, and are refused whatever they send."""
    for name in ("vera", "edda"):
        browser = admin(name).at("/applications/wiki")
        assert "may look at this, and not change it" in browser.text
        form = next(one for one in browser.forms if one.action == "/console/applications/wiki")
        assert browser.post(f"{house.url}/console/applications/wiki", form.fields | entry(name="No")).status == 403
    assert Caller(house)("GET", "/applications/wiki").json()["name"] == "Wiki"


def test_removing_wants_the_id_typed(wiki: Admin, house: House) -> None:
    """By the form on its page."""
    here, form = "/applications/wiki", "/applications/wiki/remove"
    assert wiki.post(here, form, confirm="wik").status == 422
    assert "Removed." in wiki.post(here, form, confirm="wiki").text
    assert Caller(house)("GET", here).status_code == 404


def test_trying_begins_its_login(wiki: Admin) -> None:
    """In this browser, as its first address would."""
    assert wiki.at("/applications/wiki/try").page == "identifier"


def test_admin_04_and_07_markup_and_templates_are_shown_as_typed(wiki: Admin) -> None:
    """ADMIN-04, ADMIN-07: in names and in what is refused."""
    hostile = "<img src=x onerror=alert(1)>{{7*7}}"
    shown = wiki.post("/applications/wiki", **entry(name=hostile))
    assert "&lt;img src=x onerror=alert(1)&gt;{{7*7}}" in shown.text
    assert "<img" not in shown.text
    assert "<img" not in wiki.post("/applications/wiki", **entry(redirect_uris=hostile)).text


def test_admin_15_the_audit_has_who_did_it_and_why(wiki: Admin, house: House) -> None:
    """ADMIN-15: with the admin's name, their address and their reason."""
    wiki.post("/applications/wiki", **entry(name="Told", reason="a new name"))
    found = Caller(house)("GET", "/audit?event=resource_changed").json()["items"]
    event = next(one for one in found if one["details"].get("reason") == "a new name")
    assert (event["details"]["token_name"], event["details"]["resource"]) == ("olga", "wiki")
    assert event["ip"] == "127.0.0.1"
