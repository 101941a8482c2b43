"""The provider that needs no push service: it wakes the device's channel, and the device pulls what is pending."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model import Device
from engine.ports import Signals


class BuiltinSender:
    """Wakes `device:{id}`; the message itself stays here until the device asks for it with a signed token."""

    name = "builtin"

    def __init__(self, signals: Signals) -> None:
        self._signals = signals

    async def send(self, device: Device, message: Mapping[str, str], *, ttl: int) -> bool:
        """Wake the device; the message is in the store already."""
        await self._signals.notify(channel(device.id))
        return True


def channel(device_id: str) -> str:
    """The wake-up channel on which a device waits.

    >>> channel("4f0e")
    'device:4f0e'
    """
    return f"device:{device_id}"
