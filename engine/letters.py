"""Mail to a person about their own account: to the address that the directory knows, where mail is set up at all."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from engine.model import EMAIL, Device, User
from engine.outgoing import Mailer
from engine.ports import Configuration

_log = logging.getLogger("doorstep.mail")


@dataclass(frozen=True, slots=True)
class Letters:
    """The way out for notices.  What does not leave is logged; nobody waits for it."""

    mailer: Mailer
    configuration: Configuration

    async def password_reset(self, user: User, *, now: float) -> None:
        """Tell that an admin changed the password."""
        await self.send(user, "password-reset", {"time": told(now)})

    async def device_revoked(self, user: User, device: Device, *, now: float) -> None:
        """Tell that an admin removed a device."""
        await self.send(user, "device-revoked", {"time": told(now), "device": device.name})

    async def send(self, user: User | None, template: str, values: Mapping[str, str]) -> None:
        """Send the mail that *template* makes of *values*, with the person's name and the organisation's."""
        settings = await self.configuration.settings()
        if settings.mail is None or user is None or not user.claims.get(EMAIL):
            return
        known = {"username": user.username, "organisation": settings.organisation}
        to, key = user.claims[EMAIL], secrets.token_urlsafe(16)
        mail = self.mailer.compose(template, to=to, values=known | dict(values), key=key)
        failure = await self.mailer.send(mail, settings=settings.mail) if mail is not None else None
        if failure is not None:
            _log.warning("a notice to user %s did not leave: %s", user.id, failure.kind)


def told(moment: float) -> str:
    """A moment as it stands in mail, and as the protocol of devices writes it (push-protocol.md 2.1)."""
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M:%S} UTC"
