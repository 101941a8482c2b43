"""Tokens for the management API by client credentials (RFC 6749 §4.4): who gets them, and how soon they end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.journeys.living import House
from tests.management.callers import Caller, is_problem
from tests.management.conftest import application

SECRET = "the-robots-own-secret-of-32-signs"
MACHINE = application("robot", client_secret=SECRET, admin_scopes=["users:read", "audit:read"])


@pytest.fixture
def robot(admin: Caller) -> Iterator[str]:
    """The path of an application that may read people and the audit."""
    assert admin("POST", "/applications", MACHINE).status_code == 201
    yield "/applications/robot"
    admin.remove("/applications/robot")


def ask(house: House, client: str = "robot", secret: str = SECRET, **more: str) -> httpx2.Response:
    """At the token endpoint, by HTTP Basic."""
    form = {"grant_type": "client_credentials", **more}
    return httpx2.post(f"{house.url}/oauth2/token", data=form, auth=(client, secret))


def call(house: House, token: str, path: str = "/users") -> int:
    """What a read with that token is answered."""
    headers = {"Authorization": f"Bearer {token}"}
    return httpx2.get(f"{house.url}/api/admin/v1{path}", headers=headers).status_code


def test_an_application_gets_what_it_was_given(house: House, robot: str) -> None:
    """All its scopes, or those it asks for; ten minutes, no refresh token, not to be cached."""
    answer = ask(house)
    told = answer.json()
    assert answer.headers["cache-control"] == "no-store"
    assert told.keys() == {"access_token", "token_type", "expires_in", "scope"}
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 600, "users:read audit:read")
    assert [call(house, told["access_token"], path) for path in ("/users", "/audit", "/flows")] == [200, 200, 403]
    narrow = ask(house, scope="audit:read").json()
    assert narrow["scope"] == "audit:read"
    assert [call(house, narrow["access_token"], path) for path in ("/users", "/audit")] == [403, 200]


@pytest.mark.parametrize(
    ("client", "secret", "scope", "status", "error"),
    [
        ("robot", SECRET, "users:write", 400, "invalid_scope"),
        ("robot", SECRET, "users:read openid", 400, "invalid_scope"),
        ("robot", "another", "", 401, "invalid_client"),
        ("nobody", SECRET, "", 401, "invalid_client"),
        ("wiki", "", "", 401, "invalid_client"),
        ("secretive", SECRET, "", 400, "unauthorized_client"),
    ],
)
def test_others_get_none(
    client: str, secret: str, scope: str, status: int, error: str, *, house: House, admin: Caller, robot: str, wiki: str
) -> None:
    """Neither another scope, nor without the secret, nor an application without `admin_scopes`."""
    assert admin("POST", "/applications", application("secretive", client_secret=SECRET)).status_code == 201
    answer = ask(house, client, secret, **({"scope": scope} if scope else {}))
    admin.remove("/applications/secretive")
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_public_client_gets_none(house: House, admin: Caller, wiki: str) -> None:
    """It cannot prove to be itself, so it cannot have `admin_scopes` either."""
    answer = httpx2.post(f"{house.url}/oauth2/token", data={"grant_type": "client_credentials", "client_id": "wiki"})
    assert answer.json()["error"] == "unauthorized_client"
    assert is_problem(admin.change(wiki, {"admin_scopes": ["users:read"]}, method="PATCH"), 422, "")


@pytest.mark.parametrize(
    "change",
    [
        {"enabled": False},
        {"client_secret": "another-secret-of-thirty-two-signs"},
        {"admin_scopes": ["audit:read"]},
        {"admin_scopes": []},
    ],
)
def test_a_token_ends_at_once(change: dict[str, Any], house: House, admin: Caller, robot: str) -> None:
    """When its application is disabled, has another secret, or loses the scope."""
    token = ask(house).json()["access_token"]
    assert call(house, token) == 200
    assert admin.change(robot, change, method="PATCH").status_code == 200
    assert call(house, token) in (401, 403)


def test_a_token_ends_with_its_application(house: House, admin: Caller, robot: str) -> None:
    """Also if another of that name comes."""
    token = ask(house).json()["access_token"]
    admin.remove(robot)
    assert call(house, token) == 401
    assert admin("POST", "/applications", application("robot", client_secret="x" * 40)).status_code == 201
    assert call(house, token) == 401


def test_a_token_can_be_given_back_by_its_owner_alone(house: House, admin: Caller, robot: str) -> None:
    """RFC 7009: another client's word changes nothing."""
    token = ask(house).json()["access_token"]
    assert admin("POST", "/applications", application("other", client_secret=SECRET)).status_code == 201
    for client, then in (("other", 200), ("robot", 401)):
        httpx2.post(f"{house.url}/oauth2/revoke", data={"token": token}, auth=(client, SECRET))
        assert call(house, token) == then
    admin.remove("/applications/other")


def test_nobody_gains_by_an_application(house: House, admin: Caller, robot: str) -> None:
    """Neither by one made with more than one's own scopes, nor by another secret for one that has more."""
    lesser = Caller(house, "applications:read", "applications:write", "users:read")
    assert is_problem(lesser("POST", "/applications", MACHINE | {"id": "mine"}), 403)
    assert is_problem(lesser.change(robot, {"client_secret": "y" * 40}, method="PATCH"), 403)
    assert is_problem(lesser.change(robot, {"admin_scopes": ["users:read"]}, method="PATCH"), 403)
    allowed = MACHINE | {"id": "mine", "admin_scopes": ["users:read"]}
    assert lesser("POST", "/applications", allowed).status_code == 201
    assert lesser.remove("/applications/mine").status_code == 204


def test_the_audit_names_the_application(house: House, admin: Caller) -> None:
    """As who changed something, and as who got a token."""
    scopes = ["libraries:write"]
    assert admin("POST", "/applications", MACHINE | {"admin_scopes": scopes}).status_code == 201
    token = ask(house).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    body = {"name": "robot.js", "source": "1;"}
    made = httpx2.post(f"{house.url}/api/admin/v1/libraries", json=body, headers=headers)
    assert made.status_code == 201
    newest = admin("GET", "/audit?event=resource_added&limit=1").json()["items"][0]
    assert newest["details"]["token"] == "application:robot"
    assert admin("GET", "/audit?event=admin_access_given&application=robot").json()["items"]
    for path in ("/libraries/robot.js", "/applications/robot"):
        admin.remove(path)
