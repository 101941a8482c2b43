"""The web authenticator in a real browser, against a whole server: registering, answering, and what it refuses."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chrome
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import Browser
from tests.journeys.living import House, configuration, living
from tests.prepare import browser as chromium

pytestmark = pytest.mark.skipif(chromium() is None and "CI" not in os.environ, reason="no Chromium on this machine")

ARGUMENTS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"


@pytest.fixture(scope="module")
def chrome() -> Iterator[Chrome]:
    """One Chromium for the module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server that asks for the number, with room for many sign-ins and people."""
    budget = {"per_10_minutes": 1000, "per_day": 1000, "cooldown_after_denial": 0}
    document = configuration(
        users=[{"username": name, "password": f"{name}-at-the-door"} for name in PEOPLE],
        settings={
            "password": {"argon2": {"memory_kib": 64, "time_cost": 1}},
            "push": {"progressive_enrollment": True, "number_challenge": True, "budget": budget},
        },
    )
    with living(tmp_path_factory.mktemp("house"), document) as house:
        yield house


PEOPLE = [f"person{number}" for number in range(40)]


@dataclass
class Story:
    """One person with a desktop (a scripted browser) and a phone (a page in Chromium)."""

    house: House
    phone: Page
    name: str
    complaints: list[str] = field(default_factory=list)

    def code(self) -> tuple[Browser, str]:
        """A desktop at the page with the code, and the code's text."""
        desktop = self.house.browser().open(self.house.authorize())
        desktop.submit(username=self.name)
        if desktop.page == "push-enroll-consent":
            desktop.press("INIT_PUSH_ENROLL")
            desktop.submit(password=f"{self.name}-at-the-door")
        assert desktop.page == "push-enroll", desktop.page
        return desktop, desktop.marked["data-enrollment"]

    def registered(self) -> Browser:
        """The phone has pasted the code and the desktop waits for the first answer."""
        desktop, code = self.code()
        self.phone.goto(f"{self.house.url}/phone")
        self.phone.locator("textarea[name=code]").fill(code)
        self.phone.locator("[data-action=add]").click()
        expect(self.phone.locator("[data-account]")).to_be_visible()
        desktop.press("PUSH_DEVICE_ENROLLMENT")
        assert desktop.page == "push-wait", desktop.page
        expect(self.request).to_be_visible()
        return desktop

    @property
    def request(self):  # type: ignore[no-untyped-def]
        """The view that asks."""
        return self.phone.locator("[data-view=request]")

    def press(self, action: str) -> None:
        """Press a button of the page."""
        self.phone.locator(f"[data-action={action}]").click()

    def answered(self, text: str) -> None:
        """The page says how the answer went."""
        expect(self.phone.locator("[data-view=answered] h1")).to_have_text(text)


@pytest.fixture
def story(house: House, chrome: Chrome) -> Iterator[Story]:
    """A fresh person and a fresh phone."""
    context = chrome.new_context(viewport={"width": 390, "height": 844})
    story = Story(house, context.new_page(), PEOPLE.pop())
    story.phone.on("pageerror", lambda error: story.complaints.append(str(error)))
    story.phone.on("console", lambda said: story.complaints.append(said.text) if "Policy" in said.text else None)
    yield story
    context.close()
    assert story.complaints == []


def test_the_typed_number_lets_the_person_in(story: Story) -> None:
    """The phone shows who asks and from where; with the number from the screen the desktop is signed in."""
    desktop = story.registered()
    for shown in ("Sign in to Payroll?", story.name, "The computer that runs the server"):
        expect(story.request).to_contain_text(shown)
    story.phone.locator("input[name=number]").fill(desktop.marked["data-number"])
    story.press("approve")
    story.answered("Approved")
    desktop.press("PROCEED_PUSH_AUTHENTICATION")
    assert story.house.redeem(desktop)["preferred_username"] == story.name
    story.press("done")
    expect(story.phone.locator("[data-list=activity]")).to_contain_text("Approved: Payroll")


def test_approving_needs_the_whole_number(story: Story) -> None:
    """Without it nothing is sent, Enter sends nothing either, and letters are not taken."""
    story.registered()
    number = story.phone.locator("input[name=number]")
    number.press_sequentially("x4")
    expect(number).to_have_value("4")
    number.press("Enter")
    expect(story.request).to_be_visible()
    expect(story.phone.locator("[role=alert]:visible")).to_have_count(0)
    story.press("approve")
    alert = story.phone.locator("[data-message='request.number.missing']")
    expect(alert).to_have_text("Type all 2 digits of the number first.")
    expect(number).to_be_focused()


def test_a_wrong_number_ends_the_request(story: Story) -> None:
    """And the person is told what happened."""
    desktop = story.registered()
    right = desktop.marked["data-number"]
    story.phone.locator("input[name=number]").fill("11" if right != "11" else "22")
    story.press("approve")
    story.answered("Not approved")
    desktop.press("PROCEED_PUSH_AUTHENTICATION")
    assert desktop.page != ""


@pytest.mark.parametrize(("action", "word"), [("deny", "Declined: Payroll"), ("not-me", "Declined, not me: Payroll")])
def test_declining_needs_no_number(story: Story, action: str, word: str) -> None:
    """Nobody is signed in, and the phone remembers what was said."""
    desktop = story.registered()
    story.press(action)
    story.answered("Declined")
    desktop.press("PROCEED_PUSH_AUTHENTICATION")
    assert desktop.page in ("push-error", "error")
    story.press("done")
    expect(story.phone.locator("[data-list=activity]")).to_contain_text(word)


def test_the_next_request_takes_the_place_of_the_answer(story: Story) -> None:
    """It comes by itself, and its buttons hold for a moment so that no tap meant for the first one answers it."""
    desktop = story.registered()
    story.phone.locator("input[name=number]").fill(desktop.marked["data-number"])
    story.press("approve")
    story.answered("Approved")
    second = story.house.browser().open(story.house.authorize())
    second.submit(username=story.name)
    assert second.page == "push-wait"
    expect(story.request).to_be_visible()
    story.phone.locator("input[name=number]").fill(second.marked["data-number"])
    story.press("approve")
    story.answered("Approved")
    second.press("PROCEED_PUSH_AUTHENTICATION")
    assert story.house.redeem(second)["preferred_username"] == story.name


@pytest.mark.parametrize("form", ["enroll", "base64url"])
def test_a_link_only_fills_the_form(story: Story, form: str) -> None:
    """It names the account and waits for the person; the code does not stay in the address."""
    _, code = story.code()
    encoded = base64.urlsafe_b64encode(code.encode()).rstrip(b"=").decode()
    fragment = f"enroll={quote(code, safe='')}" if form == "enroll" else encoded
    story.phone.goto(f"{story.house.url}/phone#{fragment}")
    expect(story.phone.locator("[data-field=code-for]")).to_contain_text(story.name)
    expect(story.phone.locator("[data-account]")).to_have_count(0)
    assert story.phone.url == f"{story.house.url}/phone"
    story.press("add")
    expect(story.phone.locator("[data-account]")).to_be_visible()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "code.empty"),
        ("nonsense", "code.malformed"),
        ("{}", "code.malformed"),
        ("[1]", "code.malformed"),
        ('{"deviceId":"d","username":"u","host":"javascript:1","challenge":"c"}', "code.malformed"),
        ('{"deviceId":"d","username":"u","host":"https://evil.test","challenge":"c"}', "code.elsewhere"),
        ('{"deviceId":"d","username":"u","host":"ORIGIN","challenge":"c"}', "code.used"),
        ("{" * 5000, "code.malformed"),
    ],
)
def test_what_is_no_code_of_this_server_is_refused(story: Story, text: str, message: str) -> None:
    """In words, at the field, and nothing is registered."""
    story.phone.goto(f"{story.house.url}/phone")
    field = story.phone.locator("textarea[name=code]")
    field.fill(text.replace("ORIGIN", story.house.url))
    story.press("add")
    expect(story.phone.locator(f"[role=alert][data-message='{message}']")).to_be_visible()
    expect(field).to_be_focused()
    expect(story.phone.locator("[data-account]")).to_have_count(0)


def test_a_name_from_a_code_is_only_text(story: Story) -> None:
    """Markup in it is shown, not run."""
    story.phone.goto(f"{story.house.url}/phone")
    name = "<img src=x onerror=alert(1)>"
    code = {"deviceId": "d", "username": name, "host": story.house.url, "challenge": "c"}
    story.phone.locator("textarea[name=code]").fill(json.dumps(code))
    expect(story.phone.locator("[data-field=code-for]")).to_contain_text(name)
    expect(story.phone.locator("main img")).to_have_count(0)


KEY = """async () => {
  const db = await new Promise((done) => {
    const q = indexedDB.open("doorstep-phone"); q.onsuccess = () => done(q.result) });
  const all = await new Promise((done) => {
    const q = db.transaction("accounts").objectStore("accounts").getAll(); q.onsuccess = () => done(q.result) });
  const { privateKey } = all[0];
  const exported = await crypto.subtle.exportKey("pkcs8", privateKey).then(() => true, () => false);
  return { extractable: privateKey.extractable, exported, usages: privateKey.usages };
}"""


def test_the_key_stays_in_the_browser(story: Story) -> None:
    """It cannot be read out, and it is there again after a reload."""
    story.registered()
    assert story.phone.evaluate(KEY) == {"extractable": False, "exported": False, "usages": ["sign"]}
    story.phone.reload()
    expect(story.request).to_be_visible()


def test_an_account_is_removed_on_the_second_press(story: Story) -> None:
    """The server forgets the device, the browser its key."""
    desktop = story.registered()
    story.phone.locator("input[name=number]").fill(desktop.marked["data-number"])
    story.press("approve")
    story.press("done")
    remove = story.phone.locator("[data-remove]")
    remove.click()
    expect(remove).to_have_text("Remove it?")
    remove.click()
    expect(story.phone.locator("[data-account]")).to_have_count(0)
    again = story.house.browser().open(story.house.authorize()).submit(username=story.name)
    assert again.page == "push-enroll-consent"


def test_without_a_network_the_page_opens_and_says_so(story: Story) -> None:
    """And goes on by itself when the network is back."""
    desktop = story.registered()
    story.press("deny")
    story.press("done")
    story.phone.evaluate("navigator.serviceWorker.ready")
    story.phone.reload()
    story.phone.context.set_offline(True)
    expect(story.phone.locator("[data-status]")).to_contain_text("You are offline")
    story.phone.reload()
    expect(story.phone.locator("[data-status]")).to_contain_text("You are offline")
    expect(story.phone.locator("[data-account]")).to_be_visible()
    story.phone.context.set_offline(False)
    expect(story.phone.locator("[data-status]")).to_have_text("")
    assert desktop.page == "push-wait"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_overflows(story: Story, scheme: str) -> None:
    """While asking and at rest, in both themes, down to 320 pixels."""
    story.phone.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    story.registered()
    _looks_well(story.phone)
    story.press("deny")
    _looks_well(story.phone)
    story.press("done")
    story.phone.locator("details[data-add] summary").click()
    story.press("add")
    _looks_well(story.phone)


def _looks_well(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_request_does_not_offer_approval_first(story: Story) -> None:
    """The focus is on the question, so that no key press approves it."""
    story.registered()
    expect(story.phone.locator("[data-view=request] h1")).to_be_focused()
