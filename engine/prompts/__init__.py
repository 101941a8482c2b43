"""The pages that a script asks for with `prompt`, and what a person's answer to one means.

Each template is one small class; `Prompts` finds the one that a call means.  An answer never proves anything: it only
says which of the prompt's handlers runs next.
"""

from __future__ import annotations

from engine.model import Call
from engine.outcome import Answer, Challenge
from engine.ports import FunctionConfiguration
from engine.prompts.form import GenericForm, OwnTemplate
from engine.prompts.name import Username
from engine.prompts.redirect import ExternalRedirect
from engine.prompts.template import Event, Template
from engine.prompts.wait import InternalWait
from engine.services import Services
from engine.turn import Turn

__all__ = ["Event", "Prompts"]


class Prompts:
    """Every template there is.  Holds no state of its own."""

    def __init__(self, services: Services) -> None:
        self._services = services
        templates = (GenericForm(), ExternalRedirect(), InternalWait(services), Username(services))
        self._templates: dict[str, Template] = {template.name: template for template in templates}

    async def begin(self, turn: Turn, call: Call) -> Challenge | Event | None:
        """The page, or an event if there is nothing to ask; None if there is no such template."""
        template = await self._template(call)
        return None if template is None else await template.begin(turn, call)

    async def show(self, turn: Turn, call: Call) -> Challenge:
        """The page as it stands now; changes nothing."""
        template = await self._template(call)
        return Challenge("prompt") if template is None else template.show(turn, call)

    async def answer(self, turn: Turn, call: Call, answer: Answer) -> Event | None:
        """What the answer means; None if it is none, and the page is shown again."""
        template = await self._template(call)
        return None if template is None else await template.answer(turn, call, answer)

    async def _template(self, call: Call) -> Template | None:
        return self._templates.get(call.name) or await _own(self._services.configuration, call.name)


async def _own(configuration: FunctionConfiguration, name: str) -> Template | None:
    """An admin's own template, as it is now."""
    found = await configuration.prompt_template(name)
    return None if found is None else OwnTemplate(found)
