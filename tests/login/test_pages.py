"""The pages of a login, through the front door."""

from __future__ import annotations

import asyncio

import httpx2
import pytest

from tests.login.house import ISSUER, PASSWORD, House
from tests.login.reading import Shown, shown

pytestmark = pytest.mark.anyio

FORM = {"content-type": "application/x-www-form-urlencoded"}


async def begun(house: House) -> tuple[httpx2.AsyncClient, str, Shown]:
    """A browser at the first page of a login."""
    browser = house.browser()
    opened = await browser.get("/open")
    assert opened.status_code == 303
    return browser, opened.headers["location"], shown((await browser.get(opened.headers["location"])).text)


@pytest.fixture
async def house() -> House:
    """A server whose flow asks for the name, then the password."""
    made = House()
    await made.configure("identifier", "password")
    return made


async def test_a_login_goes_from_page_to_page_to_the_application(house: House) -> None:
    """Each POST is answered with the next page; the last with the way to the application."""
    browser, url, page = await begun(house)
    assert page.page == "identifier"
    second = shown((await browser.post(url, data={"_token": page.token, "username": "mara"})).text)
    assert second.page == "password"
    end = await browser.post(url, data={"_token": second.token, "password": PASSWORD})
    assert (end.status_code, end.headers["location"].startswith("https://app.test/cb?code=")) == (303, True)
    cookies = end.headers.get_list("set-cookie")
    assert any(each.startswith("__Host-doorstep-session=") for each in cookies)
    assert any(each.startswith("__Host-doorstep-flow-") and "Max-Age=60" in each for each in cookies)


async def test_the_flow_cookie_is_bound_and_the_page_names_the_application(house: House) -> None:
    """The secret is in the cookie only; the policy lets forms end at the application's origin."""
    browser = house.browser()
    opened = await browser.get("/open")
    cookie = next(each for each in opened.headers.get_list("set-cookie") if "doorstep-flow" in each)
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/", "Max-Age=1200"} <= set(cookie.split("; "))
    answer = await browser.get(opened.headers["location"])
    assert cookie.split(";")[0].partition("=")[2] not in answer.text
    assert "form-action 'self' https://app.test" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


async def test_a_wrong_password_is_200_with_the_page_again(house: House) -> None:
    """With its message (contract 3a)."""
    browser, url, page = await begun(house)
    second = shown((await browser.post(url, data={"_token": page.token, "username": "mara"})).text)
    answer = await browser.post(url, data={"_token": second.token, "password": "wrong"})
    again = shown(answer.text)
    assert (answer.status_code, again.page, again.alerts) == (200, "password", ["password.wrong"])


async def test_a_second_click_finds_the_page_left(house: House) -> None:
    """409 and the present page; nothing happens twice."""
    browser, url, page = await begun(house)
    answers = await asyncio.gather(
        *(browser.post(url, data={"_token": page.token, "username": "mara"}) for _ in range(3))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert {shown(answer.text).page for answer in answers} == {"password"}
    assert ["login.out_of_date"] in [shown(answer.text).alerts for answer in answers]


async def test_a_reload_changes_nothing(house: House) -> None:
    """GET shows the present page, as often as asked."""
    browser, url, page = await begun(house)
    await browser.post(url, data={"_token": page.token, "username": "mara"})
    pages = [(await browser.get(url)).text for _ in range(2)]
    assert pages[0] == pages[1]
    assert shown(pages[0]).page == "password"


@pytest.mark.parametrize("token", ["", "1.identifier.AAAA", "x"])
async def test_a_form_without_its_token_is_403(house: House, token: str) -> None:
    """No token, an invented one, another login's."""
    browser, url, _ = await begun(house)
    assert (await browser.post(url, data={"_token": token, "username": "mara"})).status_code == 403
    _, _, other = await begun(house)
    assert (await browser.post(url, data={"_token": other.token, "username": "mara"})).status_code == 403
    assert shown((await browser.get(url)).text).page == "identifier"


async def test_another_browser_gets_403_and_a_way_to_start_again(house: House) -> None:
    """It holds the address and the token, not the cookie."""
    _, url, page = await begun(house)
    stranger = house.browser()
    for answer in (await stranger.get(url), await stranger.post(url, data={"_token": page.token, "username": "mara"})):
        assert answer.status_code == 403
        assert (shown(answer.text).page, shown(answer.text).alerts) == ("error", ["login.not_yours"])
        assert 'href="/"' in answer.text


async def test_a_login_that_is_gone_is_410_and_leads_back(house: House) -> None:
    """Unknown, expired: to the application this browser last came from; never a redirect."""
    browser, url, _ = await begun(house)
    house.clock.now += 100_000
    for path in (url, "/login/unknownunknownunknown1", "/login/x"):
        answer = await browser.get(path)
        assert answer.status_code == 410
        assert (shown(answer.text).page, shown(answer.text).alerts) == ("done", ["login.gone"])
        assert 'href="https://app.test/"' in answer.text


async def test_a_finished_login_is_410(house: House) -> None:
    """Reload, back button and a repeated last step find nothing, with the cookies still held."""
    browser, url, page = await begun(house)
    second = shown((await browser.post(url, data={"_token": page.token, "username": "mara"})).text)
    kept = dict(browser.cookies)
    last = {"_token": second.token, "password": PASSWORD}
    assert (await browser.post(url, data=last)).status_code == 303
    for answer in (await browser.get(url), await browser.post(url, data=last)):
        assert (answer.status_code, shown(answer.text).alerts) == (410, ["login.gone"])
    house.clock.now += 1
    old = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=house.app), base_url=ISSUER, cookies=kept)
    assert (await old.post(url, data=last)).status_code == 410


async def test_cancelling_shows_why_and_the_way_back(house: House) -> None:
    """The error page with its reason, a reference and a button to the application."""
    browser, url, page = await begun(house)
    answer = await browser.post(url, data={"_token": page.token, "_action": "abort"})
    assert (answer.status_code, shown(answer.text).page, shown(answer.text).alerts) == (
        200,
        "error",
        ["login.cancelled"],
    )
    assert 'href="https://app.test/cb?error=access_denied"' in answer.text
    assert "data-reference" in answer.text


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ("username=mara&username=noah", FORM, 400),
        ("_token=x&_token=y", FORM, 400),
        ("_action=resume", FORM, 400),
        ("username=%ff", FORM, 400),
        ("{}", {"content-type": "application/json"}, 415),
        ("username=mara", {}, 415),
        ("username=mara", {**FORM, "origin": "https://evil.test"}, 403),
        ("username=mara", {**FORM, "sec-fetch-site": "cross-site"}, 403),
        ("username=" + "x" * 3000, FORM, 400),
    ],
)
async def test_a_malformed_post_changes_nothing(house: House, body: str, headers: dict[str, str], status: int) -> None:
    """4xx on an error page; the login stands where it stood."""
    browser, url, page = await begun(house)
    sent = f"{body}&_token={page.token}" if "_token" not in body else body
    answer = await browser.post(url, content=sent, headers=headers)
    assert (answer.status_code, shown(answer.text).page) == (status, "error")
    assert shown((await browser.get(url)).text).page == "identifier"


async def test_other_fields_are_not_refused(house: House) -> None:
    """Even twice; they reach only the script."""
    browser, url, page = await begun(house)
    body = f"_token={page.token}&username=mara&color=red&color=blue"
    answer = await browser.post(url, content=body, headers=FORM)
    assert shown(answer.text).page == "password"


async def test_empty_posts_show_the_page_again(house: House) -> None:
    """Nothing advances without an answer."""
    browser, url, page = await begun(house)
    answer = await browser.post(url, data={"_token": page.token})
    assert (answer.status_code, shown(answer.text).page) == (200, "identifier")


async def test_another_way_is_chosen_from_a_page(house: House) -> None:
    """The choose page lists the step's options; a page of one leads back to it."""
    await house.configure("password|push")
    browser, url, page = await begun(house)
    assert page.page == "choose"
    assert ("authenticator", "push") in page.forms[0]
    password = shown((await browser.post(url, data={"_token": page.token, "authenticator": "password"})).text)
    assert password.page == "password"
    again = shown((await browser.post(url, data={"_token": password.token, "_action": "choose"})).text)
    assert again.page == "choose"


async def test_a_session_ends_a_second_login_at_once(house: House) -> None:
    """Single sign-on goes straight to the application."""
    browser, url, page = await begun(house)
    second = shown((await browser.post(url, data={"_token": page.token, "username": "mara"})).text)
    await browser.post(url, data={"_token": second.token, "password": PASSWORD})
    again = await browser.get("/open")
    assert again.headers["location"].startswith("https://app.test/cb?code=")


async def test_a_scripts_ends_go_where_it_says(house: House) -> None:
    """`fail` goes to the application at once; `sendError` to its address, or to our page with its text."""
    ends = {
        "fail({errorCode: 'nope'});": (303, "https://app.test/cb?error=nope"),
        "sendError('https://help.test/x', {a: '1'});": (303, "https://help.test/x?a=1"),
    }
    for script, (status, location) in ends.items():
        await house.configure("password", script=f"function onLoginRequest(context) {{ {script} }}")
        answer = await house.browser().get("/open")
        assert (answer.status_code, answer.headers["location"]) == (status, location)
    say = "sendError(null, {statusMsg: 'Closed <today>'});"
    await house.configure("password", script=f"function onLoginRequest(context) {{ {say} }}")
    answer = await house.browser().get("/open")
    assert (answer.status_code, shown(answer.text).alerts) == (200, ["script.send_error"])
    assert "Closed &lt;today&gt;" in answer.text


async def test_old_flow_cookies_make_room(house: House) -> None:
    """A browser that opens login after login never holds more than ten."""
    browser = house.browser()
    for _ in range(14):
        await browser.get("/open")
    assert len([name for name in browser.cookies if "doorstep-flow" in name]) == 10
