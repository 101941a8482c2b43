"""What the tests of the push providers share."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from authenticators.push.providers.makers import Makers
from authenticators.push.providers.steady import Patience
from engine.model import Device
from engine.ports import PushMessage
from outgoing.door import Door
from storage.memory import MemoryConfiguration, MemoryDirectory
from tests.standins.fcm import Fcm, fcm

SWIFT = Patience(tries=3, try_seconds=2.0, total_seconds=5.0, pause=0.001, failures=3, rest=60.0)
PHONE = Device("d1", "u1", "Mara's phone", "Pixel 9", "FCM", "token-1", b"key", ("ES256",))
MESSAGE = PushMessage({"pushId": "p1", "username": "mara"}, "Sign-in request", "Was it you?", "topic-1")


@pytest.fixture
def google() -> Iterator[Fcm]:
    """A project of FCM's."""
    with fcm() as project:
        yield project


@pytest.fixture
async def makers(google: Fcm) -> AsyncIterator[Callable[..., Makers]]:
    """Makes the makers of a server whose settings name the stand-in."""
    door, configuration = Door(), MemoryConfiguration(MemoryDirectory())

    def make(**more: Any) -> Makers:
        usual: dict[str, Any] = {"fcm_endpoint": google.url, "fcm_token_hosts": [urlsplit(google.url).netloc]}
        usual |= {"configuration": configuration, "issuer": "https://id.example.test"}
        return Makers(**{"door": door, "clock": time.time, "patience": SWIFT, **usual, **more})

    yield make
    await door.aclose()
