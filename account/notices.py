"""Tells people by mail what was changed in their account, so that they learn of what they did not do.

The mail leaves after the answer; where no mail is set up, or the person has no address, nobody is told.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass

from account.values import Moment
from engine.model import EMAIL, User
from engine.outgoing import Mailer
from engine.ports import Clock, Configuration, Spawner
from web.catalogue import Catalogues

_log = logging.getLogger("doorstep.account")


@dataclass(frozen=True, slots=True)
class Notices:
    """texts: what happened is told in the default language, as all our mail is."""

    mailer: Mailer
    configuration: Configuration
    spawner: Spawner
    clock: Clock
    texts: Catalogues

    def tell(self, user: User, what: str, *, ip: str, template: str = "account-changed", **named: str) -> None:
        """Let the mail about *what* (a message id) leave.  named: what its text and the template mention."""
        self.spawner.spawn(self._send(user, template, {"what": self.texts.text(what, **named), "ip": ip, **named}))

    async def _send(self, user: User, template: str, values: dict[str, str]) -> None:
        settings = await self.configuration.settings()
        if settings.mail is None or not user.claims.get(EMAIL):
            return
        known = {
            "username": user.username,
            "time": Moment.at(self.clock()).text,
            "organisation": settings.organisation,
        }
        mail = self.mailer.compose(
            template, to=user.claims[EMAIL], values=known | values, key=secrets.token_urlsafe(16)
        )
        failure = await self.mailer.send(mail, settings=settings.mail) if mail is not None else None
        if failure is not None:
            _log.warning("a notice to user %s did not leave: %s", user.id, failure.kind)
