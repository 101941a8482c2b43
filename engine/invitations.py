"""Invites a person to set their password: a one-time link, by mail or for an admin to hand over."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from engine.model import EMAIL, User
from engine.outgoing import Mailer
from engine.ports import Configuration, SetupLinks

PATH = "/account/set-up"
"""Where the links lead; the secret follows."""


@dataclass(frozen=True, slots=True)
class Invitations:
    """origin: of this server.  Whoever calls has decided that the person may be invited, and has written it down."""

    links: SetupLinks
    mailer: Mailer
    configuration: Configuration
    origin: str

    async def address(self, user: User) -> str:
        """A new link, which is a secret."""
        return f"{self.origin}{PATH}/{await self.links.offer(user)}"

    async def closed(self, user: User) -> str | None:
        """Why the person may have no link at all, as a sentence, or None."""
        store = (await self.configuration.settings()).store_of(user.canonical)
        if store is not None:
            return f"the password is kept by the user store {store.name}"
        return None if user.live else "the person may not sign in"

    async def refusal(self, user: User) -> str | None:
        """Why nothing can be sent to the person, as a sentence, or None."""
        if (await self.configuration.settings()).mail is None:
            return "no mail server is set (settings.mail)"
        no_address = f"no address is known: the claim {EMAIL} is missing"
        return await self.closed(user) or (None if user.claims.get(EMAIL) else no_address)

    async def send(self, user: User) -> str | None:
        """Mail the person a new link; why it did not leave, or None."""
        refusal, settings = await self.refusal(user), await self.configuration.settings()
        if refusal is not None or settings.mail is None:
            return refusal
        values = {"username": user.username, "organisation": settings.organisation, "link": await self.address(user)}
        key = secrets.token_urlsafe(16)
        mail = self.mailer.compose("setup-link", to=user.claims[EMAIL], values=values, key=key)
        failure = await self.mailer.send(mail, settings=settings.mail) if mail is not None else None
        return failure.detail if failure is not None else None
