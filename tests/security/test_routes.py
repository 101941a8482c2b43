"""Over the whole route table: methods, origins, content types, hostile input.  A new route is tried without a new test.

A POST route that is in none of the lists below fails: whoever adds one says here what guards it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx2
import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from server import create_app
from tests.security.town import Town, clean
from web.headers import STANDING

FORM = "application/x-www-form-urlencoded"
SIGNED = re.compile(r"(/t/[^/]+)?(/o/[^/]+)?/(push-auth/authenticate|api/users/v1/me/push/.*)")
"""Guarded by the signature in the body."""
FOR_CLIENTS = {f"/oauth2/{name}" for name in ("token", "userinfo", "par", "revoke", "introspect")}
"""Guarded by a secret in the body or the header."""
FROM_ANYWHERE = {"/oauth2/authorize", "/oidc/logout"}
"""Any page may send a browser here; it opens a login, or asks whether to sign out, and does nothing else."""
ENDS_A_SESSION = {"/oidc/logout", "/oidc/logout/confirm"}
WITH_TOKEN = {"/login/FLOW", "/oauth2/consent/QUESTION", "/oidc/logout/confirm"}
"""Guarded by a token in the form and a cookie."""
OF_THE_ACCOUNT = re.compile(r"/account/.+")
"""Guarded by the session's cookie and a form token made of it, or by the secret of a link."""
OF_THE_CONSOLE = re.compile(r"/console/.+")
"""Guarded by a cookie of its own and a form token made of it."""
OF_ADMINS = re.compile(r"(/t/[^/]+)?/api/server/v[12]/.+|/api/admin/v1/.+")
"""Guarded by a bearer token with the right scope."""
WITH_SECRET = {"/oauth2/authn"}
"""Guarded by the flow's secret in the body."""

HOSTILE = [
    "%00", "%ff", "%c0%ae%c0%ae", "%ed%a0%80", "..%2f..%2fetc%2fpasswd", "%2e%2e", "'%20or%201=1--", "%25s%25n",
    "%7B%7B7*7%7D%7D", "%3Cscript%3E", "%0d%0aX:%20y", "%E2%80%AE", "a" * 4000, "-1", "1e999", "null",
]  # fmt: skip


@pytest.fixture(scope="module")
def table(whole_place: Town) -> dict[str, set[str]]:
    """Every path there is, with a plain value for each parameter, and the methods it takes."""
    app = create_app(whole_place.house.settings)
    with TestClient(app):
        found: dict[str, set[str]] = {}
        for route in app.router.routes:
            assert isinstance(route, Route), route
            found.setdefault(_filled(route.path), set()).update(route.methods or set())
    return found


def _filled(path: str) -> str:
    values = {"tenant": "carbon.super", "organisation": "Doorstep"}
    values |= {name: name.upper() for name in ("flow", "device", "question")}
    return re.sub(r"\{(\w+)(:path)?\}", lambda part: values.get(part[1], "x"), path)


def posts(table: dict[str, set[str]]) -> list[str]:
    """The paths that take a POST."""
    return [path for path, methods in table.items() if "POST" in methods]


def test_every_post_route_is_in_one_of_the_lists(table: dict[str, set[str]]) -> None:
    """SESSION-06: a change that nothing guards cannot be added unseen."""
    guarded = FOR_CLIENTS | FROM_ANYWHERE | WITH_SECRET | WITH_TOKEN
    by_path = (SIGNED, OF_THE_ACCOUNT, OF_THE_CONSOLE, OF_ADMINS)
    unknown = [
        path for path in posts(table) if path not in guarded and not any(known.fullmatch(path) for known in by_path)
    ]
    assert unknown == []
    written = {path for path, methods in table.items() if methods & {"PUT", "PATCH"}}
    assert {path for path in written if not OF_ADMINS.fullmatch(path)} == set()


def test_http_07_other_methods(place: Town, table: dict[str, set[str]]) -> None:
    """HTTP-07: 405 to every method a route does not take; nothing in a header or a field makes it another."""
    with httpx2.Client(base_url=place.house.url) as client:
        for path, methods in table.items():
            for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} - methods:
                answer = client.request(method, path)
                assert answer.status_code == 405, (method, path)
                assert "access-control-allow-origin" not in answer.headers
            assert client.request("BREW", path).status_code == 400
            if "POST" not in methods:
                override = {"X-HTTP-Method-Override": "GET", "X-Method-Override": "GET"}
                assert client.post(path, data={"_method": "GET"}, headers=override).status_code == 405


def test_session_06_a_post_without_its_guard(place: Town, table: dict[str, set[str]]) -> None:
    """SESSION-06: without token, signature or secret every POST is refused, whatever cookies come along."""
    with place.noauth(), httpx2.Client(base_url=place.house.url) as client:
        for path in posts(table):
            for content_type, body in ((FORM, b""), (FORM, b"a=b"), ("application/json", b"{}")):
                answer = client.post(path, content=body, headers={"Content-Type": content_type})
                if answer.status_code == 200 and path in ENDS_A_SESSION:
                    assert "set-cookie" not in answer.headers  # there was none to end
                    continue
                clean(answer)


def test_session_07_a_post_from_another_origin(place: Town, table: dict[str, set[str]]) -> None:
    """SESSION-07: refused by Sec-Fetch-Site and by Origin where a cookie is what guards."""
    foreign = [
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
        {"Origin": place.house.url + ".evil.test"},
        {"Sec-Fetch-Site": "cross-site", "Origin": place.house.url},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": ""},
    ]
    browser = place.at("pass")
    for headers in foreign:
        answer = browser.http.post(browser.url, data=browser.forms[0].fields, headers=headers)
        assert answer.status_code == 403, headers
    unguarded = FOR_CLIENTS | FROM_ANYWHERE | WITH_SECRET
    paths = [path for path in table if path not in unguarded and not SIGNED.fullmatch(path)]
    with httpx2.Client(base_url=place.house.url) as client:
        for path in [path for path in paths if not re.search(r"push-auth|me/push", path)]:
            assert client.post(path, data={"a": "b"}, headers=foreign[0]).status_code == 403, path


def test_http_10_another_content_type(place: Town, table: dict[str, set[str]]) -> None:
    """HTTP-10: JSON to a form, a form to JSON, XML, text, several, none."""
    kinds = ["application/json", FORM, "application/xml", "text/plain", "multipart/form-data; boundary=x", ""]
    with place.noauth(), httpx2.Client(base_url=place.house.url) as client:
        for path in posts(table):
            wanted = "application/json" if SIGNED.fullmatch(path) else FORM
            for kind in kinds:
                if kind == wanted:
                    continue
                answer = client.post(path, content=b'{"a": 1}', headers={"Content-Type": kind} if kind else {})
                assert answer.status_code in (400, 401, 403, 410, 415), (path, kind, answer.status_code)
                clean(answer)


def test_no_hostile_input_ends_in_a_500(place: Town, table: dict[str, set[str]]) -> None:
    """HTTP-05, STORE-27: in the path, the query, a header, a cookie and the body of every route."""
    with place.noauth(), httpx2.Client(base_url=place.house.url) as client:
        for path, methods in table.items():
            for bad in HOSTILE:
                for method in methods - {"HEAD"}:
                    for answer in _attacked(client, method, path, bad):
                        assert answer.status_code < 500, (method, path, bad, answer.text[:200])


def _attacked(client: httpx2.Client, method: str, path: str, bad: str) -> Iterator[httpx2.Response]:
    """The same value in every place a request has."""
    raw = re.sub(r"FLOW|DEVICE|carbon\.super|Doorstep|\bx\b", bad, path)
    yield client.request(method, raw)
    yield client.request(method, f"{path}?{bad}={bad}&pushAuthId={bad}&seen={bad}&client_id={bad}&request={bad}")
    yield client.request(method, path, headers={"User-Agent": bad, "Cookie": f"doorstep-session={bad}; {bad}"})
    if method == "POST":
        yield client.post(path, content=f"{bad}={bad}&_token={bad}".encode(), headers={"Content-Type": FORM})
        fields = {"deviceId": bad, "token": bad, "authResponse": f"{bad}.{bad}.{bad}", "publicKey": bad}
        yield client.post(path, json=fields)


def test_session_22_every_answer_carries_the_standing_headers(place: Town, table: dict[str, set[str]]) -> None:
    """SESSION-09, SESSION-10, SESSION-21, SESSION-22: on pages, JSON, files and every kind of refusal."""
    with httpx2.Client(base_url=place.house.url) as client:
        answers = [client.get(path) for path in (*table, "/nothing", "/login/x/y")]
        answers += [client.post(path) for path in table]
        answers += [client.get("/", headers={"Host": "evil.test"}), client.get("/%00"), client.get("/a//b")]
    for answer in answers:
        assert [name for name in STANDING if name not in answer.headers] == [], answer.url
        policy = answer.headers["content-security-policy"]
        for word in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"):
            assert word in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        kind = answer.headers.get("content-type", "")
        if kind.startswith("text/"):
            assert "charset=utf-8" in kind.lower()
        if kind.startswith(("text/html", "application/json")) and answer.request.url.path not in PUBLIC:
            assert answer.headers["cache-control"] == "no-store", answer.url


PUBLIC = {"/.well-known/openid-configuration", "/oauth2/jwks"}
"""The same for everybody, so anybody may keep them."""


def test_session_12_no_address_is_built_from_the_request(place: Town, table: dict[str, set[str]]) -> None:
    """SESSION-12, SESSION-13, OIDC-40: another Host is 400; forwarded ones change nothing; a slash too many is 404."""
    lies = {"X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "http", "Forwarded": "host=evil.test;proto=http"}
    with httpx2.Client(base_url=place.house.url) as client:
        for path in table:
            if path not in ("/healthz", "/readyz"):
                assert client.get(path, headers={"Host": "evil.test"}).status_code == 400, path
            told = client.get(path, headers={**lies, "X-Original-URL": "/evil", "X-Rewrite-URL": "/evil"})
            assert "evil" not in told.text + str(told.headers), path
            if path != "/":
                assert client.get(path + "/").status_code in (400, 403, 404, 405), path
        plain, poisoned = (client.get("/.well-known/openid-configuration", headers=h) for h in ({}, lies))
        assert plain.content == poisoned.content
