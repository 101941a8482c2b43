"""A provider elsewhere, for the tests of users who are not ours: its authenticator takes whoever the page names."""

from __future__ import annotations

from engine.model import Subject
from engine.outcome import Answer, Challenge, Failure, Outcome, StepContext, Success
from engine.registry import Registry
from tests.engine.world import World

IDP = "Partner"


class Elsewhere:
    """An authenticator as a plugin has it: it knows a name at its provider and what is said there of the person."""

    id = "partner"
    aliases = frozenset[str]()
    factor = False
    fields = frozenset({"name", "failed"})

    def __init__(self, said: dict[str, str]) -> None:
        self._said = said

    async def begin(self, step: StepContext) -> Outcome:
        return await self.show(step)

    async def show(self, step: StepContext) -> Challenge:
        return Challenge("partner")

    async def submit(self, step: StepContext, answer: Answer) -> Outcome:
        match dict(answer.fields):
            case {"name": name}:
                return Success(Subject(name, idp=IDP, claims=self._said), None)
            case {"failed": name}:
                return Failure("partner.refused", subject=Subject(name, idp=IDP))
        return Failure("partner.refused")


def with_partner(world: World, said: dict[str, str] | None = None) -> None:
    """Give the world that provider, which says this of everybody."""
    world.registry = Registry([*world.registry, Elsewhere(said or {})])
    world.engine = world.another_engine()
