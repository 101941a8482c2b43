"""Enrolling a device: discovery data (the QR code), what the device registers, and the person's confirmation.

A registration is good for 180 seconds and for one device, and belongs to the flow and the execution it was shown in.
In a login, what a device registers stays in the registration record: the directory does not know the device, so that it
cannot be asked, answer, pull or change anything, until the person's browser says Continue on the page that names it.  A
page that woke up names it before; one that could not (no script) names it on the waiting page that follows, where the
login can still be given up.  The account page (`of_account.py`) does the same with the session in the flow's place.
Only where a program of the person's own asked for the code there is nobody to confirm it, and the device counts at
once.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Awaitable, Callable

import msgspec

from authenticators.push.records import Records
from engine.errors import Busy, DeviceError
from engine.model import Device, User
from engine.ports import Clock, Directory, StateStore

FORMAT = 1
VALID = 180.0
"""Seconds in which a device has to register."""
CONFIRM = 600.0
"""Seconds in which the person has to confirm the device that registered."""

IsCurrent = Callable[[str, int], Awaitable[bool]]
"""Whether a flow is under way and in that execution of a step: a login that ended or went on takes nothing."""


class Claimed(msgspec.Struct, frozen=True):
    """What a device registered."""

    name: str
    model: str
    provider: str
    push_token: str
    public_key: bytes
    algorithms: tuple[str, ...]
    typed: bool
    metadata: dict[str, str]
    at: float


class Registration(msgspec.Struct, frozen=True):
    """One code.  flow_id, execution: where it is shown; None outside a login.  valid_until: seconds since the epoch.

    session: the one (its chain) at whose account page it is shown.
    """

    device_id: str
    challenge: str
    user_id: str
    username: str
    flow_id: str | None
    execution: int
    valid_until: float
    expires_at: float
    claimed: Claimed | None = None
    session: str | None = None
    format: int = FORMAT

    def is_open(self, now: float) -> bool:
        """Whether a device may still register with it."""
        return self.claimed is None and now < self.valid_until

    @property
    def is_shown(self) -> bool:
        """Whether somebody sees the page with the code, and has to confirm what registered with it."""
        return self.flow_id is not None or self.session is not None

    def discovery(self, *, host: str, tenant: str) -> dict[str, str]:
        """Discovery data (push-protocol.md 1.1).  host: scheme, host and port, no path."""
        return {
            "deviceId": self.device_id,
            "username": self.username,
            "host": host,
            "tenantDomain": tenant,
            "challenge": self.challenge,
        }

    def device(self) -> Device:
        """The device that registered, as the directory keeps it."""
        claimed = self.claimed
        if claimed is None:
            raise ValueError("no device has registered")
        return Device(
            id=self.device_id,
            user_id=self.user_id,
            name=claimed.name,
            model=claimed.model,
            provider=claimed.provider,
            push_token=claimed.push_token,
            public_key=claimed.public_key,
            algorithms=claimed.algorithms,
            typed=claimed.typed,
            metadata=claimed.metadata,
            created_at=claimed.at,
        )


class Enrollment:
    """The store of registrations.  added: is told of each device that counts from now on."""

    def __init__(
        self, state: StateStore, directory: Directory, clock: Clock, *, added: Callable[[Device], None]
    ) -> None:
        self._directory = directory
        self._added = added
        self._clock = clock
        self._records = Records(state, "push-registration", record=Registration, layout=FORMAT)

    async def begin(
        self, user: User, *, flow_id: str | None = None, execution: int = 0, session: str | None = None
    ) -> Registration:
        """A new code for *user*; the caller has checked that a proof of theirs is fresh.  Raises Busy."""
        valid_until = self._clock() + VALID
        registration = Registration(
            device_id=str(uuid.uuid4()),
            challenge=str(uuid.uuid4()),
            user_id=user.id,
            username=user.username,
            flow_id=flow_id,
            execution=execution,
            session=session,
            valid_until=valid_until,
            expires_at=valid_until,
        )
        if not await self._records.create(registration.device_id, registration):
            raise Busy("the registration could not be stored")
        return registration

    async def read(self, device_id: str) -> Registration | None:
        """The registration with that device id."""
        return await self._records.read(device_id)

    async def claim(self, device_id: str, claimed: Claimed) -> Registration:
        """Keep what a device registered, once.  Raises DeviceError if the code is used, expired or unknown."""

        def decide(registration: Registration) -> Registration:
            if not registration.is_open(claimed.at):
                raise no_context("used or expired")
            return msgspec.structs.replace(registration, claimed=claimed, expires_at=claimed.at + CONFIRM)

        registration = await self._records.change(device_id, decide)
        if registration is None:
            raise no_context("unknown")
        return registration

    async def confirm(self, registration: Registration, *, limit: int) -> Device:
        """Make the registered device count.  Raises DirectoryError device_limit, device_exists or key_exists."""
        device = registration.device()
        await self._directory.add_device(device, limit=limit)
        await self._records.forget(registration.device_id)
        self._added(device)
        return device

    async def drop(self, device_id: str) -> None:
        """Forget a registration: its device does not count and its code is void."""
        await self._records.forget(device_id)


def no_context(detail: str) -> DeviceError:
    """The refusal of a registration that no valid code stands behind."""
    return DeviceError("PDH-15002", "There is no open registration for this device.", detail=detail)


def as_text(discovery: dict[str, str]) -> str:
    """Discovery data as the QR code carries it: raw JSON (push-protocol.md 0.5)."""
    return json.dumps(discovery, separators=(",", ":"), ensure_ascii=False)
