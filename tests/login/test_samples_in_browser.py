"""Every page in every state, in a real browser: axe finds nothing, and nothing overflows."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from tests.login.gallery import GALLERY
from tests.login.screens import BROWSER, ENDINGS, served
from tests.prepare import browser as chromium

pytestmark = pytest.mark.skipif(chromium() is None and "CI" not in os.environ, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[Browser, str]]:
    """A browser, and where the samples are served."""
    with served() as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER)
        yield browser, origin
        browser.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_any_sample(place: tuple[Browser, str], scheme: str, width: int) -> None:
    """Details opened, so that what is folded away is looked at too."""
    browser, origin = place
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    tab = context.new_page()
    faults = []
    for name in {*GALLERY, *ENDINGS} - {"prompt-away"}:  # which leaves at once
        tab.goto(f"{origin}/login/{name}")
        tab.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        faults += [(name, each["id"], each["nodes"][0]["html"]) for each in Axe().run(tab).response["violations"]]
        if not tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"):
            faults.append((name, "overflow", ""))
    context.close()
    assert faults == []
