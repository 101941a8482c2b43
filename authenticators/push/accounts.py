"""Whom a push step is about, and which page that makes: the same steps for every name.

A name that is nobody's, a person who is disabled or locked, and one without a device get the pages and the stored work
of everyone else; only nothing is sent.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from authenticators.subjects import account_key
from engine.errors import BadAnswer
from engine.model import Device, Subject, User
from engine.outcome import StepContext
from engine.ports import Directory

IsLocked = Callable[[str, str], Awaitable[bool]]
"""Whether an account (key) is locked for an address: what counts password tries answers."""

NOBODY = "-"
"""A user id that nobody has: looking it up costs what a real one costs."""


@dataclass(frozen=True, slots=True)
class Account:
    """The subject as the directory knows it now.  live: there is such a user, enabled and not locked.

    key: whom pushes are counted for.  waits: whether the name gets the waiting page when enrolling is possible.
    """

    subject: Subject
    user: User | None
    live: bool
    devices: tuple[Device, ...]
    key: str
    waits: bool

    def device(self, device_id: str | None) -> Device | None:
        """The device with that id, if it is this person's."""
        return next((device for device in self.devices if device.id == device_id), None)


class Accounts:
    """Looks subjects up."""

    def __init__(self, directory: Directory, *, is_locked: IsLocked, key: bytes) -> None:
        self._directory = directory
        self._is_locked = is_locked
        self._key = key

    async def look(self, subject: Subject, ip: str) -> Account:
        """The account of *subject*, for a browser at *ip*."""
        user = await self._directory.user(subject.user_id or NOBODY)
        devices = tuple(await self._directory.devices(subject.user_id or NOBODY))
        named = account_key(subject.username)
        locked = await self._is_locked(named, ip)
        return Account(
            subject=subject,
            user=user,
            live=user is not None and user.live and not locked,
            devices=devices,
            key=user.id if user is not None else named,
            waits=bool(devices) if user is not None else self._ghost_waits(named),
        )

    async def is_live(self, user: User, *, ip: str) -> bool:
        """Whether *user* may sign in from *ip* at this moment."""
        return user.live and not await self._is_locked(account_key(user.canonical), ip)

    def _ghost_waits(self, named: str) -> bool:
        """Which page a name that is nobody's gets: always the same, and nobody can tell why (contract 3a)."""
        return hmac.digest(self._key, f"push-page|{named}".encode(), "sha256")[0] % 2 == 0


def known(step: StepContext) -> Subject:
    """Whom the step is about.  Raises BadAnswer for nobody: the states that ask this begin with a subject."""
    if step.subject is None:
        raise BadAnswer("nobody is known in this step")
    return step.subject


def may_enroll(step: StepContext, account: Account) -> bool:
    """The one check before discovery data is shown or a device is added (push-protocol.md 9.1).

    A real factor other than push was proven in this flow for this very user; and when the person has devices already,
    one of them approved in this flow too, there is room for another, and the organisation lets it be added here.
    """
    settings = step.settings.push
    if not (settings.progressive_enrollment and account.live and account.user is not None):
        return False
    if step.subject is None or step.subject.user_id != account.user.id:
        return False
    if not step.proven - {"identifier", "push"}:
        return False
    if not account.devices:
        return True
    has_room = settings.enroll_further_devices and len(account.devices) < settings.max_devices
    return has_room and "push" in step.proven
