"""Over every row of the route table, as the OpenAPI document tells them: who may, and what no row takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from engine.admin_scopes import SCOPES
from management.table import BASE
from server import create_app
from tests.journeys.living import House
from tests.management.callers import Caller, is_problem

PUBLIC = "/api/admin/v1/openapi.json"


@pytest.fixture(scope="module")
def described(house: House) -> dict[str, Any]:
    """The document, as anybody may read it."""
    return dict(httpx2.get(house.url + PUBLIC).json())


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path with something in it, and what is told of it, for each row of the table."""
    for path, methods in described["paths"].items():
        if not path.startswith(BASE):
            continue
        for method, operation in methods.items():
            yield method.upper(), re.sub(r"{\w+}", "x", path), operation


def test_every_route_is_described(house: House, described: dict[str, Any]) -> None:
    """Whatever the server answers below /api/admin, and with every method."""
    app = create_app(house.settings)
    with TestClient(app):
        routes = [route for route in app.router.routes if isinstance(route, Route) and "/api/admin/" in route.path]
        found = {(re.sub(":path}", "}", route.path), m.lower()) for route in routes for m in route.methods or ()}
    told = {(path, method) for path, methods in described["paths"].items() for method in methods if BASE in path}
    assert {one for one in found if one[1] != "head"} == told


def test_admin_01_02_29_every_row_wants_a_token_with_its_scope(house: House, described: dict[str, Any]) -> None:
    """ADMIN-01, ADMIN-02, ADMIN-29: 401 without or with another's, 403 with all other scopes, and it says which."""
    for method, path, operation in operations(described):
        if path == PUBLIC:
            continue
        [[scope]] = [one["token"] for one in operation["security"]]
        for given in ("", "Bearer", "Bearer eyJhbGciOiJub25lIn0.e30.", "Basic eA==", "Bearer dst_0000000000000000_x"):
            answer = httpx2.request(method, house.url + path, headers={"Authorization": given} if given else {})
            assert is_problem(answer, 401), (method, path)
            assert answer.headers["www-authenticate"].startswith("Bearer")
        cookie = {"Cookie": "doorstep-session=" + "a" * 43}
        assert httpx2.request(method, house.url + path, headers=cookie).status_code == 401
        assert scope in SCOPES


@pytest.mark.parametrize("scope", [one for one in SCOPES if ":" in one])
def test_a_token_with_all_other_scopes_is_refused(scope: str, house: House, described: dict[str, Any]) -> None:
    """403, and the scope that is wanted; every scope is wanted by some row."""
    other = Caller(house, *(one for one in SCOPES if one != scope), base="")
    rows = [(method, path) for method, path, one in operations(described) if one["security"] == [{"token": [scope]}]]
    for method, path in rows:
        answer = other(method, path, None if method in ("GET", "DELETE") else {})
        assert is_problem(answer, 403), (method, path)
        assert f'scope="{scope}"' in answer.headers["www-authenticate"]
    assert rows


def test_every_change_wants_if_match(admin: Caller, house: House, described: dict[str, Any]) -> None:
    """The document says so for each PUT, PATCH and DELETE of one thing."""
    for method, path, operation in operations(described):
        if method in ("PUT", "PATCH", "DELETE"):
            wanted = [one["name"] for one in operation["parameters"] if one["in"] == "header" and one["required"]]
            assert wanted == ["If-Match"], (method, path)


HOSTILE = [
    (b"", {}, (400,)),
    (b"[]", {}, (422,)),
    (b"{", {}, (400,)),
    (b"\xff\xfe{}", {}, (400,)),
    (b'{"id": NaN}', {}, (400,)),
    (b'{"id": 1e999}', {}, (400,)),
    (b'{"id": ' + b"9" * 5000 + b"}", {}, (400,)),
    (b'{"id": "a", "id": "b"}', {}, (400,)),
    (b'{"id": "\\ud800", "name": "\\ud800"}', {}, (400,)),
    (b'{"id": "\\u0000"}', {}, (400,)),
    (b'{"id":' * 5000 + b"1" + b"}" * 5000, {}, (400,)),
    (b"[" * 100_000, {}, (400, 413)),
    (b'{"id": "' + b"a" * 2_000_000 + b'"}', {}, (413,)),
    (b"{}", {"Content-Type": "text/plain"}, (415,)),
    (b"{}", {"Content-Type": "application/x-www-form-urlencoded"}, (415,)),
    (b"{}", {"Content-Encoding": "gzip"}, (415,)),
    (b'{"id": {"$ne": null}, "name": [[]], "constructor": {}}', {}, (404, 422, 428)),
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_bodies_change_nothing(number: int, admin: Caller, house: House, described: dict[str, Any]) -> None:
    """400, 413, 415 or 422, never a 500, in each row that takes a body."""
    content, headers, allowed = HOSTILE[number]
    for method, path, operation in operations(described):
        if "requestBody" not in operation:
            continue
        [kind] = operation["requestBody"]["content"]
        given = {**admin.headers, "Content-Type": kind, "If-Match": "*", **headers}
        answer = httpx2.request(method, house.url + path, headers=given, content=content)
        assert answer.status_code in (*allowed, 404), (method, path, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"


def test_what_is_not_there_is_a_problem_too(admin: Caller) -> None:
    """404 for an unknown address; 405 with the methods that there are."""
    assert is_problem(admin("GET", "/nothing"), 404)
    assert is_problem(admin("GET", "/users/%0A"), 400)
    wrong = admin("POST", "/applications/x", {})
    assert is_problem(wrong, 405)
    assert set(wrong.headers["allow"].split(", ")) == {"GET", "HEAD", "PUT", "PATCH", "DELETE"}
