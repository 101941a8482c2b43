"""The face for authenticator apps: prefixes, statuses, bodies, waiting."""

from __future__ import annotations

import asyncio
import json

import httpx2
import pytest

from engine.logins import status_key
from tests.login.house import PASSWORD, House, registration, signed
from tests.login.reading import Shown, shown

pytestmark = pytest.mark.anyio

PUSH = "/api/users/v1/me/push"
PREFIXES = ("", "/t/carbon.super", "/t/Doorstep", "/o/Doorstep", "/t/carbon.super/o/Doorstep")


@pytest.fixture
async def house() -> House:
    """A server whose flow asks for password, then push, with enrollment on the way."""
    made = House()
    await made.configure("password", "push")
    return made


async def at_code(house: House) -> tuple[httpx2.AsyncClient, str, Shown, dict[str, str]]:
    """A browser at the page with the code, and the code."""
    browser = house.browser()
    url = (await browser.get("/open")).headers["location"]
    page = shown((await browser.get(url)).text)
    answer = await browser.post(url, data={"_token": page.token, "username": "mara", "password": PASSWORD})
    page = shown(answer.text)
    assert page.page == "push-enroll"
    return browser, url, page, json.loads(page.texts["data-enrollment"])


async def waiting(house: House) -> tuple[httpx2.AsyncClient, str, Shown, str]:
    """A browser at the waiting page, and the id of the phone that was asked."""
    browser, url, page, code = await at_code(house)
    registered = await house.browser().post(f"{PUSH}/devices", json=registration(code))
    assert (registered.status_code, registered.content) == (201, b"")
    page = shown((await browser.get(url)).text)
    assert page.texts["data-device"] == "Mara's phone"
    page = shown((await browser.post(url, data=dict(page.forms[0]))).text)
    assert page.page == "push-wait"
    await house.spawned.finish()
    return browser, url, page, code["deviceId"]


def pull(house: House, device_id: str) -> dict[str, str]:
    """What a phone posts to ask for its requests."""
    return {"token": signed(device_id, {"exp": int(house.clock.now) + 300, "purpose": "pull"})}


async def test_a_phone_registers_is_asked_and_answers(house: House) -> None:
    """Exactly 201, 200 with an array, 200 and empty; then the browser goes on."""
    browser, url, page, device_id = await waiting(house)
    phone = house.browser()
    asked = await phone.post(f"{PUSH}/devices/{device_id}/pending", json=pull(house, device_id))
    (request,) = asked.json()
    claims = {
        "pushAuthId": request["pushId"],
        "challenge": request["challenge"],
        "response": "APPROVED",
        "numberChallenge": page.texts["data-number"],
        "exp": int(house.clock.now) + 300,
    }
    answer = await phone.post("/push-auth/authenticate", json={"authResponse": signed(device_id, claims)})
    assert (answer.status_code, answer.content) == (200, b"")
    end = await browser.post(url, data=dict(page.forms[0]))
    assert end.headers["location"].startswith("https://app.test/cb?code=")


@pytest.mark.parametrize("prefix", PREFIXES)
async def test_every_prefix_of_ours_is_answered(house: House, prefix: str) -> None:
    """Registration under each; the same endpoint."""
    *_, code = await at_code(house)
    answer = await house.browser().post(f"{prefix}{PUSH}/devices", json=registration(code))
    assert (answer.status_code, answer.content) == (201, b"")


@pytest.mark.parametrize("prefix", ["/t/other", "/o/other", "/t/carbon.super/o/other", "/t/other/o/Doorstep", "/x/y"])
async def test_a_foreign_prefix_is_404(house: House, prefix: str) -> None:
    """Before anything is looked at."""
    for path in (f"{PUSH}/devices", "/push-auth/authenticate"):
        answer = await house.browser().post(prefix + path, json={})
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (f"{PUSH}/devices", "PDH-15000"),
        ("/push-auth/authenticate", "PBA-15006"),
        (f"{PUSH}/devices/d/remove", "PDH-15006"),
        (f"{PUSH}/devices/d/update", "PDH-15006"),
        (f"{PUSH}/devices/d/pending", "PDH-15006"),
    ],
)
@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"a":1,"a":2}', b'{"token":NaN}', b"\xff", b"[" * 50_000, b'{"token": "\\ud800"}']
)
async def test_a_malformed_body_is_400_with_a_code(house: House, path: str, code: str, body: bytes) -> None:
    """`{"code", "message", "traceId"}`; never a 500."""
    answer = await house.browser().post(path, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "message", "traceId"}
    assert answer.json()["code"] == code or path == f"{PUSH}/devices"


@pytest.mark.parametrize("token", [None, 1, "", [], "é", "x" * 9000, "a.b.c"])
async def test_a_token_that_is_none_is_400(house: House, token: object) -> None:
    """Missing, of another type, too long, unsigned."""
    for path, name in (("/push-auth/authenticate", "authResponse"), (f"{PUSH}/devices/d/remove", "token")):
        answer = await house.browser().post(path, json={name: token})
        assert answer.status_code == 400


async def test_another_content_type_is_415(house: House) -> None:
    """Only JSON is read."""
    answer = await house.browser().post(
        "/push-auth/authenticate", content=b"{}", headers={"content-type": "text/plain"}
    )
    assert answer.status_code == 415


async def test_pending_waits_until_there_is_something(house: House) -> None:
    """`Prefer: wait` is answered as soon as a request is sent, and says that it was applied."""
    browser, url, page, device_id = await waiting(house)
    abort = {"_token": page.token, "_action": "abort"}
    assert (await browser.post(url, data=abort)).status_code == 200
    path, body = f"{PUSH}/devices/{device_id}/pending", pull(house, device_id)
    assert (await house.browser().post(path, json=body)).json() == []
    asking = asyncio.ensure_future(house.browser().post(path, json=body, headers={"prefer": "wait=30"}))
    while f"device:{device_id}" not in house.signals.channels:  # noqa: ASYNC110 (nothing tells who listens)
        await asyncio.sleep(0)
    assert not asking.done()
    second = house.browser()
    url = (await second.get("/open")).headers["location"]
    first = shown((await second.get(url)).text)
    await second.post(url, data={"_token": first.token, "username": "mara", "password": PASSWORD})
    answer = await asking
    assert len(answer.json()) == 1
    assert answer.headers["preference-applied"] == "wait=30"


async def test_status_is_for_the_holder_of_the_login(house: House) -> None:
    """By cookie, for the flow's id and the push's; by status key for a native client; to others all ids are alike."""
    browser, url, page, device_id = await waiting(house)
    flow_id = url.removeprefix("/login/")
    secret = next(value for name, value in browser.cookies.items() if "doorstep-flow" in name)
    key = status_key(flow_id, secret)
    (request,) = (await house.browser().post(f"{PUSH}/devices/{device_id}/pending", json=pull(house, device_id))).json()
    for asked in (flow_id, request["pushId"]):
        answer = await browser.get("/push-auth/check-status", params={"pushAuthId": asked})
        assert answer.json() == {"status": "PENDING", "outcome": "pending"}
    stranger = house.browser()
    native = await stranger.get("/t/carbon.super/push-auth/check-status", params={"pushAuthId": f"{flow_id}.{key}"})
    assert native.json()["status"] == "PENDING"
    refused = [
        await stranger.get("/push-auth/check-status", params={"pushAuthId": asked})
        for asked in (flow_id, request["pushId"], "unknown", f"{flow_id}.{secret}", f"{'x' * 22}.wrong")
    ]
    assert {(each.status_code, each.json()["code"]) for each in refused} == {(403, "PBA-15010")}
    assert (await stranger.get("/push-auth/check-status")).status_code == 404
    assert page.page == "push-wait"


async def test_a_persons_devices_are_theirs_alone(house: House) -> None:
    """Listed, shown and removed with a token of the owner; without one 401."""
    *_, device_id = await waiting(house)
    phone = house.browser()
    assert (await phone.get(f"{PUSH}/devices")).status_code == 401
    assert (await phone.get(f"{PUSH}/discovery-data")).headers["www-authenticate"] == "Bearer"
    house.bearer = await house.directory.user("u-mara")
    described = {"deviceId": device_id, "name": "Mara's phone", "model": "Pixel 9", "provider": "builtin"}
    assert (await phone.get(f"{PUSH}/devices")).json() == [described]
    assert (await phone.get(f"{PUSH}/devices/{device_id}")).json() == described
    assert set((await phone.get(f"{PUSH}/discovery-data")).json()) >= {"deviceId", "challenge", "host", "tenantDomain"}
    assert (await phone.get(f"{PUSH}/devices/other")).json()["code"] == "PDH-15009"
    removed = await phone.delete(f"{PUSH}/devices/{device_id}")
    assert (removed.status_code, removed.content) == (204, b"")
    assert (await phone.delete(f"{PUSH}/devices/{device_id}")).status_code == 400


async def test_a_phone_removes_itself(house: House) -> None:
    """Exactly 204 and empty."""
    *_, device_id = await waiting(house)
    token = signed(device_id, {"exp": int(house.clock.now) + 300})
    answer = await house.browser().post(f"{PUSH}/devices/{device_id}/remove", json={"token": token})
    assert (answer.status_code, answer.content) == (204, b"")
