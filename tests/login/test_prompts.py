"""The pages of a script's own questions, through the front door: own templates, the way elsewhere and back, waiting."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from engine.model import PromptTemplate
from engine.ports import ConfigurationChange
from tests.login.house import ISSUER, House
from tests.login.reading import Shown, shown

pytestmark = pytest.mark.anyio

ASK = """
var onLoginRequest = function (context) {
    prompt(%s, {
        onSuccess: function (context) { fail({errorCode: 'got-' + context.request.params.code}); },
        onCancel: function () { fail({errorCode: 'cancelled'}); }
    });
};
"""
AWAY = "'externalRedirect', {redirectURL: 'https://kyc.test/start?case=1'}"


async def asked(house: House, what: str) -> tuple[httpx2.AsyncClient, str, httpx2.Response]:
    """A browser at the page of a prompt."""
    await house.configure("password", script=ASK % what)
    browser = house.browser()
    opened = await browser.get("/open")
    return browser, opened.headers["location"], await browser.get(opened.headers["location"])


async def own(house: House, source: str, data: str = "{who: '<Mara>'}") -> tuple[httpx2.AsyncClient, str, Shown]:
    """A browser at an admin's own page."""
    await house.configuration.commit(ConfigurationChange(prompts=[PromptTemplate("consent", source)]))
    browser, url, answer = await asked(house, f"'consent', {data}")
    assert answer.status_code == 200
    return browser, url, shown(answer.text)


def way(answer: httpx2.Response) -> str:
    """Where the page sends the person."""
    return next(at["href"] for _, at in shown(answer.text).elements if "data-forward" in at)


async def test_an_own_template_stands_in_the_houses_form_with_its_data_escaped() -> None:
    """Its fields and buttons reach the script; the token is ours."""
    house = House()
    browser, url, page = await own(
        house, '<p>Hello {{ who }}</p><input name="code"><button name="action.success">Go</button>'
    )
    assert page.page == "prompt"
    text = (await browser.get(url)).text
    assert "<p>Hello &lt;Mara&gt;</p>" in text
    end = await browser.post(url, data={"_token": page.token, "code": "7", "action.success": ""})
    assert "error=got-7" in end.headers["location"]


async def test_an_own_template_that_cannot_be_drawn_says_so_and_can_be_left() -> None:
    """Never a server error."""
    house = House()
    browser, url, page = await own(house, "{{ who % 0 }}", "{who: 5}")
    assert page.alerts == ["prompt.broken"]
    end = await browser.post(url, data={"_token": page.token, "action.cancel": ""})
    assert "error=cancelled" in end.headers["location"]


async def test_a_person_comes_back_from_elsewhere_with_what_it_gave_them() -> None:
    """By an address that works in this browser only."""
    browser, url, answer = await asked(House(), AWAY)
    away = urlsplit(way(answer))
    assert (away.netloc, away.path) == ("kyc.test", "/start")
    query = parse_qs(away.query)
    assert query["case"] == ["1"]
    back = query["returnTo"][0]
    assert back.startswith(f"{ISSUER}{url}/return?_token=")
    end = await browser.get(f"{back}&code=42")
    assert end.status_code == 303
    assert "error=got-42" in end.headers["location"]


async def test_nobody_comes_back_without_the_token_or_the_cookie() -> None:
    """Another site cannot send a person on, and another browser cannot go on for them."""
    house = House()
    browser, url, answer = await asked(house, AWAY)
    back = parse_qs(urlsplit(way(answer)).query)["returnTo"][0]
    assert (await browser.get(f"{url}/return?code=42")).status_code == 403
    assert (await house.browser().get(f"{back}&code=42")).status_code == 403
    assert shown((await browser.get(url)).text).page == "prompt"


async def test_the_way_back_answers_no_other_page() -> None:
    """Elsewhere it only leads to the page as it stands."""
    browser, url, answer = await asked(House(), "'genericForm', {inputs: [{id: 'code', label: 'Code'}]}")
    token = shown(answer.text).token
    back = await browser.get(f"{url}/return?_token={token}&code=1")
    assert (back.status_code, back.headers["location"]) == (303, url)
    assert shown((await browser.get(url)).text).page == "prompt"


async def test_a_page_that_waits_asks_again_when_its_time_is_up() -> None:
    """With a button where scripts do not run."""
    house = House()
    browser, url, answer = await asked(house, "'internalWait', {waitingConfigs: {greeting: 'Hold on', timeout: 3}}")
    page = shown(answer.text)
    assert 'data-again="3"' in answer.text
    assert shown((await browser.post(url, data={"_token": page.token})).text).page == "prompt"
    house.clock.now += 3
    end = await browser.post(url, data={"_token": page.token, "code": "1"})
    assert "error=got-1" in end.headers["location"]
