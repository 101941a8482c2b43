"""The web authenticator in a real browser, against a whole server: registering, answering, and what it refuses."""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser as Chrome
from playwright.sync_api import Page, expect, sync_playwright

from tests.account.stage import ARGUMENTS, Stage
from tests.browser import Browser
from tests.journeys.living import House, configuration, living
from tests.prepare import browser as chromium

pytestmark = pytest.mark.skipif(chromium() is None and "CI" not in os.environ, reason="no Chromium on this machine")


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


NOTIFICATIONS = """async () => {
  const worker = await navigator.serviceWorker.ready;
  return (await worker.getNotifications()).map(({ title, body }) => `${title}: ${body}`);
}"""


@dataclass
class Story:
    """One person with a desktop (a scripted browser) and a phone (a page in Chromium)."""

    house: House
    phone: Page
    name: str
    stage: Stage

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

    def asked(self) -> Browser:
        """Another desktop that waits for this phone."""
        desktop = self.house.browser().open(self.house.authorize()).submit(username=self.name)
        assert desktop.page == "push-wait", desktop.page
        expect(self.request).to_be_visible()
        return desktop

    def approve(self, desktop: Browser) -> None:
        """Type the number of the desktop, approve, and go on there."""
        assert desktop.page == "push-wait", desktop.page
        expect(self.request).to_be_visible()
        self.phone.locator("input[name=number]").fill(desktop.marked["data-number"])
        self.press("approve")
        self.answered("Approved")
        desktop.press("PROCEED_PUSH_AUTHENTICATION")

    def at_rest(self) -> None:
        """Registered, and the first request declined."""
        self.registered()
        self.press("deny")
        self.press("done")
        expect(self.phone.locator("[data-account]")).to_be_visible()

    def shown_notifications(self) -> list[str]:
        """Titles and bodies of what the service worker shows."""
        return self.phone.evaluate(NOTIFICATIONS)

    def press(self, action: str) -> None:
        """Press a button of the page."""
        self.phone.locator(f"[data-action={action}]").click()

    def answered(self, text: str) -> None:
        """The page says how the answer went."""
        expect(self.phone.locator("[data-view=answered]")).to_be_visible()
        expect(self.phone.locator("[data-view=answered] h1")).to_have_text(text)


@pytest.fixture
def story(house: House, chrome: Chrome) -> Iterator[Story]:
    """A fresh person and a fresh phone."""
    stage = Stage.open(chrome, "phone", viewport={"width": 390, "height": 844})
    yield Story(house, stage.page(), PEOPLE.pop(), stage)
    stage.context.close()
    assert stage.complaints == []


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
    story.phone.locator("[data-account] summary").click()
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


def test_every_state_looks_well(story: Story) -> None:
    """Empty, asking, answered, at rest, adding: without findings of axe, in both themes, down to 320 pixels."""
    phone, judge = story.phone, story.stage.judge
    phone.goto(f"{story.house.url}/phone")
    judge(phone, "empty")
    desktop = story.registered()
    judge(phone, "request")
    story.press("approve")
    judge(phone, "request-number-missing")
    phone.locator("input[name=number]").fill(desktop.marked["data-number"])
    story.press("approve")
    judge(phone, "answered-approved")
    story.press("done")
    judge(phone, "home")
    phone.locator("[data-account] summary").click()
    judge(phone, "account")
    phone.locator("details[data-add] summary").click()
    phone.locator("textarea[name=code]").fill("nonsense")
    story.press("add")
    judge(phone, "code-refused")


def test_not_me_is_told_to_the_server(story: Story) -> None:
    """In the page's look, and as a claim of the signed answer."""
    story.registered()
    with story.phone.expect_request("**/push-auth/authenticate") as sent:
        story.press("not-me")
    claims = _claims(sent.value.post_data_json["authResponse"])
    assert (claims["response"], claims["notMe"]) == ("DENIED", True)
    story.stage.judge(story.phone, "answered-not-me")


def _claims(token: str) -> dict[str, object]:
    body = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


def test_this_browser_gets_another_name_at_the_server(story: Story) -> None:
    """The account page shows it, too."""
    story.at_rest()
    phone = story.phone
    phone.locator("[data-account] summary").click()
    phone.get_by_label("Name of this browser").fill("The one in the kitchen")
    phone.get_by_role("button", name="Save the name").click()
    expect(phone.locator("[data-status]")).to_have_text("This browser has its new name.")
    phone.reload()
    phone.locator("[data-account] summary").click()
    expect(phone.get_by_label("Name of this browser")).to_have_value("The one in the kitchen")


@pytest.mark.parametrize("verified", [True, False])
def test_the_lock_of_the_device_is_asked_before_an_approval(story: Story, verified: bool) -> None:
    """Where the person wants it: without it nothing is sent, and declining needs none."""
    lock = _virtual_lock(story.phone)
    story.at_rest()
    story.phone.locator("[data-account] summary").click()
    story.phone.locator("[data-lock]").click()
    expect(story.phone.locator("[data-status]")).to_contain_text("asks for its lock")
    lock(verified)
    desktop = story.asked()
    story.phone.locator("input[name=number]").fill(desktop.marked["data-number"])
    story.press("approve")
    if verified:
        story.answered("Approved")
        return
    expect(story.phone.locator("[data-message='lock.closed']")).to_be_visible()
    story.stage.judge(story.phone, "lock-closed")
    story.press("deny")
    story.answered("Declined")


def _virtual_lock(page: Page) -> Callable[[bool], None]:
    """A platform authenticator, as DevTools give it; the function says whether its person is recognised."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    added = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"hasResidentKey": True}})
    named = {"authenticatorId": added["authenticatorId"]}
    return lambda yes: devtools.send("WebAuthn.setUserVerified", named | {"isUserVerified": yes}) and None


def test_a_push_shows_a_notification(story: Story) -> None:
    """The service worker shows what came, even what it cannot read; the answer takes the request's away."""
    story.stage.context.grant_permissions(["notifications"], origin=story.house.url)
    story.registered()
    with story.phone.expect_response("**/pending") as pulled:
        story.phone.reload()
    data = {"notificationScenario": "AUTHENTICATION", "pushId": pulled.value.json()[0]["pushId"]}
    deliver = _push_service(story)
    deliver(json.dumps({"title": "Sign-in request", "body": "Was it you?", "tag": "t", "data": data}))
    assert story.shown_notifications() == ["Sign-in request: Was it you?"]
    deliver("no JSON at all")
    assert len(story.shown_notifications()) == 2
    story.press("deny")
    story.answered("Declined")
    assert story.shown_notifications() == ["Approve sign-ins: "]


def _push_service(story: Story) -> Callable[[str], None]:
    """Delivers messages to the page's service worker, as a push service would."""
    devtools = story.phone.context.new_cdp_session(story.phone)
    known: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: known.extend(one["registrationId"] for one in told["registrations"]),
    )
    devtools.send("ServiceWorker.enable")

    def deliver(message: str) -> None:
        before = len(story.shown_notifications())
        to = {"origin": story.house.url, "registrationId": known[-1]}
        devtools.send("ServiceWorker.deliverPushMessage", to | {"data": message})
        while len(story.shown_notifications()) == before:
            story.phone.wait_for_timeout(20)

    return deliver


SUBSCRIPTION = {
    "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/a-browser",
    "expirationTime": None,
    "keys": {
        "p256dh": "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM",
        "auth": "tBHItJI5svbpez7KI4CCXg",
    },
}


@pytest.mark.parametrize("wanted", [True, False])
def test_the_browser_is_registered_for_pushes_where_it_can_be(story: Story, wanted: bool) -> None:
    """With its subscription for the server's key; where the person does not want it, for the built-in channel."""
    story.stage.context.grant_permissions(["notifications"], origin=story.house.url)
    story.phone.add_init_script(f"PushManager.prototype.subscribe = async () => ({json.dumps(SUBSCRIPTION)})")
    _, code = story.code()
    story.phone.goto(f"{story.house.url}/phone")
    story.phone.locator("textarea[name=code]").fill(code)
    story.phone.get_by_label("Notify me of requests").set_checked(wanted)
    with story.phone.expect_response("**/me/push/devices") as registered:
        story.press("add")
    posted = registered.value.request.post_data_json
    assert (registered.value.status, posted["provider"]["name"]) == (201, "webpush" if wanted else "builtin")
    assert (posted["deviceToken"] == json.dumps(SUBSCRIPTION, separators=(",", ":"))) is wanted
    expect(story.phone.locator("[data-account]")).to_be_visible()


def test_a_test_from_the_account_page_is_shown(story: Story) -> None:
    """At once, and in the history."""
    story.at_rest()
    desktop = story.house.browser().open(f"{story.house.url}/account")
    desktop.submit(username=story.name, password=f"{story.name}-at-the-door")
    story.approve(desktop)
    story.press("done")
    (device,) = set(re.findall(r'href="(/account/devices/[0-9a-f-]{36})"', desktop.text))
    (test,) = [form for form in desktop.open(story.house.url + device).forms if form.action.endswith("/test")]
    desktop.post(story.house.url + test.action, test.fields)
    expect(story.phone.locator("[data-status]")).to_contain_text("Messages reach this browser.")
    expect(story.phone.locator("[data-list=activity]")).to_contain_text(f"Test for {story.name}")
    story.stage.judge(story.phone, "home-test-arrived")


def test_the_request_does_not_offer_approval_first(story: Story) -> None:
    """The focus is on the question, so that no key press approves it."""
    story.registered()
    expect(story.phone.locator("[data-view=request] h1")).to_be_focused()
