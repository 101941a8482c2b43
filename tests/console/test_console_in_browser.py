"""The console in a real browser: an admin's story, by keyboard, looked at in every state."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser as Chrome
from playwright.sync_api import Page, expect, sync_playwright

from tests.account.stage import ARGUMENTS, Stage
from tests.console.conftest import word
from tests.journeys.living import APPLICATION, House
from tests.prepare import browser as chromium

pytestmark = pytest.mark.skipif(chromium() is None and "CI" not in os.environ, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def chrome(house: House) -> Iterator[Chrome]:
    """One Chromium for the module, begun after the server: from then on this thread has an event loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS.split())
        yield browser
        browser.close()


@pytest.fixture
def stage(chrome: Chrome) -> Iterator[Stage]:
    """A fresh browser; whatever its consoles say at the end is a failure."""
    stage = Stage.open(chrome, "console")
    yield stage
    stage.context.close()
    assert stage.complaints == []


def enter(stage: Stage, house: House, name: str = "olga") -> Page:
    """A page at which somebody has signed in to the console."""
    page = stage.page()
    page.goto(f"{house.url}/console")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(word(name))
    page.keyboard.press("Enter")
    at(page, "console-applications")
    return page


def at(page: Page, name: str) -> None:
    """Be there before anything looks."""
    page.locator(f"main[data-page={name}]").wait_for()


def test_an_application_is_added_changed_and_removed(stage: Stage, house: House) -> None:
    """The story of one, each page looked at."""
    page = enter(stage, house)
    stage.judge(page, "applications")
    page.get_by_role("link", name="Add an application").click()
    page.get_by_label("Client ID").fill("wiki")
    page.get_by_label("Name", exact=True).fill("Wiki")
    page.get_by_label("Redirect addresses").fill("javascript:alert(1)")
    page.get_by_role("button", name="Add an application").click()
    expect(page.get_by_role("alert")).to_be_focused()
    stage.judge(page, "application-refused")
    page.get_by_label("Redirect addresses").fill(APPLICATION)
    page.get_by_role("button", name="Add an application").click()
    expect(page.locator("[data-said=added]")).to_be_visible()
    stage.judge(page, "application")
    page.get_by_text("Remove this application").first.click()
    page.get_by_label("Type its client ID").fill("wiki")
    page.get_by_role("button", name="Remove this application").click()
    expect(page.locator("[data-said=removed]")).to_be_visible()


def test_keys_lead_through_the_console(stage: Stage, house: House) -> None:
    """`?` tells them, `g a` goes to the applications, and Tab begins with the way past the rail."""
    page = enter(stage, house)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    stage.judge(page, "keys")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Payroll").click()
    at(page, "console-application")
    page.keyboard.press("g")
    page.keyboard.press("a")
    at(page, "console-applications")


def test_a_script_is_broken_mended_proven_published_and_rolled_back(stage: Stage, house: House) -> None:
    """The story of one, each page looked at."""
    page = enter(stage, house)
    page.get_by_role("link", name="Flows").click()
    at(page, "console-flows")
    stage.judge(page, "flows")
    page.get_by_role("link", name="enroll").click()
    at(page, "console-flow")
    stage.judge(page, "flow")
    text = page.get_by_label("Script").input_value()
    page.get_by_label("Script").fill(text.replace("executeStep", "executStep", 1))
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".findings .error").first).to_be_visible()
    stage.judge(page, "flow-with-an-error")
    page.locator("[data-line]").first.click()
    expect(page.get_by_label("Script")).to_be_focused()
    page.get_by_label("Script").fill(f"// mended\n{text}")
    page.get_by_role("button", name="Prove").click()
    expect(page.locator("[data-graph]")).to_be_visible()
    stage.judge(page, "flow-proven")
    page.get_by_label("Reason").fill("mended")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("[data-said=published]")).to_be_visible()
    page.get_by_role("link", name="1", exact=True).click()
    at(page, "console-version")
    stage.judge(page, "version")
    page.get_by_label("Reason").fill("as it was")
    page.get_by_role("button", name="Roll back to this version").click()
    expect(page.locator("[data-said=published]")).to_be_visible()
    assert page.get_by_label("Script").input_value() == text


def test_every_other_section_looks_well(stage: Stage, house: House) -> None:
    """Each list, and one of each."""
    page = enter(stage, house)
    sections = (("People", "people"), ("Connections", "connections"), ("Notification channels", "channels"))
    for section, name in (*sections, ("Logins", "logins"), ("Audit", "audit")):
        page.get_by_role("link", name=section, exact=True).click()
        at(page, f"console-{name}")
        stage.judge(page, name)
    page.goto(f"{house.url}/console/logins")
    page.locator("tbody a").first.click()
    at(page, "console-login")
    stage.judge(page, "login")
    page.goto(f"{house.url}/console/people")
    page.get_by_role("link", name="olga").click()
    at(page, "console-person")
    stage.judge(page, "person")
