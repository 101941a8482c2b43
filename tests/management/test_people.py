"""Users, their devices and sessions by HTTP: who is disabled or has another password is out at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.browser import Browser
from tests.devices import Phone
from tests.journeys.living import House
from tests.journeys.test_enrollment import enroll
from tests.management.callers import Caller, is_problem

PASSWORD = "nell-at-the-door-42"
NELL = {"username": "Nell", "password": PASSWORD, "roles": ["editor"], "claims": {"http://a/b": "c"}}
FLOW = {"id": "plain", "steps": [{"id": 1, "options": [{"authenticator": "password"}]}]}


@pytest.fixture
def nell(admin: Caller) -> Iterator[str]:
    """The path of a user of the test's own."""
    made = admin("POST", "/users", NELL)
    assert made.status_code == 201, made.text
    path = f"/users/{made.json()['id']}"
    yield path
    admin.remove(path)


@pytest.fixture(scope="module")
def plain(admin: Caller) -> None:
    """The application asks for the password alone."""
    assert admin("POST", "/flows", FLOW).status_code == 201
    assert admin.change("/applications/payroll", {"flow": "plain"}, method="PATCH").status_code == 200


def signed_in(house: House, password: str = PASSWORD) -> Browser:
    """Nell's browser, after the login."""
    return house.browser().open(house.authorize()).submit(username="nell", password=password)


def test_a_user_made_by_the_api_signs_in(admin: Caller, nell: str, plain: None, house: House) -> None:
    """What is read has the id, and no password."""
    read = admin("GET", nell)
    assert read.json() == {"id": nell[7:], **NELL, "password": {"stored": True}, "groups": [], "enabled": True}
    assert house.redeem(signed_in(house))["preferred_username"] == "Nell"


def test_roles_and_groups_are_those_that_somebody_has(admin: Caller, nell: str) -> None:
    """With how many have each, and who; one that nobody has any more is not there, and has no members."""
    path = "/roles/Internal/night%20shift/members?limit=1"
    assert admin.change(nell, {"roles": ["editor", "Internal/night shift"]}, method="PATCH").status_code == 200
    assert {"name": "Internal/night shift", "members": 1} in admin("GET", "/roles?limit=200").json()["items"]
    assert admin("GET", path).json() == {
        "items": [{"id": nell[7:], "username": "Nell", "enabled": True}],
        "next": None,
    }
    assert admin.change(nell, {"roles": []}, method="PATCH").status_code == 200
    assert admin("GET", path).json() == {"items": [], "next": None}
    assert "Internal/night shift" not in [one["name"] for one in admin("GET", "/roles?limit=200").json()["items"]]
    assert admin("GET", "/groups").json() == {"items": [], "next": None}


def test_whoever_is_disabled_is_out_at_once(admin: Caller, nell: str, plain: None, house: House) -> None:
    """Their sessions end, and no login lets them in."""
    browser = signed_in(house)
    [session] = admin("GET", f"{nell}/sessions").json()["items"]
    assert (session["applications"], session["factors"]) == (["payroll"], ["password"])
    assert admin.change(nell, {"enabled": False}, method="PATCH").json()["enabled"] is False
    assert admin("GET", f"{nell}/sessions").json() == {"items": []}
    assert browser.open(house.authorize()).page == "password"
    assert signed_in(house).page == "password"


def test_a_new_password_ends_what_rests_on_the_old_one(admin: Caller, nell: str, plain: None, house: House) -> None:
    """ADMIN-27: sessions end; the old one lets nobody in, the new one does."""
    signed_in(house)
    assert admin.change(nell, {"password": "another-way-in-4711"}, method="PATCH").status_code == 200
    assert admin("GET", f"{nell}/sessions").json() == {"items": []}
    assert signed_in(house).page == "password"
    assert "code" in signed_in(house, "another-way-in-4711").query


def test_admin_21_a_session_is_ended(admin: Caller, nell: str, plain: None, house: House) -> None:
    """One, or all of them; another user's is not found (ADMIN-21)."""
    signed_in(house)
    browser = signed_in(house)
    first, second = (one["id"] for one in admin("GET", f"{nell}/sessions").json()["items"])
    mara = next(one["id"] for one in admin("GET", "/users").json()["items"] if one["username"] == "mara")
    assert is_problem(admin.remove(f"/users/{mara}/sessions/{first}"), 404)
    assert admin.remove(f"{nell}/sessions/{first}").status_code == 204
    assert is_problem(admin("GET", f"{nell}/sessions/{first}"), 404)
    assert [one["id"] for one in admin("GET", f"{nell}/sessions").json()["items"]] == [second]
    assert admin("POST", f"{nell}/sign-out", {}).status_code == 204
    assert browser.open(house.authorize()).page == "password"


def test_a_put_leaves_nothing_but_the_password(admin: Caller, nell: str, plain: None, house: House) -> None:
    """Roles and claims that are not in it are gone; the id and the name stay."""
    now = admin.change(nell, {"username": "nell", "groups": ["staff"]}).json()
    assert (now["username"], now["roles"], now["groups"], now["claims"]) == ("nell", [], ["staff"], {})
    assert "code" in signed_in(house).query
    assert is_problem(admin.change(nell, {"username": "other"}), 422, "/username")
    assert is_problem(admin.change(nell, {"username": "nell", "id": "x"}), 422, "/id")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"id": "x"}, "/id"),
        ({"credential_version": 9}, "/credential_version"),
        ({"is_admin": True}, "/is_admin"),
        ({"username": "a\u202eb"}, "/username"),
        ({"password": {"file": "/etc/hostname"}}, "/password"),
        ({"password": "x" * 2000}, "/password"),
        ({"claims": {"http://a/b": 1}}, "/claims/http:~1~1a~1b"),
        ({"roles": ["a", "a"]}, "/roles"),
        ({"password_hash": "nonsense", "password": None}, "/password_hash"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_admin_22_what_is_wrong_is_named(change: dict[str, Any], pointer: str, admin: Caller) -> None:
    """ADMIN-22: nothing is added, whatever else comes along."""
    entry = {key: value for key, value in {**NELL, "username": "wren", **change}.items() if value is not None}
    assert is_problem(admin("POST", "/users", entry), 422, pointer)
    assert "wren" not in admin("GET", "/users?limit=200").text


def test_of_those_who_add_a_name_at_once_one_does(admin: Caller) -> None:
    """In any case of the letters."""
    names = ["Wren", "wren", "WREN", "wReN"]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda name: admin("POST", "/users", {"username": name}), names))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    [made] = [answer for answer in answers if answer.status_code == 201]
    admin.remove(made.headers["location"].removeprefix("/api/admin/v1"))


def test_users_come_in_pages(admin: Caller) -> None:
    """By name, each once."""
    paths = [admin("POST", "/users", {"username": f"z{n}"}).headers["location"][13:] for n in range(5)]
    names, path = [], "/users?limit=2"
    while path:
        page = admin("GET", path).json()
        names += [one["username"] for one in page["items"]]
        path = page["next"] and f"/users?limit=2&cursor={page['next']}"
    assert names == ["mara", "noah", *(f"z{n}" for n in range(5))]
    assert {admin.remove(path).status_code for path in paths} == {204}


def test_a_device_is_taken_away(admin: Caller, house: House) -> None:
    """Neither its key nor its push token is shown; nobody else has it."""
    admin.change("/applications/payroll", {"flow": "enroll"}, method="PATCH")
    phone = Phone()
    enroll(house, house.browser(), phone)
    mara, noah = (f"/users/{one['id']}" for one in admin("GET", "/users").json()["items"][:2])
    [device] = admin("GET", f"{mara}/devices").json()["items"]
    assert device.keys().isdisjoint({"push_token", "public_key", "metadata"})
    assert is_problem(admin.remove(f"{noah}/devices/{device['id']}"), 404)
    assert admin.remove(f"{mara}/devices/{device['id']}").status_code == 204
    assert admin("GET", f"{mara}/devices").json() == {"items": []}
