"""Web Push: encrypted for one browser, signed by us, sent only to push services."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from authenticators.push.providers import webpush
from authenticators.push.providers.makers import Makers
from authenticators.push.providers.subscription import SERVICES, Subscription, read
from engine.destinations import destination
from engine.model import Device, PushProvider
from engine.ports import DeadToken, Handed, NotNow, Taken
from outgoing.door import Door
from tests.authenticators.push.providers.conftest import MESSAGE, PHONE, SWIFT
from tests.standins.server import Said
from tests.standins.webpush import PushService, decoded, push_service

pytestmark = pytest.mark.anyio

FATES: dict[int, tuple[Handed, int]] = {
    400: (NotNow("message.invalid", alert=True), 1),
    401: (NotNow("provider.credentials", alert=True), 1),
    403: (NotNow("provider.credentials", alert=True), 1),
    404: (DeadToken("token.unregistered"), 1),
    410: (DeadToken("token.unregistered"), 1),
    413: (NotNow("message.too_long"), 1),
    429: (NotNow("provider.quota"), 3),
    500: (NotNow("provider.unavailable"), 3),
    503: (NotNow("provider.unavailable"), 3),
    301: (NotNow("provider.refused", alert=True), 1),
}
"""What each status means, and how often the push service is asked."""


@pytest.fixture
def service() -> Iterator[PushService]:
    """A push service that an admin has named."""
    with push_service() as running:
        yield running


@pytest.fixture
async def sender(service: PushService, makers: Callable[..., Makers]) -> Any:
    """Web Push of a server that may call it."""
    return await makers().by_kind()["webpush"](PushProvider("webpush", "webpush", services=(service.url,)), None)


def browser(service: PushService, sender: Any) -> Device:
    """A device that is a browser."""
    return replace(PHONE, provider="webpush", push_token=service.subscribe(sender.public_key))


async def test_a_message_arrives_and_only_its_browser_can_read_it(service: PushService, sender: Any) -> None:
    """The notification's words and the data map; urgent, for as long as it is of use, replacing an older one."""
    assert await sender.send(browser(service, sender), MESSAGE, ttl=90) == Taken()
    [received] = service.received
    assert received.content == {
        "title": "Sign-in request", "body": "Was it you?", "tag": "topic-1", "data": dict(MESSAGE.data)
    }  # fmt: skip
    headers = received.headers
    assert (headers["ttl"], headers["urgency"], headers["topic"]) == ("90", "high", "topic-1")
    assert service.refused == []


async def test_each_message_has_a_key_of_its_own(service: PushService, sender: Any) -> None:
    """The same text never looks the same."""
    to = read(service.subscribe(sender.public_key), (service.url,))
    first, second = webpush.encrypted(b"same", to), webpush.encrypted(b"same", to)
    assert first[:16] != second[:16]
    assert first[21:86] != second[21:86]


async def test_the_key_stays_and_is_sealed(service: PushService, makers: Callable[..., Makers]) -> None:
    """Browsers are bound to it: it is made once, and no script can name it."""
    stands_on = makers()
    provider = PushProvider("webpush", "webpush")
    keys = {(await stands_on.by_kind()["webpush"](provider, None)).public_key for _ in range(3)}  # type: ignore[attr-defined]
    assert len(keys) == 1
    [name] = await stands_on.configuration.secret_names()
    assert name.startswith("push.vapid.")


@pytest.mark.parametrize("status", FATES)
async def test_each_status_means_what_the_standard_says(status: int, service: PushService, sender: Any) -> None:
    """Gone is dead; busy and broken are tried again; the rest is no device's fault."""
    service.answer = Said(status, headers={"Location": service.url})
    assert (await sender.send(browser(service, sender), MESSAGE, ttl=90), service.calls) == FATES[status]


async def test_no_answer_is_no_fault_of_the_browser(service: PushService, makers: Callable[..., Makers]) -> None:
    """Neither a dropped connection nor a service that hangs."""
    provider = PushProvider("webpush", "webpush", services=(service.url,))
    sender: Any = await makers(patience=replace(SWIFT, try_seconds=0.2)).by_kind()["webpush"](provider, None)
    service.answer = Said(201, drop=True)
    assert await sender.send(browser(service, sender), MESSAGE, ttl=90) == NotNow("provider.unavailable")
    service.answer = Said(201, wait=30)
    assert await sender.send(browser(service, sender), MESSAGE, ttl=90) == NotNow("provider.slow")


async def test_a_push_service_that_is_down_stops_no_other(service: PushService, makers: Callable[..., Makers]) -> None:
    """Each rests for itself."""
    with push_service() as other:
        provider = PushProvider("webpush", "webpush", services=(service.url, other.url))
        sender: Any = await makers().by_kind()["webpush"](provider, None)
        service.answer = Said(503)
        handed = [await sender.send(browser(service, sender), MESSAGE, ttl=90) for _ in range(4)]
        assert handed[-1] == NotNow("provider.resting")
        assert await sender.send(browser(other, sender), MESSAGE, ttl=90) == Taken()


async def test_a_long_message_is_not_sent(service: PushService, sender: Any) -> None:
    """Push services take 4096 bytes, encrypted."""
    device = browser(service, sender)
    room = webpush.LARGEST - len(webpush.content(replace(MESSAGE, body="")))
    assert await sender.send(device, replace(MESSAGE, body="x" * room), ttl=90) == Taken()
    assert await sender.send(device, replace(MESSAGE, body="x" * (room + 1)), ttl=90) == NotNow("message.too_long")


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/x",
        "https://fcm.googleapis.com.attacker.test/x",
        "https://fcm.googleapis.com:8443/x",
        "https://user@fcm.googleapis.com/x",
        "https://push.services.mozilla.com/x",
        "https://127.0.0.1/x",
        "http://localhost:8400/console",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://2130706433/x",
        "file:///etc/passwd",
        "https://fcm.googleapis.com/" + "x" * 4100,
        "https://fcm.googleapis.com/\r\nHost: inside",
    ],
)
async def test_an_endpoint_elsewhere_is_refused(endpoint: str, makers: Callable[..., Makers]) -> None:
    """At registration, and again before anything is sent."""
    sender = await makers().by_kind()["webpush"](PushProvider("webpush", "webpush"), None)
    token = json.dumps({**json.loads(PushService(url="https://x").subscribe("k")), "endpoint": endpoint})
    assert sender.refusal(token, {}) is not None
    assert await sender.send(replace(PHONE, push_token=token), MESSAGE, ttl=90) == DeadToken("token.invalid")


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QAbc",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYA%2b",
    ],
)
def test_the_browsers_push_services_are_known(endpoint: str) -> None:
    """Nothing has to be configured for them."""
    token = json.dumps({**json.loads(PushService(url="https://x").subscribe("k")), "endpoint": endpoint})
    assert read(token, SERVICES).address == endpoint


@pytest.mark.parametrize(
    "change",
    [
        {"keys": None},
        {"keys": {"p256dh": "AA", "auth": "AA"}},
        {"keys": {"p256dh": "B" + "A" * 86, "auth": "A" * 22}},
        {"keys": {"auth": "A" * 22}},
        {"endpoint": 7},
        {"endpoint": None},
    ],
)
def test_a_malformed_subscription_is_refused(change: dict[str, Any]) -> None:
    """Keys that are no keys, an endpoint that is no text."""
    whole = {**json.loads(PushService(url="https://fcm.googleapis.com").subscribe("k")), **change}
    with pytest.raises(ValueError, match=r"key|p256dh|auth|endpoint"):
        read(json.dumps(whole), SERVICES)


@pytest.mark.parametrize("token", ["token-of-a-phone", "[]", "7", '{"endpoint":"a","endpoint":"b"}', "[" * 4000])
def test_what_is_no_subscription_is_refused(token: str) -> None:
    """A phone's token, another JSON value, a name twice, a tower of brackets."""
    with pytest.raises(ValueError, match="no subscription"):
        read(token, SERVICES)


async def test_a_name_that_leads_inside_is_not_called(makers: Callable[..., Makers], service: PushService) -> None:
    """The name may be a push service's; the address it leads to is looked at when it is called."""

    async def inside(name: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    door = Door(resolve=inside)
    sender: Any = await makers(door=door).by_kind()["webpush"](PushProvider("webpush", "webpush"), None)
    whole = {**json.loads(service.subscribe(sender.public_key)), "endpoint": "https://fcm.googleapis.com/x"}
    handed = await sender.send(replace(PHONE, push_token=json.dumps(whole)), MESSAGE, ttl=90)
    assert (handed, service.calls) == (NotNow("provider.refused", alert=True), 0)
    await door.aclose()


def test_the_standards_own_example_comes_out() -> None:
    """RFC 8291 §5: the same keys, the same salt, the same bytes."""
    sender = ec.derive_private_key(
        int.from_bytes(decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1()
    )
    to = Subscription(
        "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
        destination("https://push.example.net/"),
        decoded("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        decoded("BTBZMqHH6r4Tts7J_aSIgg"),
    )
    sealed = http_ece.encrypt(
        b"When I grow up, I want to be a watermelon", salt=decoded("DGv6ra1nlYgDCS1FRnbzlw"), private_key=sender,
        dh=to.point, auth_secret=to.secret, version="aes128gcm",
    )  # fmt: skip
    assert sealed == decoded(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7"
        "A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
