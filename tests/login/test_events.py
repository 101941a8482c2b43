"""Events wake a waiting page, tell nobody else anything, and are bounded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import cast

import pytest
from starlette.requests import Request
from starlette.types import Message

from authenticators.push.requests import PushRequests
from engine.errors import LoginGone, NotYourLogin
from tests.login.house import House
from tests.login.test_device_api import at_code, registration, waiting
from web.refusals import Refusal
from web.streams import MOST_OF_ONE

pytestmark = pytest.mark.anyio


@pytest.fixture
async def house() -> House:
    """A server whose flow asks for password, then push."""
    made = House()
    await made.configure("password", "push")
    return made


@dataclass
class Stream:
    """What a page of a browser hears, piece by piece; None at its end."""

    said: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None

    async def rest(self) -> list[str]:
        """Everything until the end."""
        return [said async for said in self]

    async def __aiter__(self) -> AsyncIterator[str]:
        while (said := await self.said.get()) is not None:
            yield said

    async def close(self) -> None:
        """The browser leaves."""
        self.left.set()
        await cast(asyncio.Task[None], self.task)

    async def receive(self) -> Message:
        """For the server: the browser says no more than that it left."""
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """For the server."""
        if message["type"] == "http.response.start":
            assert (b"content-type", b"text/event-stream; charset=utf-8") in message["headers"]
        elif message["body"]:
            self.said.put_nowait(message["body"].decode())
        if not message.get("more_body", True):
            self.said.put_nowait(None)
            self.left.set()


async def listening(house: House, url: str, cookies: dict[str, str], *, seen: str = "pending") -> Stream:
    """The stream that a page of that browser opens, after its first words.  Raises what refuses it."""
    scope = {
        "type": "http",
        "path": f"{url}/events",
        "path_params": {"flow": url.removeprefix("/login/")},
        "query_string": f"seen={seen}".encode(),
        "headers": [(b"cookie", "; ".join(f"{name}={value}" for name, value in cookies.items()).encode())],
    }
    response, stream = await house.events.listen(Request(scope)), Stream()
    stream.task = asyncio.ensure_future(response(scope, stream.receive, stream.send))
    first = asyncio.ensure_future(stream.said.get())
    await asyncio.wait({stream.task, first}, return_when=asyncio.FIRST_COMPLETED)
    if not first.done():
        first.cancel()
        await stream.task
    assert str(await first).startswith("retry: ")
    return stream


async def test_a_registration_wakes_the_page(house: House) -> None:
    """`event: changed` with the word, once; then the stream ends."""
    browser, url, _, code = await at_code(house)
    stream = await listening(house, url, dict(browser.cookies))
    await house.browser().post("/api/users/v1/me/push/devices", json=registration(code))
    assert await stream.rest() == ["event: changed\ndata: registered\n\n"]


async def test_a_page_that_missed_it_is_told_at_once(house: House) -> None:
    """The stream begins with the present status; what the page has seen is no news."""
    browser, url, _, code = await at_code(house)
    await house.browser().post("/api/users/v1/me/push/devices", json=registration(code))
    stream = await listening(house, url, dict(browser.cookies))
    assert await stream.rest() == ["event: changed\ndata: registered\n\n"]
    stream = await listening(house, url, dict(browser.cookies), seen="registered")
    await stream.close()
    assert stream.said.empty()


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
    streams = [await listening(house, url, dict(browser.cookies)) for _ in range(MOST_OF_ONE)]
    with pytest.raises(Refusal) as caught:
        await listening(house, url, dict(browser.cookies))
    assert caught.value.status == 503
    await streams[0].close()
    again = await listening(house, url, dict(browser.cookies))
    for stream in (*streams[1:], again):
        await stream.close()
    assert not house.signals.channels


async def test_the_end_of_a_login_ends_its_stream(house: House) -> None:
    """A tab that still waits is told that the login is gone."""
    browser, url, page, _ = await waiting(house)
    stream = await listening(house, url, dict(browser.cookies))
    await browser.post(url, data={"_token": page.token, "_action": "abort"})
    house.signals.wake(next(iter(house.signals.channels), ""))
    assert await stream.rest() == ["event: changed\ndata: gone\n\n"]


async def test_a_page_hears_that_no_device_may_have_been_reached(house: House) -> None:
    """A hint, once; the page waits on."""
    browser, url, *_ = await waiting(house)
    stream = await listening(house, url, dict(browser.cookies))
    (channel,) = (name for name in house.signals.channels if name.startswith("push:"))
    requests = PushRequests(house.state, house.clock)
    await requests.note_reach(channel.removeprefix("push:"), "not_reached")
    house.signals.wake(channel)
    assert await stream.said.get() == "event: reach\ndata: not_reached\n\n"
    house.signals.wake(channel)
    await stream.close()
    assert stream.said.empty()


async def test_a_request_that_runs_out_ends_the_wait(house: House) -> None:
    """Nobody signals that: the stream looks by itself when it must have happened."""
    browser, url, *_ = await waiting(house)
    house.clock.now += 89.5
    stream = await listening(house, url, dict(browser.cookies))
    house.clock.now += 1
    said = [each for each in await stream.rest() if not each.startswith(":")]
    assert said == ["event: changed\ndata: expired\n\n"]
