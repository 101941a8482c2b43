"""Applications, flows, libraries, prompts and push providers by HTTP: the shapes of the file, tags, and refusals."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.journeys.living import APPLICATION, House
from tests.management.callers import Caller, is_problem
from tests.management.conftest import application

FLOW = {"id": "plain", "steps": [{"id": 1, "options": [{"authenticator": "password"}]}]}
EACH = [
    ("applications", application()),
    ("flows", FLOW | {"script": {"source": "var onLoginRequest = function (context) { executeStep(1); };"}}),
    ("libraries", {"name": "rules.js", "source": "module.exports = 1;"}),
    ("prompts", {"name": "terms", "source": "<p>Hello</p>"}),
    ("push-providers", {"name": "webpush", "provider": "webpush", "services": ["push.example.test"]}),
]


@pytest.mark.parametrize(("kind", "entry"), EACH, ids=[kind for kind, _ in EACH])
def test_each_kind_is_made_read_replaced_and_removed(kind: str, entry: dict[str, Any], admin: Caller) -> None:
    """201, 200, 200, 204, in the shape of the configuration file; then it is not there."""
    name = entry.get("id") or entry["name"]
    made = admin("POST", f"/{kind}", entry)
    assert made.status_code == 201, made.text
    assert made.headers["location"] == f"/api/admin/v1/{kind}/{name}"
    assert made.json() | entry == made.json()
    read = admin("GET", f"/{kind}/{name}")
    assert (read.json(), read.headers["etag"]) == (made.json(), made.headers["etag"])
    assert name in [one.get("id") or one["name"] for one in admin("GET", f"/{kind}").json()["items"]]
    again = admin.change(f"/{kind}/{name}", read.json())
    assert (again.status_code, again.headers["etag"]) == (200, made.headers["etag"])
    assert admin.remove(f"/{kind}/{name}").status_code == 204
    assert is_problem(admin("GET", f"/{kind}/{name}"), 404)


def test_somebody_signs_in_at_an_application_made_by_the_api(admin: Caller, wiki: str, house: House) -> None:
    """Without `apply` and without a restart."""
    assert admin("POST", "/flows", FLOW).status_code == 201
    assert admin.change(wiki, {"flow": "plain"}, method="PATCH").json()["flow"] == "plain"
    browser = house.browser().open(house.authorize("wiki"))
    browser.submit(username="mara", password="mara-at-the-door")
    assert house.redeem(browser, "wiki")["amr"] == ["pwd"]
    assert is_problem(admin.remove("/flows/plain"), 409)
    assert admin.remove(wiki).status_code == 204
    assert admin.remove("/flows/plain").status_code == 204


def test_a_name_that_is_taken_is_409(admin: Caller, wiki: str) -> None:
    """The field is named, and the one that is there stays."""
    assert is_problem(admin("POST", "/applications", application(name="wiki")), 409, "/id")


def test_nothing_is_changed_without_the_tag_that_was_read(admin: Caller, wiki: str) -> None:
    """428 without, 400 for what is none, 412 for an old one, a weak one or another's (ADMIN-18)."""
    tag = admin("GET", wiki).headers["etag"]
    for method, body in (("PUT", application()), ("DELETE", None)):
        assert is_problem(admin(method, wiki, body), 428)
        assert is_problem(admin(method, wiki, body, if_match="x"), 400)
        for other in ('"x"', f"W/{tag}", f'"x", W/{tag}'):
            assert is_problem(admin(method, wiki, body, if_match=other), 412)
    assert admin("PUT", wiki, application(native_api=True), if_match=tag).status_code == 200
    assert is_problem(admin("PUT", wiki, application(), if_match=tag), 412)
    assert admin("GET", wiki).json()["native_api"] is True


def test_admin_18_of_writers_at_once_one_wins(admin: Caller, wiki: str) -> None:
    """ADMIN-18: all have read the same; the others are told, and nothing of theirs is stored."""
    tag = admin("GET", wiki).headers["etag"]

    def write(number: int) -> int:
        return admin("PUT", wiki, application() | {"name": f"Wiki {number}"}, if_match=tag).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(write, range(8)))
    assert sorted(answers) == [200] + [412] * 7
    assert admin("GET", wiki).json()["name"] == f"Wiki {answers.index(200)}"


def test_admin_18_who_comes_too_late_is_told_what_changed(admin: Caller) -> None:
    """ADMIN-18: of two who edit one script, the second gets 412 with the lines, unless what they knew is unknown."""
    source = "// %s\nvar onLoginRequest = function (context) {\n    executeStep(1);\n};\n"
    assert admin("POST", "/flows", FLOW | {"script": {"source": source % "one"}}).status_code == 201
    read = admin("GET", "/flows/plain")
    tag, both = read.headers["etag"], {**read.json(), "script": {"source": source % "two"}}
    assert admin("PUT", "/flows/plain", both, if_match=tag).status_code == 200
    late = admin("PUT", "/flows/plain", FLOW, if_match=tag)
    assert late.status_code == 412
    assert {"-    // one", "+    // two"} <= {*late.json()["difference"]}
    unknown = admin("PUT", "/flows/plain", FLOW, if_match='"00000000000000000000000000000000"')
    assert unknown.status_code == 412
    assert "difference" not in unknown.json()
    assert admin.remove("/flows/plain").status_code == 204


def test_of_those_who_create_at_once_one_does(admin: Caller) -> None:
    """The others find the name taken."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: admin("POST", "/applications", application("race")).status_code, range(8)))
    assert sorted(answers) == [201] + [409] * 7
    admin.remove("/applications/race")


def test_admin_13_a_secret_goes_in_and_never_comes_out(admin: Caller) -> None:
    """ADMIN-13: what is read says that there is one; a new one changes the tag."""
    made = admin("POST", "/applications", application("vault", client_secret="s3cret-canary-0123456789-abcdef"))
    assert made.json()["client_secret"] == {"stored": True}
    assert "canary" not in made.text
    kept = admin.change("/applications/vault", made.json() | {"name": "Safe"})
    assert kept.json()["client_secret"] == {"stored": True}
    other = admin.change("/applications/vault", {"client_secret": "another-canary-0123456789-abcdef"}, method="PATCH")
    assert other.headers["etag"] != kept.headers["etag"]
    assert "canary" not in other.text + admin("GET", "/applications").text
    admin.remove("/applications/vault")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"flow": "nowhere"}, "/flow"),
        ({"redirect_uris": ["javascript:alert(1)"]}, "/redirect_uris/0"),
        ({"redirect_uris": [APPLICATION, APPLICATION]}, "/redirect_uris"),
        ({"redirect_uris": "https://a.test/"}, "/redirect_uris"),
        ({"native_api": "yes"}, "/native_api"),
        ({"name": None, "id": "a/b"}, "/id"),
        ({"is_admin": True}, "/is_admin"),
        ({"secret_hash": "x"}, "/secret_hash"),
        ({"require": ["fingerprint"]}, "/require/0"),
        ({"require": ["identifier"]}, "/require/0"),
        ({"client_secret": {"env": "HOME"}}, "/client_secret"),
        ({"client_secret": {"file": "/etc/hostname"}}, "/client_secret"),
        ({"client_secret": {"stored": True}}, "/client_secret"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_admin_22_what_is_wrong_changes_nothing(change: dict[str, Any], pointer: str, admin: Caller) -> None:
    """422 with a pointer; unknown fields too (ADMIN-22), and what names a file or a variable of the server."""
    assert is_problem(admin("POST", "/applications", application() | change), 422, pointer)
    assert admin("GET", "/applications/wiki").status_code == 404


@pytest.mark.parametrize(
    "source", ["function (", "nobodyKnows();", "var a = 1;", "var onLoginRequest = function (c) { executeStep(9); };"]
)
def test_admin_19_a_broken_script_is_not_taken_and_the_old_one_stays(source: str, admin: Caller) -> None:
    """ADMIN-19: syntax, unknown names, no entry, a step that is not there; the place says line and column."""
    before = admin("GET", "/flows/enroll")
    broken = admin.change("/flows/enroll", before.json() | {"script": {"source": source}})
    assert broken.status_code == 422
    assert broken.json()["errors"][0]["pointer"] == "/script"
    assert "line" in broken.json()["errors"][0]["detail"]
    assert admin("GET", "/flows/enroll").headers["etag"] == before.headers["etag"]


def test_what_can_never_succeed_is_held_by_the_gate(admin: Caller) -> None:
    """A file is only warned of it; here it is refused."""
    steps = [{"id": 1, "options": [{"authenticator": "identifier"}]}]
    assert is_problem(admin("POST", "/flows", {"id": "never", "steps": steps}), 422, "")
    assert is_problem(admin("POST", "/flows", FLOW | {"script": {"file": "/etc/hostname"}}), 422, "/script")


def test_what_is_needed_cannot_be_removed(admin: Caller) -> None:
    """A flow that an application uses, a library that a script requires: 409, and by whom."""
    assert admin("POST", "/libraries", {"name": "rules.js", "source": "exports.one = 1;"}).status_code == 201
    source = "var rules = require('rules.js'); var onLoginRequest = function (c) { executeStep(1); };"
    assert admin("POST", "/flows", FLOW | {"script": {"source": source}}).status_code == 201
    assert "payroll" in admin.remove("/flows/enroll").json()["detail"]
    assert "plain" in admin.remove("/libraries/rules.js").json()["detail"]
    assert admin.remove("/flows/plain").status_code == admin.remove("/libraries/rules.js").status_code == 204


def test_admin_25_lists_come_in_pages(admin: Caller) -> None:
    """In the order of names, each once; a cursor of nobody's, a size out of bounds or another parameter is 400."""
    for number in range(5):
        admin("POST", "/libraries", {"name": f"l{number}", "source": "1;"})
    names, path = [], "/libraries?limit=2"
    while path:
        page = admin("GET", path).json()
        names += [one["name"] for one in page["items"]]
        path = page["next"] and f"/libraries?limit=2&cursor={page['next']}"
    assert names == [f"l{number}" for number in range(5)]
    for wrong in ("limit=0", "limit=201", "limit=1e9", "limit=-1", "limit=1&limit=2", "cursor=%25", "sort=x"):
        assert is_problem(admin("GET", f"/libraries?{wrong}"), 400), wrong
    assert {admin.remove(f"/libraries/{name}").status_code for name in names} == {204}
