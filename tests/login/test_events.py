"""Events wake a waiting page, tell nobody else anything, and are bounded."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from starlette.requests import Request
from starlette.responses import StreamingResponse

from engine.errors import LoginGone, NotYourLogin
from login.events import MOST_PER_LOGIN
from tests.login.house import House
from tests.login.test_device_api import at_code, registration, waiting
from web.refusals import Refusal

pytestmark = pytest.mark.anyio


@pytest.fixture
async def house() -> House:
    """A server whose flow asks for password, then push."""
    made = House()
    await made.configure("password", "push")
    return made


async def listening(house: House, url: str, cookies: dict[str, str], *, seen: str = "pending") -> AsyncIterator[str]:
    """The stream that a page of that browser opens."""
    scope = {
        "type": "http",
        "path": f"{url}/events",
        "path_params": {"flow": url.removeprefix("/login/")},
        "query_string": f"seen={seen}".encode(),
        "headers": [(b"cookie", "; ".join(f"{name}={value}" for name, value in cookies.items()).encode())],
    }
    response = await house.events.listen(Request(scope))
    assert isinstance(response, StreamingResponse)
    assert response.media_type == "text/event-stream"
    return response.body_iterator  # type: ignore[return-value]


async def test_a_registration_wakes_the_page(house: House) -> None:
    """`event: changed` with the word, once; then the stream ends."""
    browser, url, _, code = await at_code(house)
    stream = await listening(house, url, dict(browser.cookies))
    assert (await anext(stream)).startswith("retry: ")
    await house.browser().post("/api/users/v1/me/push/devices", json=registration(code))
    assert [event async for event in stream] == ["event: changed\ndata: registered\n\n"]


async def test_a_page_that_missed_it_is_told_at_once(house: House) -> None:
    """The stream begins with the present status; what the page has seen is no news."""
    browser, url, _, code = await at_code(house)
    await house.browser().post("/api/users/v1/me/push/devices", json=registration(code))
    stream = await listening(house, url, dict(browser.cookies))
    assert [event async for event in stream][1:] == ["event: changed\ndata: registered\n\n"]
    stream = await listening(house, url, dict(browser.cookies), seen="registered")
    assert (await anext(stream)).startswith("retry: ")
    await stream.aclose()  # type: ignore[attr-defined]


async def test_only_the_logins_browser_may_listen(house: House) -> None:
    """Refused before the stream begins."""
    browser, url, *_ = await waiting(house)
    with pytest.raises(NotYourLogin):
        await listening(house, url, {})
    with pytest.raises(LoginGone):
        await listening(house, "/login/unknownunknownunknown1", dict(browser.cookies))


async def test_streams_of_one_login_are_bounded_and_given_back(house: House) -> None:
    """The fifth tab is refused until another closes."""
    browser, url, *_ = await waiting(house)
    streams = [await listening(house, url, dict(browser.cookies)) for _ in range(MOST_PER_LOGIN)]
    for stream in streams:
        await anext(stream)
    with pytest.raises(Refusal) as caught:
        await listening(house, url, dict(browser.cookies))
    assert caught.value.status == 503
    await streams[0].aclose()  # type: ignore[attr-defined]
    again = await listening(house, url, dict(browser.cookies))
    for stream in (*streams[1:], again):
        await stream.aclose()  # type: ignore[attr-defined]
    assert not house.signals.channels


async def test_the_end_of_a_login_ends_its_stream(house: House) -> None:
    """A tab that still waits is told that the login is gone."""
    browser, url, page, _ = await waiting(house)
    stream = await listening(house, url, dict(browser.cookies))
    await anext(stream)
    await browser.post(url, data={"_token": page.token, "_action": "abort"})
    house.signals.wake(next(iter(house.signals.channels), ""))
    rest = [event async for event in stream]
    assert rest in ([], ["event: changed\ndata: gone\n\n"])
