"""What stands in for a service that a house was not given: nothing leaves, and whoever asks is told that it failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.model import MailSettings, PushBudget
from engine.outgoing import Mail, MailFailure, OutgoingFailure, OutgoingRequest
from engine.ports import PushStanding


class NoCalls:
    """Lets no call out."""

    async def send(self, request: OutgoingRequest, *, allow: Sequence[str], deadline: float = 10.0) -> OutgoingFailure:
        """Refused."""
        return OutgoingFailure("refused", "this server makes no calls")


class NoMail:
    """Writes and sends no mail."""

    def compose(self, template: str, *, to: str, values: Mapping[str, str], key: str | None = None) -> None:
        """There is no template."""

    async def send(self, mail: Mail, *, settings: MailSettings) -> MailFailure:
        """Refused."""
        return MailFailure("refused", "this server sends no mail")


class NoPlaces:
    """Knows no place."""

    def place_of(self, ip: str) -> None:
        """Nothing is known."""


class NoPush:
    """Has nobody asked by push."""

    async def standing(self, user_id: str) -> PushStanding:
        """Nobody denied anything, and all of the usual budget is left."""
        return PushStanding(None, PushBudget().per_10_minutes)


class NoPasswords:
    """Sets no password."""

    async def set(self, user_id: str, password: str, *, as_it_is: bool = False) -> bool:
        """Not done."""
        return False
