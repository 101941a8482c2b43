"""A person's devices: each looked at, renamed, removed."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from account.desk import Desk
from account.values import DeviceCard
from account.visit import Visit
from engine.model import Device
from web.forms import Form

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Devices:
    """`/account/devices/{device}` and what is below it.  Somebody else's device does not exist."""

    desk: Desk

    async def show(self, request: Request, visit: Visit) -> Response:
        """One device, its name to be changed."""
        return self._page(request, visit, _own(request, visit))

    async def rename(self, request: Request, visit: Visit, form: Form) -> Response:
        """Give it another name."""
        device, name = _own(request, visit), " ".join(form.get("name").split())
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            return self._page(request, visit, device, message="account.device.bad_name")
        if name != device.name:
            await self.desk.record(request, visit, "device_changed", device=device.id, device_name=name)
            await self.desk.directory.change_device(device.id, name=name)
            self._tell(request, visit, "account.notice.renamed", device, name=name)
        return self.desk.done("device_renamed")

    async def ask_to_remove(self, request: Request, visit: Visit) -> Response:
        """What removing it means."""
        device = _own(request, visit)
        return self.desk.page(
            request, visit, "account-device-remove", device=DeviceCard.of(device), last=len(visit.devices) == 1
        )

    async def remove(self, request: Request, visit: Visit, form: Form) -> Response:
        """Take it off the account: at once, for open requests too."""
        device = _own(request, visit)
        await self.desk.record(request, visit, "device_removed", device=device.id, device_name=device.name)
        if not await self.desk.directory.remove_device(device.id, user_id=visit.user.id):
            raise HTTPException(404)
        self._tell(request, visit, "account.notice.removed", device)
        return self.desk.done("device_removed")

    def _page(self, request: Request, visit: Visit, device: Device, *, message: str | None = None) -> Response:
        return self.desk.page(request, visit, "account-device", message=message, device=DeviceCard.of(device))

    def _tell(self, request: Request, visit: Visit, what: str, device: Device, **more: str) -> None:
        self.desk.notices.tell(visit.user, what, ip=self.desk.address(request), device=device.name, **more)


def _own(request: Request, visit: Visit) -> Device:
    device = visit.device(request.path_params["device"])
    if device is None:
        raise HTTPException(404)
    return device
