"""Cookies and headers of scripts reach the browser on every answer: the first redirect, a page, the end."""

from __future__ import annotations

import pytest

from tests.login.house import PASSWORD, House
from tests.login.reading import shown

pytestmark = pytest.mark.anyio

SCRIPT = """
function set(context, name) {
    setCookie(context.response, name, 'x', {sign: true});
    context.response.headers['X-Set'] = name;
}
function onLoginRequest(context) {
    set(context, 'first');
    ask();
}
function ask() {
    executeStep(1, {
        onSuccess: function (context) { set(context, 'end'); },
        onFail: function (context) { set(context, 'page'); ask(); }
    });
}"""


def named(cookies: list[str], name: str) -> list[str]:
    return [cookie for cookie in cookies if cookie.startswith(f"{name}=")]


async def test_a_header_of_a_script_reaches_the_browser_on_each_answer() -> None:
    """Only on the answer on which it was set; what leads on stays ours."""
    house = House()
    await house.configure("password", script=SCRIPT)
    browser = house.browser()
    opened = await browser.get("/open")
    assert (opened.headers["x-set"], opened.headers["location"][:7]) == ("first", "/login/")
    at = opened.headers["location"]
    page = await browser.get(at)
    assert "x-set" not in page.headers
    typed = {"username": "mara", "password": "wrong"}
    wrong = await browser.post(at, data={"_token": shown(page.text).token, **typed})
    assert wrong.headers["x-set"] == "page"
    end = await browser.post(at, data={"_token": shown(wrong.text).token, **typed, "password": PASSWORD})
    assert end.headers["x-set"] == "end"


async def test_a_cookie_of_a_script_reaches_the_browser_on_each_answer() -> None:
    """Beside our own, once, and only on the answer on which it was set."""
    house = House()
    await house.configure("password", script=SCRIPT)
    browser = house.browser()
    opened = await browser.get("/open")
    assert len(named(opened.headers.get_list("set-cookie"), "first")) == 1
    assert any("doorstep-flow-" in cookie for cookie in opened.headers.get_list("set-cookie"))
    at = opened.headers["location"]
    page = await browser.get(at)
    assert not named(page.headers.get_list("set-cookie"), "first")
    token = shown(page.text).token
    wrong = await browser.post(at, data={"_token": token, "username": "mara", "password": "wrong"})
    assert named(wrong.headers.get_list("set-cookie"), "page")
    token = shown(wrong.text).token
    end = await browser.post(at, data={"_token": token, "username": "mara", "password": PASSWORD})
    assert end.status_code == 303
    assert named(end.headers.get_list("set-cookie"), "end")
    assert "HttpOnly" in named(end.headers.get_list("set-cookie"), "end")[0]
