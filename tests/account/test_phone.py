"""The web authenticator as the server hands it out: one page for everybody, nothing inline, every text there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from account.phone import routes
from web.errors import Errors
from web.pages import TEMPLATES, Pages
from web.site import site_of
from web.stack import middleware

SCRIPTS = sorted((TEMPLATES / "static").glob("phone*.js"))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """The phone's routes and the static files behind the middleware of the whole server."""
    pages = Pages()
    errors = Errors(pages)
    app = Starlette(
        routes=[*routes(pages=pages), *pages.static.routes()],
        middleware=middleware(site=site_of("http://localhost:8400"), errors=errors),
        exception_handlers=errors.handlers(),
    )
    with TestClient(app, base_url="http://localhost:8400") as client:
        yield client


class Elements(HTMLParser):
    """All start tags of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def having(self, attribute: str, value: str) -> list[str]:
        """The tags with that attribute."""
        return [tag for tag, attributes in self.found if attributes.get(attribute) == value]


def test_the_page_has_its_hooks_each_once(client: TestClient) -> None:
    """Whoever drives the page finds each by one name."""
    elements = Elements(client.get("/phone").text)
    assert elements.having("data-page", "phone") == ["main"]
    for action in ("approve", "deny", "not-me", "add"):
        assert elements.having("data-action", action) == ["button"]
    assert elements.having("name", "code") == ["textarea"]
    assert elements.having("inputmode", "numeric") == ["input"]


def test_nothing_on_the_page_approves_by_default(client: TestClient) -> None:
    """The answering form has no submit button, so that Enter presses none."""
    elements = Elements(client.get("/phone").text)
    for action in ("approve", "deny", "not-me"):
        (attributes,) = [a for _, a in elements.found if a.get("data-action") == action]
        assert attributes["type"] == "button"
        assert "autofocus" not in attributes
        assert "primary" not in (attributes.get("class") or "")


def test_nothing_runs_but_our_own_files(client: TestClient) -> None:
    """No inline script, style or handler, and a policy that would not let one run."""
    response = client.get("/phone")
    elements = Elements(response.text)
    policy = response.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert {"default-src 'none'", "manifest-src 'self'", "worker-src 'self'"} <= set(policy.split("; "))
    assert "camera=(self)" in response.headers["permissions-policy"]
    assert "microphone=()" in response.headers["permissions-policy"]
    assert response.headers["cache-control"] == "no-store"
    for tag, attributes in elements.found:
        assert tag != "style"
        assert tag != "script" or attributes.get("src")
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_the_worker_may_stand_in_for_the_page(client: TestClient) -> None:
    """It is served from the top, asked for each time, as a script."""
    response = client.get("/phone-worker.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cache-control"] == "no-cache"
    again = client.get("/phone-worker.js", headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


def test_everything_the_page_names_is_there(client: TestClient) -> None:
    """Styles, scripts, the manifest and its picture; what scripts import, too."""
    elements = Elements(client.get("/phone").text)
    names = [a.get("src") or a.get("href") for tag, a in elements.found if tag in ("script", "link")]
    for name in names:
        assert client.get(str(name)).status_code == 200
    (manifest,) = [str(name) for name in names if str(name).endswith("phone.webmanifest")]
    response = client.get(manifest)
    assert response.headers["content-type"] == "application/manifest+json"
    assert response.json()["start_url"] == "/phone"
    folder = manifest.rpartition("/")[0]
    for icon in response.json()["icons"]:
        assert client.get(f"{folder}/{icon['src']}").status_code == 200
    imported = {found for script in SCRIPTS for found in re.findall(r'from "\./([^"]+)"', script.read_text("utf-8"))}
    for name in imported:
        assert client.get(f"{folder}/{name}").status_code == 200


def test_every_text_is_there_and_every_one_is_used() -> None:
    """A person is never shown an id, and no translator works for nothing."""
    texts = json.loads((TEMPLATES / "phone.en.json").read_text("utf-8"))
    source = (TEMPLATES / "phone.html").read_text("utf-8") + "".join(script.read_text("utf-8") for script in SCRIPTS)
    families = {"answered": r'"(approved|denied|not_me|wrong_number|late|refused)"',
                "activity": r'"(approved|denied|not_me|wrong_number|test|device|refused_elsewhere)"',
                "notice": r'"(test|device|refused_elsewhere)"'}  # fmt: skip
    used = set(re.findall(r"[\"'`]([a-z]+(?:\.[a-z_]+)+)[\"'`]", source)) & {
        name for name in re.findall(r"[\"'`]([a-z]+\.[a-z_.]+)[\"'`]", source) if name.split(".")[0] in _groups(texts)
    }
    for family, words in families.items():
        used |= {f"{family}.{word}" for word in re.findall(words, source)}
    used |= {f"{name}.lead" for name in used if name.startswith("answered.") and name != "answered.done"}
    used |= {"title", "noscript", "unsupported", "fallback", "direction"}
    assert used - {"activity.late", "activity.refused"} == set(texts)


def _groups(texts: dict[str, str]) -> set[str]:
    return {name.split(".")[0] for name in texts if "." in name}
