"""Flows at the console: scripts are checked, proven, published and rolled back, by who may."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.browser import Browser
from tests.console.conftest import Admin
from tests.journeys.living import House
from tests.management.callers import Caller
from tests.management.conftest import application

Somebody = Callable[[str], Admin]
BOTH = "var onLoginRequest = function (context) {\n    executeStep(1);\n    executeStep(2);\n};"
ONE = "var onLoginRequest = function (context) {\n    executeStep(1);\n};"
STEPS = [{"id": n, "options": [{"authenticator": name}]} for n, name in enumerate(("password", "push"), 1)]


@pytest.fixture
def flow(house: House) -> Iterator[str]:
    """A flow with a script, of an application that requires the phone."""
    caller, wiki = Caller(house), application("wiki", flow="two", require=["push"])
    assert caller("POST", "/flows", {"id": "two", "steps": STEPS, "script": {"source": BOTH}}).status_code == 201
    assert caller("POST", "/applications", wiki).status_code == 201
    yield "/flows/two"
    caller.remove("/applications/wiki")
    caller.remove("/flows/two")


def served(house: House) -> str:
    """The script that logins follow."""
    source: str = Caller(house)("GET", "/flows/two").json()["script"]["source"]
    return source


def send(who: Admin, action: str, script: str, **more: str) -> Browser:
    """Press a button of the flow's page."""
    return who.post("/flows/two", script=script.replace("\n", "\r\n"), action=action, **more)


def test_checking_tells_the_line_and_changes_nothing(admin: Somebody, house: House, flow: str) -> None:
    """What was typed is still there."""
    browser = send(admin("edda"), "check", BOTH.replace("executeStep(2)", "executStep(2)"))
    assert (browser.status, browser.page) == (200, "console-flow")
    assert 'data-line="3"' in browser.text
    assert "did you mean executeStep" in browser.text
    assert "executStep(2)" in browser.text
    assert served(house) == BOTH


def test_proving_tells_ways_verdicts_and_shows_the_picture(admin: Somebody, flow: str) -> None:
    """What the application requires is proven of one script, and a login shows that it is not so of the other."""
    right = send(admin("edda"), "prove", BOTH).text
    assert 'data-verdict="proven"' in right
    assert "data-graph" in right
    wrong = send(admin("edda"), "prove", ONE).text
    assert 'data-verdict="counterexample"' in wrong
    assert "&#34;answers&#34;" in wrong


def test_publishing_makes_a_version_that_can_be_rolled_back(admin: Somebody, house: House, flow: str) -> None:
    """Each with its reason; the lines are those that were typed."""
    pia, changed = admin("olga"), f"// twice\n{BOTH}"
    assert "Published." in send(pia, "publish", changed, reason="both, told").text
    assert served(house) == changed
    assert "both, told" in pia.at("/flows/two").text
    version = pia.at("/flows/two/versions/1")
    assert version.page == "console-version"
    assert "Published." in pia.post("/flows/two/versions/1", reason="back again").text
    assert served(house) == BOTH


def test_what_is_not_proven_is_published_by_an_owner_alone(admin: Somebody, house: House, flow: str) -> None:
    """An owner says that it is meant so, and why."""
    house.apply({"users": [{"username": "noah", "password": "noah-at-the-console", "roles": ["doorstep-publisher"]}]})
    for who, more in (("noah", {}), ("noah", {"override": "yes"}), ("olga", {})):
        refused = send(admin(who), "publish", ONE, reason="shorter", **more)
        assert (refused.status, refused.alerts) == (409, ["console.refused"])
    assert send(admin("olga"), "publish", ONE, override="yes").status == 422
    assert served(house) == BOTH
    assert "Published." in send(admin("olga"), "publish", ONE, override="yes", reason="an experiment").text
    assert served(house) == ONE


def test_going_back_to_what_is_not_proven_is_an_owners_alone_too(admin: Somebody, house: House, flow: str) -> None:
    """An older version is let out by the same rule as a new one."""
    house.apply({"users": [{"username": "noah", "password": "noah-at-the-console", "roles": ["doorstep-publisher"]}]})
    send(admin("olga"), "publish", ONE, reason="shorter", override="yes")
    send(admin("olga"), "publish", BOTH, reason="both again")
    for who, more in (("noah", {}), ("noah", {"override": "yes"}), ("olga", {})):
        refused = admin(who).post("/flows/two/versions/2", reason="back", **more)
        assert (refused.status, refused.alerts) == (409, ["console.refused"])
        assert served(house) == BOTH
    assert "Published." in admin("olga").post("/flows/two/versions/2", reason="meant so", override="yes").text
    assert served(house) == ONE


def test_admin_19_a_broken_script_is_not_published(admin: Somebody, house: House, flow: str) -> None:
    """ADMIN-19: syntax, unknown names, no entry: the old one stays."""
    for script in ("var = 1;", BOTH.replace("executeStep(1)", "nobody()"), "var a = 1;"):
        refused = send(admin("olga"), "publish", script, reason="no", override="yes")
        assert (refused.status, refused.alerts) == (422, ["console.refused"])
    assert served(house) == BOTH


def test_admin_02_viewers_and_editors_publish_nothing(admin: Somebody, house: House, flow: str) -> None:
    """ADMIN-02: an editor drafts, a viewer only looks."""
    assert send(admin("edda"), "publish", f"{BOTH}\n", reason="no").status == 403
    for action in ("check", "prove", "publish"):
        assert send(admin("vera"), action, f"{BOTH}\n", reason="no").status == 403
    assert admin("vera").at("/flows").page == "console-flows"
    assert served(house) == BOTH


def test_admin_04_scripts_are_shown_as_typed(admin: Somebody, flow: str) -> None:
    """ADMIN-04: whatever stands in them."""
    shown = send(admin("edda"), "prove", f"{BOTH}\n// </textarea><script>alert(1)</script>").text
    assert "&lt;/textarea&gt;&lt;script&gt;" in shown
    assert "<script>alert" not in shown


@pytest.mark.parametrize("path", ["/flows/none", "/flows/enroll/versions/99", "/flows/enroll/versions/x"])
def test_what_is_not_there_is_not_found(admin: Somebody, path: str) -> None:
    """404 for flows and versions."""
    assert admin("olga").at(path).status == 404
