"""The provider that needs no push service: it wakes the device's channel, and the device pulls what is pending."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model import Device
from engine.ports import Handed, PushMessage, Signals, Taken


class BuiltinSender:
    """Wakes `device:{id}`; the message itself stays here until the device asks for it with a signed token."""

    name = "builtin"

    def __init__(self, signals: Signals) -> None:
        self._signals = signals

    def refusal(self, push_token: str, metadata: Mapping[str, str]) -> str | None:
        """None: no token is needed, so any will do."""
        return None

    async def send(self, device: Device, message: PushMessage, *, ttl: int) -> Handed:
        """Wake the device; the message is in the store already."""
        await self.wake(device.id)
        return Taken()

    async def test(self) -> Handed:
        """There is nothing to try."""
        return Taken()

    async def wake(self, device_id: str) -> None:
        """Let the device look, if it listens."""
        await self._signals.notify(channel(device_id))


def channel(device_id: str) -> str:
    """The wake-up channel on which a device waits.

    >>> channel("4f0e")
    'device:4f0e'
    """
    return f"device:{device_id}"
