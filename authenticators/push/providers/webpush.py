"""Web Push (RFC 8030): messages encrypted for one browser (RFC 8291), sent to the push service that it chose.

No account is needed anywhere.  Each push service has its own record of how it did, so that one that is down keeps no
other from being used.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec

from authenticators.push.providers import subscription
from authenticators.push.providers.steady import PATIENCE, Again, Ended, Patience, Steady
from authenticators.push.providers.subscription import Subscription
from authenticators.push.providers.vapid import Vapid
from engine.model import Device, PushProvider
from engine.outgoing import Outgoing, OutgoingFailure, OutgoingRequest, OutgoingResponse
from engine.ports import Clock, DeadToken, Handed, NotNow, PushMessage, Taken

LARGEST = 3993
"""Bytes of a message before it is encrypted: push services take 4096 after (RFC 8291 §4)."""
MOST_SERVICES = 64
"""Push services whose record is kept."""


class WebPushSender:
    """Sends to browsers."""

    has_trouble = False

    def __init__(
        self, provider: PushProvider, vapid: Vapid, *, door: Outgoing, clock: Clock, patience: Patience = PATIENCE
    ) -> None:
        self.name = provider.name
        self.public_key = vapid.public_key
        self._vapid = vapid
        self._door = door
        self._clock = clock
        self._patience = patience
        self._services = (*subscription.SERVICES, *provider.services)
        self._records: dict[str, Steady] = {}

    def refusal(self, push_token: str, metadata: Mapping[str, str]) -> str | None:
        """Why that is no subscription we can send to, or None."""
        try:
            subscription.read(push_token, self._services)
        except ValueError as problem:
            return str(problem)
        return None

    async def send(self, device: Device, message: PushMessage, *, ttl: int) -> Handed:
        """Encrypt the message and hand it to the browser's push service."""
        try:
            to = subscription.read(device.push_token, self._services)
        except ValueError:  # a service that may be called no more, or a device that was registered otherwise
            return DeadToken("token.invalid")
        plain = content(message)
        if len(plain) > LARGEST:
            return NotNow("message.too_long")
        request = self._request(to, encrypted(plain, to), message=message, ttl=ttl)
        return await self._record(to).send(lambda: self._once(request), within=ttl)

    async def test(self) -> Handed:
        """Nothing can be tried without a browser."""
        return Taken()

    def retire(self) -> None:
        """Nothing is held: connections are the door's."""

    def _request(self, to: Subscription, body: bytes, *, message: PushMessage, ttl: int) -> OutgoingRequest:
        headers = {
            "Authorization": self._vapid.authorization(f"{to.to.scheme}://{to.to.authority}", self._clock()),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(ttl),
            "Urgency": "high",
            "Topic": message.topic,
        }
        return OutgoingRequest("POST", to.address, tuple(headers.items()), body, owner=f"push:{to.to.host}")

    async def _once(self, request: OutgoingRequest) -> Ended:
        outcome = await self._door.send(request, allow=self._services, deadline=self._patience.try_seconds)
        return _failed(outcome) if isinstance(outcome, OutgoingFailure) else _answered(outcome)

    def _record(self, to: Subscription) -> Steady:
        """The record of that push service; the one that was used longest ago makes room."""
        record = self._records.pop(str(to.to), None) or Steady(self._patience)
        while len(self._records) >= MOST_SERVICES:
            del self._records[next(iter(self._records))]
        self._records[str(to.to)] = record
        return record


def content(message: PushMessage) -> bytes:
    """What the browser's service worker gets: the words and the tag of a notification, and the data map."""
    told = {"title": message.title, "body": message.body, "tag": message.topic, "data": dict(message.data)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def encrypted(plain: bytes, to: Subscription) -> bytes:
    """The message for that browser alone, with a key that is used once (RFC 8291 §3)."""
    key = ec.generate_private_key(ec.SECP256R1())
    sealed: bytes = http_ece.encrypt(
        plain, private_key=key, dh=to.point, auth_secret=to.secret, version="aes128gcm"
    )
    return sealed


def _answered(answer: OutgoingResponse) -> Ended:
    """What a push service's answer means (RFC 8030 §5, §7.3; RFC 8292 §4.2)."""
    match answer.status:
        case 200 | 201 | 202:
            return Taken()
        case 404 | 410:
            return DeadToken("token.unregistered")
        case 413:
            return NotNow("message.too_long")
        case 429:
            return Again("provider.quota", after=_retry_after(answer))
        case 401 | 403:
            return NotNow("provider.credentials", alert=True)
        case status if status >= 500:
            return Again("provider.unavailable", after=_retry_after(answer))
        case status if status >= 400:
            return NotNow("message.invalid", alert=True)
    return NotNow("provider.refused", alert=True)


def _failed(failure: OutgoingFailure) -> Ended:
    match failure.kind:
        case "timeout":
            return Again("provider.slow")
        case "refused":
            return NotNow("provider.refused", alert=True)
        case "unreachable" | "too_large" | "protocol":
            return Again("provider.unavailable")


def _retry_after(answer: OutgoingResponse) -> float | None:
    text = next((value for name, value in answer.headers if name == "retry-after"), "")
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
