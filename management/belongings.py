"""What people have besides their account, by HTTP: devices and sessions.  Both end at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.letters import Letters
from engine.model import Device, Session, User
from engine.ports import Audit, Directory, EnrolledDevices, Spawner
from engine.sessions import Sessions
from management.desk import Desk
from management.models import DeviceBody, Nothing, SessionBody, WholeList
from management.people import refuse_lower, sign_out
from management.problems import missing
from management.table import Answer, Call, Row

_USER = "/users/{id}"


@dataclass(frozen=True, slots=True)
class Belongings:
    """The rows.  A session is named by what opens nothing."""

    desk: Desk
    directory: Directory
    devices: EnrolledDevices
    sessions: Sessions
    audit: Audit
    letters: Letters
    spawner: Spawner

    def rows(self) -> list[Row]:
        """All of them."""
        device, session = f"{_USER}/devices/{{device}}", f"{_USER}/sessions/{{session}}"
        return [
            Row(
                "GET", f"{_USER}/devices", "devices:read", self.list_devices, "The devices of a user",
                gives=WholeList(DeviceBody),
            ),
            Row("GET", device, "devices:read", self.read_device, "One device", gives=DeviceBody),
            Row(
                "DELETE", device, "devices:write", self.remove_device, "Take a device off the account",
                status=204, conditional=True, reasoned=True,
            ),
            Row(
                "GET", f"{_USER}/sessions", "sessions:read", self.list_sessions, "The live sessions of a user",
                gives=WholeList(SessionBody),
            ),
            Row("GET", session, "sessions:read", self.read_session, "One session", gives=SessionBody),
            Row(
                "DELETE", session, "sessions:write", self.end_session, "End a session; its applications are told",
                status=204, conditional=True, reasoned=True,
            ),
            Row(
                "POST", f"{_USER}/sign-out", "sessions:write", self.end_all, "End all sessions of a user",
                body=Nothing, status=204, reasoned=True,
            ),
        ]  # fmt: skip

    async def list_devices(self, call: Call) -> Answer:
        """All of them, oldest first; a person has few."""
        user = await self._user(call)
        return Answer({"items": [_device(one) for one in await self.directory.devices(user.id)]})

    async def read_device(self, call: Call) -> Answer:
        """One, with its tag."""
        device = await self._device(call)
        return Answer(_device(device), etag=self._tag(device))

    async def remove_device(self, call: Call) -> Answer:
        """204: no request of it counts any more; the person is signed out everywhere, and told by mail."""
        user, device = await self._user(call), await self._device(call)
        refuse_lower(call, user)
        await self.desk.demand(call, self._tag(device))
        await self.audit.record(self.desk.note("resource_removed", call, "device", device.id, user_id=device.user_id))
        if not await self.devices.remove(device):
            raise missing("device")
        await sign_out(self.sessions, user.id)
        self.spawner.spawn(self.letters.device_revoked(user, device, now=self.desk.clock()))
        return Answer(status=204)

    async def list_sessions(self, call: Call) -> Answer:
        """All that live, oldest first."""
        user = await self._user(call)
        return Answer({"items": [_session(one) for one in await self.sessions.of_user(user.id)]})

    async def read_session(self, call: Call) -> Answer:
        """One, with its tag."""
        session = await self._session(call)
        return Answer(_session(session), etag=self.desk.tags.of(session.chain))

    async def end_session(self, call: Call) -> Answer:
        """204: the browser is signed out."""
        session = await self._session(call)
        await self.desk.demand(call, self.desk.tags.of(session.chain))
        await self.audit.record(
            self.desk.note("resource_removed", call, "session", session.chain, user_id=session.user_id)
        )
        if not await self.sessions.end_chain(session.user_id, session.chain):
            raise missing("session")
        return Answer(status=204)

    async def end_all(self, call: Call) -> Answer:
        """204, also if there were none."""
        user = await self._user(call)
        await self.audit.record(self.desk.note("resource_removed", call, "sessions", user.id, user_id=user.id))
        await sign_out(self.sessions, user.id)
        return Answer(status=204)

    def _tag(self, device: Device) -> str:
        """Of what an admin decides by; when it was used last changes nothing of that."""
        return self.desk.tags.of(device.id, device.user_id, device.name, device.provider, device.created_at)

    async def _user(self, call: Call) -> User:
        found = await self.directory.user(call.path["id"])
        if found is None:
            raise missing("user")
        return found

    async def _device(self, call: Call) -> Device:
        found = await self.devices.named(call.path["device"], user_id=call.path["id"])
        if found is None:
            raise missing("device")
        return found

    async def _session(self, call: Call) -> Session:
        living = await self.sessions.of_user((await self._user(call)).id)
        found = [one for one in living if one.chain == call.path["session"]]
        if not found:
            raise missing("session")
        return found[-1]


def _device(device: Device) -> dict[str, Any]:
    """Neither the key nor what the device is addressed by."""
    names = ("id", "name", "model", "provider", "typed", "created_at", "last_used_at", "unreachable_since")
    return {name: getattr(device, name) for name in names}


def _session(session: Session) -> dict[str, Any]:
    return {
        "id": session.chain,
        "began_at": session.began_at,
        "used_at": session.used_at,
        "ip": session.ip,
        "user_agent": session.user_agent,
        "factors": [fact.authenticator for fact in session.facts],
        "applications": [one.application_id for one in session.applications],
    }
