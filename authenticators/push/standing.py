"""How push stands for a person, for scripts and for the person's own pages.  Reads only."""

from __future__ import annotations

from dataclasses import dataclass

from authenticators.push.budget import Budget
from authenticators.push.denials import Denials
from engine.ports import Configuration, PushDenial, PushStanding


@dataclass(frozen=True, slots=True)
class Standings:
    """The port engine.ports.PushStandings."""

    denials: Denials
    budget: Budget
    configuration: Configuration

    async def standing(self, user_id: str) -> PushStanding:
        """The last denial, and how many requests may still be sent."""
        allowed = (await self.configuration.settings()).push.budget
        last = await self.denials.last(user_id)
        told = PushDenial(last.at, last.not_me, last.application, last.ip) if last is not None else None
        return PushStanding(told, await self.budget.left(user_id, allowed))
