"""What scripts do with users, through the front door: a database, the real password step, tokens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browser
from tests.journeys.living import APPLICATION, House, configuration, living
from tests.journeys.test_nobody_gets_in import application, flow

LOCKED = "http://wso2.org/claims/identity/accountLocked"
LOCKING = f"""
    function onLoginRequest(context) {{ ask(2); }}
    function ask(left) {{
        executeStep(1, {{onFail: function (context) {{
            if (left > 1) {{ ask(left - 1); return; }}
            context.lastLoginFailedUser.localClaims['{LOCKED}'] = true;
            sendError(null, {{}});
        }}}});
    }}"""
MOVING = """
    function onLoginRequest(context) {
        executeStep(1, {onFail: function (context) {
            var user = context.lastLoginFailedUser;
            prompt('genericForm', {inputs: [{id: 'old', label: 'Old password'}]}, {onSuccess: function (context) {
                var typed = context.request.params.old[0];
                if (typed !== 'the old system knows') { fail(); return; }
                updateUserPassword(user, typed, {
                    onSuccess: function (context) {
                        executeStep(1, {authenticatorParams: {common: {username: user.username, password: typed}}}, {});
                    },
                    onFail: function () { fail(); }
                });
            }});
        }});
    }"""
ROLES = """
    function onLoginRequest(context) {
        executeStep(1, {onSuccess: function (context) {
            var user = context.currentKnownSubject;
            assignUserRolesV2(context, ['ops']);
            assignUserRolesV2(context, ['boss']);
            getUserSessions(user).forEach(function (session) { terminateUserSession(user, session); });
            user.claims['http://wso2.org/claims/givenname'] = user.roles.join();
        }});
    }"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A server with a flow for each of these scripts."""
    document = configuration()
    scripts = {"locking": LOCKING, "moving": MOVING, "roles": ROLES}
    for name, script in scripts.items():
        document["applications"].append(application(name, name, **({"roles": ["ops"]} if name == "roles" else {})))
        document["flows"].append(flow(name, "password", script=script))
    document["applications"].append(application("plain", "plain"))
    document["flows"].append(flow("plain", "password"))
    with living(tmp_path, document) as house:
        yield house


def try_password(house: House, application: str, password: str) -> Browser:
    """A try of mara's."""
    browser = house.browser()
    browser.open(house.authorize(application))
    browser.submit(username="mara", password=password)
    return browser


def test_a_lock_that_a_script_writes_is_real(house: House) -> None:
    """After two wrong tries in its flow, the right password opens nothing in any, and looks wrong."""
    browser = try_password(house, "locking", "wrong")
    browser.submit(password="wrong as well")
    assert browser.page == "error"
    assert house.events("claim_written") == ["claim_written"]
    other = try_password(house, "plain", "mara-at-the-door")
    assert (other.page, other.alerts) == ("password", ["password.wrong"])
    house.apply({"users": [{"username": "mara", "claims": {LOCKED: None}}]})
    assert try_password(house, "plain", "mara-at-the-door").url.startswith(APPLICATION)


def test_a_password_is_moved_here_and_typed_once(house: House) -> None:
    """The new one signs in, there and the next time; the old one does not."""
    browser = try_password(house, "moving", "the old system knows")
    assert browser.page == "prompt"
    browser.submit(old="the old system knows")
    assert house.redeem(browser, "moving")["preferred_username"] == "mara"
    assert try_password(house, "plain", "the old system knows").url.startswith(APPLICATION)
    assert try_password(house, "plain", "mara-at-the-door").page == "password"


def test_roles_of_the_application_and_sessions_are_changed_in_the_database(house: House) -> None:
    """The application's own role is given, another is not; sessions elsewhere ask again."""
    elsewhere = try_password(house, "plain", "mara-at-the-door")
    assert elsewhere.url.startswith(APPLICATION)
    browser = house.browser()
    browser.open(house.authorize("roles", scope="openid profile roles"))
    browser.submit(username="mara", password="mara-at-the-door")
    told = house.redeem(browser, "roles")
    assert (told["given_name"], told["roles"]) == ("admin,ops", ["admin", "ops"])
    elsewhere.open(house.authorize("plain"))
    assert elsewhere.page == "password"
