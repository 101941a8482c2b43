"""The audit and the versions of scripts by HTTP: what an admin changed, who, why; in pages and as a stream."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.journeys.living import House
from tests.management.callers import Caller, is_problem
from tests.management.conftest import application

SCRIPT = "var onLoginRequest = function (context) {{ executeStep({}); }};"


def newest(admin: Caller, **sought: str) -> list[dict[str, Any]]:
    """The newest events of that kind."""
    query = "&".join(f"{name}={value}" for name, value in sought.items())
    return list(admin("GET", f"/audit?{query}").json()["items"])


def test_admin_15_every_change_says_who_what_and_why(admin: Caller, wiki: str) -> None:
    """ADMIN-15: token, address, fields; never a value of a secret."""
    body = application(native_api=True, client_secret="audit-canary-0123456789-abcdef")
    assert admin.change(wiki, body, change_reason="ticket 7").status_code == 200
    [event, *_] = newest(admin, event="resource_changed")
    details = event["details"]
    assert (event["ip"], event["why"]) == ("127.0.0.1", "management_api")
    assert (details["kind"], details["resource"], details["token_name"]) == ("application", "wiki", "test")
    assert (details["fields"].split(), details["reason"]) == (["client_secret", "native_api"], "ticket 7")
    assert {"-native_api: false", "+native_api: true", "+client_secret:", "+  stored: true"} <= {
        *details["difference"].splitlines()
    }
    assert "canary" not in json.dumps(newest(admin, limit="200"))


def test_admin_15_before_and_after_are_masked(admin: Caller) -> None:
    """ADMIN-15: of a person the audit has roles and groups, but not what their claims say; nor long texts whole."""
    person = {"username": "olga", "roles": ["a"], "claims": {"http://a/b": "canary-1"}, "password": "canary-2-and-more"}
    path = admin("POST", "/users", person).headers["location"].removeprefix("/api/admin/v1")
    admin.change(path, {"roles": ["b"], "claims": {"http://a/b": "canary-3"}}, method="PATCH")
    assert {"-- a", "+- b"} <= {*newest(admin, event="resource_changed")[0]["details"]["difference"].splitlines()}
    admin.remove(path)
    admin("POST", "/libraries", {"name": "long.js", "source": "// line\n" * 3900})
    assert newest(admin, event="resource_added")[0]["details"]["difference"].endswith(" more lines)")
    admin.remove("/libraries/long.js")
    assert "canary" not in json.dumps(newest(admin, limit="200"))


def test_a_change_that_is_refused_leaves_no_line(admin: Caller, wiki: str) -> None:
    """Nor one that changes nothing."""
    before = newest(admin, limit="1")
    assert admin.change(wiki, application(flow="nowhere")).status_code == 422
    assert admin("PUT", wiki, application(), if_match='"old"').status_code == 412
    assert admin.change(wiki, admin("GET", wiki).json()).status_code == 200
    assert newest(admin, limit="1") == before


def test_events_are_found_by_what_they_are_about(admin: Caller, house: House) -> None:
    """User, flow, application, event, time; the stream has the same."""
    browser = house.browser().open(house.authorize())
    browser.submit(username="mara")
    [started, *_] = newest(admin, event="login_started", application="payroll")
    flow = {event["name"] for event in newest(admin, flow=started["flow_id"])}
    assert {"login_started", "step_begun"} <= flow
    assert newest(admin, user="nobody") == newest(admin, application="payroll", to="2001-01-01T00:00:00Z") == []
    assert newest(admin, **{"from": "2001-01-01T00:00:00%2B01:00", "flow": started["flow_id"], "limit": "1"})
    lines = admin("GET", f"/audit/export?flow={started['flow_id']}")
    assert lines.headers["content-type"].startswith("application/x-ndjson")
    assert {json.loads(line)["name"] for line in lines.text.splitlines()} == flow


def test_pages_of_the_audit_follow_one_another(admin: Caller) -> None:
    """Each event once, while others are added."""
    for number in range(5):
        admin("POST", "/secrets", {"name": f"s{number}", "value": "v"})
    found: list[str] = []
    path = "/audit?event=resource_added&limit=2"
    while path:
        page = admin("GET", path).json()
        found += [one["details"]["resource"] for one in page["items"]]
        admin("POST", "/secrets", {"name": f"t{len(found)}", "value": "v"})
        path = page["next"] and f"/audit?event=resource_added&limit=2&cursor={page['next']}"
    assert [name for name in found if name.startswith("s")] == [f"s{n}" for n in (4, 3, 2, 1, 0)]
    assert len(found) == len(set(found)) or found.count("wiki") > 1


@pytest.mark.parametrize(
    "query",
    ["from=yesterday", "from=2026-01-01T00:00:00", "to=1", "user=", "cursor=bnVsbA", "cursor=WzEsMWU5OTld", "sort=x"],
)
def test_what_cannot_be_sought_is_refused(query: str, admin: Caller) -> None:
    """400 or 422, and nothing is shown."""
    assert is_problem(admin("GET", f"/audit?{query}"), 422 if query.startswith("cursor") else 400)


def test_every_change_of_a_script_is_a_version(admin: Caller, house: House) -> None:
    """By API and by file: when, who, why; another change of the flow is none."""
    steps = [{"id": n, "options": [{"authenticator": "password"}]} for n in (1, 2)]
    flow = {"id": "versioned", "steps": steps, "script": {"source": SCRIPT.format(1)}}
    assert admin("POST", "/flows", flow, change_reason="first try").status_code == 201
    house.apply({"flows": [flow | {"script": {"source": SCRIPT.format(2)}}]})
    house.apply({"flows": [flow | {"script": {"source": SCRIPT.format(2)}, "subject_step": 2}]})
    second, first = admin("GET", "/flows/versioned/scripts").json()["items"]
    assert (first["number"], first["why"], second["number"], second["by"]) == (1, "first try", 2, "apply")
    assert first["by"].startswith("test (")
    assert admin("GET", "/flows/versioned/scripts/1").json() == first | {"source": SCRIPT.format(1)}
    assert [admin("GET", f"/flows/versioned/scripts/{n}").status_code for n in ("0", "3", "x", "9" * 30)] == [404] * 4
    assert admin.remove("/flows/versioned").status_code == 204
    assert is_problem(admin("GET", "/flows/versioned/scripts"), 404)
