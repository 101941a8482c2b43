"""Mail to a person about their own account: to the address that the directory knows, where mail is set up at all."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from engine.model import EMAIL, User
from engine.outgoing import Mailer
from engine.ports import Configuration

_log = logging.getLogger("doorstep.mail")


@dataclass(frozen=True, slots=True)
class Letters:
    """The way out for notices.  What does not leave is logged; nobody waits for it."""

    mailer: Mailer
    configuration: Configuration

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
