"""Static files: a closed set, named by content."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from web.static import StaticFiles


@pytest.fixture
def files(tmp_path: Path) -> StaticFiles:
    """Two files, a secret beside the folder, and a link to it."""
    folder = tmp_path / "static"
    (folder / "sub").mkdir(parents=True)
    (folder / "page.js").write_text("1")
    (folder / "sub" / "icon.svg").write_text("<svg/>")
    (tmp_path / "static-secret.js").write_text("secret")
    (folder / "link.js").symlink_to(tmp_path / "static-secret.js")
    (folder / "notes.py").write_text("secret")
    return StaticFiles(folder)


def test_a_file_is_cached_for_ever_under_its_own_version(files: StaticFiles) -> None:
    """Another version gets today's file, but must ask again."""
    client = TestClient(Starlette(routes=files.routes()))
    answer = client.get(files.path("sub/icon.svg"))
    assert (answer.text, answer.headers["content-type"]) == ("<svg/>", "image/svg+xml")
    assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/0123/page.js").headers["cache-control"] == "no-cache"
    known = client.get(
        files.path("page.js"), headers={"if-none-match": client.get(files.path("page.js")).headers["etag"]}
    )
    assert (known.status_code, known.text) == (304, "")


@pytest.mark.parametrize(
    "name",
    ["../static-secret.js", "..%2fstatic-secret.js", "%2e%2e/static-secret.js", "..\\static-secret.js", "link.js",
     "notes.py", "/etc/passwd", "sub", "sub/", ""],
)  # fmt: skip
def test_nothing_else_is_served(files: StaticFiles, name: str) -> None:
    """No path leads out, no link, no other kind of file."""
    client = TestClient(Starlette(routes=files.routes()))
    assert client.get(f"/static/{files.version}/{name}").status_code == 404


def test_a_page_cannot_name_a_missing_file(files: StaticFiles) -> None:
    """It would break in people's browsers."""
    with pytest.raises(KeyError):
        files.path("nothing.js")


def test_the_version_follows_the_content(files: StaticFiles, tmp_path: Path) -> None:
    """Any change is a new address for all."""
    (tmp_path / "static" / "page.js").write_text("2")
    assert StaticFiles(tmp_path / "static").version != files.version
