"""The main job in a real browser: desktop and phone, through the sample application, as a person does it.

`doorstep demo` runs as its own process.  Every page is photographed into docs/screens/journey, or into the folder that
DOORSTEP_SCREENS names.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.prepare import browser as chromium

pytestmark = pytest.mark.skipif(
    chromium() is None and "CI" not in os.environ, reason="no Chromium on this machine; see tests/prepare.py"
)

ROOT = Path(__file__).resolve().parent.parent.parent
SCREENS = Path(os.environ.get("DOORSTEP_SCREENS", ROOT / "docs" / "screens" / "journey"))
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Stage:
    """The demo, a desktop browser and a phone.  complaints: console errors and policy violations of all pages."""

    url: str
    application: str
    desktop: Page
    phone: Page
    scheme: str
    complaints: list[str] = field(default_factory=list)

    def photograph(self, page: Page, name: str) -> None:
        """Keep a picture of the page."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / f"{self.scheme}-{name}.png", full_page=True)


def _free_ports() -> int:
    """A port whose next one is free as well."""
    for _ in range(50):
        with closing(socket.socket()) as first, closing(socket.socket()) as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise AssertionError("no two ports in a row are free")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """`doorstep demo` in a process of its own; gives its port."""
    port = _free_ports()
    command = [sys.executable, "-c", "from server import main; main()", "demo", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--data", str(tmp_path_factory.mktemp("demo"))], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    said = process.stdout.readline()
    watchdog.cancel()
    assert "ready" in said, said
    yield port
    process.terminate()
    process.wait(20)


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """One Chromium for the module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=["light", "dark"])
def stage(request: pytest.FixtureRequest, demo: int, chrome: Browser) -> Iterator[Stage]:
    """Two contexts that share nothing: a desktop and a phone."""
    scheme: str = request.param
    desktop = chrome.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    phone = chrome.new_context(
        viewport={"width": 390, "height": 844}, color_scheme=scheme, is_mobile=True, has_touch=True
    )
    stage = Stage(
        f"http://localhost:{demo}", f"http://localhost:{demo + 1}", desktop.new_page(), phone.new_page(), scheme
    )
    for page in (stage.desktop, stage.phone):
        _listen(page, stage.complaints)
    yield stage
    _close(desktop, phone)


def _listen(page: Page, complaints: list[str]) -> None:
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))


def _close(*contexts: BrowserContext) -> None:
    for context in contexts:
        context.close()


def _at(page: Page, name: str) -> None:
    expect(page.locator("main")).to_have_attribute("data-page", name)


def test_enroll_on_the_way_then_name_and_approval(stage: Stage) -> None:
    """The whole enrollment login and the second login; nothing complains in any console."""
    name = {"light": "mara", "dark": "noah"}[stage.scheme]
    desktop, phone = stage.desktop, stage.phone

    desktop.goto(stage.application)
    stage.photograph(desktop, "1-application")
    desktop.get_by_role("link", name="Sign in", exact=True).click()
    _at(desktop, "identifier")
    stage.photograph(desktop, "2-identifier")
    desktop.locator("input[name=username]").fill(name)
    desktop.keyboard.press("Enter")

    _at(desktop, "push-enroll-consent")
    stage.photograph(desktop, "3-consent")
    desktop.locator("button[value=INIT_PUSH_ENROLL]").click()
    _at(desktop, "password")
    stage.photograph(desktop, "4-password")
    desktop.locator("input[name=password]").fill(f"{name}-at-the-door")
    desktop.keyboard.press("Enter")

    _at(desktop, "push-enroll")
    stage.photograph(desktop, "5-code")
    enrollment = desktop.locator("[data-enrollment]").text_content() or ""
    phone.goto(f"{stage.url}/phone")
    phone.locator("details[data-add] summary").click()
    phone.locator("textarea[name=code]").fill(enrollment)
    stage.photograph(phone, "6-phone-adds")
    phone.locator("[data-action=add]").click()

    expect(desktop.locator("[data-device]")).to_be_visible()
    stage.photograph(desktop, "7-registered")
    desktop.get_by_role("button", name="Continue").click()
    _at(desktop, "push-wait")
    stage.photograph(desktop, "8-wait")
    _approve(stage, "9-phone-asks")

    expect(desktop).to_have_url(f"{stage.application}/")
    expect(desktop.locator("[data-signed-in]")).to_be_visible()
    stage.photograph(desktop, "10-signed-in")

    desktop.get_by_role("button", name="Sign out").click()
    desktop.get_by_role("link", name="Sign in", exact=True).click()
    _at(desktop, "identifier")
    desktop.locator("input[name=username]").fill(name)
    desktop.keyboard.press("Enter")
    _at(desktop, "push-wait")
    _approve(stage, "11-phone-asks-again")
    expect(desktop.locator("[data-signed-in]")).to_be_visible()
    assert stage.complaints == []


def _approve(stage: Stage, name: str) -> None:
    """The phone shows who asks; the person approves."""
    expect(stage.phone.locator("[data-view=request]")).to_be_visible()
    stage.photograph(stage.phone, name)
    stage.phone.locator("[data-action=approve]").click()
