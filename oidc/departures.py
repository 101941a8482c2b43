"""Ends what rests on proofs that count no more: sessions, and the grants of applications, which are told.

Nothing waits for it: a proof is looked at each time it is used.  This clears up after whoever disabled a person or
changed a credential, in whichever process.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.ports import Directory
from engine.sessions import Sessions
from oidc.grants import Grants

AT_ONCE = 100
"""People that one round looks after."""


@dataclass(frozen=True, slots=True)
class Departures:
    """Looks after the people whom the directory has noted."""

    directory: Directory
    sessions: Sessions
    grants: Grants

    async def tend(self) -> None:
        """End what is to end.  A note stays until all of it is done."""
        for changed in await self.directory.changed_people(limit=AT_ONCE):
            user = await self.directory.user(changed.user_id)
            devices = await self.directory.devices(changed.user_id)
            await self.sessions.end_void(changed.user_id, user, devices=devices)
            await self.grants.end_void(changed.user_id, user, devices=devices)
            await self.directory.settle(changed)
