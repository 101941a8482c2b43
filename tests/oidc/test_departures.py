"""Who is disabled or changes a credential is signed out everywhere, and the applications are told, by whatever way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from storage.open import Stores
from tests.browser import Browser
from tests.journeys.living import APPLICATION
from tests.oidc.test_signing_out import tokens
from tests.oidc.told import Told
from tests.security.town import Town, document, password, town

RESET = """function onLoginRequest(context) {
    executeStep(1, {onSuccess: function (context) {
        updateUserPassword(context.currentKnownSubject, 'seven boats on a lake', {
            onSuccess: function () { fail(); }, onFail: function () { fail(); }
        });
    }});
}"""


@pytest.fixture
def place(tmp_path: Path, told: Told) -> Iterator[Town]:
    """A server whose applications are told of logouts."""
    whole = document()
    for one in whole["applications"]:
        one["backchannel_logout_uri"] = f"http://127.0.0.1:{told.server_port}/logout"
    steps = [{"id": 1, "options": [{"authenticator": "password"}]}]
    whole["flows"].append({"id": "reset", "steps": steps, "script": {"source": RESET}})
    whole["applications"].append({"id": "reset", "redirect_uris": [APPLICATION], "flow": "reset"})
    with town(tmp_path, whole) as made:
        yield made


def directory_of(place: Town, name: str, change: Callable[..., object]) -> None:
    """A change as a command makes it: in a process of its own, with the database alone."""

    async def work(stores: Stores) -> None:
        user = await stores.directory.user_named(name)
        assert user is not None
        await change(stores.directory, user)  # type: ignore[misc]

    place.stores(work)


def apply_password(place: Town, name: str) -> None:
    place.house.apply({"users": [{"username": name, "password": "seven boats on a lake"}]})


def run_script(place: Town, name: str) -> None:
    browser = place.browser().open(place.house.authorize("reset"))
    browser.submit(username=name, password=password(name))


def change_own_password(place: Town, name: str) -> None:
    browser = place.browser().open(f"{place.house.url}/account/password")
    browser.submit(username=name, password=password(name))
    browser.submit(password=password(name), new_password="seven boats on a lake")
    assert browser.alerts == ["account.password.changed"]


WAYS: dict[str, Callable[[Town, str], None]] = {
    "disabled": lambda place, name: directory_of(place, name, lambda d, u: d.set_enabled(u.id, False)),
    "a new password at the terminal": lambda place, name: directory_of(
        place, name, lambda d, u: d.set_password(u.id, "$argon2id$new")
    ),
    "removed by a file": lambda place, name: place.remove(name),
    "a new password by a file": apply_password,
    "a new password by a script": run_script,
    "their own new password": change_own_password,
}


@pytest.mark.parametrize("way", list(WAYS))
def test_sessions_and_grants_end_and_applications_are_told(place: Town, told: Told, way: str) -> None:
    """Within seconds, in the server's own process, whoever changed the person."""
    name = place.person()
    browser = place.at("pass", scope="openid offline_access").submit(username=name, password=password(name))
    given = tokens(place, browser)
    other = place.signed_in(place.person())
    before = place.records("grant")
    WAYS[way](place, name)
    assert told.heard.wait(15)
    until(lambda: place.count("SELECT count(*) FROM changed_people") == 0)
    assert place.records("grant") == before - 1
    assert len(told.tokens) == 1
    asked = {"grant_type": "refresh_token", "refresh_token": given["refresh_token"], "client_id": "pass"}
    answer = httpx2.post(f"{place.house.url}/oauth2/token", data=asked)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    assert "code" in place.at("pass", other, prompt="none").query


def test_a_removed_device_ends_what_was_proven_with_it_and_nothing_else(place: Town, told: Told) -> None:
    """A session that rests on the password alone goes on."""
    name = place.person()
    phone = place.phone(name)
    alone, both = place.signed_in(name), push_signed_in(place, name, phone)

    directory_of(place, name, lambda d, u: d.remove_device(phone.device_id, user_id=u.id))
    assert told.heard.wait(15)
    until(lambda: place.count("SELECT count(*) FROM changed_people") == 0)
    assert place.at("pass", both, prompt="none").query["error"] == "login_required"
    assert "code" in place.at("pass", alone, prompt="none").query


def push_signed_in(place: Town, name: str, phone: object) -> Browser:
    """A browser that proved both."""
    browser = place.at("pass-push").submit(username=name, password=password(name))
    place.house.approve(phone)  # type: ignore[arg-type]
    return browser.press("PROCEED_PUSH_AUTHENTICATION")


def test_what_was_noted_while_no_server_ran_is_done_at_the_start(tmp_path: Path, told: Told) -> None:
    """Notes lie in the database, not in a process."""
    whole = document()
    for one in whole["applications"]:
        one["backchannel_logout_uri"] = f"http://127.0.0.1:{told.server_port}/logout"
    with town(tmp_path, whole) as place:
        name = place.person()
        place.signed_in(name)
    directory_of(place, name, lambda d, u: d.set_enabled(u.id, False))
    assert not told.tokens
    with town(tmp_path, whole):
        assert told.heard.wait(15)


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that another process does."""
    for _ in range(500):
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError("it never came to be")
