"""docs/phones.md: bodies have the shape that a living server takes and gives; every refusal comes as it is told."""

from __future__ import annotations

import ast
import asyncio
import json
import re
from base64 import b64decode, b64encode, urlsafe_b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import httpx2
import pytest

from authenticators.push import enrollment, keys, purposes, tokens
from commands.stores import opened as opened_stores
from engine.model import Device
from login import prefer
from oidc.device_access import FRESH
from tests.browser import Browser
from tests.devices import Phone
from tests.docs.documents import DOCS, ROOT, blocks, code, codes, table
from tests.journeys.living import House, configuration, living
from web.json_body import MOST_BYTES

PAGE = DOCS / "phones.md"
DEVICES = "/api/users/v1/me/push/devices"
REFUSALS = {code(row[0]): row for row in table(PAGE, "Refusals")}


@dataclass
class Story:
    """A server that asks for numbers, a browser on its way in, and a phone that types."""

    house: House
    browser: Browser
    phone: Phone
    scanned: dict[str, str]

    def post(self, path: str, body: Any) -> httpx2.Response:
        """What an app posts."""
        return httpx2.post(f"{self.house.url}{path}", json=body)

    def respond(self, claims: dict[str, Any]) -> httpx2.Response:
        """An answer with these claims."""
        return self.post("/push-auth/authenticate", {"authResponse": self.phone.token(claims)})

    def change(self, action: str, token: str, device: str = "") -> httpx2.Response:
        """A device's wish about itself, or a pull."""
        return self.post(f"{DEVICES}/{device or self.phone.device_id}/{action}", {"token": token})

    def register(self, phone: Phone | None = None, **changes: Any) -> httpx2.Response:
        """A registration with these keys in place of the right ones."""
        return self.post(DEVICES, {**(phone or self.phone).register_body(self.scanned), **changes})

    def confirmed(self) -> dict[str, str]:
        """Register, let the person confirm, and give the first request."""
        assert self.register().status_code == 201
        self.browser.press("PUSH_DEVICE_ENROLLMENT")
        (push,) = self.house.pending(self.phone, wait=10)
        return push


@pytest.fixture
def limit() -> int:
    """How many devices one person may have."""
    return 3


@pytest.fixture
def story(tmp_path: Path, limit: int) -> Iterator[Story]:
    document = configuration()
    document["settings"]["push"] |= {"number_challenge": True, "max_devices": limit}
    with living(tmp_path, document) as house:
        browser = house.browser().open(house.authorize()).submit(username="mara")
        browser.press("INIT_PUSH_ENROLL").submit(password="mara-at-the-door")
        scanned = json.loads(browser.marked["data-enrollment"])
        phone = Phone("ec", typed=True, milliseconds=False)
        phone.device_id = scanned["deviceId"]
        yield Story(house, browser, phone, scanned)


# --- shapes -----------------------------------------------------------------------------------------------------------


def examples(heading: str) -> list[Any]:
    """The bodies below a heading."""
    return [json.loads(block.text) for block in blocks(PAGE, "json") if block.heading == heading]


def shape(value: Any) -> Any:
    """Names and types, without the values."""
    match value:
        case dict():
            return {name: shape(inner) for name, inner in value.items()}
        case list():
            return [shape(inner) for inner in value]
    return type(value).__name__


def opened(token: str) -> list[Any]:
    """Header and claims of a token."""
    return [json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in token.split(".")[:2]]


def test_bodies_have_the_shape_that_is_told(story: Story) -> None:
    """Scan, register, pull, answer, ask: what the documents show is what goes over the wire."""
    phone = story.phone
    assert [shape(story.scanned)] == shape(examples("Scan"))
    assert [shape(phone.register_body(story.scanned))] == shape(examples("Register"))
    push = story.confirmed()
    body, *token, (told,) = examples("Pull")
    assert shape(body) == shape({"token": phone.pull_token()})
    assert shape(opened(phone.pull_token())) == shape(token)
    assert shape(push) == {name: "str" for name in told if name != "country"}
    answer = phone.answer(push, number=story.browser.marked["data-number"])
    assert shape([{"authResponse": answer}, opened(answer)[1]]) == shape(examples("Answer"))
    asked = story.browser.http.get(f"{story.house.url}/push-auth/check-status?pushAuthId={push['pushId']}")
    assert [asked.json()] == examples("What the waiting page asks")
    assert story.post("/push-auth/authenticate", {"authResponse": answer}).status_code == 200


def test_what_worked_is_answered_with_the_status_that_is_told(story: Story) -> None:
    """Exactly that status, and no body but for a pull."""
    told = {codes(row[0])[0]: row[1] for row in table(PAGE, "An app of your own", number=2)}
    found = {f"POST {DEVICES}": story.register()}
    story.browser.press("PUSH_DEVICE_ENROLLMENT")
    found[f"POST {DEVICES}/{{id}}/pending"] = story.change("pending", story.phone.pull_token())
    answer = story.phone.answer(found[f"POST {DEVICES}/{{id}}/pending"].json()[0], "DENIED")
    found["POST /push-auth/authenticate"] = story.post("/push-auth/authenticate", {"authResponse": answer})
    found[f"POST {DEVICES}/{{id}}/update"] = story.change("update", story.phone.update_token(name="Another"))
    found[f"POST {DEVICES}/{{id}}/remove"] = story.change("remove", story.phone.remove_token())
    listed = {"": "empty", "[": "a list"}
    assert told == {call: f"{got.status_code}, {listed[got.text[:1]]}" for call, got in found.items()}


def test_the_whole_device_signs_a_person_in(story: Story) -> None:
    """What stands there is all that a device needs: it registers, pulls, approves with the number, and goes."""
    [block] = blocks(PAGE, "python")
    names: dict[str, Any] = {}
    exec(block.text, names)
    device = names["Device"](json.dumps(story.scanned), "A device by the book")
    story.browser.open(story.browser.url)
    assert story.browser.marked["data-device"] == "A device by the book"
    story.browser.press("PUSH_DEVICE_ENROLLMENT")
    [push] = device.pull()
    device.answer(push, "APPROVED", story.browser.marked["data-number"])
    story.browser.press("PROCEED_PUSH_AUTHENTICATION")
    assert story.house.redeem(story.browser)["preferred_username"] == "mara"
    device.remove()
    with pytest.raises(HTTPError):
        device.pull()


def test_a_point_with_the_prefix_that_is_told_is_a_key(story: Story) -> None:
    """As iOS gives it."""
    [told] = re.findall(r"`(3059[0-9a-f]+)`", PAGE.read_text("utf-8"))
    whole = b64decode(story.phone.public_key)
    assert (whole[:-65].hex(), whole[-65]) == (told, 4)


@pytest.mark.parametrize("kind", ["rsa", "ec", "ed25519"])
def test_every_kind_of_key_may_register(story: Story, kind: Any) -> None:
    """The table has all kinds, with the algorithms of their tokens."""
    assert story.register(Phone(kind)).status_code == 201
    told = [tuple(codes(row[2])) for row in table(PAGE, "Register", number=2)]
    assert told == [keys.RSA_ALGORITHMS, keys.EC_ALGORITHMS, keys.ED25519_ALGORITHMS]


def test_paths_answer_under_every_prefix_that_is_told(story: Story) -> None:
    """And under no other."""
    for row in table(PAGE, "An app of your own"):
        assert story.post(f"{code(row[0])}{DEVICES}", {}).json()["code"] == "PDH-15002"
    assert story.post(f"/t/elsewhere{DEVICES}", {}).status_code == 404


def test_a_pull_may_wait(story: Story) -> None:
    """The preference is said to be applied."""
    assert story.register().status_code == 201
    url = f"{story.house.url}{DEVICES}/{story.phone.device_id}/pending"
    answer = httpx2.post(url, json={"token": story.phone.pull_token()}, headers={"Prefer": "wait=1"})
    assert (answer.json(), answer.headers["Preference-Applied"]) == ([], "wait=1")


def test_what_needs_an_access_token_is_refused(story: Story) -> None:
    """Without one."""
    for method, path in (("GET", "discovery-data"), ("GET", "devices"), ("GET", "devices/x"), ("DELETE", "devices/x")):
        assert httpx2.request(method, f"{story.house.url}/api/users/v1/me/push/{path}").status_code == 401


@pytest.mark.parametrize(
    "told",
    [
        f"good for {enrollment.VALID:.0f} seconds",
        f"at most {tokens.LONGEST_LIFE} seconds ahead",
        f"differ by {tokens.SKEW} seconds",
        f"At most {tokens.LONGEST} characters",
        f"at most {purposes.LONGEST_NAME} characters",
        f"at most {purposes.LONGEST_PUSH_TOKEN} characters",
        f"at most {prefer.LONGEST} seconds",
        f"at most {FRESH} seconds old",
        f"at most {MOST_BYTES // 1024} KB",
    ],
)
def test_numbers_are_as_in_the_code(told: str) -> None:
    """Each of them."""
    assert told in " ".join(PAGE.read_text("utf-8").split())


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_every_code_is_told_and_brought_about_here() -> None:
    """Each that the code can give, and no other."""
    found: set[str] = set()
    for folder in ("authenticators", "login"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and re.fullmatch(r"P(DH|BA)-\d{5}", str(node.value)):
                    found.add(str(node.value))
    assert REFUSALS.keys() == found == CASES.keys()


def _used(story: Story) -> httpx2.Response:
    story.confirmed()
    token = story.phone.update_token(name="Another")
    assert story.change("update", token).status_code == 204
    return story.change("update", token)


def _answered(story: Story, **claims: Any) -> httpx2.Response:
    push = story.confirmed()
    right = {"pushAuthId": push["pushId"], "challenge": push["challenge"], "response": "APPROVED"}
    return story.respond({**right, "exp": story.phone.expiry(300), **claims})


def _late(story: Story) -> httpx2.Response:
    push = story.confirmed()
    assert story.house.respond(story.phone.answer(push, "DENIED")).status_code == 200
    return story.house.respond(story.phone.answer(push, number="00"))


def _full(story: Story, limit: int) -> httpx2.Response:
    """As many devices as there may be come to be while the code is shown."""
    for number in range(limit):
        asyncio.run(_add(story.house, Phone("ec"), f"device-{number}"))
    return story.register()


def _known_key(story: Story) -> httpx2.Response:
    asyncio.run(_add(story.house, story.phone, "device-0"))
    return story.register()


async def _add(house: House, phone: Phone, device_id: str) -> None:
    async with opened_stores(house.settings) as stores:
        user = await stores.directory.user_named("mara")
        assert user is not None
        key = b64decode(phone.public_key)
        device = Device(device_id, user.id, "A phone", "", "builtin", "token", key, ("ES256",))
        await stores.directory.add_device(device, limit=10)


def _disabled(story: Story) -> httpx2.Response:
    document = configuration()
    document["users"][0]["enabled"] = False
    story.house.apply(document)
    return story.register()


LIMITS = {"PDH-15003": 1, "PDH-15019": 2}
"""Devices one person may have, where that brings the refusal about."""
CASES: dict[str, Callable[[Story], httpx2.Response]] = {
    "PDH-15000": lambda story: httpx2.post(f"{story.house.url}{DEVICES}", json=[]),
    "PDH-15002": lambda story: story.register(deviceId="4f0e6a52-6f5c-4a0e-9c33-0a4a5d3b7c11"),
    "PDH-15003": lambda story: _full(story, LIMITS["PDH-15003"]),
    "PDH-15004": lambda story: story.register(Phone("rsa", bits=1024)),
    "PDH-15005": lambda story: story.register(signature=b64encode(bytes(64)).decode()),
    "PDH-15006": _used,
    "PDH-15007": lambda story: story.register(deviceToken="with a space"),
    "PDH-15008": _disabled,
    "PDH-15009": lambda story: story.change("pending", story.phone.pull_token()),
    "PDH-15013": lambda story: story.register(provider={"name": "pigeon"}),
    "PDH-15019": lambda story: _full(story, LIMITS["PDH-15019"]),
    "PDH-15020": _known_key,
    "PBA-15001": lambda story: httpx2.get(f"{story.house.url}/push-auth/check-status"),
    "PBA-15002": lambda story: story.house.respond("no.token.atall"),
    "PBA-15004": lambda story: _answered(story, challenge="another"),
    "PBA-15005": lambda story: _answered(story, response="MAYBE"),
    "PBA-15006": lambda story: story.post("/push-auth/authenticate", {}),
    "PBA-15007": lambda story: _answered(story, pushAuthId=" "),
    "PBA-15010": lambda story: httpx2.get(f"{story.house.url}/push-auth/check-status?pushAuthId=x"),
    "PBA-15011": _late,
    "PBA-15012": lambda story: _answered(story, numberChallenge="no"),
}
"""What brings each refusal about."""


@pytest.mark.parametrize(("code", "limit"), [(code, LIMITS.get(code, 3)) for code in CASES])
def test_a_refusal_has_its_code_status_and_shape(story: Story, code: str, limit: int) -> None:
    """`code`, `message`, `traceId`, and one of the statuses in its row."""
    answer = CASES[code](story)
    assert answer.json()["code"] == code
    assert str(answer.status_code) in REFUSALS[code][1].split(", ")
    assert [shape(answer.json())] == shape(examples("Refusals"))
