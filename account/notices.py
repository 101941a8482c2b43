"""Tells people by mail what was changed in their account, so that they learn of what they did not do.

The mail leaves after the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from account.values import Moment
from engine.letters import Letters
from engine.model import User
from engine.ports import Clock, Spawner
from web.catalogue import Catalogues


@dataclass(frozen=True, slots=True)
class Notices:
    """texts: what happened is told in the default language, as all our mail is."""

    letters: Letters
    spawner: Spawner
    clock: Clock
    texts: Catalogues

    def tell(self, user: User, what: str, *, ip: str, template: str = "account-changed", **named: str) -> None:
        """Let the mail about *what* (a message id) leave.  named: what its text mentions."""
        values = {"what": self.texts.text(what, **named), "ip": ip, "time": Moment.at(self.clock()).text}
        self.spawner.spawn(self.letters.send(user, template, values))
