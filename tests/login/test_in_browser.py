"""The pages in a real browser: they go on by themselves, survive impatience, and axe finds nothing serious."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx2
import pytest
import uvicorn
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tests.login.house import PASSWORD, House, registration, signed
from tests.prepare import browser as chromium

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(chromium() is None and "CI" not in os.environ, reason="no Chromium on this machine"),
]

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
DEVICES = "/api/users/v1/me/push/devices"


@dataclass
class Place:
    """A server, a browser, and the application on another origin (the other loopback name).

    complaints: what pages wrote to the console as errors, e.g. what the policy stopped.
    """

    house: House
    browser: Browser
    serving: Serving
    complaints: list[str] = field(default_factory=list)

    async def visit(self, **options: object) -> Page:
        """A new browser at the first page of a login."""
        context: BrowserContext = await self.browser.new_context(**options)  # type: ignore[arg-type]
        page = await context.new_page()
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        await page.goto(f"{self.house.issuer}/open")
        return page

    def phone(self) -> httpx2.AsyncClient:
        """A phone on the network."""
        return httpx2.AsyncClient(base_url=self.house.issuer, trust_env=False)

    async def enroll(self, page: Page) -> str:
        """Register a phone with the code of the page; gives its id."""
        code = json.loads(await page.locator("[data-enrollment]").text_content() or "")
        async with self.phone() as phone:
            assert (await phone.post(DEVICES, json=registration(code))).status_code == 201
        return str(code["deviceId"])

    async def respond(self, device_id: str, response: str, number: str = "") -> None:
        """Answer the oldest request of that phone."""
        soon = int(self.house.clock.now) + 300
        async with self.phone() as phone:
            pull = signed(device_id, {"exp": soon, "purpose": "pull"})
            asked = (await phone.post(f"{DEVICES}/{device_id}/pending", json={"token": pull})).json()[0]
            claims = {"pushAuthId": asked["pushId"], "challenge": asked["challenge"], "response": response, "exp": soon}
            if number:
                claims["numberChallenge"] = number
            answer = await phone.post("/push-auth/authenticate", json={"authResponse": signed(device_id, claims)})
            assert answer.status_code == 200


class Serving:
    """The house on a real port, which can be closed and opened again."""

    def __init__(self, house: House, port: int) -> None:
        self._house = house
        self._port = port
        house.app.router.routes.append(Route("/cb", self._callback))

    async def begin(self) -> None:
        """Serve."""
        listening = socket.create_server(("127.0.0.1", self._port))
        config = uvicorn.Config(self._house.app, log_level="warning", proxy_headers=False, lifespan="off")
        self._server = uvicorn.Server(config)
        self._task = asyncio.create_task(self._server.serve(sockets=[listening]))

    async def end(self) -> None:
        """Serve nobody any more, and cut whoever is served."""
        self._server.should_exit = self._server.force_exit = True
        await self._task
        for connection in list(self._server.server_state.connections):
            connection.transport.abort()

    async def _callback(self, request: Request) -> Response:
        return HTMLResponse('<link rel="icon" href="data:,">back at the application')


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    """A server whose flow asks for password, then push."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    house = House(issuer=f"http://localhost:{port}", redirect_uri=f"http://127.0.0.1:{port}/cb")
    house.clock.now = float(int(time.time()))
    await house.configure("password", "push")
    serving = Serving(house, port)
    await serving.begin()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS.split())
        made = Place(house, browser, serving)
        yield made
        await browser.close()
        assert made.complaints == []
    await serving.end()


async def sign_in(page: Page, password: str = PASSWORD) -> None:
    """Fill the first page and send it."""
    await page.get_by_label("User name").fill("mara")
    await page.get_by_label("Password", exact=True).fill(password)
    await page.get_by_role("button", name="Sign in").click()


async def at(page: Page, name: str) -> None:
    """Wait until the page of that name is there."""
    await expect(page.locator(f'main[data-page="{name}"]')).to_be_visible()


async def test_a_person_signs_in_and_every_waiting_page_goes_on_by_itself(place: Place) -> None:
    """Password, code, a phone registers, Continue, the phone approves: the application has them."""
    page = await place.visit()
    await sign_in(page)
    await at(page, "push-enroll")
    device_id = await place.enroll(page)
    await expect(page.locator("[data-device]")).to_have_text("Mara's phone")
    await page.get_by_role("button", name="Continue").click()
    await at(page, "push-wait")
    await place.respond(device_id, "APPROVED", await page.locator("[data-number]").text_content() or "")
    await expect(page.get_by_text("back at the application")).to_be_visible()


async def at_wait(place: Place, page: Page) -> str:
    """Sign in and register a phone, until the page listens; gives the phone's id."""
    await sign_in(page)
    device_id = await place.enroll(page)
    await expect(page.locator("[data-device]")).to_be_visible()
    async with page.expect_request("**/events?*"):
        await page.get_by_role("button", name="Continue").click()
    await at(page, "push-wait")
    return device_id


async def test_session_24_scripts_of_a_page_hold_nothing_secret(place: Place) -> None:
    """No cookie that a script could read, and nothing in either storage."""
    page = await place.visit()
    await at_wait(place, page)
    held = await page.evaluate("[document.cookie, {...localStorage}, {...sessionStorage}]")
    assert held == ["", {}, {}]


async def test_a_waiting_page_outlives_a_reload(place: Place) -> None:
    """The same number, the same request; and it still goes on by itself."""
    page = await place.visit()
    device_id = await at_wait(place, page)
    number = await page.locator("[data-number]").text_content() or ""
    await page.reload()
    await expect(page.locator("[data-number]")).to_have_text(number)
    await place.respond(device_id, "APPROVED", number)
    await expect(page.get_by_text("back at the application")).to_be_visible()


async def test_a_waiting_page_outlives_a_network_that_is_gone(place: Place) -> None:
    """What the phone answered meanwhile is seen as soon as there is a network again."""
    page = await place.visit()
    device_id = await at_wait(place, page)
    number = await page.locator("[data-number]").text_content() or ""
    await page.context.set_offline(True)
    await place.respond(device_id, "APPROVED", number)
    await page.context.set_offline(False)
    await expect(page.get_by_text("back at the application")).to_be_visible(timeout=20_000)
    place.complaints.clear()  # the browser's own about the network


async def test_a_waiting_page_outlives_a_restart_of_the_server(place: Place) -> None:
    """It says that the connection is lost, tries again by itself, and finds the answer."""
    page = await place.visit()
    device_id = await at_wait(place, page)
    number = await page.locator("[data-number]").text_content() or ""
    await place.serving.end()
    await expect(page.get_by_text("The connection is lost")).to_be_visible(timeout=20_000)
    await place.serving.begin()
    await place.respond(device_id, "APPROVED", number)
    await expect(page.get_by_text("back at the application")).to_be_visible(timeout=20_000)
    place.complaints.clear()  # the browser's own about the network


async def test_a_denial_is_told_at_once(place: Place) -> None:
    """The page says what happened and asks whose request it was; for a stranger's the login ends."""
    page = await place.visit()
    await place.respond(await at_wait(place, page), "DENIED")
    await at(page, "push-error")
    await expect(page.locator('[data-message="push.denied"]')).to_be_visible()
    await page.get_by_role("button", name="It was not me").click()
    await at(page, "error")
    await expect(page.locator('[data-message="push.not_me"]')).to_be_visible()
    await page.get_by_role("link", name="Back to The App").click()
    await expect(page.get_by_text("back at the application")).to_be_visible()


async def test_a_denial_by_mistake_is_made_good(place: Place) -> None:
    """It was me: once the cool-down is over the button opens, and the next request is approved."""
    page = await place.visit()
    device_id = await at_wait(place, page)
    await place.respond(device_id, "DENIED")
    await expect(page.get_by_role("button", name="It was me: send again in")).to_be_disabled()
    place.house.clock.now += 60
    await page.reload()
    await page.get_by_role("button", name="It was me: send again").click()
    await at(page, "push-wait")
    await place.respond(device_id, "APPROVED", await page.locator("[data-number]").text_content() or "")
    await expect(page.get_by_text("back at the application")).to_be_visible()


async def test_a_script_that_takes_denials_gets_them_at_once(place: Place) -> None:
    """The page goes on by itself, and shows what the script wants."""
    ask = "prompt('genericForm', {title: 'What now?'}, {onSuccess: function () {}})"
    second = f"executeStep(2, {{onFail: function () {{ {ask}; }}}})"
    script = f"function onLoginRequest(context) {{ executeStep(1, {{onSuccess: function () {{ {second}; }}}}); }}"
    await place.house.configure("password", "push", script=script)
    page = await place.visit()
    await place.respond(await at_wait(place, page), "DENIED")
    await at(page, "prompt")
    await expect(page.get_by_role("heading", name="What now?")).to_be_visible()


async def test_impatience_does_no_harm(place: Place) -> None:
    """Two clicks send once; a reload sends nothing; the back button shows where the login stands."""
    page = await place.visit()
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    await page.get_by_label("User name").fill("mara")
    await page.get_by_label("Password", exact=True).fill("wrong")
    await page.get_by_role("button", name="Sign in").dblclick()
    await expect(page.locator('[data-message="password.wrong"]')).to_be_visible()
    assert len(posts) == 1
    await page.reload()
    await at(page, "password")
    assert len(posts) == 1
    await sign_in(page)
    await at(page, "push-enroll")
    await page.go_back()
    await at(page, "push-enroll")
    assert len(posts) == 2


async def test_everything_works_by_keyboard_alone(place: Place) -> None:
    """The field has the focus, the order is the reading order, Enter sends."""
    page = await place.visit()
    await page.keyboard.type("mara")
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Show password")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#password")).to_have_attribute("type", "text")
    await page.keyboard.press("Enter")
    await at(page, "push-enroll")


async def test_everything_works_without_scripts(place: Place) -> None:
    """The pages load again by themselves; buttons do the rest."""
    page = await place.visit(java_script_enabled=False)
    await sign_in(page)
    await at(page, "push-enroll")
    device_id = await place.enroll(page)
    await page.get_by_label("I have scanned the code").check()
    await page.get_by_role("button", name="Continue").click()
    await expect(page.locator("main")).to_have_attribute("data-page", "push-wait")
    await place.respond(device_id, "APPROVED", await page.locator("[data-number]").text_content() or "")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_text("back at the application")).to_be_visible()


async def test_a_code_that_ran_out_is_renewed(place: Place) -> None:
    """By itself; and a phone that registered meanwhile is still for the person to confirm."""
    page = await place.visit()
    await sign_in(page)
    await at(page, "push-enroll")
    before = await page.locator("[data-enrollment]").text_content()
    place.house.clock.now += 400
    await page.reload()
    await expect(page.locator("[data-enrollment]")).not_to_have_text(before or "")
    await expect(page.locator('[data-message="push.code_expired"]')).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
async def test_axe_finds_nothing_and_nothing_overflows(place: Place, scheme: str, width: int) -> None:
    """Each page of the story; at twice the text size, too, there is no sideways scrolling."""
    page = await place.visit(color_scheme=scheme, viewport={"width": width, "height": 800})
    await sign_in(page, "wrong")
    await inspect(page)
    await sign_in(page)
    await at(page, "push-enroll")
    await page.locator("summary").click()
    await inspect(page)
    device_id = await place.enroll(page)
    await expect(page.locator("[data-device]")).to_be_visible()
    await inspect(page)
    await page.get_by_role("button", name="Continue").click()
    await at(page, "push-wait")
    await inspect(page)
    await place.respond(device_id, "DENIED")
    await at(page, "push-error")
    await inspect(page)
    await page.get_by_role("button", name="It was not me").click()
    await at(page, "error")
    await inspect(page)


async def inspect(page: Page) -> None:
    """No violations, no sideways scrolling at 100 % and 200 %, and nothing the policy had to stop."""
    found = await Axe().run(page)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []
    for size in ("100%", "200%"):
        await page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
        assert await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    await page.evaluate("document.documentElement.style.fontSize = ''")
