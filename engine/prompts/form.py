"""`genericForm`, and the templates that an admin wrote: a form whose fields the handler finds in the request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.model import Call, PromptTemplate
from engine.outcome import Answer, Challenge
from engine.prompts.template import Event, actions, event_of, given, posted_action, text
from engine.turn import Turn

MAX_INPUTS = 20
"""Fields one form may have."""


class GenericForm:
    """Texts, fields and a button for each handler.  fields: title, text, username, inputs [{id, label}], actions."""

    name = "genericForm"

    async def begin(self, turn: Turn, call: Call) -> Challenge:
        """The form."""
        return self.show(turn, call)

    def show(self, turn: Turn, call: Call) -> Challenge:
        """The form."""
        return Challenge("prompt", {**_form(given(call)), "actions": actions(call)})

    async def answer(self, turn: Turn, call: Call, answer: Answer) -> Event | None:
        """Every field has to be there; without fields a button has to be used."""
        action = posted_action(answer)
        if action is None:
            return None
        if action in ("", "success"):
            asked = [field["id"] for field in _form(given(call))["inputs"]]
            if not all(name in answer.fields for name in asked) or not (asked or action):
                return None
        return event_of(action)


class OwnTemplate:
    """An admin's own page.  fields: source of the template, data for it, actions; the face draws it in a sandbox."""

    def __init__(self, template: PromptTemplate) -> None:
        self.name = template.name
        self._template = template

    async def begin(self, turn: Turn, call: Call) -> Challenge:
        """The page."""
        return self.show(turn, call)

    def show(self, turn: Turn, call: Call) -> Challenge:
        """The page."""
        fields = {"template": self.name, "source": self._template.source, "data": dict(given(call))}
        return Challenge("prompt", {**fields, "actions": actions(call)})

    async def answer(self, turn: Turn, call: Call, answer: Answer) -> Event | None:
        """Whatever was posted: only the template knows its fields, so only the script can check them."""
        action = posted_action(answer)
        return None if action is None else event_of(action)


def _form(data: Mapping[str, Any]) -> dict[str, Any]:
    inputs = data.get("inputs")
    fields = inputs if isinstance(inputs, list) else []
    return {
        "title": text(data.get("title")),
        "text": text(data.get("text")),
        "username": text(data.get("username")),
        "inputs": [
            {"id": text(entry.get("id"), longest=64), "label": text(entry.get("label")) or text(entry.get("id"))}
            for entry in fields[:MAX_INPUTS]
            if isinstance(entry, Mapping) and text(entry.get("id"))
        ],
    }
