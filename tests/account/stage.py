"""Real Chromium at the account page and the web authenticator: complaints are collected, pages judged and pictured.

With DOORSTEP_SCREENS set to a folder (docs/screens), every page and state that is judged is kept there as a picture.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

ARGUMENTS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"
SCREENS = os.environ.get("DOORSTEP_SCREENS")
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
REFUSED = (
    "Failed to load resource: the server responded with a status of 4",
    "Failed to load resource: net::ERR_INTERNET",
    "Chrome currently does not support the Push API in incognito mode",
)
"""How messages begin that tell of a refusal, of a missing network or of the browser itself."""
COLOURS = 64
"""Of a picture: enough for flat pages, and small."""


@dataclass
class Stage:
    """One browser with its pages.  folder: of its pictures."""

    context: BrowserContext
    folder: str
    complaints: list[str] = field(default_factory=list)

    @staticmethod
    def open(browser: Browser, folder: str, **options: object) -> Stage:
        """A fresh browser."""
        context = browser.new_context(locale="en-GB", timezone_id="Europe/Berlin", **options)  # type: ignore[arg-type]
        stage = Stage(context, folder)
        context.on("weberror", lambda error: stage.complaints.append(str(error.error)))
        context.on("console", stage._said)
        return stage

    def _said(self, said: ConsoleMessage) -> None:
        """What a console says of the page itself."""
        if said.type == "error" and not said.text.startswith(REFUSED):
            self.complaints.append(said.text)

    def page(self) -> Page:
        """A new page."""
        return self.context.new_page()

    def judge(self, page: Page, name: str) -> None:
        """Axe finds nothing in either theme, nothing overflows at any width; a picture of each."""
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            found = Axe().run(page).response["violations"]
            told = [(one["id"], one["nodes"][0]["html"]) for one in found]
            assert told == [], (name, scheme, told)
            for size, (width, height) in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                self._picture(page, f"{name}.{scheme}.{size}")
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        page.set_viewport_size({"width": 390, "height": 844})

    def _picture(self, page: Page, name: str) -> None:
        if not SCREENS:
            return
        path = Path(SCREENS) / self.folder / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path, full_page=True)
        Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)
