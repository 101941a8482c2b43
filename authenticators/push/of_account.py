"""Adding a device at the account page: show a code, notice what registered, let the person confirm it.

As in a login (`enrolling.py`), with a session in place of the flow: only the page that shows the code can confirm.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from authenticators.push.cleaning import is_id
from authenticators.push.enrollment import Enrollment, Registration, as_text
from engine.errors import DirectoryError
from engine.model import Device, User
from engine.ports import Clock, Configuration, DeviceCode, Directory, Signals


@dataclass(frozen=True, slots=True)
class CodesOfAccount:
    """engine.ports.DeviceCodes.  host: the server as devices reach it."""

    enrollment: Enrollment
    directory: Directory
    configuration: Configuration
    signals: Signals
    clock: Clock
    host: str

    async def begin(self, user: User, *, session: str) -> DeviceCode:
        """A new code, if there is room for another device."""
        if len(await self.directory.devices(user.id)) >= await self._limit():
            raise DirectoryError("device_limit")
        return await self._code(await self.enrollment.begin(user, session=session))

    async def look(self, code_id: str, user_id: str, *, session: str) -> DeviceCode | None:
        """The code as it stands."""
        registration = await self._shown(code_id, user_id, session)
        return await self._code(registration) if registration is not None else None

    async def confirm(self, code_id: str, user_id: str, *, session: str) -> Device | None:
        """Let what registered count."""
        registration = await self._shown(code_id, user_id, session)
        if registration is None or registration.claimed is None:
            return None
        try:
            return await self.enrollment.confirm(registration, limit=await self._limit())
        except DirectoryError:
            await self.enrollment.drop(code_id)
            raise

    def watching(self, code_id: str, wake: Callable[[], None]) -> AbstractAsyncContextManager[None]:
        """Call *wake* when a device has registered."""
        return self.signals.calling(f"registration:{code_id}", wake)

    async def _shown(self, code_id: str, user_id: str, session: str) -> Registration | None:
        """The registration, if it is shown in that session to that person."""
        found = await self.enrollment.read(code_id) if is_id(code_id) else None
        if found is None or (found.user_id, found.session) != (user_id, session):
            return None
        return found if found.claimed is not None or found.is_open(self.clock()) else None

    async def _code(self, registration: Registration) -> DeviceCode:
        tenant = (await self.configuration.settings()).tenant
        return DeviceCode(
            id=registration.device_id,
            text=as_text(registration.discovery(host=self.host, tenant=tenant)),
            expires_at=registration.expires_at,
            device=registration.claimed.name if registration.claimed is not None else None,
        )

    async def _limit(self) -> int:
        return (await self.configuration.settings()).push.max_devices
