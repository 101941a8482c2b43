"""A person's devices: each looked at, renamed, sent a test, removed."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from account.desk import Desk
from account.values import DeviceCard
from account.visitor import Visitor
from engine.errors import TooManyRequests
from engine.model import Device
from engine.ports import EnrolledDevices, Taken
from web.forms import Form

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Devices:
    """`/account/devices/{device}` and what is below it.  Somebody else's device does not exist."""

    desk: Desk
    devices: EnrolledDevices

    async def show(self, request: Request, visitor: Visitor) -> Response:
        """One device, its name to be changed."""
        return self._page(request, visitor, _own(request, visitor))

    async def rename(self, request: Request, visitor: Visitor, form: Form) -> Response:
        """Give it another name."""
        device, name = _own(request, visitor), form.get("name")
        if len(name) > LONGEST_NAME or not await self.devices.rename(device, name):
            return self._page(request, visitor, device, message="account.device.bad_name")
        self._tell(request, visitor, "account.notice.renamed", device, name=name)
        return self.desk.done("device_renamed")

    async def test(self, request: Request, visitor: Visitor, form: Form) -> Response:
        """Send it a message that asks nothing, and say whether it left."""
        device = _own(request, visitor)
        try:
            handed = await self.devices.test(device)
        except TooManyRequests:
            return self._page(request, visitor, device, message="account.test.too_many")
        said = "test_sent" if isinstance(handed, Taken) else None
        message = None if said else "account.test.not_sent"
        return self._page(request, visitor, device, message=message, said=said)

    async def ask_to_remove(self, request: Request, visitor: Visitor) -> Response:
        """What removing it means."""
        device = _own(request, visitor)
        return self.desk.page(
            request, visitor, "account-device-remove", device=DeviceCard.of(device), last=len(visitor.devices) == 1
        )

    async def remove(self, request: Request, visitor: Visitor, form: Form) -> Response:
        """Take it off the account: at once, for open requests too."""
        device = _own(request, visitor)
        if not await self.devices.remove(device):
            raise HTTPException(404)
        self._tell(request, visitor, "account.notice.removed", device)
        return self.desk.done("device_removed")

    def _page(
        self, request: Request, visitor: Visitor, device: Device, *, message: str | None = None, said: str | None = None
    ) -> Response:
        card = DeviceCard.of(device)
        return self.desk.page(request, visitor, "account-device", message=message, said=said, device=card)

    def _tell(self, request: Request, visitor: Visitor, what: str, device: Device, **more: str) -> None:
        self.desk.notices.tell(visitor.user, what, ip=self.desk.address(request), device=device.name, **more)


def _own(request: Request, visitor: Visitor) -> Device:
    device = visitor.device(request.path_params["device"])
    if device is None:
        raise HTTPException(404)
    return device
