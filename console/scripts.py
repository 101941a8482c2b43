"""What the console asks about scripts: whether one is right, and what can be proven of it.  Changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from configuration.flows import CheckScript
from engine.model import Flow, Library, OrganisationSettings, PromptTemplate
from engine.ports import ConfigurationStore
from engine.proof import Proof


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be proven of a flow, and what stands around it.  require: factors without which nobody gets in."""

    flow: Flow
    require: Sequence[str]
    libraries: Sequence[Library]
    prompts: Sequence[PromptTemplate]
    settings: OrganisationSettings


Prove = Callable[[Question], Proof]
"""Blocks for seconds, and runs an event loop of its own: it is called in a thread."""


@dataclass(frozen=True, slots=True)
class Scripts:
    """Both questions.  turn: proofs are made one after the other, so that people who sign in do not wait for them."""

    store: ConfigurationStore
    check: CheckScript
    prove: Prove
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def proof(self, flow: Flow) -> Proof:
        """Of the flow, for what the applications that use it require."""
        using = [one for one in await self.store.applications() if one.flow == flow.id]
        question = Question(
            flow,
            sorted({factor for one in using for factor in one.require}),
            await self.store.libraries(),
            await self.store.prompt_templates(),
            await self.store.settings(),
        )
        async with self.turn:
            return await asyncio.to_thread(self.prove, question)
