"""Cases of administration that no single resource is about: other sites, hostile texts, removal under load."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from html import unescape

import httpx2

from tests.browser import Browser
from tests.journeys.living import House
from tests.management.callers import Caller, is_problem
from tests.management.conftest import application

MARKUP = "<img src=x onerror=alert(1)>{{7*7}}${7*7}{0.__class__}%s"


def test_admin_03_another_site_can_change_nothing(house: House, wiki: str, admin: Caller) -> None:
    """No cookie opens the API, no form is taken, and no other origin is let at it."""
    headers = {"Origin": "https://evil.test", "Cookie": "doorstep-session=" + "a" * 43}
    for kind in ("application/x-www-form-urlencoded", "text/plain", "application/json"):
        more = headers | {"Content-Type": kind, "If-Match": "*"}
        answer = httpx2.put(f"{house.url}/api/admin/v1{wiki}", content=b"{}", headers=more)
        assert is_problem(answer, 403)
    asked = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization"}
    preflight = httpx2.options(f"{house.url}/api/admin/v1{wiki}", headers=headers | asked)
    assert "access-control-allow-origin" not in preflight.headers


def test_admin_04_07_texts_are_shown_as_typed(house: House, admin: Caller) -> None:
    """A name with markup or a template in it is text on the login page, and JSON that no browser takes for a page."""
    assert admin("POST", "/applications", application("markup") | {"name": MARKUP}).status_code == 201
    told = admin("GET", "/applications/markup")
    assert (told.json()["name"], told.headers["x-content-type-options"]) == (MARKUP, "nosniff")
    page = house.browser().open(house.authorize("markup")).text
    assert MARKUP in unescape(page)
    assert "<img src=x" not in page
    assert admin.remove("/applications/markup").status_code == 204


def test_admin_20_what_is_removed_under_load_lets_nobody_in(house: House, admin: Caller) -> None:
    """Fifty logins wait for a password when their application goes: each ends in a page, none with a code."""
    flow = {"id": "one", "steps": [{"id": 1, "options": [{"authenticator": "password"}]}]}
    assert admin("POST", "/flows", flow).status_code == 201
    assert admin("POST", "/applications", application("busy", flow="one")).status_code == 201
    waiting = [house.browser().open(house.authorize("busy")) for _ in range(50)]
    assert admin.remove("/applications/busy").status_code == 204

    def sign_in(browser: Browser) -> Browser:
        return browser.submit(username="mara", password="mara-at-the-door")

    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(sign_in, waiting))
    assert all(one.status < 500 and "code" not in one.query for one in ended)
    assert admin.remove("/flows/one").status_code == 204
