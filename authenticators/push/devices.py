"""What a person, their programs and admins do with an enrolled device: rename, remove, send a test.

Who may do it was checked by the caller.  A removed device is nobody's from that moment: it can answer nothing, and an
approval that it gave is not taken any more, because both look at the directory when they count.
"""

from __future__ import annotations

from dataclasses import dataclass

from authenticators.push.cleaning import plain
from authenticators.push.notices import Notices
from authenticators.push.providers import builtin
from authenticators.push.purposes import LONGEST_NAME
from authenticators.push.requests import PushRequests, wake_pages_of
from engine.errors import TooManyRequests
from engine.model import Device
from engine.ports import Audit, AuditEvent, Clock, Directory, Handed, Signals, StateStore

MOST_TESTS = 5
"""Tests that one device may be sent in ten minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushDevices:
    """Enrolled devices.  user_id: whose; somebody else's device does not exist."""

    directory: Directory
    requests: PushRequests
    notices: Notices
    state: StateStore
    signals: Signals
    audit: Audit
    clock: Clock

    async def named(self, device_id: str, *, user_id: str) -> Device | None:
        """The person's device with that id."""
        device = await self.directory.device(device_id)
        return device if device is not None and device.user_id == user_id else None

    async def rename(self, device: Device, name: str) -> bool:
        """Call it something else; False for a name that nothing is left of, or if the device is gone."""
        name = plain(name, longest=LONGEST_NAME)
        if not name or not await self.directory.change_device(device.id, name=name):
            return False
        await self._record("device_changed", device)
        return True

    async def remove(self, device: Device) -> bool:
        """Take it off the account at once; False if it is gone already."""
        if not await self.directory.remove_device(device.id, user_id=device.user_id):
            return False
        await self.signals.notify(builtin.channel(device.id))
        await wake_pages_of(device, self.requests, self.signals)
        await self._record("device_removed", device)
        return True

    async def test(self, device: Device) -> Handed:
        """Send a message that asks nothing, to see whether it arrives.  Raises TooManyRequests."""
        if await self.state.hit("push-test", device.id, window=600.0) > MOST_TESTS:
            raise TooManyRequests("push-test")
        body = f"Notifications reach {device.name}."
        return await self.notices.send(device, "TEST", title="Test", body=body)

    async def _record(self, name: str, device: Device) -> None:
        details = {"device": device.id, "device_name": device.name}
        await self.audit.record(AuditEvent(name, self.clock(), user_id=device.user_id, details=details))
