"""Who is an admin, and that nobody becomes one, or a higher one, by the back door."""

from __future__ import annotations

from typing import Any

import pytest

from tests.console.conftest import word
from tests.journeys.living import House
from tests.management.callers import Caller, is_problem

SOME = ("users:read", "users:write", "devices:write", "flows:read", "flows:write")


@pytest.fixture(scope="module")
def helper(house: House) -> Caller:
    """A program that looks after people and flows."""
    return Caller(house, *SOME)


def _path(caller: Caller, name: str) -> str:
    found = caller("GET", "/users?limit=200").json()["items"]
    return next(f"/users/{one['id']}" for one in found if one["username"] == name)


CHANGES = [{"password": "another-one-of-theirs"}, {"roles": []}, {"enabled": False}, {"claims": {"a": "b"}}]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_token_changes_no_admin_who_may_do_more(helper: Caller, change: dict[str, Any]) -> None:
    """Who set an owner's password would be an owner."""
    answer = helper.change(_path(helper, "olga"), change, method="PATCH")
    assert is_problem(answer, 403)


def test_a_token_makes_and_removes_no_admin_who_may_do_more(helper: Caller) -> None:
    """Neither a new person nor one who is there."""
    roles = {"roles": ["staff", "doorstep-owner"]}
    assert is_problem(helper("POST", "/users", {"username": "new", "password": word("new"), **roles}), 403)
    assert is_problem(helper.change(_path(helper, "noah"), roles, method="PATCH"), 403)
    assert is_problem(helper.remove(_path(helper, "olga")), 403)


def test_only_who_may_do_everything_changes_the_flow_of_the_console(helper: Caller, house: House) -> None:
    """It says how admins sign in."""
    flow = {"id": "doorstep-console", "steps": [{"id": 1, "options": [{"authenticator": "password"}]}]}
    assert is_problem(helper("POST", "/flows", flow), 403)
    whole = Caller(house)
    assert whole("POST", "/flows", flow).status_code == 201
    assert whole.remove("/flows/doorstep-console").status_code == 204


def test_no_application_takes_the_id_of_the_console(house: House) -> None:
    """As with the account page."""
    entry = {"id": "doorstep-console", "redirect_uris": ["https://evil.example.test/"], "flow": "enroll"}
    assert is_problem(Caller(house)("POST", "/applications", entry), 422, "/id")
