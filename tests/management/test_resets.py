"""An admin changes somebody's credential: the person is told by mail, and all that rested on it is over (ADMIN-27)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.model import EMAIL
from tests.account.letters import letter
from tests.devices import Phone
from tests.journeys.living import House, configuration, living
from tests.journeys.test_enrollment import enroll
from tests.management.callers import Caller
from tests.outgoing.mail_server import Mailbox, served_mailbox

FLOW = {"id": "two", "steps": [{"id": n, "options": [{"authenticator": a}]} for n, a in ((1, "password"), (2, "push"))]}


@pytest.fixture(scope="module")
def box() -> Iterator[Mailbox]:
    """A mail server that runs."""
    with served_mailbox() as box:
        yield box


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, box: Mailbox) -> Iterator[House]:
    """A server that sends mail, and people with addresses."""
    whole = configuration()
    whole["flows"] += [FLOW]
    whole["applications"] += [whole["applications"][0] | {"id": "two", "flow": "two"}]
    whole["settings"]["mail"] = {"host": "127.0.0.1", "port": box.port, "from": "login@example.test"}
    for one in whole["users"]:
        one["claims"] = {EMAIL: f"{one['username']}@example.test"}
    with living(tmp_path_factory.mktemp("house"), whole) as house:
        yield house


def path(admin: Caller, name: str) -> str:
    """Where that user is."""
    return next(f"/users/{one['id']}" for one in admin("GET", "/users").json()["items"] if one["username"] == name)


def test_admin_27_a_reset_password_is_told_and_ends_everything(admin: Caller, house: House, box: Mailbox) -> None:
    """The login that waits for the phone ends without a code; the mail goes to the address from before the change."""
    mara, phone, browser = path(admin, "mara"), Phone(), house.browser()
    enroll(house, browser, phone)
    waiting = house.browser().open(house.authorize("two")).submit(username="mara", password="mara-at-the-door")
    assert waiting.page == "push-wait"
    change = {"password": "another-way-in-4711", "claims": {EMAIL: "mallory@example.test"}}
    assert admin.change(mara, change, method="PATCH").status_code == 200
    assert "another-way-in" not in letter(box, "mara", "another password").as_string()
    assert admin("GET", f"{mara}/sessions").json() == {"items": []}
    assert browser.open(house.authorize("two")).page == "password"
    house.approve(phone)
    waiting.press("PROCEED_PUSH_AUTHENTICATION")
    assert "code" not in waiting.query
    admin.change(mara, {"claims": {EMAIL: "mara@example.test"}}, method="PATCH")


def test_admin_27_a_removed_device_is_told_and_ends_everything(admin: Caller, house: House, box: Mailbox) -> None:
    """The person is signed out; the next phone wants a first factor again."""
    noah, browser = path(admin, "noah"), house.browser()
    enroll(house, browser, Phone(), "noah")
    [device] = admin("GET", f"{noah}/devices").json()["items"]
    assert admin.remove(f"{noah}/devices/{device['id']}").status_code == 204
    letter(box, "noah", f"removed the device {device['name']}")
    assert admin("GET", f"{noah}/sessions").json() == {"items": []}
    browser = house.browser().open(house.authorize()).submit(username="noah")
    assert browser.press("INIT_PUSH_ENROLL").page == "password"


def test_what_is_no_credential_is_told_to_nobody(admin: Caller, house: House, box: Mailbox) -> None:
    """Roles, and being disabled."""
    noah, before = path(admin, "noah"), len(box.taken)
    admin.change(noah, {"roles": ["x"], "enabled": False}, method="PATCH")
    admin.change(noah, {"enabled": True, "password": "one-more-way-in-4711"}, method="PATCH")
    letter(box, "noah", "another password")
    assert len(box.taken) == before + 1
