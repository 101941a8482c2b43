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
MAX_CHOICES = 50
"""Choices one field may offer."""


class GenericForm:
    """Texts, fields and a button for each handler.

    fields: title, text, username, inputs [{id, label, confidential, choices [{value, label}]}], actions.
    """

    name = "genericForm"

    async def begin(self, turn: Turn, call: Call) -> Challenge:
        """The form."""
        return self.show(turn, call)

    def show(self, turn: Turn, call: Call) -> Challenge:
        """The form."""
        return Challenge("prompt", {**_form(given(call)), "actions": actions(call)})

    async def answer(self, turn: Turn, call: Call, answer: Answer) -> Event | None:
        """Every field has to be there, with one of its choices if it has some; without fields a button has to be used.

        What was typed into a confidential field is shown by no log from now on.
        """
        action, inputs = posted_action(answer), _inputs(given(call))
        if action is None:
            return None
        if action in ("", "success") and not (all(_is_answered(one, answer) for one in inputs) and (inputs or action)):
            return None
        typed = [answer.fields.get(one["id"], "") for one in inputs if one["confidential"]]
        turn.login.hidden += [value for value in typed if value]
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
    texts = {name: text(data.get(name)) for name in ("title", "text", "username")}
    return {**texts, "inputs": _inputs(data)}


def _inputs(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "id": text(entry["id"], longest=64),
            "label": text(entry.get("label")) or text(entry["id"]),
            "confidential": entry.get("confidential") in (True, "true"),
            "choices": _choices(entry.get("choices")),
        }
        for entry in _objects(data.get("inputs"))[:MAX_INPUTS]
        if text(entry.get("id"))
    ]


def _choices(listed: object) -> list[dict[str, str]]:
    return [
        {"value": text(entry["value"]), "label": text(entry.get("label")) or text(entry["value"])}
        for entry in _objects(listed)[:MAX_CHOICES]
        if text(entry.get("value"))
    ]


def _objects(listed: object) -> list[Mapping[str, Any]]:
    return [entry for entry in listed if isinstance(entry, Mapping)] if isinstance(listed, list) else []


def _is_answered(asked: Mapping[str, Any], answer: Answer) -> bool:
    posted, choices = answer.fields.get(asked["id"]), [choice["value"] for choice in asked["choices"]]
    return posted is not None and (not choices or posted in choices)
