"""The account page in a real browser: by keyboard, without scripts, live, and looked at in every state."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser as Chrome
from playwright.sync_api import Page, expect, sync_playwright

from tests.account.conftest import Hands
from tests.account.stage import ARGUMENTS, Stage
from tests.account.test_set_up import invited
from tests.account.town import Person, Somebody, word
from tests.journeys.living import House
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
    stage = Stage.open(chrome, "account")
    yield stage
    stage.context.close()
    assert stage.complaints == []


def enter(page: Page, person: Person, path: str = "/account") -> None:
    """Go to a page of the account, and prove what is asked on the way."""
    page.goto(person.house.url + path)
    if _at(page) == "password":
        page.locator("input[name=username]").fill(person.name)
        page.locator("input[name=password]").fill(word(person.name))
        page.keyboard.press("Enter")
    page.locator("main[data-page=push-wait], main[data-page^=account]").wait_for()
    if _at(page) == "push-wait":
        person.house.approve(person.phone)
        page.locator("main[data-page^=account]").wait_for()


def _follow(page: Page, link: str) -> None:
    """Open the first link of that name, and be there before anything looks."""
    with page.expect_navigation():
        page.get_by_role("link", name=link).first.click()


def _at(page: Page) -> str:
    return page.locator("main").get_attribute("data-page") or ""


def test_every_page_and_state_looks_well(stage: Stage, somebody: Somebody) -> None:
    """Without findings of axe, in both themes and all widths."""
    person = somebody()
    other = person.elsewhere()
    other.at()
    page = stage.page()
    enter(page, person)
    stage.judge(page, "overview-without-devices")
    _follow(page, "Add a device")
    stage.judge(page, "add")
    page.get_by_role("button", name="Show the code").click()
    expect(page.locator("[data-enrollment]")).to_be_attached()
    stage.judge(page, "code")
    person.house.register(person.phone, page.locator("[data-enrollment]").text_content() or "")
    expect(page.locator("[data-device]")).to_have_text(person.phone.name or "")
    stage.judge(page, "code-registered")
    page.get_by_role("button", name="Yes, add it").click()
    expect(page.locator("[data-said]")).to_be_visible()
    stage.judge(page, "overview")
    _follow(page, "Change Mara's phone")
    stage.judge(page, "device")
    page.get_by_role("button", name="Send a test").click()
    expect(page.locator("[data-said]")).to_be_visible()
    stage.judge(page, "device-test-sent")
    page.get_by_label("Name").fill("   ")
    page.get_by_role("button", name="Save the name").click()
    expect(page.get_by_role("alert")).to_be_visible()
    stage.judge(page, "device-bad-name")
    _follow(page, "Remove this device")
    stage.judge(page, "device-remove")
    page.goto(f"{person.house.url}/account")
    _follow(page, "Sign out")
    stage.judge(page, "session")
    page.goto(f"{person.house.url}/account/sessions/others")
    stage.judge(page, "sessions")
    page.goto(f"{person.house.url}/account/password")
    stage.judge(page, "password")
    page.get_by_label("Present password").fill(word(person.name))
    page.get_by_label("New password").fill("password1")
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_role("alert")).to_be_visible()
    stage.judge(page, "password-refused")
    page.get_by_label("Present password").fill(word(person.name))
    page.get_by_label("New password").fill("seven boats on a lake")
    page.get_by_role("button", name="Change it").click()
    expect(page.locator("[data-page=done]")).to_be_visible()
    stage.judge(page, "password-changed")


def test_the_page_of_a_one_time_link_looks_well(stage: Stage, somebody: Somebody) -> None:
    """By keyboard, in both themes and all widths; nobody has to be signed in."""
    page = stage.page()
    page.goto(invited(somebody()))
    stage.judge(page, "set-up")
    page.get_by_label("New password").fill("password1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    stage.judge(page, "set-up-refused")
    page.get_by_label("New password").fill("seven boats on a lake")
    page.keyboard.press("Enter")
    expect(page.locator("[data-page=done]")).to_be_visible()
    stage.judge(page, "set-up-done")


def test_a_device_is_removed_by_keyboard_alone(stage: Stage, somebody: Somebody) -> None:
    """Every step has a focus that can be seen; the confirmation is not the first thing that Enter meets."""
    person = somebody().enroll()
    page = stage.page()
    enter(page, person)
    _press(page, "Change")
    _press(page, "Remove this device")
    expect(page.locator("[data-page=account-device-remove]")).to_be_visible()
    _press(page, "Remove it")
    expect(page.locator("[data-said=device_removed]")).to_be_visible()


def test_a_login_that_waits_for_a_removed_device_says_so(chrome: Chrome, stage: Stage, somebody: Somebody) -> None:
    """It is removed at the account page in one browser, and a login waits for it in another."""
    person = somebody().enroll()
    account, elsewhere = stage.page(), Stage.open(chrome, "account")
    enter(account, person, f"/account/devices/{person.phone.device_id}/remove")
    login = elsewhere.page()
    login.goto(person.house.authorize("vault"))
    login.locator("input[name=username]").fill(person.name)
    login.locator("input[name=password]").fill(word(person.name))
    login.keyboard.press("Enter")
    expect(login.locator("[data-page=push-wait]")).to_be_visible()
    account.get_by_role("button", name="Remove it").click()
    expect(login.locator('[data-page=push-error] [data-message="push.revoked"]')).to_be_visible()
    login.get_by_role("button", name="Register a phone").click()
    expect(login.locator("[data-page=push-enroll]")).to_be_visible()
    elsewhere.context.close()


def _press(page: Page, text: str) -> None:
    """Tab to what has that text, and press Enter on it."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == text:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no {text} on {page.url}")


def test_without_scripts_a_device_is_added(chrome: Chrome, somebody: Somebody) -> None:
    """The page looks again by itself, names what registered, and its buttons do the rest."""
    person = somebody()
    stage = Stage.open(chrome, "account", java_script_enabled=False)
    page = stage.page()
    page.goto(f"{person.house.url}/account/devices/add")
    page.locator("input[name=username]").fill(person.name)
    page.locator("input[name=password]").fill(word(person.name))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Show the code").click()
    expect(page.locator("noscript meta, meta[http-equiv=refresh]")).to_have_count(1)
    person.house.register(person.phone, page.locator("[data-enrollment]").text_content() or "")
    page.reload()
    page.get_by_role("button", name="Yes, add it").click()
    expect(page.locator("[data-said=device_added]")).to_be_visible()
    stage.context.close()


def test_a_code_renews_itself(stage: Stage, somebody: Somebody, clock: Hands) -> None:
    """When it has run out the page gets a new one, as long as the proof is fresh."""
    person = somebody()
    page = stage.page()
    enter(page, person, "/account/devices/add")
    page.get_by_role("button", name="Show the code").click()
    first = page.locator("[data-enrollment]").text_content()
    clock.ahead += 181
    page.reload()
    expect(page.locator("[data-enrollment]")).not_to_have_text(first or "")
    assert page.url.startswith(f"{person.house.url}/account/devices/add/")


def test_this_browser_is_marked_among_the_devices(stage: Stage, somebody: Somebody) -> None:
    """The one that the web authenticator of this very browser is."""
    person = somebody()
    page = stage.page()
    enter(page, person, "/account/devices/add")
    page.get_by_role("button", name="Show the code").click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Use this browser to approve").click()
    opened.value.locator("[data-action=add]").click()
    expect(page.locator("[data-device]")).to_contain_text("Chrome")
    page.get_by_role("button", name="Yes, add it").click()
    expect(page.locator("[data-mine]")).to_have_text("This browser")
    expect(page.locator("[data-mine]")).to_be_visible()
